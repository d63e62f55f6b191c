// Accounts and their statements (contract 0.1).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "app/accounts/accounts.hpp"
#include "base/decimal.hpp"

namespace takas::api {

struct AccountDto {
    AccountId account_id;
    std::optional<std::string> customer_no;
    core::money::Currency currency;
    Decimal posted_balance, held_amount, available_balance, credit_limit;
    std::vector<TokenId> token_ids;
};

struct AccountEntryDto {
    std::int64_t entry_no = 0;
    std::optional<TransactionId> transaction_id;
    core::ledger::EntryKind kind{};
    core::ledger::ContraAccount contra_account{};
    Decimal amount, posted_balance, held_amount;
    core::money::Currency currency;
    std::optional<std::string> description;
    Instant booked_at;
};

struct AccountEntryListQuery : PageFields {};

/// Minor units as the decimal number of that currency that callers see.
Decimal decimal_of(std::int64_t minor, core::money::Currency currency);

AccountDto to_dto(const app::accounts::AccountView& view);
AccountEntryDto to_dto(const core::ledger::LedgerEntry& entry, core::money::Currency currency);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::AccountDto> {
    using T = api::AccountDto;
    static constexpr std::string_view name = "CardAccountDto";
    static constexpr std::array fields{
        field<&T::account_id>("The account").required(),
        field<&T::customer_no>("Owner").example("C-1001"),
        field<&T::currency>("ISO 4217 numeric code").required().example("949"),
        field<&T::posted_balance>("What is booked").required().example("100.00"),
        field<&T::held_amount>("What authorizations hold").required().example("40.00"),
        field<&T::available_balance>("What may still be spent: posted - held + creditLimit")
            .required()
            .example("60.00"),
        field<&T::credit_limit>("Credit limit").required().example("0.00"),
        field<&T::token_ids>("Cards on the account").required(),
    };
};
template <>
struct Describe<api::AccountEntryDto> {
    using T = api::AccountEntryDto;
    static constexpr std::string_view name = "AccountEntryDto";
    static constexpr std::array fields{
        field<&T::entry_no>("1, 2, 3 ... of the account, without a gap").required(),
        field<&T::transaction_id>("The transaction that caused it"),
        field<&T::kind>("Posting, Hold or HoldRelease").required(),
        field<&T::contra_account>("The other side of a posting").required(),
        field<&T::amount>("Of a posting: into the account; of a hold: onto what is held").required().example("-40.00"),
        field<&T::posted_balance>("What was booked after it").required().example("60.00"),
        field<&T::held_amount>("What was held after it").required().example("0.00"),
        field<&T::currency>("ISO 4217 numeric code").required().example("949"),
        field<&T::description>("Description"),
        field<&T::booked_at>("When").required(),
    };
};
template <>
struct Describe<api::AccountEntryListQuery> {
    using T = api::AccountEntryListQuery;
    static constexpr std::string_view name = "AccountEntryListQuery";
    static constexpr std::array fields{
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
