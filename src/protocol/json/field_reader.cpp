#include "protocol/json/field_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/encoding.hpp"
#include "base/utf8.hpp"

namespace takas::protocol::json {
namespace {

constexpr std::size_t max_field_errors = 100;  // a caller reads a few; the rest would only make the answer large
constexpr std::int64_t multi_line_above =
    200;  // a text that may be longer than this is a note: it may have line breaks

constexpr auto no_min = std::numeric_limits<std::int64_t>::min();
constexpr auto no_max = std::numeric_limits<std::int64_t>::max();

/// Unicode category Cc.
bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

/// All members are flags that may be absent. An absent one means something, so a misspelt one would, too: such an
/// object is closed, while others may grow.
bool is_set_of_flags(const Type& type) {
    const auto fields = type.fields();
    return !fields.empty() && std::ranges::all_of(fields, [](const Field& field) {
        return field.type->optional && field.type->inner->kind == Kind::boolean;
    });
}

/// What it leaves out is no restriction, so that a misspelt condition would widen whatever it is a condition of.
bool is_set_of_conditions(const Type& type) { return type.name.ends_with("CriteriaDto"); }

/// What a path may repeat of a body.
bool is_plain_name(std::string_view name) {
    constexpr std::size_t name_max = 48;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return name.size() <= name_max && std::ranges::all_of(name, is_letter);
}

bool is_no_value(const Token& token, const Type& type) { return type.kind == Kind::text && token.text.empty(); }

/// Appends `value` as JSON text again, without white space.
void append_value(std::string& out, const Value& value) {
    if (!value.is_array() && !value.is_object())
        return value.is_string() ? append_json_string(out, value.text()) : void(out.append(value.text()));
    out.push_back(value.is_object() ? '{' : '[');
    bool first = true;
    for (const Value child : value) {
        if (!std::exchange(first, false)) out.push_back(',');
        if (value.is_object()) {
            append_json_string(out, child.key());
            out.push_back(':');
        }
        append_value(out, child);
    }
    out.push_back(value.is_object() ? '}' : ']');
}

}  // namespace

Token Token::of(const Value& value) {
    switch (value.type()) {
        case ValueType::string:
            return {Form::string, value.text()};
        case ValueType::number:
            return {Form::number, value.text()};
        case ValueType::boolean:
            return {Form::boolean, value.text()};
        default:
            return {Form::other, {}};
    }
}

void FieldReader::report(std::string english, std::string turkish) {
    if (errors_.list().size() < max_field_errors) errors_.add(path_, std::move(english), std::move(turkish));
}

void FieldReader::report_required() { report("A value is required.", "Bu alan zorunludur."); }

void FieldReader::report_range(std::int64_t low, std::int64_t high) {
    const std::string from = std::to_string(low), to = std::to_string(high);
    if (low == no_min) return report("The value must be at most " + to + ".", "Değer en fazla " + to + " olabilir.");
    if (high == no_max)
        return report("The value must be at least " + from + ".", "Değer en az " + from + " olmalıdır.");
    report("The value must be from " + from + " to " + to + ".",
           "Değer " + from + " ile " + to + " arasında olmalıdır.");
}

void FieldReader::read_value(const Value& value, const Type& type, const Bounds& bounds, void* out) {
    if (type.optional) return read_value(value, *type.inner, bounds, type.emplace(out));
    switch (type.kind) {
        case Kind::object:
            return read_object(value, type, out);
        case Kind::list:
            return read_list(value, type, bounds, out);
        case Kind::string_map:
            return read_string_map(value, bounds, *static_cast<std::map<std::string, std::string>*>(out));
        case Kind::raw_json:
            return read_raw_json(value, type, bounds, out);
        default:
            return read_scalar(Token::of(value), type, bounds, out);
    }
}

void FieldReader::read_object(const Value& value, const Type& type, void* out) {
    if (!value.is_object()) return report("An object is expected.", "Nesne bekleniyor.");
    const std::size_t path_size = path_.size();
    for (const Field& field : type.fields()) {
        if (field.type->kind == Kind::blob && !options_.trusted) continue;  // never a part of the HTTP API
        const std::string_view name = name_of(field, options_.style);
        if (path_size != 0) path_.push_back('.');
        path_.append(name);
        const auto member = value.find(name);
        const bool absent = !member || member->is_null();
        if (absent || (member->is_string() && is_no_value(Token::of(*member), *field.type))) {
            if (field.is_required && !options_.trusted) report_required();
        }
        // A text of zero length still replaces what an optional holds: "" and absent are two things in an update.
        if (!absent) read_value(*member, *field.type, Bounds::of(field), field.member(out));
        path_.resize(path_size);
    }
    if (!options_.trusted && (is_set_of_flags(type) || is_set_of_conditions(type))) refuse_unknown(value, type);
}

void FieldReader::refuse_unknown(const Value& value, const Type& type) {
    const std::size_t path_size = path_.size();
    for (const Value member : value) {
        const auto is_this = [&](const Field& field) { return name_of(field, options_.style) == member.key(); };
        if (std::ranges::any_of(type.fields(), is_this)) continue;
        if (is_plain_name(member.key())) {
            if (path_size != 0) path_.push_back('.');
            path_.append(member.key());
        }
        report("There is no such member.", "Böyle bir alan yok.");
        path_.resize(path_size);
    }
}

void FieldReader::check_list_size(std::size_t size, const Bounds& bounds) {
    const auto count = static_cast<std::int64_t>(size);
    const std::string most = std::to_string(bounds.max_or(default_list_max)), least = std::to_string(bounds.min);
    if (count > bounds.max_or(default_list_max))
        report("At most " + most + " entries are allowed.", "En fazla " + most + " kayıt girilebilir.");
    else if (count < bounds.min)
        report("At least " + least + " entries are needed.", "En az " + least + " kayıt gereklidir.");
}

void FieldReader::read_list(const Value& value, const Type& type, const Bounds& bounds, void* out) {
    if (!value.is_array()) return report("A list is expected.", "Liste bekleniyor.");
    if (!options_.trusted) {
        const std::size_t before = errors_.list().size();
        check_list_size(value.size(), bounds);
        if (errors_.list().size() != before) return;
    }
    const std::size_t path_size = path_.size();
    std::size_t index = 0;
    for (const Value element : value) {
        path_ += '[' + std::to_string(index++) + ']';
        void* place = type.push_back(out);
        const bool empty = element.is_null() || (element.is_string() && is_no_value(Token::of(element), *type.inner));
        if (empty && !type.inner->optional && !options_.trusted)
            report_required();
        else if (!element.is_null())
            read_value(element, *type.inner, {}, place);
        path_.resize(path_size);
    }
}

void FieldReader::read_string_map(const Value& value, const Bounds& bounds, std::map<std::string, std::string>& out) {
    if (!value.is_object()) return report("An object is expected.", "Nesne bekleniyor.");
    if (!options_.trusted) check_list_size(value.size(), bounds);
    const std::size_t path_size = path_.size();
    for (const Value member : value) {
        // The name is the caller's own: it is checked like a text before it becomes a part of a path.
        if (!options_.trusted && !check_text(member.key(), {})) continue;
        if (path_size != 0) path_.push_back('.');
        path_.append(member.key());
        if (!member.is_string())
            report("A text is expected.", "Metin bekleniyor.");
        else if (options_.trusted || check_text(member.text(), {}))
            out.emplace(member.key(), member.text());
        path_.resize(path_size);
    }
}

void FieldReader::read_raw_json(const Value& value, const Type& type, const Bounds& bounds, void* out) {
    std::string text;
    append_value(text, value);
    const std::int64_t most = bounds.max_or(default_raw_json_max);
    if (!options_.trusted && static_cast<std::int64_t>(text.size()) > most) {
        const std::string bytes = std::to_string(most);
        return report("The JSON text may have at most " + bytes + " bytes.",
                      "JSON metni en fazla " + bytes + " bayt olabilir.");
    }
    type.set_text(out, text);
}

void FieldReader::read_scalar(const Token& token, const Type& type, const Bounds& bounds, void* out) {
    using Form = Token::Form;
    switch (type.kind) {
        case Kind::boolean:
            if (!token.may_be(Form::boolean) || (token.text != "true" && token.text != "false"))
                return report("true or false is expected.", "true veya false bekleniyor.");
            return type.set_integer(out, token.text == "true");
        case Kind::integer:
            return read_integer(token, type, bounds, out);
        case Kind::decimal:
            return read_decimal(token, bounds, *static_cast<Decimal*>(out));
        case Kind::text:
            return read_text(token, type, bounds, out);
        case Kind::enumeration:
            return read_enum(token, type, out);
        case Kind::date:
            if (const auto date = parse_date(token.text); date && token.may_be(Form::string))
                return type.set_integer(out, date->value);
            return report("A date in the form yyyy-MM-dd is expected.",
                          "yyyy-MM-dd biçiminde geçerli bir tarih bekleniyor.");
        case Kind::instant:
            if (const auto instant = parse_instant(token.text); instant && token.may_be(Form::string))
                return type.set_integer(out, instant->value);
            return report("An ISO 8601 date and time is expected.", "ISO 8601 biçiminde tarih ve saat bekleniyor.");
        case Kind::blob:
            if (const auto bytes = base64_decode(token.text); bytes && token.form == Form::string)
                return type.set_text(out, text_of(*bytes));
            return report("Base64 is expected.", "Base64 bekleniyor.");
        default:
            return report("A single value is expected.", "Tek bir değer bekleniyor.");
    }
}

void FieldReader::read_integer(const Token& token, const Type& type, const Bounds& bounds, void* out) {
    std::int64_t number = 0;
    const char* const end = token.text.data() + token.text.size();
    const auto [stopped, trouble] = std::from_chars(token.text.data(), end, number);
    if (!token.may_be(Token::Form::number) || token.text.empty() || stopped != end ||
        trouble == std::errc::invalid_argument)
        return report("A whole number is expected.", "Tam sayı bekleniyor.");
    const std::int64_t low = options_.trusted ? type.min : std::max(type.min, bounds.min);
    const std::int64_t high = options_.trusted ? type.max : std::min(type.max, bounds.max);
    if (trouble == std::errc::result_out_of_range || number < low || number > high) return report_range(low, high);
    type.set_integer(out, number);
}

void FieldReader::read_decimal(const Token& token, const Bounds& bounds, Decimal& out) {
    if (!token.may_be(Token::Form::number)) return report("A number is expected.", "Sayı bekleniyor.");
    const auto number = parse_decimal(token.text);
    if (!number && token.text.find_first_not_of("+-0123456789.eE") != std::string_view::npos)
        return report("A number is expected.", "Sayı bekleniyor.");
    if (!number)
        return report("The number is not usable: at most 18 digits are kept, and none is rounded.",
                      "Sayı kullanılamıyor: en fazla 18 basamak tutulur, yuvarlama yapılmaz.");
    // Bounds are whole numbers: compared at the number's own scale, in 128 bits.
    __extension__ using Wide = __int128;
    Wide unit = 1;
    for (int i = 0; i < number->scale; ++i) unit *= 10;
    if (!options_.trusted && (number->coefficient < bounds.min * unit || number->coefficient > bounds.max * unit))
        return report_range(bounds.min, bounds.max);
    out = *number;
}

void FieldReader::read_enum(const Token& token, const Type& type, void* out) {
    if (token.may_be(Token::Form::string))
        for (const EnumName& row : type.enum_names)
            if (row.name == token.text) return type.set_integer(out, row.value);
    std::string allowed;
    for (const EnumName& row : type.enum_names) {
        if (!allowed.empty()) allowed += ", ";
        allowed += row.name;
    }
    report("The value is not known; allowed: " + allowed + ".", "Değer bilinmiyor; izin verilenler: " + allowed + ".");
}

void FieldReader::read_text(const Token& token, const Type& type, const Bounds& bounds, void* out) {
    if (!token.may_be(Token::Form::string)) return report("A text is expected.", "Metin bekleniyor.");
    if (options_.trusted || token.text.empty() || check_text(token.text, bounds)) type.set_text(out, token.text);
}

namespace {

bool is_printable_ascii(std::string_view text) {
    bool is_other = false;
    for (const char c : text) is_other |= static_cast<unsigned char>(c - ' ') > '~' - ' ';
    return !is_other;
}

/// Of a text that is printable ASCII.
bool is_made_of(std::string_view text, std::string_view charset) {
    constexpr std::size_t worth_a_table = 16;
    if (text.size() < worth_a_table) return text.find_first_not_of(charset) == std::string_view::npos;
    std::array<bool, 128> is_allowed{};
    for (const char c : charset)
        if (const auto at = static_cast<unsigned char>(c); at < is_allowed.size()) is_allowed[at] = true;
    bool is_all = true;
    for (const char c : text) is_all &= is_allowed.data()[static_cast<unsigned char>(c)];
    return is_all;
}

/// Nearly every text is: seen without taking it apart into code points.
bool is_plainly_good(std::string_view text, const Bounds& bounds, std::int64_t most) {
    const auto length = static_cast<std::int64_t>(text.size());
    return length <= most && length >= bounds.min && is_printable_ascii(text) &&
           (bounds.charset.empty() || is_made_of(text, bounds.charset));
}

}  // namespace

bool FieldReader::check_text(std::string_view text, const Bounds& bounds) {
    const std::int64_t most = bounds.max_or(default_text_max);
    if (is_plainly_good(text, bounds, most)) return true;
    const bool may_have_lines = bounds.max != no_max && bounds.max > multi_line_above;
    std::int64_t length = 0;
    bool control = false, outside = false;
    for (std::string_view rest = text; !rest.empty(); ++length) {
        const char first = rest.front();
        const auto code = take_code_point(rest);
        const bool line_break = may_have_lines && (first == '\n' || first == '\t');
        control |= !code || (is_control(*code) && !line_break);
        outside |= !bounds.charset.empty() && !bounds.charset.contains(first);
    }
    if (control) {
        report("Control characters are not allowed.", "Kontrol karakterleri kullanılamaz.");
    } else if (length > most) {
        const std::string n = std::to_string(most);
        report("At most " + n + " characters are allowed.", "En fazla " + n + " karakter girilebilir.");
    } else if (length < bounds.min) {
        const std::string n = std::to_string(bounds.min);
        report("At least " + n + " characters are needed.", "En az " + n + " karakter gereklidir.");
    } else if (outside && bounds.charset == digits_charset) {
        report("Only digits are allowed.", "Yalnızca rakam kullanılabilir.");
    } else if (outside) {
        const std::string characters(bounds.charset);
        report("Only these characters are allowed: " + characters,
               "Yalnızca şu karakterler kullanılabilir: " + characters);
    } else {
        return true;
    }
    return false;
}

}  // namespace takas::protocol::json
