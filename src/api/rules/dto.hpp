// Bodies and answers of the rule endpoints (contract 3): the check of a rule, and the fields it can ask about.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "core/control/rule/field.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::api {

/// What a field's values are, for programs that build rules.
enum class RuleDataType : std::uint8_t { decimal, integer, string, enumeration, boolean, date, time };
enum class RuleValueEditor : std::uint8_t { text, select, checkbox, date };

struct CheckRuleDto {
    std::string rule;
    std::optional<core::control::rule::Scope> scope;
    RawJson example;
};

struct RuleErrorDto {
    std::string code;
    std::optional<std::int32_t> position;
    std::optional<std::string> path;
    std::string message;
    std::string found;
    std::vector<std::string> expected;
};

struct RuleWarningDto {
    std::optional<std::int32_t> position;
    std::optional<std::string> path;
    std::string message;
};

struct RuleFieldUseDto {
    std::string name, label;
    RuleDataType data_type{};
};

struct RuleTermDto {
    std::string text, actual;
    bool outcome = false;
};

struct CheckRuleResponseDto {
    bool valid = false;
    std::optional<std::string> canonical;
    RawJson query_builder;
    std::vector<RuleFieldUseDto> fields;
    std::optional<std::string> explanation;
    std::vector<RuleWarningDto> warnings;
    std::vector<RuleErrorDto> errors;
    std::optional<bool> result;
    std::vector<RuleTermDto> terms;
};

struct RuleFieldQuery {
    std::optional<core::control::rule::Scope> scope;
};

struct QueryBuilderValueDto {
    std::string name, label;
};

struct QueryBuilderFieldDto {
    std::string name, label;
    RuleDataType data_type{};
    std::vector<std::string> operators;
    RuleValueEditor value_editor_type{};
    std::vector<QueryBuilderValueDto> values;
    bool nullable = false;
};

}  // namespace takas::api

namespace takas {

template <>
struct EnumNames<api::RuleDataType> {
    using E = api::RuleDataType;
    static constexpr std::string_view name = "RuleDataType";
    static constexpr std::array values{named(E::decimal, "Decimal"), named(E::integer, "Integer"),
                                       named(E::string, "String"),   named(E::enumeration, "Enum"),
                                       named(E::boolean, "Boolean"), named(E::date, "Date"),
                                       named(E::time, "Time")};
};
template <>
struct EnumNames<api::RuleValueEditor> {
    using E = api::RuleValueEditor;
    static constexpr std::string_view name = "RuleValueEditor";
    static constexpr std::array values{named(E::text, "Text"), named(E::select, "Select"),
                                       named(E::checkbox, "Checkbox"), named(E::date, "Date")};
};

template <>
struct Describe<api::CheckRuleDto> {
    using T = api::CheckRuleDto;
    static constexpr std::string_view name = "CheckRuleDto";
    static constexpr std::array fields{
        field<&T::rule>("Expression text (up to 4,000 characters), or a query builder's tree as JSON")
            .required()
            .length(1, protocol::query_builder::query_builder_text_max)
            .example("mcc in (5411, 5412) && transactionAmount > 500"),
        field<&T::scope>("Where the rule is to be used; absent: AuthorizationControl, which knows every field")
            .example("Transaction"),
        field<&T::example>(
            "Values of fields to evaluate the rule on: an object, such as {\"mcc\": 5411}; a field that is "
            "absent or null has no value")
            .length(0, 16'384),
    };
};
template <>
struct Describe<api::RuleErrorDto> {
    using T = api::RuleErrorDto;
    static constexpr std::string_view name = "RuleErrorDto";
    static constexpr std::array fields{
        field<&T::code>("What kind of mistake").required().example("CTRL:00001"),
        field<&T::position>("Column in the text, from 1").example("14"),
        field<&T::path>("Place in a query builder's tree").example("rules[1].value"),
        field<&T::message>("The mistake in words").required().example("Expected a value, but the rule ends here."),
        field<&T::found>("What stands there; \"end\" at the end").required().example("end"),
        field<&T::expected>("What would have been right: texts, or field, value, operator, end, number, text, date, "
                            "time, list, group")
            .required(),
    };
};
template <>
struct Describe<api::RuleWarningDto> {
    using T = api::RuleWarningDto;
    static constexpr std::string_view name = "RuleWarningDto";
    static constexpr std::array fields{
        field<&T::position>("Column in the text, from 1").example("1"),
        field<&T::path>("Place in a query builder's tree").example("rules[0]"),
        field<&T::message>("What is odd").required().example("'mcc > 5 && mcc < 3' never holds."),
    };
};
template <>
struct Describe<api::RuleFieldUseDto> {
    using T = api::RuleFieldUseDto;
    static constexpr std::string_view name = "RuleFieldUseDto";
    static constexpr std::array fields{
        field<&T::name>("As rules write it").required().example("mcc"),
        field<&T::label>("As people read it").required().example("Merchant category code"),
        field<&T::data_type>("What its values are").required().example("Integer"),
    };
};
template <>
struct Describe<api::RuleTermDto> {
    using T = api::RuleTermDto;
    static constexpr std::string_view name = "RuleTermDto";
    static constexpr std::array fields{
        field<&T::text>("One comparison of the rule").required().example("mcc in (5411, 5412)"),
        field<&T::actual>("The example's value; null: it has none").required().example("5411"),
        field<&T::outcome>("Whether it holds").required(),
    };
};
template <>
struct Describe<api::CheckRuleResponseDto> {
    using T = api::CheckRuleResponseDto;
    static constexpr std::string_view name = "CheckRuleResponseDto";
    static constexpr std::array fields{
        field<&T::valid>("Whether it is a rule").required(),
        field<&T::canonical>("The one spelling under which it is kept")
            .example("mcc in (5411, 5412) && transactionAmount > 500"),
        field<&T::query_builder>("The rule as a query builder's tree; null when it is nested too deeply for one"),
        field<&T::fields>("The fields it asks about").required(),
        field<&T::explanation>("The rule in words").example("Merchant category code is one of 5411, 5412"),
        field<&T::warnings>("What is allowed, but probably not meant").required(),
        field<&T::errors>("What is wrong with it").required(),
        field<&T::result>("What it comes to on the example"),
        field<&T::terms>("Every comparison with the example's value, in the rule's order").required(),
    };
};
template <>
struct Describe<api::RuleFieldQuery> {
    using T = api::RuleFieldQuery;
    static constexpr std::string_view name = "RuleFieldQuery";
    static constexpr std::array fields{
        field<&T::scope>("Only what rules can ask there; absent: every field").example("CardIssuance")};
};
template <>
struct Describe<api::QueryBuilderValueDto> {
    using T = api::QueryBuilderValueDto;
    static constexpr std::string_view name = "QueryBuilderValueDto";
    static constexpr std::array fields{
        field<&T::name>("As rules write it").required().example("Purchase"),
        field<&T::label>("As people read it").required().example("Alışveriş"),
    };
};
template <>
struct Describe<api::QueryBuilderFieldDto> {
    using T = api::QueryBuilderFieldDto;
    static constexpr std::string_view name = "QueryBuilderFieldDto";
    static constexpr std::array fields{
        field<&T::name>("As rules write it").required().example("transactionAmount"),
        field<&T::label>("As people read it").required().example("İşlem tutarı"),
        field<&T::data_type>("What its values are").required().example("Decimal"),
        field<&T::operators>("What it can be asked with").required(),
        field<&T::value_editor_type>("What to enter a value with").required().example("Text"),
        field<&T::values>("All values of an Enum").required(),
        field<&T::nullable>("Whether it may have no value").required(),
    };
};

}  // namespace takas
