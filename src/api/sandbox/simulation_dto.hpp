// Process Transaction: a card transaction made through the API instead of a network (contract section 5).
#pragma once

#include <optional>

#include "api/sandbox/fields.hpp"
#include "app/transactions/transaction_view.hpp"
#include "core/authorization/terminal_codes.hpp"
#include "core/key/pin_terms.hpp"

namespace takas::api {

struct SimulationRequest {
    std::optional<TokenId> token_id;
    std::string card_no;
    std::optional<std::int32_t> expire_date;
    core::authorization::TransactionCode transaction_code{};
    core::authorization::TransactionFlowCode transaction_flow_code{};
    core::authorization::TransactionNetwork transaction_network{};
    core::authorization::TransactionDomain transaction_domain{};
    Decimal transaction_amount;
    core::money::Currency transaction_currency;
    std::optional<Decimal> billing_amount;
    std::optional<core::money::Currency> billing_currency;
    std::optional<Decimal> conversion_rate;
    std::vector<app::transactions::AdditionalAmountView> additional_amounts;
    core::authorization::PosEntryMode pos_entry_mode{};
    core::authorization::TerminalType terminal_type{};
    std::optional<core::authorization::TerminalPinCapability> terminal_pin_capability;
    std::optional<core::authorization::CardholderPresence> cardholder_presence;
    std::optional<core::authorization::CardholderActivatedTerminalLevel> cardholder_activated_terminal_level;
    std::string terminal_no, card_acceptor_no, card_acceptor_name, card_acceptor_city, card_acceptor_country;
    std::string acquirer_id;
    std::int32_t mcc = 0;
    std::string stan, rrn;
    std::optional<Instant> local_transaction_time;
    std::string pin_block;
    std::optional<core::key::PinFormat> pin_block_format;
    std::string key_check_value;
    std::string pin, cvv, cvv2, track2, emv_data;
    std::optional<core::authorization::ArqcResultCode> force_arqc_result;
    std::string cavv;
    std::optional<core::authorization::CavvResultCode> force_cavv_result;
    std::string eci;
    std::optional<core::authorization::SliChannel> sli_channel;
    std::optional<core::authorization::SliUcafStatusCode> sli_ucaf_status_code;
    bool is_offline = false;
    bool is_recurring = false;
    std::int32_t installment_count = 0;
    bool is_advice = false;
    std::optional<TransactionId> original_transaction_id;
    bool is_partial_approval_supported = false;
};

struct SimulationResponse {
    TransactionId transaction_id;
    bool is_success = false;
    core::authorization::ResponseCode response_code{};
    std::optional<std::string> error_code, error_description;
    core::authorization::TransactionStatus transaction_status{};
    std::int64_t duration_ms = 0;
    std::optional<std::string> auth_no;
    std::string rrn, stan;
    Decimal transaction_amount;
    core::money::Currency transaction_currency;
    Decimal billing_amount;
    core::money::Currency billing_currency;
    Decimal approved_amount;
    std::optional<Decimal> available_balance;
    std::vector<app::transactions::AdditionalAmountView> additional_amounts;
    core::authorization::CvcResultCode cvc_result_code{};
    core::authorization::ArqcResultCode arqc_result_code{};
    core::authorization::CavvResultCode cavv_result_code{};
    std::optional<std::string> arpc, issuer_authentication_data;
    std::vector<std::string> issuer_scripts;
    bool is_replay = false;
    std::vector<SimulationCheck> checks;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::SimulationRequest> {
    using T = api::SimulationRequest;
    static constexpr std::string_view name = "DetailedSimulationRequestDto";
    static constexpr std::int64_t id_max = 9'007'199'254'740'991;
    static constexpr auto card_and_amount = std::array{
        field<&T::token_id>("The card; either this or cardNo").range(1, id_max).example("61234567890"),
        field<&T::card_no>("Card number; either this or tokenId").length(12, 19).only(digits_charset).secret(),
        field<&T::expire_date>("Expiry as YYMM; compared with the card's").range(1, 9912).example("2801"),
        field<&T::transaction_code>("What is asked for").required().example("Purchase"),
        field<&T::transaction_flow_code>(
            "Authorization (the default), Financial, AuthorizationAdvice or FinancialAdvice. "
            "A financial message is posted at once, an authorization is held until clearing")
            .example("Authorization"),
        field<&T::transaction_network>("The network it comes from").example("Domestic"),
        field<&T::transaction_domain>("Where the merchant is, seen from the issuer").example("Domestic"),
        field<&T::transaction_amount>(
            "Amount at the terminal, in major units: at most 12 digits, with those after the point")
            .required()
            .range(0, app::transactions::amount_max_major)
            .example("14.99"),
        field<&T::transaction_currency>("Currency at the terminal, ISO 4217 number")
            .required()
            .range(1, 999)
            .example("949"),
        field<&T::billing_amount>(
            "Amount that the network worked out, in major units of billingCurrency. Counts only "
            "when billingCurrency is the account's currency; else the institution's own rate does")
            .range(0, app::transactions::amount_max_major)
            .example("14.99"),
        field<&T::billing_currency>("Currency of billingAmount, ISO 4217 number").range(1, 999).example("949"),
        field<&T::conversion_rate>("The network's rate: one major unit of the transaction currency in the billing "
                                   "currency, at most nine decimals")
            .range(0, 1'000'000'000)
            .example("41.25"),
        field<&T::additional_amounts>("Fees and other parts of the amount; accepted, not evaluated").length(0, 20),
    };
    static constexpr auto terminal = std::array{
        field<&T::pos_entry_mode>("How the card was read (DE 22)").required().example("Chip"),
        field<&T::terminal_type>("The kind of terminal").example("Pos"),
        field<&T::terminal_pin_capability>("Whether a PIN can be entered; accepted, not evaluated").example("PinEntry"),
        field<&T::cardholder_presence>(
            "Whether the cardholder is there: MailOrder and TelephoneOrder need the policy's flag moto")
            .example("Present"),
        field<&T::cardholder_activated_terminal_level>("Kind of unattended terminal; accepted, not evaluated")
            .example("NotCat"),
        field<&T::mcc>("Merchant category code (ISO 18245)").required().range(1, 9999).example("5812"),
    };
    static constexpr auto security = std::array{
        field<&T::pin_block>(
            "PIN block under the exchanged PIN key (Zpk): 16 digits in format Iso0 or Iso3, 32 in Iso4. Verified")
            .length(16, 32)
            .only(hex_charset)
            .secret(),
        field<&T::pin_block_format>("ISO 9564-1 format of pinBlock: Iso0 (the default), Iso3; Iso4 of 32 digits")
            .example("Iso0"),
        field<&T::key_check_value>("Which exchanged PIN key pinBlock is under; the newest unless told")
            .length(4, 16)
            .only(hex_charset)
            .example("A1B2C3"),
        field<&T::pin>("Clear PIN, which the terminal of this test enciphers. Verified")
            .length(4, 12)
            .only(digits_charset)
            .secret(),
        field<&T::cvv>("CVV, or iCVV when posEntryMode says that the chip was read. Verified")
            .length(3, 3)
            .only(digits_charset)
            .secret(),
        field<&T::cvv2>("CVV2. Verified; wrong ones are counted").length(3, 4).only(digits_charset).secret(),
        field<&T::track2>("Track 2 (DE 35). Must be the card's; its CVV is verified")
            .length(15, 37)
            .only("0123456789=D")
            .secret(),
        field<&T::emv_data>("Chip data (DE 55), hexadecimal TLV: the cryptogram is verified, its counter must rise")
            .length(2, 510)
            .only(hex_charset)
            .secret(),
        field<&T::force_arqc_result>("Outcome that the Arqc check is to have, whatever emvData says").example("Passed"),
        field<&T::cavv>("3-D Secure cryptogram of 20 octets, base64 or hexadecimal. Verified by the CAVV method")
            .length(1, 64)
            .secret(),
        field<&T::force_cavv_result>("Outcome that the Cavv check is to have, whatever cavv says")
            .example("PassedAuthentication"),
        field<&T::eci>("Electronic commerce indicator; accepted, not evaluated")
            .length(1, 2)
            .only(digits_charset)
            .example("05"),
        field<&T::sli_channel>("Security level (DE 48.42), channel; accepted, not evaluated").example("Channel"),
        field<&T::sli_ucaf_status_code>("Security level (DE 48.42), UCAF status; accepted, not evaluated")
            .example("FullyAuthenticated"),
    };
    static constexpr auto kind = std::array{
        field<&T::is_offline>("Decided at the terminal").example("false"),
        field<&T::is_recurring>("One of a series; accepted, not evaluated").example("false"),
        field<&T::installment_count>("Number of instalments; accepted, not evaluated").range(0, 99).example("0"),
        field<&T::is_advice>("It happened already: the balance is no reason to refuse it").example("false"),
        field<&T::original_transaction_id>("The pre-authorization that a completion ends or a further PreAuthorization "
                                           "increases; the purchase that a Refund gives back")
            .range(1, id_max)
            .example("61234567890"),
        field<&T::is_partial_approval_supported>("The terminal can take less than it asked for").example("false"),
    };
    static constexpr auto fields =
        join_fields(card_and_amount, terminal, api::acceptor_fields<T>, api::trace_fields<T>, security, kind);
};

template <>
struct Describe<api::SimulationResponse> {
    using T = api::SimulationResponse;
    static constexpr std::string_view name = "DetailedSimulationResponseDto";
    static constexpr auto fields = join_fields(
        api::outcome_fields<T>,
        std::array{
            field<&T::auth_no>("Authorization number (DE 38), of an approval").example("482913"),
            field<&T::rrn>("Retrieval reference number (DE 37)").required().example("103110000101"),
            field<&T::stan>("System trace audit number (DE 11)").required().example("000101"),
            field<&T::transaction_amount>("Amount asked for, in major units").required().example("14.99"),
            field<&T::transaction_currency>("ISO 4217 number").required().example("949"),
            field<&T::billing_amount>("Amount in the account's currency: what was approved, or what was asked for when "
                                      "it was declined")
                .required()
                .example("14.99"),
            field<&T::billing_currency>("The account's currency, ISO 4217 number").required().example("949"),
            field<&T::approved_amount>("What was approved, in the account's currency; less than asked for after a "
                                       "partial approval, 0 for a decline")
                .required()
                .example("14.99"),
            field<&T::available_balance>("What can still be spent; null when the card is unknown").example("85.01"),
            field<&T::additional_amounts>("Fees that the platform added").required(),
            field<&T::cvc_result_code>("Outcome of the CVV or CVV2 check").required().example("NotPerformed"),
            field<&T::arqc_result_code>("Outcome of the chip cryptogram's check").required().example("NotPerformed"),
            field<&T::cavv_result_code>("Outcome of the 3-D Secure cryptogram's check")
                .required()
                .example("NotPresent"),
            field<&T::arpc>("The issuer's chip cryptogram, hexadecimal; null without a good one of the card"),
            field<&T::issuer_authentication_data>("The same as the card gets it (tag 91), hexadecimal"),
            field<&T::issuer_scripts>("Commands that waited for the chip: script templates (tag 72), hexadecimal. Each "
                                      "goes out with one answer; the same message again gets it again")
                .required(),
            field<&T::is_replay>("The same message came before: this is its stored answer, and nothing was done")
                .required()
                .example("false"),
            field<&T::checks>("Every rule in the order asked, with its outcome").required(),
        });
};

}  // namespace takas
