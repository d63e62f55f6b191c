#include "api/rules/example.hpp"

#include <utility>

#include "core/control/rule/operand.hpp"
#include "protocol/json/value.hpp"

namespace takas::api::rules {

using namespace core::control::rule;

namespace {

WrittenValue written(protocol::json::Value value) {
    using Form = WrittenValue::Form;
    const Form form = value.type() == protocol::json::ValueType::number    ? Form::number
                      : value.type() == protocol::json::ValueType::boolean ? Form::boolean
                                                                           : Form::text;
    return {form, std::string(value.text()), 0, {}};
}

/// What no transaction can have is a mistake of whoever wrote the example. Other types are checked when they are read.
bool is_in_range(const FieldRow& row, const Operand& operand) {
    const bool is_number = row.type == FieldType::amount || row.type == FieldType::integer || row.type == FieldType::id;
    return !is_number || (row.lowest <= operand.number && operand.number <= row.highest);
}

std::string range_of(const FieldRow& row) {
    return to_text(row, {row.lowest, {}}) + " - " + to_text(row, {row.highest, {}});
}

/// A name that is no field's is not repeated: it comes from outside.
std::string path_of(std::string_view name) {
    return find_field(name) ? "example." + std::string(name) : std::string("example");
}

}  // namespace

Result<Example> Example::read(std::string_view json, Scope scope) {
    const auto document = protocol::json::parse(json);
    if (!document || !document->root().is_object())
        return fail_field("example", "An object with field names is expected.", "Alan adlarıyla bir nesne bekleniyor.");
    Example example;
    FieldErrors errors;
    for (const protocol::json::Value member : document->root()) {
        const auto field = find_field(member.key());
        if (!field || !field_row(*field).is_in(scope)) {
            errors.add(path_of(member.key()), "It names a field that is not known where the rule is used.",
                       "Kuralın kullanıldığı yerde bilinmeyen bir alan içeriyor.");
            continue;
        }
        if (member.is_null()) continue;
        const FieldRow& row = field_row(*field);
        if (member.is_array() || member.is_object()) {
            errors.add(path_of(member.key()), "One value is expected.", "Tek bir değer bekleniyor.");
            continue;
        }
        auto operand = operand_of(row, written(member));
        if (!operand)
            errors.add(path_of(member.key()), operand.error().english, operand.error().turkish);
        else if (!is_in_range(row, *operand))
            errors.add(path_of(member.key()), "The field has a value in " + range_of(row) + ".",
                       "Alanın değeri şu aralıktadır: " + range_of(row) + ".");
        else
            example.given_.push_back({*field, operand->number, std::move(operand->text)});
    }
    if (!errors.empty()) return std::move(errors).as_error();
    return example;
}

Facts Example::facts() const {
    Facts facts;
    for (const Given& one : given_) {
        const bool is_text = field_row(one.field).type == FieldType::text;
        facts[one.field] = is_text ? Value::text(one.text) : Value::integer(one.number);
    }
    return facts;
}

}  // namespace takas::api::rules
