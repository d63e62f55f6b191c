#include "app/authorize/gather.hpp"

#include "app/authorize/own_rate.hpp"
#include "app/authorize/policy_facts.hpp"
#include "core/card/renewal.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::app::authorize {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using authorization::Request;

namespace {

std::uint8_t minor_digits(core::money::Currency currency) {
    const auto* known = protocol::reference::currency_by_numeric(currency.value);
    return known ? known->minor_units.value_or(0) : 0;
}

authorization::Verdict verdict_of(authorization::ArqcResultCode code) {
    using enum authorization::ArqcResultCode;
    if (code == not_performed || code == offline_not_verified) return authorization::Verdict::not_performed;
    return code == passed ? authorization::Verdict::passed : authorization::Verdict::failed;
}

authorization::Verdict verdict_of(authorization::CavvResultCode code) {
    using enum authorization::CavvResultCode;
    switch (code) {
        case not_present:
        case not_validated_issuer_not_participating:
        case not_validated_attempt:
        case not_validated_authentication:
        case issuer_not_participating:
            return authorization::Verdict::not_performed;
        case passed_authentication:
        case passed_attempt:
        case passed_attempt_visa:
        case passed_attempt_acs_unavailable:
        case passed_information_only:
            return authorization::Verdict::passed;
        case not_verified_invalid_data:
        case failed_authentication:
        case failed_attempt:
        case failed_attempt_visa:
        case failed_attempt_acs_unavailable:
        case invalid_security_data:
            return authorization::Verdict::failed;
    }
    return authorization::Verdict::failed;
}

}  // namespace

bool uses_own_rate(const Request& r, core::money::Currency account_currency) {
    return r.transaction_currency != account_currency && r.network_billing_currency != account_currency;
}

bool uses_rate_of_original(const Request& r, core::money::Currency account_currency, const CardTransaction& original) {
    return r.code == authorization::TransactionCode::refund && uses_own_rate(r, account_currency) &&
           original.transaction_currency == r.transaction_currency && original.conversion_rate_e9 > 0 &&
           original.result == authorization::TransactionResult::approved;
}

authorization::Facts facts_of(const catalog::Catalog& catalog, const Gathered& seen) {
    const Request& r = seen.request;
    const auto& account = seen.account;
    const core::card::Card* const card = seen.card;
    authorization::Facts f;
    f.decided_at = seen.at;
    f.business_date = catalog.local_date(seen.tenant_id, f.decided_at);
    f.code = r.code;
    f.flow_code = r.flow_code;
    f.transaction_amount_minor = r.transaction_amount_minor;
    f.transaction_currency = r.transaction_currency;
    f.transaction_digits = r.transaction_digits;
    const bool network_converted = r.network_billing_currency == account.currency;
    if (network_converted) f.network_billing_minor = r.network_billing_minor;
    f.stated_expiry = r.stated_expiry;
    f.is_partial_approval_allowed = r.is_partial_approval_allowed;
    f.is_forced = r.is_advice;
    f.arqc = verdict_of(r.arqc_result);
    f.cavv = verdict_of(r.cavv_result);
    if (card) {
        f.card_found = true;
        f.card_status = card->status;
        f.card_expiry = core::card::expiry_of(*card, seen.expiry);
        add_policy(catalog.usage_policies(), r, *card, f);
    }
    f.account_currency = account.currency;
    f.account_digits = minor_digits(account.currency);
    f.posted_minor = account.posted_minor;
    f.held_minor = account.held_minor;
    f.credit_limit_minor = account.credit_limit_minor;
    const bool is_of_card = seen.original && seen.original->token_id == seen.token_id;
    if (r.network_rate_e9 && network_converted)
        f.rate_e9 = r.network_rate_e9;
    else if (is_of_card && uses_rate_of_original(r, account.currency, *seen.original))
        f.rate_e9 = seen.original->conversion_rate_e9;
    else if (!network_converted && r.transaction_currency != account.currency)
        if (const auto terms =
                own_rate(catalog, seen.tenant_id, r.code, r.transaction_currency, account.currency, card, f.decided_at))
            if (const auto rate = core::money::applied_rate(*terms)) f.rate_e9 = rate->rate_e9;
    f.original_wanted = bool(r.original_transaction_id);
    if (const CardTransaction* const original = seen.original; is_of_card) {
        f.original_found = true;
        f.original_code = original->code;
        f.original_result = original->result;
        f.original_state = original->state;
        f.original_remaining_minor = original->remaining_minor;
        f.original_held_minor = original->held_minor;
        f.original_refunded_minor = original->refunded_minor;
    }
    return f;
}

}  // namespace takas::app::authorize
