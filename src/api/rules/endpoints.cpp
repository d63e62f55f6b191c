#include "api/rules/endpoints.hpp"

#include "api/rules/dto.hpp"
#include "api/rules/example.hpp"
#include "api/rules/sentence.hpp"
#include "base/optional_text.hpp"
#include "core/control/rule/explain.hpp"

namespace takas::api {
namespace {

using namespace core::control::rule;

RuleDataType data_type_of(FieldType type) {
    switch (type) {
        case FieldType::amount:
            return RuleDataType::decimal;
        case FieldType::integer:
        case FieldType::id:
            return RuleDataType::integer;
        case FieldType::text:
            return RuleDataType::string;
        case FieldType::enumeration:
            return RuleDataType::enumeration;
        case FieldType::boolean:
            return RuleDataType::boolean;
        case FieldType::date:
            return RuleDataType::date;
        case FieldType::time_of_day:
            return RuleDataType::time;
    }
    return RuleDataType::string;
}

RuleValueEditor editor_of(FieldType type) {
    switch (type) {
        case FieldType::enumeration:
            return RuleValueEditor::select;
        case FieldType::boolean:
            return RuleValueEditor::checkbox;
        case FieldType::date:
            return RuleValueEditor::date;
        default:
            return RuleValueEditor::text;
    }
}

std::optional<std::int32_t> position_of(std::uint32_t position) {
    return position == 0 ? std::nullopt : std::optional(static_cast<std::int32_t>(position));
}

std::string in(app::Language language, const std::string& english, const std::string& turkish) {
    return language == app::Language::english ? english : turkish;
}

RuleErrorDto to_dto(const Diagnostic& d, app::Language language) {
    return {std::string(error_row(d.code).public_code),
            position_of(d.position),
            optional_text(d.path),
            in(language, d.english, d.turkish),
            d.found,
            d.expected};
}

void add_terms(const Explanation& part, std::vector<RuleTermDto>& terms) {
    if (part.kind == NodeKind::comparison) terms.push_back({part.text, part.actual, part.outcome});
    for (const Explanation& child : part.children) add_terms(child, terms);
}

void describe(const Rule& rule, app::Language language, CheckRuleResponseDto& answer) {
    answer.valid = true;
    answer.canonical = rule.canonical_text();
    answer.query_builder.text = protocol::query_builder::to_json(rule).value_or("");
    answer.explanation = rules::sentence_of(rule.tree(), language);
    for (const auto field : rule.fields()) {
        const FieldRow& row = field_row(field);
        answer.fields.push_back(
            {std::string(row.name.view()), std::string(rules::label_of(row, language)), data_type_of(row.type)});
    }
    for (const Warning& w : rule.warnings())
        answer.warnings.push_back({position_of(w.position), optional_text(w.path), in(language, w.english, w.turkish)});
}

/// What is wrong with the rule is the answer, not a refusal: a check succeeds by telling.
Result<CheckRuleResponseDto> check_rule(Call& call, const CheckRuleDto& body) {
    const Scope scope = body.scope.value_or(Scope::counters);
    const app::Language language = call.context.language;
    std::optional<rules::Example> example;
    if (!body.example.text.empty()) {
        auto read = rules::Example::read(body.example.text, scope);
        if (!read) return std::unexpected(std::move(read.error()));
        example = std::move(*read);
    }
    const Checked checked = protocol::query_builder::check(body.rule, scope);
    CheckRuleResponseDto answer;
    for (const Diagnostic& one : checked.errors) answer.errors.push_back(to_dto(one, language));
    if (!checked.rule) return answer;
    describe(*checked.rule, language, answer);
    if (!example) return answer;
    const Facts facts = example->facts();
    answer.result = checked.rule->evaluate(facts);
    add_terms(explain(*checked.rule, facts), answer.terms);
    return answer;
}

QueryBuilderFieldDto to_dto(const FieldRow& row, app::Language language) {
    QueryBuilderFieldDto dto;
    dto.name = row.name.view();
    dto.label = rules::label_of(row, language);
    dto.data_type = data_type_of(row.type);
    for (const Operator op : operators_of(row.type)) dto.operators.emplace_back(query_builder_spelling_of(op));
    dto.value_editor_type = editor_of(row.type);
    for (const EnumName& value : row.values)
        dto.values.push_back(
            {std::string(value.name), std::string(rules::label_of(row.enum_name, value.name, language))});
    dto.nullable = row.is_nullable;
    return dto;
}

Result<std::vector<QueryBuilderFieldDto>> list_fields(Call& call, const Query<RuleFieldQuery>& query) {
    const Scope scope = query.value.scope.value_or(Scope::counters);
    std::vector<QueryBuilderFieldDto> answer;
    for (const FieldRow& row : field_rows())
        if (row.is_in(scope)) answer.push_back(to_dto(row, call.context.language));
    return answer;
}

constexpr std::array rows{
    endpoint<&check_rule>(Method::post, "/api/v1/issuing/rule/check", "checkRule", "Rule",
                          "Parse and explain a rule, and evaluate it on an example", Permission::control_read,
                          Idempotency::none),
    endpoint<&list_fields>(Method::get, "/api/v1/issuing/rule/field", "getRuleFields", "Rule",
                           "List the fields that rules can ask about, for query builders", Permission::control_read,
                           Idempotency::none),
};

}  // namespace

std::span<const Endpoint> rule_endpoints() { return rows; }

}  // namespace takas::api
