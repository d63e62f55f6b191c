#include "api/fees/card_fee_dto.hpp"
#include "api/fees/transaction_fee_dto.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

template <class Fee>
void read_common(const FeeFields& dto, Fee& fee) {
    fee.name = dto.name;
    fee.rule = text_or_empty(dto.rule);
    fee.effective_from = dto.effective_from;
    fee.effective_to = dto.effective_to;
    fee.tax_inclusion_mode = dto.tax_inclusion_mode.value_or(core::fee::TaxInclusionMode::excluded);
    fee.tenant_wide = dto.tenant_wide;
}

template <class Dto, class Fee>
Dto common_of(const Fee& fee) {
    Dto dto{};
    dto.id = fee.id;
    dto.creation_time = fee.creation_time;
    dto.version = fee.version;
    dto.name = fee.name;
    dto.rule = optional_text(fee.rule);
    dto.effective_from = fee.effective_from;
    dto.effective_to = fee.effective_to;
    dto.tax_inclusion_mode = fee.tax_inclusion_mode;
    dto.tenant_wide = fee.tenant_wide;
    return dto;
}

/// Unknown is no restriction.
template <class E>
std::optional<E> known(std::optional<E> value) {
    return value == E::unknown ? std::nullopt : value;
}

}  // namespace

core::fee::TransactionFee fee_of(const UpdateTransactionFeeDto& dto) {
    core::fee::TransactionFee fee;
    read_common(dto, fee);
    fee.min = dto.min, fee.max = dto.max, fee.rate = dto.rate, fee.amount = dto.amount;
    fee.criteria.transaction_code = known(dto.transaction_code);
    fee.criteria.transaction_domain = dto.transaction_domain;
    fee.criteria.pos_entry_mode = known(dto.pos_entry_mode);
    fee.criteria.mcc = dto.mcc;
    return fee;
}

TransactionFeeDto to_dto(const core::fee::TransactionFee& fee) {
    auto dto = common_of<TransactionFeeDto>(fee);
    dto.min = fee.min, dto.max = fee.max, dto.rate = fee.rate, dto.amount = fee.amount;
    dto.transaction_code = fee.criteria.transaction_code;
    dto.transaction_domain = fee.criteria.transaction_domain;
    dto.pos_entry_mode = fee.criteria.pos_entry_mode;
    dto.mcc = fee.criteria.mcc;
    return dto;
}

core::fee::CardIssuanceFee fee_of(const UpdateCardIssuanceFeeDto& dto) {
    core::fee::CardIssuanceFee fee;
    read_common(dto, fee);
    fee.amount = dto.amount;
    fee.currency = dto.currency;
    fee.issuance_type = dto.issuance_type;
    fee.physical_type = dto.physical_type;
    fee.free_count = dto.free_count;
    return fee;
}

CardIssuanceFeeDto to_dto(const core::fee::CardIssuanceFee& fee) {
    auto dto = common_of<CardIssuanceFeeDto>(fee);
    dto.amount = fee.amount;
    dto.currency = fee.currency;
    dto.issuance_type = fee.issuance_type;
    dto.physical_type = fee.physical_type;
    dto.free_count = fee.free_count;
    return dto;
}

core::fee::CardAnnualFee fee_of(const UpdateCardAnnualFeeDto& dto) {
    core::fee::CardAnnualFee fee;
    read_common(dto, fee);
    fee.amount = dto.amount;
    fee.currency = dto.currency;
    fee.first_year_free = dto.first_year_free;
    fee.charge_month_offset = dto.charge_month_offset;
    fee.charge_period = dto.charge_period.value_or(core::fee::ChargePeriod::yearly);
    fee.child_card_amount = dto.child_card_amount;
    return fee;
}

CardAnnualFeeDto to_dto(const core::fee::CardAnnualFee& fee) {
    auto dto = common_of<CardAnnualFeeDto>(fee);
    dto.amount = fee.amount;
    dto.currency = fee.currency;
    dto.first_year_free = fee.first_year_free;
    dto.charge_month_offset = fee.charge_month_offset;
    dto.charge_period = fee.charge_period;
    dto.child_card_amount = fee.child_card_amount;
    return dto;
}

FeeTaxDto to_dto(const core::fee::Tax& tax) { return {tax.id, tax.name, tax.rate, tax.is_active, tax.version}; }

}  // namespace takas::api
