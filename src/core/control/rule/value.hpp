// The facts that a rule is evaluated on: one value per field, 16 bytes each, without ownership. A door fills the array
// once per decision; texts stay where they are and must outlive it. No floating point: amounts are whole numbers of
// 1/10,000 of the major unit, which holds every ISO 4217 currency exactly.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include "base/describe.hpp"
#include "base/time.hpp"
#include "core/control/rule/field.hpp"

namespace takas::core::control::rule {

inline constexpr std::uint8_t amount_scale = 4;
inline constexpr std::int64_t minutes_per_day = 24 * 60;

class Value {
  public:
    enum class Kind : std::uint8_t { null, number, text };

    constexpr Value() = default;  ///< null: not known

    static constexpr Value integer(std::int64_t number) { return Value(number); }
    static constexpr Value boolean(bool is_true) { return Value(is_true ? 1 : 0); }
    template <NamedEnum E>
    static constexpr Value name(E e) {
        return Value(static_cast<std::int64_t>(e));
    }
    /// Minor units of a currency with that many minor unit digits; the nearest there is when it does not fit.
    static constexpr Value amount(std::int64_t minor, unsigned digits) {
        for (; digits > amount_scale; --digits) minor /= 10;
        for (; digits < amount_scale; ++digits) {
            std::int64_t finer = 0;
            if (__builtin_mul_overflow(minor, 10, &finer))
                return Value(minor < 0 ? std::numeric_limits<std::int64_t>::min()
                                       : std::numeric_limits<std::int64_t>::max());
            minor = finer;
        }
        return Value(minor);
    }
    static constexpr Value date(Date date) { return Value(date.value); }
    /// Seconds are cut off: a time is the minute it lies in.
    static constexpr Value time_of_day(std::int64_t minute_of_day) { return Value(minute_of_day); }
    /// An empty text is no value. The characters are not copied.
    static constexpr Value text(std::string_view text) {
        Value value;
        if (text.empty()) return value;
        value.kind_ = Kind::text;
        value.size_ = static_cast<std::uint32_t>(text.size());
        value.chars_ = text.data();
        return value;
    }

    constexpr Kind kind() const { return kind_; }
    constexpr bool is_null() const { return kind_ == Kind::null; }
    /// Only of Kind::number.
    constexpr std::int64_t number() const { return number_; }
    /// Only of Kind::text.
    constexpr std::string_view text() const { return {chars_, size_}; }

  private:
    constexpr explicit Value(std::int64_t number) : number_(number), kind_(Kind::number) {}

    union {
        std::int64_t number_ = 0;
        const char* chars_;
    };
    std::uint32_t size_ = 0;
    Kind kind_ = Kind::null;
};
static_assert(sizeof(Value) == 16);

/// What the field's values are kept as.
constexpr Value::Kind kind_of(FieldType type) {
    return type == FieldType::text ? Value::Kind::text : Value::Kind::number;
}

/// All values of one transaction, card or customer. A field that nobody filled is null.
struct Facts {
    std::array<Value, field_count> values{};

    constexpr Value& operator[](Field field) { return values[static_cast<std::size_t>(field)]; }
    constexpr const Value& operator[](Field field) const { return values[static_cast<std::size_t>(field)]; }
};

}  // namespace takas::core::control::rule
