#include "api/sandbox/simulation_request.hpp"

#include <algorithm>
#include <array>

#include "app/card_security/stripe.hpp"
#include "base/encoding.hpp"
#include "core/card/pan.hpp"

namespace takas::api {
namespace {

using app::transactions::read_amount;
using app::transactions::read_currency;
using core::authorization::Request;
using core::authorization::TransactionFlowCode;

void refuse(FieldErrors& errors, std::string_view path, std::string_view english, std::string_view turkish) {
    errors.add(std::string(path), std::string(english), std::string(turkish));
}

bool is_advice(TransactionFlowCode flow) {
    return flow == TransactionFlowCode::authorization_advice || flow == TransactionFlowCode::financial_advice;
}

/// What both kinds of message say about acceptor, trace numbers and network.
template <class Dto>
void copy_acceptor_and_trace(const Dto& dto, Instant now, Request& r) {
    r.network = dto.transaction_network;
    r.domain = dto.transaction_domain;
    r.acceptor.terminal_no = dto.terminal_no;
    r.acceptor.card_acceptor_no = dto.card_acceptor_no;
    r.acceptor.card_acceptor_name = dto.card_acceptor_name;
    r.acceptor.card_acceptor_city = dto.card_acceptor_city;
    r.acceptor.card_acceptor_country = dto.card_acceptor_country;
    r.acceptor.acquirer_id = dto.acquirer_id;
    r.acceptor.terminal_type = dto.terminal_type;
    r.acceptor.mcc = dto.mcc;
    r.pos_entry_mode = dto.pos_entry_mode;
    r.stan = dto.stan;
    r.rrn = dto.rrn;
    r.local_transaction_time = dto.local_transaction_time.value_or(now);
    // Only a message that names itself completely can be recognised when it comes again.
    r.is_repeatable = !dto.stan.empty() && dto.local_transaction_time;
}

void read_card(const SimulationRequest& dto, const app::cards::PanVault& vault, SimulatedMessage& out,
               FieldErrors& errors) {
    const bool by_number = !dto.card_no.empty();
    if (by_number == dto.token_id.has_value())
        return refuse(errors, "tokenId", "Either tokenId or cardNo is needed.",
                      "tokenId veya cardNo alanlarından biri gerekli.");
    if (dto.token_id) {
        out.card.token_id = *dto.token_id;
    } else if (const auto pan = core::card::Pan::parse(dto.card_no)) {
        out.card.pan_hash = vault.hash(*pan);
    } else {
        refuse(errors, "cardNo", "This is not a card number: its check digit does not fit.",
               "Geçerli bir kart numarası değil: kontrol basamağı uyuşmuyor.");
    }
}

void read_expiry(const SimulationRequest& dto, Request& r, FieldErrors& errors) {
    if (!dto.expire_date) return;
    r.stated_expiry = core::card::make_expiry(*dto.expire_date);
    if (!r.stated_expiry) refuse(errors, "expireDate", "YYMM is expected.", "YYMM biçiminde tarih bekleniyor.");
}

void read_flow(const SimulationRequest& dto, Request& r, FieldErrors& errors) {
    r.code = dto.transaction_code;
    r.flow_code = dto.transaction_flow_code;
    r.is_advice = dto.is_advice || is_advice(dto.transaction_flow_code);
    using enum core::authorization::TransactionCode;
    if (r.code == load || r.code == unload)
        refuse(errors, "transactionCode", "Load and Unload are not card transactions: use the account's endpoints.",
               "Load ve Unload kart işlemi değildir: hesap uç noktalarını kullanın.");
    if (r.flow_code > TransactionFlowCode::financial_advice)
        refuse(errors, "transactionFlowCode",
               "Allowed here: Authorization, Financial, AuthorizationAdvice, FinancialAdvice.",
               "İzin verilenler: Authorization, Financial, AuthorizationAdvice, FinancialAdvice.");
}

/// Any other code with an original would change that one's amounts without meaning to.
void read_original(const SimulationRequest& dto, Request& r, FieldErrors& errors) {
    using enum core::authorization::TransactionCode;
    if (!dto.original_transaction_id) return;
    r.original_transaction_id = *dto.original_transaction_id;
    if (r.code != pre_authorization_completion && r.code != pre_authorization && r.code != refund)
        refuse(errors, "originalTransactionId",
               "Only PreAuthorizationCompletion, PreAuthorization and Refund refer to another transaction.",
               "Yalnızca PreAuthorizationCompletion, PreAuthorization ve Refund başka bir işleme başvurabilir.");
}

void read_transaction_amount(Decimal amount, core::money::Currency currency, std::string_view amount_path,
                             std::string_view currency_path, Request& r, FieldErrors& errors) {
    r.transaction_currency = currency;
    const auto digits = read_currency(currency, currency_path, errors);
    if (!digits) return;
    r.transaction_digits = *digits;
    r.transaction_amount_minor = read_amount(amount, *digits, amount_path, errors).value_or(0);
}

void read_network_billing(const SimulationRequest& dto, Request& r, FieldErrors& errors) {
    if (dto.billing_amount.has_value() != dto.billing_currency.has_value())
        return refuse(errors, dto.billing_amount ? "billingCurrency" : "billingAmount",
                      "billingAmount and billingCurrency belong together.",
                      "billingAmount ve billingCurrency birlikte gönderilmelidir.");
    if (dto.conversion_rate) {
        r.network_rate_e9 = rescale(*dto.conversion_rate, 9);
        if (!r.network_rate_e9 || *r.network_rate_e9 <= 0)
            refuse(errors, "conversionRate", "The rate must be above 0 with at most nine decimals.",
                   "Kur 0'dan büyük olmalı ve en fazla dokuz ondalık basamak içermelidir.");
        if (!dto.billing_amount)
            refuse(errors, "conversionRate", "It needs billingAmount.", "billingAmount ile birlikte gönderilmelidir.");
    }
    if (!dto.billing_amount) return;
    r.network_billing_currency = *dto.billing_currency;
    if (const auto digits = read_currency(*dto.billing_currency, "billingCurrency", errors))
        r.network_billing_minor = read_amount(*dto.billing_amount, *digits, "billingAmount", errors);
}

/// Out of the body, whose copy is wiped.
crypto::SecretBytes take(std::string& text) {
    crypto::SecretBytes secret(bytes_of(text));
    crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    text.clear();
    return secret;
}

crypto::SecretBytes take_hex(std::string& text, std::string_view path, FieldErrors& errors) {
    const auto digits = take(text);
    auto octets = hex_decode(text_of(digits.reveal()));
    if (!octets) {
        refuse(errors, path, "An even number of hexadecimal digits is needed.",
               "Çift sayıda onaltılık basamak gerekli.");
        return {};
    }
    crypto::SecretBytes secret{ByteView(*octets)};
    crypto::wipe(*octets);
    return secret;
}

void take_pin_block(SimulationRequest& dto, app::card_security::PresentedPin& pin, FieldErrors& errors) {
    constexpr std::size_t format_4_bytes = 16, other_formats_bytes = 8;
    using core::key::PinFormat;
    pin.block = take_hex(dto.pin_block, "pinBlock", errors);
    pin.key_check_value = dto.key_check_value;
    const bool is_long = pin.block.size() == format_4_bytes;
    if (!is_long && pin.block.size() != other_formats_bytes)
        return refuse(errors, "pinBlock", "16 hexadecimal digits are needed; 32 of an Iso4 block.",
                      "16 onaltılık basamak gerekli; Iso4 için 32.");
    pin.format = dto.pin_block_format.value_or(is_long ? PinFormat::iso4 : PinFormat::iso0);
    if (is_long ? pin.format != PinFormat::iso4 : pin.format != PinFormat::iso0 && pin.format != PinFormat::iso3)
        refuse(errors, "pinBlockFormat", "Allowed: Iso0 and Iso3 of 16 digits, Iso4 of 32.",
               "İzin verilenler: 16 basamak için Iso0 ve Iso3, 32 basamak için Iso4.");
}

/// Two values for one rule: whichever were taken, the tester would not know which was verified.
void check_cvv_of_track(const app::card_security::Presented& presented, FieldErrors& errors) {
    if (presented.cvv.empty() || presented.track2.empty()) return;
    const auto in_track = app::card_security::cvv_of_track2(text_of(presented.track2.reveal()));
    if (!in_track.empty() && !crypto::constant_time_equal(bytes_of(in_track), presented.cvv.reveal()))
        refuse(errors, "cvv", "track2 holds another CVV.", "track2 içindeki CVV farklı.");
}

/// What the merchant says of 3-D Secure: authenticated or attempted (ECI of Visa and the networks that follow it, and
/// of Mastercard), or a cryptogram that proves it.
bool is_3d_secure(const SimulationRequest& dto) {
    constexpr std::array<std::string_view, 4> authenticated{"05", "06", "02", "01"};
    return std::ranges::find(authenticated, dto.eci) != authenticated.end() || !dto.cavv.empty() ||
           dto.force_cavv_result.has_value();
}

/// A forced result stands in the place of the check it is for.
std::unique_ptr<const app::card_security::Presented> take_secrets(SimulationRequest& dto, FieldErrors& errors) {
    const auto is_empty = [](const std::string* text) { return text->empty(); };
    if (std::ranges::all_of(
            std::array{&dto.pin, &dto.pin_block, &dto.cvv, &dto.cvv2, &dto.track2, &dto.emv_data, &dto.cavv}, is_empty))
        return nullptr;
    auto out = std::make_unique<app::card_security::Presented>();
    if (!dto.pin.empty() && !dto.pin_block.empty())
        refuse(errors, "pin", "Either pin or pinBlock.", "pin veya pinBlock alanlarından yalnızca biri.");
    out->clear_pin = take(dto.pin);
    if (!dto.pin_block.empty()) take_pin_block(dto, out->pin, errors);
    out->cvv = take(dto.cvv);
    out->cvv2 = take(dto.cvv2);
    out->track2 = take(dto.track2);
    check_cvv_of_track(*out, errors);
    if (!dto.emv_data.empty()) out->chip_data = take_hex(dto.emv_data, "emvData", errors);
    out->cavv = take(dto.cavv);
    if (dto.force_arqc_result) out->chip_data = {};
    if (dto.force_cavv_result) out->cavv = {};
    return out->is_empty() ? nullptr : std::move(out);
}

}  // namespace

Result<SimulatedMessage> message_of(SimulationRequest&& dto, const app::cards::PanVault& vault, Instant now) {
    SimulatedMessage out;
    FieldErrors errors;
    Request& r = out.request;
    read_card(dto, vault, out, errors);
    read_expiry(dto, r, errors);
    read_flow(dto, r, errors);
    read_original(dto, r, errors);
    read_transaction_amount(dto.transaction_amount, dto.transaction_currency, "transactionAmount",
                            "transactionCurrency", r, errors);
    read_network_billing(dto, r, errors);
    r.is_3d_secure = is_3d_secure(dto);
    out.presented = take_secrets(dto, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    copy_acceptor_and_trace(dto, now, r);
    r.is_offline = dto.is_offline;
    if (dto.cardholder_presence) r.cardholder_presence = *dto.cardholder_presence;
    r.terminal_pin_capability = dto.terminal_pin_capability;
    r.cat_level = dto.cardholder_activated_terminal_level;
    r.sli_channel = dto.sli_channel;
    r.sli_ucaf_status_code = dto.sli_ucaf_status_code;
    r.is_recurring = dto.is_recurring;
    r.installment_count = dto.installment_count;
    r.is_pin_entered = out.presented && (!out.presented->pin.block.empty() || !out.presented->clear_pin.empty());
    r.is_partial_approval_allowed = dto.is_partial_approval_supported;
    r.arqc_result = dto.force_arqc_result.value_or(core::authorization::ArqcResultCode::not_performed);
    r.cavv_result = dto.force_cavv_result.value_or(core::authorization::CavvResultCode::not_present);
    return out;
}

Result<Request> refund_request_of(const SimulationRefundRequest& dto,
                                  const core::authorization::CardTransaction* original, Instant now) {
    Request r;
    FieldErrors errors;
    read_transaction_amount(dto.amount, dto.currency, "amount", "currency", r, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    r.code = core::authorization::TransactionCode::refund;
    r.is_advice = dto.is_advice;
    copy_acceptor_and_trace(dto, now, r);
    if (original) {
        r.original_transaction_id = original->transaction_id;
        if (r.acceptor.mcc == 0) r.acceptor.mcc = original->mcc;
    }
    return r;
}

}  // namespace takas::api
