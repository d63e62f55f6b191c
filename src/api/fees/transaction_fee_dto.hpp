// Bodies of the transaction fee endpoints (contract 4.7): the published, flat shape.
#pragma once

#include "api/fees/fee_dto.hpp"

namespace takas::api {

struct UpdateTransactionFeeDto : FeeFields {
    std::optional<Decimal> min, max, rate, amount;
    std::optional<core::authorization::TransactionCode> transaction_code;
    std::optional<core::authorization::TransactionDomain> transaction_domain;
    std::optional<core::authorization::PosEntryMode> pos_entry_mode;
    std::optional<std::int32_t> mcc;
};
struct CreateTransactionFeeDto : UpdateTransactionFeeDto {
    std::optional<LinkToDto> link_to;
};
struct TransactionFeeDto : UpdateTransactionFeeDto {
    EntityId id;
    Instant creation_time;
    std::int64_t version = 0;
    std::optional<std::vector<FeeWarningDto>> warnings;
};

core::fee::TransactionFee fee_of(const UpdateTransactionFeeDto& dto);
TransactionFeeDto to_dto(const core::fee::TransactionFee& fee);

template <class T>
constexpr auto transaction_fee_fields() {
    return join_fields(
        fee_fields<T>(),
        std::array{
            field<&T::min>("Floor of the fee, in the billing currency").range(0, fee_amount_max_major).example("1.00"),
            field<&T::max>("Cap of the fee").range(0, fee_amount_max_major).example("50.00"),
            field<&T::rate>("Percent of the billing amount").range(0, 100).example("1.5"),
            field<&T::amount>("Fixed part").range(0, fee_amount_max_major).example("5.00"),
            field<&T::transaction_code>("What is asked for; Unknown is any").example("CashWithdrawal"),
            field<&T::transaction_domain>("Where the merchant is, seen from the issuer").example("International"),
            field<&T::pos_entry_mode>("How the card is read; Unknown is any").example("Chip"),
            field<&T::mcc>("Merchant category code (ISO 18245)").range(1, 9999).example("6011"),
        });
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::UpdateTransactionFeeDto> {
    using T = api::UpdateTransactionFeeDto;
    static constexpr std::string_view name = "UpdateTransactionFeeDto";
    static constexpr auto fields = api::transaction_fee_fields<T>();
};
template <>
struct Describe<api::CreateTransactionFeeDto> {
    using T = api::CreateTransactionFeeDto;
    static constexpr std::string_view name = "CreateTransactionFeeDto";
    static constexpr auto fields = join_fields(api::transaction_fee_fields<T>(), api::fee_link_to_field<T>());
};
template <>
struct Describe<api::TransactionFeeDto> {
    using T = api::TransactionFeeDto;
    static constexpr std::string_view name = "TransactionFeeDto";
    static constexpr auto fields = join_fields(api::fee_answer_fields<T>(), api::transaction_fee_fields<T>());
};

}  // namespace takas
