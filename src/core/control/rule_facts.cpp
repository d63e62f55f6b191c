#include "core/control/rule_facts.hpp"

#include "core/authorization/policy.hpp"

namespace takas::core::control {
namespace {

using namespace authorization;
using rule::Field;
using rule::Value;

bool is_contactless(PosEntryMode mode) {
    return mode == PosEntryMode::contactless_chip || mode == PosEntryMode::contactless_magnetic_stripe;
}

bool is_ecommerce(PosEntryMode mode, TerminalType terminal) {
    return mode == PosEntryMode::e_commerce || terminal == TerminalType::ecommerce ||
           terminal == TerminalType::virtual_pos;
}

/// Whether the card itself was read; nothing when the entry mode does not say.
std::optional<rule::CardPresence> card_presence(PosEntryMode mode) {
    switch (mode) {
        case PosEntryMode::unknown:
            return std::nullopt;
        case PosEntryMode::manual_entry:
        case PosEntryMode::pan_token_entry:
        case PosEntryMode::credential_on_file:
        case PosEntryMode::e_commerce:
        case PosEntryMode::new_generation_payment:
            return rule::CardPresence::not_present;
        default:
            return rule::CardPresence::present;
    }
}

template <class E>
Value name_of(const std::optional<E>& value) {
    return value ? Value::integer(static_cast<std::int64_t>(*value)) : Value();
}

/// Unknown, the first member, is no value.
template <class E>
Value known(E value) {
    return static_cast<std::int64_t>(value) == 0 ? Value() : Value::integer(static_cast<std::int64_t>(value));
}

void fill_message(const MessageView& m, const Billing& billing, rule::Facts& f) {
    f[Field::transaction_code] = known(m.code);
    f[Field::transaction_category] = Value::integer(static_cast<std::int64_t>(code_row(m.code).category));
    f[Field::transaction_domain] = Value::integer(static_cast<std::int64_t>(m.domain));
    f[Field::transaction_network] = Value::integer(static_cast<std::int64_t>(m.network));
    f[Field::transaction_flow_code] = Value::integer(static_cast<std::int64_t>(m.flow_code));
    f[Field::transaction_amount] = Value::amount(m.transaction_amount_minor, m.transaction_digits);
    f[Field::transaction_currency] = Value::integer(m.transaction_currency.value);
    if (billing.minor) f[Field::billing_amount] = Value::amount(*billing.minor, billing.digits);
    f[Field::billing_currency] = Value::integer(billing.currency.value);
    if (m.mcc != 0) f[Field::mcc] = Value::integer(m.mcc);
    f[Field::pos_entry_mode] = known(m.pos_entry_mode);
    f[Field::terminal_type] = known(m.terminal_type);
    f[Field::terminal_no] = Value::text(m.terminal_no);
    f[Field::card_acceptor_no] = Value::text(m.card_acceptor_no);
    f[Field::card_acceptor_name] = Value::text(m.card_acceptor_name);
    f[Field::card_acceptor_city] = Value::text(m.card_acceptor_city);
    f[Field::card_acceptor_country] = Value::text(m.card_acceptor_country);
    f[Field::acquirer_id] = Value::text(m.acquirer_id);
    f[Field::is_offline] = Value::boolean(m.is_offline);
    f[Field::is_onus] = Value::boolean(m.network == TransactionNetwork::onus || m.domain == TransactionDomain::onus);
    f[Field::cvc_result_code] = Value::integer(static_cast<std::int64_t>(m.cvc_result));
    f[Field::arqc_result_code] = Value::integer(static_cast<std::int64_t>(m.arqc_result));
    f[Field::cavv_result_code] = Value::integer(static_cast<std::int64_t>(m.cavv_result));
    f[Field::card_presence] = name_of(card_presence(m.pos_entry_mode));
    f[Field::is_contactless] = Value::boolean(is_contactless(m.pos_entry_mode));
    f[Field::is_ecommerce] = Value::boolean(is_ecommerce(m.pos_entry_mode, m.terminal_type));
}

void fill_circumstances(const MessageView& m, const Circumstances& c, rule::Facts& f) {
    f[Field::cardholder_presence] = Value::integer(c.cardholder_presence);
    f[Field::terminal_pin_capability] = name_of(c.terminal_pin_capability);
    f[Field::cat_level] = name_of(c.cat_level);
    f[Field::sli_channel] = name_of(c.sli_channel);
    f[Field::sli_ucaf_status_code] = name_of(c.sli_ucaf_status_code);
    f[Field::pin_entered] = Value::boolean(c.is_pin_entered);
    f[Field::is_3d_secure] = Value::boolean(c.is_3d_secure);
    const auto presence = static_cast<CardholderPresence>(c.cardholder_presence);
    f[Field::is_moto] = Value::boolean(is_moto(presence, m.terminal_type));
    f[Field::is_recurring] = Value::boolean(c.is_recurring || presence == CardholderPresence::recurring);
    f[Field::installment_count] = Value::integer(c.installment_count);
    if (!c.is_owner_known) return;
    if (c.customer_segment_id != 0) f[Field::customer_segment] = Value::integer(c.customer_segment_id);
    f[Field::customer_type] = Value::integer(c.customer_type);
    if (c.customer_age) f[Field::customer_age] = Value::integer(*c.customer_age);
    f[Field::nationality] = Value::text(c.nationality);
}

void fill_card(const Circumstances& c, const card::Card& card, rule::Facts& f) {
    f[Field::card_dci] = Value::integer(static_cast<std::int64_t>(card.card_dci));
    f[Field::card_brand] = Value::integer(static_cast<std::int64_t>(card.brand));
    f[Field::product_type] = Value::integer(static_cast<std::int64_t>(card.product_type));
    f[Field::card_product_code] = Value::text(card.card_product_code);
    if (c.product_group_id != 0) f[Field::card_product_group] = Value::integer(c.product_group_id);
    f[Field::bin] = Value::text(card.bin);
    f[Field::is_child_card] = Value::boolean(c.is_child_card);
    f[Field::is_noname] = Value::boolean(c.is_noname);
    f[Field::card_age_days] = Value::integer(c.card_age_days);
    f[Field::card_status] = Value::integer(c.card_status);
    f[Field::customer_no] = Value::text(card.customer_no);
    f[Field::digital_slip_type] = Value::integer(c.digital_slip_type);
}

/// The clock of the institution, and the terminal's time on the same clock.
void fill_clock(const MessageView& m, const Circumstances& c, const Moment& moment, rule::Facts& f) {
    constexpr std::int64_t day = rule::minutes_per_day;
    const std::int32_t since_monday = ((moment.business_date.value + 3) % 7 + 7) % 7;
    f[Field::day_of_week] = Value::integer(since_monday + 1);
    f[Field::hour] = Value::integer(c.local_time_minutes / 60);
    const std::int64_t since_decision = (m.local_transaction_time.seconds() - moment.decided_at.seconds()) / 60;
    const std::int64_t minutes = std::int64_t{moment.business_date.value} * day + c.local_time_minutes + since_decision;
    const std::int64_t days = minutes / day - (minutes % day < 0 ? 1 : 0);
    f[Field::local_transaction_date] = Value::date({static_cast<std::int32_t>(days)});
    f[Field::local_transaction_time] = Value::time_of_day(minutes - days * day);
}

}  // namespace

MessageView view_of(const Request& r) {
    return {r.code,
            r.flow_code,
            r.network,
            r.domain,
            r.transaction_amount_minor,
            r.transaction_currency,
            r.transaction_digits,
            r.acceptor.mcc,
            r.pos_entry_mode,
            r.acceptor.terminal_type,
            r.acceptor.terminal_no,
            r.acceptor.card_acceptor_no,
            r.acceptor.card_acceptor_name,
            r.acceptor.card_acceptor_city,
            r.acceptor.card_acceptor_country,
            r.acceptor.acquirer_id,
            r.is_offline,
            r.cvc_result,
            r.arqc_result,
            r.cavv_result,
            r.local_transaction_time};
}

MessageView view_of(const CardTransaction& t, std::uint8_t digits) {
    return {t.code,
            t.flow_code,
            t.network,
            t.domain,
            t.transaction_amount_minor,
            t.transaction_currency,
            digits,
            t.mcc,
            t.pos_entry_mode,
            t.terminal_type,
            t.terminal_no,
            t.card_acceptor_no,
            t.card_acceptor_name,
            t.card_acceptor_city,
            t.card_acceptor_country,
            t.acquirer_id,
            t.is_offline,
            t.cvc_result_code,
            t.arqc_result_code,
            t.cavv_result_code,
            t.local_transaction_time};
}

void fill(const MessageView& message, const Billing& billing, const Circumstances& circumstances,
          const card::Card* card, const Moment& moment, rule::Facts& facts) {
    facts = {};
    fill_message(message, billing, facts);
    fill_circumstances(message, circumstances, facts);
    if (card) fill_card(circumstances, *card, facts);
    fill_clock(message, circumstances, moment, facts);
}

}  // namespace takas::core::control
