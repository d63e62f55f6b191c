// A rule as it runs: one step per comparison, each with the next step for either outcome. Brackets, && || and ! have
// become those jumps; so an evaluation walks forwards through plain data, without a stack and without allocation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control/rule/range_set.hpp"
#include "core/control/rule/tree.hpp"
#include "core/control/rule/value.hpp"

namespace takas::core::control::rule {

struct Step {
    enum class Kind : std::uint8_t {
        range,      ///< low <= number <= high
        range_set,  ///< in one of `high` ranges from `low` on
        presence,   ///< there is a value: false; `negated` and `when_null` make `is null` and `is not null` of it
        text,       ///< equals the text of `high` octets at `low`
        text_set,   ///< equals one of `high` texts from `low` on
        contains,   ///< these three: the text of `high` octets at `low`
        starts_with,
        ends_with,
    };
    Kind kind{};
    Field field{};
    Value::Kind value_kind{};  ///< a value of another kind counts as none
    bool negated = false;
    bool when_null = false;  ///< outcome without a value
    std::uint16_t on_true = 0, on_false = 0;
    std::int64_t low = 0, high = 0;
};

struct TextPlace {
    std::uint32_t offset = 0, size = 0;
};

class Program {
  public:
    explicit Program(const Node& root);
    bool evaluate(const Facts& facts) const noexcept;
    std::size_t step_count() const { return steps_.size(); }

  private:
    static constexpr std::uint16_t accept = 0xFFFF, reject = 0xFFFE;

    std::uint16_t add(const Node& node, std::uint16_t on_true, std::uint16_t on_false);
    std::uint16_t add_comparison(const Node& node, std::uint16_t on_true, std::uint16_t on_false);
    void set_number_operand(Step& step, const Node& node);
    void set_text_operand(Step& step, const Node& node);
    TextPlace keep_text(std::string_view text);
    bool holds(const Step& step, const Value& value) const noexcept;
    std::string_view text_at(std::int64_t offset, std::int64_t size) const noexcept {
        return {chars_.data() + offset, static_cast<std::size_t>(size)};
    }

    std::vector<Step> steps_;  ///< the last to be looked at first; evaluation begins at `first_`
    std::uint16_t first_ = accept;
    std::vector<Range> ranges_;
    std::vector<TextPlace> texts_;
    std::string chars_;
};

/// The numbers for which a comparison with numbers holds, before `!=` and `not in` turn it round.
RangeSet ranges_of(const Node& comparison);

}  // namespace takas::core::control::rule
