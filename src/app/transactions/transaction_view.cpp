#include "app/transactions/transaction_view.hpp"

#include "core/control/policy_record.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::app::transactions {
namespace {

constexpr std::uint8_t conversion_rate_scale = 9;

std::optional<std::string> text_or_null(std::string_view text) {
    // Acceptor texts come padded with blanks from the networks.
    const auto last = text.find_last_not_of(' ');
    if (last == std::string_view::npos) return std::nullopt;
    return std::string(text.substr(0, last + 1));
}

template <class Id>
std::optional<Id> id_or_null(Id id) {
    return id ? std::optional(id) : std::nullopt;
}

void set_decline(core::authorization::DeclineReason reason, Language language, CardTransactionView& view) {
    if (reason == core::authorization::DeclineReason::none) return;
    const auto& row = core::authorization::decline_row(reason);
    view.error_code = core::authorization::public_code(reason);
    view.error_description = std::string(language == Language::english ? row.english : row.turkish);
}

void set_terminal(const core::authorization::CardTransaction& t, CardTransactionView& view) {
    view.mcc = t.mcc;
    view.mcc_name = text_or_null(protocol::reference::mcc_name(t.mcc));
    view.terminal_no = text_or_null(t.terminal_no);
    view.terminal_type = t.terminal_type;
    view.card_acceptor_no = text_or_null(t.card_acceptor_no);
    view.card_acceptor_name = text_or_null(t.card_acceptor_name);
    view.card_acceptor_city = text_or_null(t.card_acceptor_city);
    view.card_acceptor_country = text_or_null(t.card_acceptor_country);
    view.pos_entry_mode = t.pos_entry_mode;
    view.is_offline = t.is_offline;
    view.local_transaction_time = t.local_transaction_time;
}

}  // namespace

Decimal major_units(std::int64_t minor, core::money::Currency currency) {
    const auto* known = protocol::reference::currency_by_numeric(currency.value);
    return {minor, known ? known->minor_units.value_or(0) : std::uint8_t{2}};
}

Decimal rate_view(std::int64_t rate_e9) {
    Decimal rate{rate_e9, conversion_rate_scale};
    for (; rate.scale > 0 && rate.coefficient % 10 == 0; --rate.scale) rate.coefficient /= 10;
    return rate;
}

std::vector<AdditionalAmountView> additional_amounts_of(const core::authorization::CardTransaction& t) {
    if (t.fee_minor == 0 || !t.policy_record) return {};
    const auto record = core::control::decode_policy_record(t.policy_record->bytes);
    if (!record || !record->fee) return {};
    const auto& fee = *record->fee;
    AdditionalAmountView view;
    view.additional_amount_type = AdditionalAmountType::transaction_fee;
    view.currency = t.billing_currency;
    view.tax_included = fee.tax_inclusion_mode == core::fee::TaxInclusionMode::included;
    view.amount = major_units(view.tax_included ? t.fee_minor : fee.net_minor, t.billing_currency);
    for (const auto& [name, minor] : fee.taxes)
        view.taxes.push_back({name, major_units(minor, t.billing_currency), t.billing_currency});
    view.source = AdditionalAmountSource::platform;
    view.reference_id = fee.fee_id.value;
    return {std::move(view)};
}

CardTransactionView view_of(const core::authorization::CardTransaction& t, Language language) {
    CardTransactionView view;
    view.id = t.transaction_id;
    view.transaction_result = t.result;
    view.transaction_state = t.state;
    view.transaction_category = t.category;
    view.transaction_code = t.code;
    view.response_code = t.response_code;
    view.token_id = id_or_null(t.token_id);
    view.masked_card_no = text_or_null(t.masked_card_no);
    view.transaction_amount = major_units(t.transaction_amount_minor, t.transaction_currency);
    view.transaction_currency = t.transaction_currency;
    view.billing_amount = major_units(t.billing_amount_minor, t.billing_currency);
    view.billing_currency = t.billing_currency;
    view.stan = text_or_null(t.stan);
    view.pan_sequence_no = t.pan_sequence_no;
    view.rrn = text_or_null(t.rrn);
    view.auth_no = text_or_null(t.auth_no);
    set_decline(t.decline_reason, language, view);
    set_terminal(t, view);
    view.transaction_network = t.network;
    view.settlement_date = t.settlement_date;
    view.settle_match_status = t.settle_match_status;
    view.transaction_time = t.transaction_time;
    view.cvc_result_code = t.cvc_result_code;
    view.arqc_result_code = t.arqc_result_code;
    view.cavv_result_code = t.cavv_result_code;
    view.original_transaction_id = id_or_null(t.original_transaction_id);
    // An amount of zero has no rate, whatever the network billed for it.
    view.conversion_rate = t.conversion_rate_e9 == 0 ? Decimal{1, 0} : rate_view(t.conversion_rate_e9);
    view.transaction_domain = t.domain;
    view.transaction_flow_code = t.flow_code;
    view.remaining_amount = major_units(t.remaining_minor, t.billing_currency);
    view.additional_amounts = additional_amounts_of(t);
    return view;
}

}  // namespace takas::app::transactions
