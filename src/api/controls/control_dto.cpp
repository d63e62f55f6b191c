#include "api/controls/control_dto.hpp"

namespace takas::api {

using core::control::AuthorizationControl;
using core::control::Criteria;
using core::control::VelocityControl;

namespace {

/// One criterion, said in the criteria or beside them. What says nothing (Unknown) leaves the word to the other.
template <class T>
void merge(std::optional<T>& in_criteria, const std::optional<T>& beside, std::string_view path, FieldErrors& errors) {
    if (!beside || in_criteria == beside) return;
    if (in_criteria) {
        errors.add(std::string(path), "It is said in criteria, too, and differs.",
                   "criteria içinde de verilmiş ve farklı.");
        return;
    }
    in_criteria = beside;
}

template <class Fields>
Result<Criteria> criteria_of(const Fields& fields) {
    Criteria criteria = fields.criteria.value_or(Criteria{});
    FieldErrors errors;
    merge(criteria.transaction_code, fields.transaction_code, "transactionCode", errors);
    merge(criteria.transaction_domain, fields.transaction_domain, "transactionDomain", errors);
    merge(criteria.pos_entry_mode, fields.pos_entry_mode, "posEntryMode", errors);
    merge(criteria.mcc, fields.mcc, "mcc", errors);
    merge(criteria.terminal_type, fields.terminal_type, "terminalType", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return criteria;
}

/// What both families' forms have alike.
template <class Control, class Fields>
void fill_common(Control& control, const Fields& fields) {
    control.name = fields.name;
    control.rule = text_or_empty(fields.rule);
    control.response_code = fields.response_code;
    control.effective_from = fields.effective_from;
    control.effective_to = fields.effective_to;
    control.tenant_wide = fields.tenant_wide.value_or(false);
    control.is_active = fields.is_active.value_or(true);
}

template <class Dto, class Control>
Dto dto_of(const Control& control) {
    Dto dto;
    dto.id = control.id;
    dto.name = control.name;
    dto.rule = optional_text(control.rule);
    dto.criteria = control.criteria;
    dto.transaction_code = control.criteria.transaction_code;
    dto.transaction_domain = control.criteria.transaction_domain;
    dto.pos_entry_mode = control.criteria.pos_entry_mode;
    dto.mcc = control.criteria.mcc;
    dto.terminal_type = control.criteria.terminal_type;
    dto.response_code = control.response_code;
    dto.effective_from = control.effective_from;
    dto.effective_to = control.effective_to;
    dto.tenant_wide = control.tenant_wide;
    dto.is_active = control.is_active;
    dto.active_version_no = control.active_version_no;
    dto.version = control.version;
    dto.creation_time = control.creation_time;
    return dto;
}

}  // namespace

Result<AuthorizationControl> control_of(const AuthorizationCheckFields& fields) {
    auto criteria = criteria_of(fields);
    if (!criteria) return std::unexpected(std::move(criteria.error()));
    AuthorizationControl control;
    fill_common(control, fields);
    control.criteria = std::move(*criteria);
    control.action = fields.action;
    control.priority = fields.priority.value_or(0);
    return control;
}

Result<VelocityControl> control_of(const VelocityCheckFields& fields) {
    auto criteria = criteria_of(fields);
    if (!criteria) return std::unexpected(std::move(criteria.error()));
    VelocityControl control;
    fill_common(control, fields);
    control.criteria = std::move(*criteria);
    control.period = fields.period;
    control.currency = fields.currency;
    control.limit_amount = fields.limit_amount;
    control.limit_count = fields.limit_count;
    control.min_amount = fields.min_amount;
    return control;
}

AuthorizationCheckDto to_dto(const AuthorizationControl& control) {
    auto dto = dto_of<AuthorizationCheckDto>(control);
    dto.action = control.action;
    dto.priority = control.priority;
    return dto;
}

VelocityCheckDto to_dto(const VelocityControl& control) {
    auto dto = dto_of<VelocityCheckDto>(control);
    dto.period = control.period;
    dto.currency = control.currency;
    dto.limit_amount = control.limit_amount;
    dto.limit_count = control.limit_count;
    dto.min_amount = control.min_amount;
    return dto;
}

void fill(ControlVersionFields& dto, const core::control::ControlVersion& version) {
    dto.version_no = version.version_no;
    dto.state = version.state;
    dto.user_id = optional_text(version.user_id);
    dto.user_name = optional_text(version.user_name);
    dto.creation_time = version.creation_time;
    dto.active_since = version.active_since;
    dto.active_until = version.active_until;
}

}  // namespace takas::api
