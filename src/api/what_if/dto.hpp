// What-if: would this transaction pass, and if not, what is the smallest change that makes it pass?
#pragma once

#include "api/sandbox/fields.hpp"
#include "app/transactions/policy_explanation.hpp"
#include "app/transactions/transaction_view.hpp"
#include "app/what_if/changes.hpp"

namespace takas::api {

struct WhatIfRequestDto {
    core::authorization::TransactionCode transaction_code{};
    Decimal transaction_amount;
    core::money::Currency transaction_currency;
    std::optional<core::authorization::TransactionDomain> transaction_domain;
    std::optional<core::authorization::TransactionNetwork> transaction_network;
    std::optional<core::authorization::PosEntryMode> pos_entry_mode;
    std::optional<core::authorization::TerminalType> terminal_type;
    std::optional<core::authorization::CardholderPresence> cardholder_presence;
    std::string terminal_no, card_acceptor_no, card_acceptor_name, card_acceptor_city, card_acceptor_country;
    std::string acquirer_id;
    std::int32_t mcc = 0;
    bool is_3d_secure = false, is_recurring = false;
    std::int32_t installment_count = 0;
    std::optional<TransactionId> original_transaction_id;
    std::optional<Instant> time;
};

struct WhatIfChangeDto {
    app::what_if::ChangeKind kind{};
    std::optional<Decimal> amount;
    std::optional<core::authorization::PosEntryMode> pos_entry_mode;
    std::optional<core::authorization::TerminalType> terminal_type;
    std::optional<core::authorization::TransactionDomain> transaction_domain;
    std::optional<Instant> time;
    std::string description;
};

struct WhatIfResponseDto {
    bool approved = false;
    core::authorization::ResponseCode response_code{};
    std::optional<std::string> error_code, error_description;
    Decimal billing_amount;
    core::money::Currency billing_currency;
    Decimal fee;
    std::vector<SimulationCheck> checks;
    std::vector<app::transactions::ConsideredView> controls;
    std::vector<WhatIfChangeDto> changes;
    std::optional<std::string> no_change_helps;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::WhatIfRequestDto> {
    using T = api::WhatIfRequestDto;
    static constexpr std::string_view name = "WhatIfRequestDto";
    static constexpr auto fields = join_fields(
        std::array{
            field<&T::transaction_code>("What would be asked for").required().example("Purchase"),
            field<&T::transaction_amount>(
                "Amount at the terminal, in major units: at most 12 digits, with those after the point")
                .required()
                .range(0, app::transactions::amount_max_major)
                .example("750.00"),
            field<&T::transaction_currency>("Currency at the terminal, ISO 4217 number")
                .required()
                .range(1, 999)
                .example("949"),
            field<&T::transaction_domain>("Where the merchant is, seen from the issuer; Domestic unless told")
                .example("Domestic"),
            field<&T::transaction_network>("The network it would come from; Domestic unless told").example("Domestic"),
            field<&T::pos_entry_mode>("How the card would be read").example("Chip"),
            field<&T::terminal_type>("Kind of terminal").example("Pos"),
            field<&T::cardholder_presence>("Whether the cardholder is there").example("Present"),
            field<&T::mcc>("Merchant category code (ISO 18245)").range(1, 9999).example("5812"),
            field<&T::is_3d_secure>("Authenticated with 3-D Secure"),
            field<&T::is_recurring>("One of a series that the cardholder agreed to"),
            field<&T::installment_count>("Instalments").range(0, 99).example("3"),
            field<&T::original_transaction_id>("Of a completion, an increment or a linked refund")
                .range(1, 9'007'199'254'740'991),
            field<&T::time>("When it would happen, not before now and at most 60 days ahead; now unless told")
                .example("2031-03-01T13:00:00+03:00"),
        },
        api::acceptor_fields<T>);
};
template <>
struct Describe<api::WhatIfChangeDto> {
    using T = api::WhatIfChangeDto;
    static constexpr std::string_view name = "WhatIfChangeDto";
    static constexpr std::array fields{
        field<&T::kind>("What is different: nothing else is").required().example("Amount"),
        field<&T::amount>("Amount: the largest that passes, in the transaction's currency").example("240.00"),
        field<&T::pos_entry_mode>("Channel: how the card is read").example("Chip"),
        field<&T::terminal_type>("Channel: kind of terminal").example("Pos"),
        field<&T::transaction_domain>("Domain: where the merchant is").example("Domestic"),
        field<&T::time>("Time: the earliest at which it passes, as far as can be told from what is set up now")
            .example("2031-03-02T00:00:00Z"),
        field<&T::description>("The same as a sentence, in the language of the request").required(),
    };
};
template <>
struct Describe<api::WhatIfResponseDto> {
    using T = api::WhatIfResponseDto;
    static constexpr std::string_view name = "WhatIfResponseDto";
    static constexpr std::array fields{
        field<&T::approved>("It would pass. Secrets (PIN, CVV, cryptograms) are taken for right").required(),
        field<&T::response_code>("The answer that the terminal would get").required().example("Approved"),
        field<&T::error_code>("Why it would be declined").example("AUTH:00023"),
        field<&T::error_description>("The same as a sentence, in the language of the request"),
        field<&T::billing_amount>("Amount in the account's currency").required().example("750.00"),
        field<&T::billing_currency>("The account's currency, ISO 4217 number").required().example("949"),
        field<&T::fee>("Fee with its taxes, in the account's currency").required().example("0.00"),
        field<&T::checks>("Every rule of the decision, in the order asked").required(),
        field<&T::controls>("Every control, limit and fee of the institution that was considered").required(),
        field<&T::changes>("When it would be declined: single changes with which it would pass").required(),
        field<&T::no_change_helps>("When it would be declined and there is no such change: which check refuses"),
    };
};

}  // namespace takas
