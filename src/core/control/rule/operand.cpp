#include "core/control/rule/operand.hpp"

#include <algorithm>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "core/control/rule/diagnostic.hpp"
#include "core/control/rule/letters.hpp"
#include "core/control/rule/value.hpp"
#include "core/note/note.hpp"

namespace takas::core::control::rule {
namespace {

using Form = WrittenValue::Form;
using Outcome = std::expected<Operand, OperandRefusal>;

Outcome refuse(std::string expected, std::string english, std::string turkish) {
    return std::unexpected(OperandRefusal{std::move(expected), std::move(english), std::move(turkish)});
}

Outcome refuse_card_number(std::string expected) {
    return refuse(std::move(expected), "A rule may not hold a card number.", "Kural, kart numarası içeremez.");
}

Outcome number_operand(const FieldRow& row, const WrittenValue& value) {
    const bool is_amount = row.type == FieldType::amount;
    if (value.form != Form::number)
        return refuse("number", "A number without quotes is expected.", "Tırnaksız bir sayı bekleniyor.");
    // An id may look like a card number by chance; no amount and no other number does.
    if (row.type != FieldType::id && note::holds_card_number(value.text)) return refuse_card_number("number");
    const auto decimal = parse_decimal(value.text);
    if (!decimal) return refuse("number", "The number is too large.", "Sayı çok büyük.");
    const std::uint8_t scale = is_amount ? amount_scale : 0;
    if (decimal->scale > scale)
        return is_amount ? refuse("number", "An amount has at most 4 digits after the point.",
                                  "Tutar, noktadan sonra en çok 4 basamaklı olabilir.")
                         : refuse("number", "A whole number is expected.", "Bir tam sayı bekleniyor.");
    const auto number = rescale(*decimal, scale);
    if (!number) return refuse("number", "The number is too large.", "Sayı çok büyük.");
    return Operand{*number, {}};
}

Outcome boolean_operand(const WrittenValue& value) {
    if (value.form != Form::boolean)
        return refuse("true", "true or false is expected, without quotes.", "Tırnaksız true veya false bekleniyor.");
    return Operand{value.text == "true" ? 1 : 0, {}};
}

Outcome date_operand(const WrittenValue& value) {
    const bool has_form = value.form == Form::date || value.form == Form::text;
    const auto date = has_form ? parse_date(value.text) : std::nullopt;
    if (!date)
        return refuse("date", "A date like \"2031-03-01\" is expected.", "\"2031-03-01\" gibi bir tarih bekleniyor.");
    return Operand{date->value, {}};
}

Outcome time_operand(const WrittenValue& value) {
    const std::string_view t = value.text;
    const bool has_form = (value.form == Form::time_of_day || value.form == Form::text) && t.size() == 5 &&
                          t[2] == ':' && is_digit(t[0]) && is_digit(t[1]) && is_digit(t[3]) && is_digit(t[4]);
    const int hour = has_form ? (t[0] - '0') * 10 + (t[1] - '0') : 24;
    const int minute = has_form ? (t[3] - '0') * 10 + (t[4] - '0') : 60;
    if (hour > 23 || minute > 59)
        return refuse("time", "A time like \"22:30\" is expected.", "\"22:30\" gibi bir saat bekleniyor.");
    return Operand{hour * 60 + minute, {}};
}

Outcome name_operand(const FieldRow& row, const WrittenValue& value) {
    if (value.form == Form::text)
        for (const EnumName& one : row.values)
            if (equal_in_any_case(one.name, value.text)) return Operand{one.value, {}};
    std::string english = "One of these is expected, in quotes: ",
                turkish = "Tırnak içinde şunlardan biri bekleniyor: ";
    for (const EnumName& one : row.values) {
        const char* separator = &one == row.values.data() ? "" : ", ";
        english.append(separator).append(one.name);
        turkish.append(separator).append(one.name);
    }
    return refuse("text", english + ".", turkish + ".");
}

Outcome text_operand(const FieldRow& row, const WrittenValue& value, bool is_part) {
    if (value.form != Form::text)
        return refuse("text", "A text in quotes is expected.", "Tırnak içinde bir metin bekleniyor.");
    if (value.text.empty())
        return refuse("text", "An empty text is compared with 'is null'.", "Boş metin 'is null' ile karşılaştırılır.");
    if (std::ranges::any_of(value.text, is_control_character))
        return refuse("text", "A text may not hold control characters.", "Metin, denetim karakteri içeremez.");
    if (note::holds_card_number(value.text)) return refuse_card_number("text");
    const bool is_short_enough = value.text.size() <= row.text_max;
    if (!is_short_enough || (!is_part && value.text.size() < row.text_min)) {
        const std::string low = std::to_string(row.text_min), high = std::to_string(row.text_max);
        return refuse("text", "The text must have " + low + " to " + high + " characters.",
                      "Metin " + low + " ile " + high + " karakter arasında olmalı.");
    }
    if (!row.charset.empty() && value.text.find_first_not_of(row.charset) != std::string::npos)
        return refuse("text", "The text may hold digits only.", "Metin yalnızca rakam içerebilir.");
    return Operand{0, value.text};
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

}  // namespace

Outcome operand_of(const FieldRow& row, const WrittenValue& value, bool is_part) {
    switch (row.type) {
        case FieldType::amount:
        case FieldType::integer:
        case FieldType::id:
            return number_operand(row, value);
        case FieldType::boolean:
            return boolean_operand(value);
        case FieldType::date:
            return date_operand(value);
        case FieldType::time_of_day:
            return time_operand(value);
        case FieldType::enumeration:
            return name_operand(row, value);
        case FieldType::text:
            return text_operand(row, value, is_part);
    }
    return refuse("value", "", "");
}

std::string to_text(const FieldRow& row, const Operand& operand) {
    std::string out;
    switch (row.type) {
        case FieldType::amount: {
            // Without zeros at the end: 500, 12.5.
            Decimal exact{operand.number, amount_scale};
            for (; exact.scale > 0 && exact.coefficient % 10 == 0; --exact.scale) exact.coefficient /= 10;
            append_text(out, exact);
            return out;
        }
        case FieldType::integer:
        case FieldType::id:
            return std::to_string(operand.number);
        case FieldType::boolean:
            return operand.number != 0 ? "true" : "false";
        case FieldType::date:
            append_quoted(out, takas::to_text(Date{static_cast<std::int32_t>(operand.number)}));
            return out;
        case FieldType::time_of_day: {
            const auto two = [](std::int64_t n) {
                return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
            };
            return '"' + two(operand.number / 60) + ':' + two(operand.number % 60) + '"';
        }
        case FieldType::enumeration: {
            const auto one = std::ranges::find(row.values, operand.number, &EnumName::value);
            append_quoted(out, one != row.values.end() ? one->name : std::string_view("?"));
            return out;
        }
        case FieldType::text:
            append_quoted(out, operand.text);
            return out;
    }
    return out;
}

}  // namespace takas::core::control::rule
