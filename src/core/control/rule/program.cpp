// Steps are made from the end backwards: so the step to jump to always exists already.
#include "core/control/rule/program.hpp"

#include <algorithm>
#include <limits>
#include <ranges>

namespace takas::core::control::rule {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr Range nothing{1, 0};

/// Short sets are faster to walk through than to search.
constexpr std::int64_t walked_ranges_max = 8;

}  // namespace

RangeSet ranges_of(const Node& node) {
    using enum Operator;
    const auto number = [&](std::size_t i) { return node.operands[i].number; };
    switch (node.op) {
        case less:
            return number(0) == lowest ? RangeSet{} : RangeSet{{lowest, number(0) - 1}};
        case less_or_equal:
            return {{lowest, number(0)}};
        case greater:
            return number(0) == highest ? RangeSet{} : RangeSet{{number(0) + 1, highest}};
        case greater_or_equal:
            return {{number(0), highest}};
        case between:
            return joined({{number(0), number(1)}});
        default: {
            std::vector<Range> all;
            for (const Operand& operand : node.operands) all.push_back({operand.number, operand.number});
            return joined(std::move(all));
        }
    }
}

Program::Program(const Node& root) {
    first_ = add(root, accept, reject);
    std::ranges::reverse(steps_);
    const auto turned = [&](std::uint16_t step) {
        return step >= reject ? step : static_cast<std::uint16_t>(steps_.size() - 1 - step);
    };
    for (Step& step : steps_) step.on_true = turned(step.on_true), step.on_false = turned(step.on_false);
    first_ = turned(first_);
}

std::uint16_t Program::add(const Node& node, std::uint16_t on_true, std::uint16_t on_false) {
    switch (node.kind) {
        case NodeKind::negation:
            return add(node.children.front(), on_false, on_true);
        case NodeKind::all_of: {
            std::uint16_t next = on_true;
            for (const Node& child : node.children | std::views::reverse) next = add(child, next, on_false);
            return next;
        }
        case NodeKind::any_of: {
            std::uint16_t next = on_false;
            for (const Node& child : node.children | std::views::reverse) next = add(child, on_true, next);
            return next;
        }
        case NodeKind::comparison:
            return add_comparison(node, on_true, on_false);
    }
    return reject;
}

std::uint16_t Program::add_comparison(const Node& node, std::uint16_t on_true, std::uint16_t on_false) {
    using enum Operator;
    Step step;
    step.field = node.field;
    step.value_kind = kind_of(field_row(node.field).type);
    step.on_true = on_true, step.on_false = on_false;
    step.negated = node.op == not_equal || node.op == not_in || node.op == is_not_null;
    step.when_null = node.op == not_equal || node.op == is_null;
    if (node.op == is_null || node.op == is_not_null) {
        step.kind = Step::Kind::presence;
    } else if (step.value_kind == Value::Kind::text) {
        set_text_operand(step, node);
    } else {
        set_number_operand(step, node);
    }
    steps_.push_back(step);
    return static_cast<std::uint16_t>(steps_.size() - 1);
}

void Program::set_number_operand(Step& step, const Node& node) {
    const RangeSet ranges = ranges_of(node);
    if (ranges.size() <= 1) {
        const Range only = ranges.empty() ? nothing : ranges.front();
        step.kind = Step::Kind::range, step.low = only.low, step.high = only.high;
        return;
    }
    step.kind = Step::Kind::range_set;
    step.low = static_cast<std::int64_t>(ranges_.size());
    step.high = static_cast<std::int64_t>(ranges.size());
    ranges_.insert(ranges_.end(), ranges.begin(), ranges.end());
}

TextPlace Program::keep_text(std::string_view text) {
    const TextPlace place{static_cast<std::uint32_t>(chars_.size()), static_cast<std::uint32_t>(text.size())};
    chars_ += text;
    return place;
}

void Program::set_text_operand(Step& step, const Node& node) {
    using enum Operator;
    if (node.operands.size() == 1) {
        step.kind = node.op == contains      ? Step::Kind::contains
                    : node.op == starts_with ? Step::Kind::starts_with
                    : node.op == ends_with   ? Step::Kind::ends_with
                                             : Step::Kind::text;
        const TextPlace place = keep_text(node.operands.front().text);
        step.low = place.offset, step.high = place.size;
        return;
    }
    std::vector<std::string_view> all;
    for (const Operand& operand : node.operands) all.push_back(operand.text);
    std::ranges::sort(all);
    const auto doubles = std::ranges::unique(all);
    all.erase(doubles.begin(), doubles.end());
    step.kind = Step::Kind::text_set;
    step.low = static_cast<std::int64_t>(texts_.size());
    step.high = static_cast<std::int64_t>(all.size());
    for (const std::string_view text : all) texts_.push_back(keep_text(text));
}

bool Program::holds(const Step& step, const Value& value) const noexcept {
    switch (step.kind) {
        case Step::Kind::range:
            return step.low <= value.number() && value.number() <= step.high;
        case Step::Kind::range_set: {
            const Range* first = ranges_.data() + step.low;
            const Range* last = first + step.high;
            const auto ends_before = [&](Range range) { return range.high < value.number(); };
            const Range* found = step.high <= walked_ranges_max ? std::find_if_not(first, last, ends_before)
                                                                : std::partition_point(first, last, ends_before);
            return found != last && found->low <= value.number();
        }
        case Step::Kind::presence:
            return false;
        case Step::Kind::text:
            return value.text() == text_at(step.low, step.high);
        case Step::Kind::text_set: {
            const TextPlace* first = texts_.data() + step.low;
            const TextPlace* last = first + step.high;
            const TextPlace* found = std::partition_point(
                first, last, [&](TextPlace place) { return text_at(place.offset, place.size) < value.text(); });
            return found != last && text_at(found->offset, found->size) == value.text();
        }
        case Step::Kind::contains:
            return value.text().contains(text_at(step.low, step.high));
        case Step::Kind::starts_with:
            return value.text().starts_with(text_at(step.low, step.high));
        case Step::Kind::ends_with:
            return value.text().ends_with(text_at(step.low, step.high));
    }
    return false;
}

bool Program::evaluate(const Facts& facts) const noexcept {
    std::uint16_t at = first_;
    while (at < reject) {
        const Step& step = steps_[at];
        const Value& value = facts[step.field];
        const bool outcome = value.kind() != step.value_kind ? step.when_null : holds(step, value) != step.negated;
        at = outcome ? step.on_true : step.on_false;
    }
    return at == accept;
}

}  // namespace takas::core::control::rule
