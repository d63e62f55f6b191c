// Load and unload of an account (contract 0.1).
#pragma once

#include "api/accounts/dto.hpp"
#include "app/transactions/amounts.hpp"

namespace takas::api {

struct FundingRequestDto {
    Decimal amount;
    core::money::Currency currency;
    std::string reference;
    std::optional<std::string> description;
};
struct FundingResponseDto : AccountDto {
    TransactionId transaction_id;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::FundingRequestDto> {
    using T = api::FundingRequestDto;
    static constexpr std::string_view name = "AccountFundingRequestDto";
    static constexpr std::array fields{
        field<&T::amount>("How much, above zero")
            .required()
            .range(0, app::transactions::amount_max_major)
            .example("100.00"),
        field<&T::currency>("ISO 4217 numeric code, that of the account").required().range(1, 999).example("949"),
        field<&T::reference>("The institution's own key, unique per account: a repeat answers the first result")
            .required()
            .length(1, 64)
            .example("LOAD-1"),
        field<&T::description>("Shown in the statement").length(0, 100),
    };
};
template <>
struct Describe<api::FundingResponseDto> {
    using T = api::FundingResponseDto;
    static constexpr std::string_view name = "AccountFundingResponseDto";
    static constexpr auto fields = join_fields(Describe<api::AccountDto>::fields,
                                               std::array{field<&T::transaction_id>("The movement").required()});
};

}  // namespace takas
