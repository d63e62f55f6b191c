#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <functional>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands.hpp"

namespace takas::functional {
namespace {

/// call METHOD path [header "Name: value"] [field=value...] [{json}]
void call(Interpreter& interpreter, const Step& step) { call_with(interpreter, step, {}); }

/// What another thread of the server does soon: asks until `try_once` throws no Failure, or patience ends. The
/// scenario's clock goes on meanwhile: the thread may be waiting for it.
void eventually(World& world, const std::function<void()>& try_once) {
    using namespace std::chrono_literals;
    constexpr auto patience = 60s;  // a machine can be so busy that the notifier does not come for seconds
    constexpr std::int64_t pause_us = 250'000;
    const auto give_up_at = std::chrono::steady_clock::now() + patience;
    while (true) {
        try {
            return try_once();
        } catch (const Failure&) {
            if (std::chrono::steady_clock::now() > give_up_at) throw;
        }
        world.set_time(world.now().plus_us(pause_us));
        std::this_thread::sleep_for(20ms);
    }
}

/// wait path -> status conditions: GET until the answer is this one
void wait(Interpreter& interpreter, const Step& step) {
    eventually(interpreter.world(), [&] { check(interpreter, step, interpreter.ask("GET", argument(step, 1).text)); });
}

/// The names of the events of one card (or customer), oldest first, as webhooks get them.
std::vector<std::string> events_of(Interpreter& interpreter, const std::string& stream_id) {
    const Answer answer =
        interpreter.prepare("GET", "/api/v1/issuing/webhook/delivery?sorting=eventSequenceNo&maxResultCount=1000");
    const auto document = protocol::json::parse(answer.body);
    const auto items = document ? at(document->root(), "items") : std::nullopt;
    if (!items) throw Failure{"there is no list of deliveries"};
    std::vector<std::string> names;
    for (const auto item : *items)
        if (const auto stream = item.find("streamId"); stream && stream->text() == stream_id)
            names.emplace_back(item.find("eventName").value_or(item).text());
    return names;
}

/// events card CardCreated SuccessfulTransaction ...: all of them, in this order, each once
void events(Interpreter& interpreter, const Step& step) {
    const std::string stream_id = interpreter.value(argument(step, 1).text + ".tokenId");
    eventually(interpreter.world(), [&] {
        const auto names = events_of(interpreter, stream_id);
        const auto wanted = std::span(step.words).subspan(2);
        if (!std::ranges::equal(names, wanted, {}, {}, &Word::text))
            throw Failure{fmt::format("the events are {}", fmt::join(names, " "))};
    });
}

/// call-big METHOD path bytes: a JSON string of that size as one field.
void call_big(Interpreter& interpreter, const Step& step) {
    std::size_t bytes = 0;
    const std::string& size = argument(step, 3).text;
    std::from_chars(size.data(), size.data() + size.size(), bytes);
    const std::string body = R"({"name":")" + std::string(bytes, 'a') + "\"}";
    check(interpreter, step, interpreter.ask(argument(step, 1).text, argument(step, 2).text, body));
}

/// call-deep METHOD path depth: arrays inside arrays.
void call_deep(Interpreter& interpreter, const Step& step) {
    std::size_t depth = 0;
    const std::string& text = argument(step, 3).text;
    std::from_chars(text.data(), text.data() + text.size(), depth);
    const std::string body = R"({"name":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
    check(interpreter, step, interpreter.ask(argument(step, 1).text, argument(step, 2).text, body));
}

/// let name value
void let(Interpreter& interpreter, const Step& step) {
    interpreter.keep_value(argument(step, 1).text, argument(step, 2).text);
}

/// same a b: two values are the same
void same(Interpreter&, const Step& step) {
    if (!same_value(argument(step, 1).text, argument(step, 2).text)) throw Failure{"they differ"};
}

void differ(Interpreter&, const Step& step) {
    if (same_value(argument(step, 1).text, argument(step, 2).text)) throw Failure{"they are the same"};
}

/// user name [password ...] [client ...]
void user(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    for (std::size_t i = 2; i + 1 < step.words.size(); i += 2) {
        if (step.words[i].is("password"))
            interpreter.set_password(name, step.words[i + 1].text);
        else if (step.words[i].is("client"))
            interpreter.set_client(name, step.words[i + 1].text);
        else
            throw Failure{"password or client is expected"};
    }
    interpreter.set_user(name);
}

/// clock 2031-03-01T10:00:00Z, or clock +9d, +2h, +30m, +61s
void clock(Interpreter& interpreter, const Step& step) {
    const std::string& text = argument(step, 1).text;
    if (!text.starts_with('+')) {
        const auto instant = parse_instant(text);
        if (!instant) throw Failure{"this is not an instant"};
        return interpreter.world().set_time(*instant);
    }
    std::int64_t count = 0;
    std::from_chars(text.data() + 1, text.data() + text.size() - 1, count);
    const char unit = text.back();
    const std::int64_t seconds = unit == 'd' ? 86'400 : unit == 'h' ? 3'600 : unit == 'm' ? 60 : 1;
    interpreter.world().set_time(interpreter.world().now().plus_seconds(count * seconds));
}

void restart(Interpreter& interpreter, const Step&) { interpreter.world().restart(); }

constexpr std::array commands{
    Command{"call", "METHOD path [header \"Name: value\"] [field=value ...] [{json}] [raw \"...\"] -> status [code]",
            call},
    Command{"wait", "path -> status conditions: GET until the answer is this one", wait},
    Command{"events", "card name ...: the card's events, as a webhook for all events gets them", events},
    Command{"call-big", "METHOD path bytes -> status", call_big},
    Command{"call-deep", "METHOD path depth -> status", call_deep},
    Command{"let", "name value", let},
    Command{"same", "value value", same},
    Command{"differ", "value value", differ},
    Command{"user", "name [password ...] [client ...]: who asks from now on; nobody sends no token", user},
    Command{"clock", "instant | +9d | +2h | +30m | +61s", clock},
    Command{"restart", ": stops and starts the server", restart},
};

}  // namespace

void call_with(Interpreter& interpreter, const Step& step, Headers headers) {
    Body body;
    std::string text;
    for (std::size_t i = 3; i < step.words.size(); ++i) {
        const Word& word = step.words[i];
        if (word.is("header")) {
            const std::string& header = argument(step, ++i).text;
            const auto colon = header.find(": ");
            if (colon == std::string::npos) throw Failure{"a header is \"Name: value\""};
            headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
        } else if (word.is("raw")) {
            text = argument(step, ++i).text;
        } else if (word.text.starts_with('{') || word.text.starts_with('[')) {
            text = word.text;
        } else {
            set_fields(body, {&word, 1});
            text = body.text();
        }
    }
    const Answer answer = interpreter.ask(argument(step, 1).text, argument(step, 2).text, text, std::move(headers));
    check(interpreter, step, answer);
}

std::span<const Command> call_commands() { return commands; }

}  // namespace takas::functional
