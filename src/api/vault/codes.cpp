#include "api/vault/codes.hpp"

#include <algorithm>
#include <array>

namespace takas::api::vault {
namespace {

struct Row {
    ErrorCode code;
    int payment, wall;
};

using enum ErrorCode;

// -1 general, 1 failed and 2 bad parameters are in both lists.
constexpr std::array rows{
    Row{validation, 2, 2},
    Row{malformed_json, 2, 2},
    Row{vault_header_missing, 2, 4},
    Row{vault_credential_refused, 401, 401},
    Row{forbidden, 403, 403},
    Row{vault_address_refused, 403, 513},
    Row{vault_origin_refused, 403, 403},
    Row{vault_merchant_not_found, 47, 12},
    Row{vault_temp_token_invalid, 74, 401},
    Row{vault_temp_card_not_found, 75, 115},
    Row{vault_card_type_unexpected, 79, 110},
    Row{vault_lifetime_unexpected, 80, 2},
    Row{vault_holder_invalid, 13, 104},
    Row{vault_number_invalid, 14, 50},
    Row{vault_truncation_refused, 14, 50},
    Row{vault_month_invalid, 15, 107},
    Row{vault_year_invalid, 16, 108},
    Row{vault_card_expired, 19, 106},
    Row{vault_identity_invalid, 77, 23},
    Row{vault_card_detail_invalid, 18, 110},
    Row{vault_unique_code_invalid, 21, 118},
    Row{vault_unique_code_old, 21, 118},
    Row{vault_card_not_found, 22, 115},
    Row{vault_card_unavailable, 23, 116},
    Row{vault_partner_not_found, 87, 397},
    Row{vault_already_blacklisted, 1, 4},
    Row{vault_not_blacklisted, 1, 5},
    Row{vault_reference_used, 1, 392},
    Row{vault_bin_not_found, 73, 3},
    Row{idempotency_conflict, 1, 392},
    Row{request_in_progress, 1, 1},
    Row{already_exists, 1, 392},
    Row{not_found, 73, 3},
    Row{vault_host_refused, 1, 2},
    Row{vault_host_failed, 88, 1},
    Row{outcome_unknown, 88, 88},
    Row{concurrent_change, 1, 1},
};

constexpr int general = -1;

const Row* find(ErrorCode code) {
    const auto at = std::ranges::find(rows, code, &Row::code);
    return at == rows.end() ? nullptr : &*at;
}

struct FieldCode {
    std::string_view ending;
    ErrorCode code;
};
constexpr std::array field_codes{
    FieldCode{"CardOwnerName", vault_holder_invalid},    FieldCode{"HolderName", vault_holder_invalid},
    FieldCode{"CardNumber", vault_number_invalid},       FieldCode{"Card.Number", vault_number_invalid},
    FieldCode{"CardNoFirst", vault_number_invalid},      FieldCode{"CardNoLast", vault_number_invalid},
    FieldCode{"CardBin", vault_number_invalid},          FieldCode{"CardLastFour", vault_number_invalid},
    FieldCode{"CardExpiryMonth", vault_month_invalid},   FieldCode{"Month", vault_month_invalid},
    FieldCode{"CardExpiryYear", vault_year_invalid},     FieldCode{"Year", vault_year_invalid},
    FieldCode{"CardCvv", vault_card_detail_invalid},     FieldCode{"Identity", vault_identity_invalid},
    FieldCode{"IdentityNumber", vault_identity_invalid}, FieldCode{"UniqueCode", vault_unique_code_invalid},
    FieldCode{"CardType", vault_card_type_unexpected},   FieldCode{"ExpiryMin", vault_lifetime_unexpected},
};

}  // namespace

int payment_number(ErrorCode code) {
    const Row* row = find(code);
    return row ? row->payment : general;
}

int wall_number(ErrorCode code) {
    const Row* row = find(code);
    return row ? row->wall : general;
}

int paywall_status(ErrorCode code) {
    const int status = error_row(code).http_status;
    const bool is_kept = status == 401 || status == 403 || status == 405 || status == 413 || status == 415 ||
                         status == 429 || status >= 500 || code == malformed_json;
    return is_kept && code != vault_host_failed ? status : 200;
}

ErrorCode code_of_field(std::string_view path) {
    const auto at = std::ranges::find_if(field_codes, [&](const FieldCode& row) { return path.ends_with(row.ending); });
    return at == field_codes.end() ? validation : at->code;
}

}  // namespace takas::api::vault
