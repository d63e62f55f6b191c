#include "interpreter.hpp"

#include <fmt/format.h>

namespace takas::functional {
namespace {

/// Everything but unreserved characters (RFC 3986) as %XX.
std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return out;
}

constexpr std::size_t shown_bytes_max = 3000;  // of an answer, in a report

}  // namespace

Interpreter::Interpreter(World& world, Transcript& transcript, std::string scenario, PlayOptions options)
    : world_(world), transcript_(transcript), scenario_(std::move(scenario)), options_(options) {}

std::optional<std::string> Interpreter::play(const Script& script) {
    for (const Step& step : script.steps) {
        try {
            run(step);
        } catch (const Failure& failure) {
            return report(step, failure.why);
        }
        if (const auto difference = world_.audit()) return report(step, "the books are wrong: " + *difference);
        if (options_.restart_between_steps) world_.restart();
    }
    return std::nullopt;
}

void Interpreter::run(const Step& step) {
    last_exchange_.clear();
    Step filled = step;
    for (auto* words : {&filled.words, &filled.expected})
        for (Word& word : *words) word.text = fill(word.text);
    run_command(*this, filled);
}

std::string Interpreter::report(const Step& step, std::string_view why) const {
    return fmt::format("{}:{}: {}\n    {}\n{}", scenario_, step.line, why, step.source, last_exchange_);
}

std::string Interpreter::fill(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
        const auto begin = text.find("${");
        const auto end = text.find('}', begin);
        out += text.substr(0, begin);
        if (begin == std::string_view::npos || end == std::string_view::npos) break;
        out += value(text.substr(begin + 2, end - begin - 2));
        text.remove_prefix(end + 1);
    }
    return out;
}

void Interpreter::keep(const std::string& name, const std::string& json) {
    auto document = protocol::json::parse(json);
    if (!document) throw Failure{"the answer is not JSON and cannot be kept"};
    documents_[name] = std::make_shared<protocol::json::Document>(std::move(*document));
    values_.erase(name);
}

std::string Interpreter::value(std::string_view reference) const {
    const auto dot = std::min(reference.find_first_of(".["), reference.size());
    const std::string_view name = reference.substr(0, dot);
    if (const auto text = values_.find(name); text != values_.end()) return text->second;
    if (const auto document = documents_.find(name); document != documents_.end())
        if (const auto node = at(document->second->root(), reference.substr(dot))) return text_of(*node);
    throw Failure{fmt::format("there is no ${{{}}}", reference)};
}

std::string Interpreter::token() {
    const auto known = tokens_.find(user_);
    if (known != tokens_.end() && world_.now() < known->second.good_until) return known->second.text;
    const std::string password = passwords_.contains(user_) ? passwords_[user_] : user_;
    const std::string client = clients_.contains(user_) ? clients_[user_] : user_;
    const Question question{"POST",
                            "/connect/token",
                            {{"Content-Type", "application/x-www-form-urlencoded"}},
                            fmt::format("grant_type=password&username={}&password={}&client_id={}",
                                        percent_encoded(user_), percent_encoded(password), percent_encoded(client))};
    const Answer answer = world_.ask(question);
    transcript_.add(question, answer, scenario_);
    const auto document = protocol::json::parse(answer.body);
    const auto text = document ? at(document->root(), "access_token") : std::nullopt;
    if (!text) throw Failure{fmt::format("{} cannot sign in: {} {}", user_, answer.status, answer.body)};
    constexpr std::int64_t lifetime_s = 3000;  // tokens live an hour
    tokens_[user_] = {text_of(*text), world_.now().plus_seconds(lifetime_s)};
    return tokens_[user_].text;
}

Answer Interpreter::ask(const std::string& method, const std::string& target, const std::string& body,
                        Headers headers) {
    const auto has = [&](std::string_view name) {
        for (const auto& header : headers)
            if (header.first == name) return true;
        return false;
    };
    if (!has("Accept-Language")) headers.emplace_back("Accept-Language", "en");
    if (!body.empty() && !has("Content-Type")) headers.emplace_back("Content-Type", "application/json");
    if (user_ != "nobody" && !has("Authorization")) headers.emplace_back("Authorization", "Bearer " + token());
    const Question question{method, target, std::move(headers), body};
    const Answer answer = world_.ask(question);
    transcript_.add(question, answer, scenario_);
    last_exchange_ = fmt::format("    {} {} {}\n    {} {}\n", method, target, body.substr(0, shown_bytes_max),
                                 answer.status, answer.body.substr(0, shown_bytes_max));
    if (answer.status == 0) throw Failure{"no answer"};
    return answer;
}

Answer Interpreter::prepare(const std::string& method, const std::string& target, const std::string& body) {
    Answer answer = ask(method, target, body);
    if (answer.status != 200 && answer.status != 204) throw Failure{"preparation was refused"};
    return answer;
}

}  // namespace takas::functional
