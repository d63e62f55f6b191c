#include "expectation.hpp"

#include <array>

#include <fmt/format.h>

#include "interpreter.hpp"

namespace takas::functional {
namespace {

using protocol::json::Value;

struct Condition {
    std::string_view path, op;
    std::string_view wanted;
};

bool holds(const Condition& condition, const std::optional<Value>& node) {
    if (condition.op == "absent") return !node;
    if (!node) return false;
    if (condition.op == "exists") return true;
    if (condition.op == "count") return std::to_string(node->size()) == condition.wanted;
    const std::string found = text_of(*node);
    if (condition.op == "has") return found.find(condition.wanted) != std::string::npos;
    const bool same = same_value(found, condition.wanted);
    return condition.op == "=" ? same : !same;
}

bool takes_value(const Word& op) {
    constexpr std::array<std::string_view, 4> ops{"=", "!=", "has", "count"};
    for (const std::string_view one : ops)
        if (op.is(one)) return true;
    if (op.is("exists") || op.is("absent")) return false;
    throw Failure{fmt::format("= != has count exists or absent is expected, not {}", op.text)};
}

/// "CARD:00001": letters, a colon, five digits.
bool is_error_code(const Word& word) {
    const auto colon = word.text.find(':');
    return !word.quoted && colon != std::string::npos && word.text.size() == colon + 6;
}

}  // namespace

void check_body(const Answer& answer, std::span<const Word> conditions) {
    if (conditions.empty()) return;
    constexpr std::size_t nodes_max = 200'000, bytes_max = 8 << 20;  // the OpenAPI document is the largest answer
    const auto document = protocol::json::parse(answer.body, {.max_nodes = nodes_max, .max_bytes = bytes_max});
    if (!document) throw Failure{"the answer is not JSON"};
    while (!conditions.empty()) {
        if (conditions.size() < 2) throw Failure{"a condition is incomplete: " + conditions[0].text};
        const std::size_t size = takes_value(conditions[1]) ? 3 : 2;
        if (conditions.size() < size) throw Failure{"a condition is incomplete: " + conditions[0].text};
        const std::string_view wanted = size == 3 ? std::string_view(conditions[2].text) : std::string_view();
        const Condition condition{conditions[0].text, conditions[1].text, wanted};
        const auto node = at(document->root(), condition.path);
        if (!holds(condition, node))
            throw Failure{fmt::format("{} {} {} does not hold: it is {}", condition.path, condition.op,
                                      condition.wanted, node ? text_of(*node) : "absent")};
        conditions = conditions.subspan(size);
    }
}

void check_answer(const Answer& answer, std::span<const Word> expected) {
    if (expected.empty()) throw Failure{"a status is expected behind ->"};
    if (expected[0].text != std::to_string(answer.status))
        throw Failure{fmt::format("status {} is expected, not {}", expected[0].text, answer.status)};
    expected = expected.subspan(1);
    if (!expected.empty() && is_error_code(expected[0])) {
        const std::string code = body_value(answer, "error.code");
        if (code != expected[0].text)
            throw Failure{fmt::format("error {} is expected, not {}", expected[0].text, code)};
        expected = expected.subspan(1);
    }
    check_body(answer, expected);
}

std::string body_value(const Answer& answer, std::string_view path) {
    const auto document = protocol::json::parse(answer.body);
    if (!document) return {};
    const auto node = at(document->root(), path);
    return node && !node->is_null() ? text_of(*node) : std::string{};
}

}  // namespace takas::functional
