// Expected failures. Every failure that can reach a caller has one row in one table: public code, HTTP status, whether
// a retry can help, and the public sentence in Turkish and English. The internal detail is another type on purpose: it
// goes to the log, never into an answer.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace takas {

enum class ErrorCode : std::uint8_t {
    validation,
    not_found,
    forbidden,
    concurrent_change,
    unauthenticated,
    too_many_requests,
    unavailable,
    internal,
    idempotency_conflict,
    malformed_json,
    body_too_large,
    method_not_allowed,
    unsupported_media_type,
    outcome_unknown,
    request_in_progress,
    already_exists,
    duplicate_message,
    card_not_found,
    card_wrong_status,
    card_transition_not_allowed,
    card_reason_not_allowed,
    product_inactive,
    bin_range_exhausted,
    card_limit_reached,
    child_card_not_allowed,
    delivery_address_missing,
    account_not_found,
    insufficient_funds,
    currency_mismatch,
    reference_reused,
    transaction_not_found,
    transaction_not_reversible,
    amount_above_original,
    pin_not_set,
    phone_missing,
    message_not_sent,
    noname_not_allowed,
    card_not_noname,
    card_already_linked,
    card_not_linked,
    account_not_empty,
    card_already_renewed,
    card_not_renewed,
    card_batch_not_found,
    pin_wrong,
    pin_blocked,
    customer_exists,
    customer_not_found,
    one_per_type,
    segment_in_use,
    segment_not_found,
    product_exists,
    product_not_found,
    product_in_use,
    range_overlap,
    bin_exists,
    bin_not_found,
    bin_in_use,
    range_not_found,
    range_in_use,
    art_exists,
    art_not_found,
    art_in_use,
    art_image_not_found,
    group_exists,
    group_not_found,
    group_in_use,
    issuance_not_found,
    perso_transition_not_allowed,
    perso_office_missing,
    shipment_not_found,
    delivery_transition_not_allowed,
    webhook_not_found,
    webhook_url_refused,
    delivery_not_found,
    event_cursor_refused,
    tenant_exists,
    tenant_not_found,
    user_exists,
    user_not_found,
    role_unknown,
    sandbox_disabled,
    hsm_key_not_found,
    hsm_key_usage_refused,
    hsm_pin_block_invalid,
    hsm_kcv_mismatch,
    hsm_key_block_altered,
    hsm_key_block_invalid,
    hsm_lmk_not_loaded,
    hsm_unavailable,
    hsm_pin_weak,
    hsm_pin_length,
    hsm_pin_translation_refused,
    hsm_pin_not_allowed,
    hsm_key_not_usable,
    hsm_data_invalid,
    hsm_profile_unknown,
    hsm_key_exists,
    hsm_public_key_refused,
    hsm_key_component_invalid,
    rule_syntax,
    rule_field_unknown,
    rule_type_mismatch,
    rule_too_large,
    rule_field_not_in_scope,
    control_not_found,
    control_exists,
    control_link_exists,
    control_link_not_found,
    control_limit_missing,
    control_dates_reversed,
    control_response_not_decline,
    control_no_draft,
    control_version_not_found,
    card_limit_exceeds,
    card_velocity_not_found,
    control_contradiction,
    too_many_controls,
    fee_not_found,
    fee_exists,
    fee_dates_reversed,
    fee_nothing_charged,
    fee_floor_above_cap,
    fee_link_exists,
    fee_link_not_found,
    tax_not_found,
    tax_exists,
    vault_merchant_not_found,
    vault_merchant_exists,
    vault_credential_not_found,
    vault_credential_refused,
    vault_address_refused,
    vault_origin_refused,
    vault_temp_token_invalid,
    vault_temp_card_not_found,
    vault_card_type_unexpected,
    vault_lifetime_unexpected,
    vault_holder_invalid,
    vault_number_invalid,
    vault_truncation_refused,
    vault_month_invalid,
    vault_year_invalid,
    vault_card_expired,
    vault_identity_invalid,
    vault_card_detail_invalid,
    vault_unique_code_invalid,
    vault_unique_code_old,
    vault_card_not_found,
    vault_card_unavailable,
    vault_partner_not_found,
    vault_already_blacklisted,
    vault_not_blacklisted,
    vault_reference_used,
    vault_bin_not_found,
    vault_key_not_usable,
    vault_host_refused,
    vault_host_failed,
    vault_header_missing,
    count_,
};

struct ErrorRow {
    ErrorCode code;
    std::string_view public_code;  ///< "CARD:00001"
    std::uint16_t http_status;
    bool retryable;
    std::string_view english;
    std::string_view turkish;
    std::string_view remedy;  ///< for the reference page: what the caller can do
};

const ErrorRow& error_row(ErrorCode code);
/// Asked again, the same would be said again: somebody has to change something first. All else is worth another try.
bool is_final_refusal(ErrorCode code);
/// Every row, in enum order.
const ErrorRow* error_rows_begin();
const ErrorRow* error_rows_end();

/// One refused field. `path` is how the caller wrote it: "customerAddresses[1].country".
struct FieldError {
    std::string path;
    std::string english;
    std::string turkish;
};

/// Facts about a refusal that the caller may see: error.data, name and JSON value text.
using ErrorData = std::vector<std::pair<std::string, std::string>>;

struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::internal;
    std::string internal_detail;       ///< for the log only
    std::vector<FieldError> fields{};  ///< only with ErrorCode::validation and those of rules
    ErrorData data{};
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string internal_detail = {}) {
    return std::unexpected(Error{code, std::move(internal_detail), {}, {}});
}

inline std::unexpected<Error> fail_field(std::string path, std::string english, std::string turkish) {
    return std::unexpected(
        Error{ErrorCode::validation, {}, {{std::move(path), std::move(english), std::move(turkish)}}, {}});
}

/// Collects every field error of one request, so that the caller sees them all at once.
class FieldErrors {
  public:
    void add(std::string path, std::string english, std::string turkish) {
        errors_.push_back({std::move(path), std::move(english), std::move(turkish)});
    }
    bool empty() const { return errors_.empty(); }
    std::unexpected<Error> as_error() && {
        return std::unexpected(Error{ErrorCode::validation, {}, std::move(errors_), {}});
    }
    const std::vector<FieldError>& list() const { return errors_; }

  private:
    std::vector<FieldError> errors_;
};

}  // namespace takas
