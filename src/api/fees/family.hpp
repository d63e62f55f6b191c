// The three families of fees as endpoints: bodies, paths and names of each, for handlers that are written once.
#pragma once

#include "api/controls/link_rows.hpp"
#include "api/fees/card_fee_dto.hpp"
#include "api/fees/transaction_fee_dto.hpp"

namespace takas::api {

template <class Fee>
struct FeeFamily;

template <>
struct FeeFamily<core::fee::TransactionFee> {
    using Control = core::fee::TransactionFee;
    using Create = CreateTransactionFeeDto;
    using Update = UpdateTransactionFeeDto;
    using Answer = TransactionFeeDto;
    using Body = CreateUpdateTransactionFeeLinkDto;
    using Row = TransactionFeeLinkDto;
    static constexpr auto family = core::control::Family::transaction_fee;
    static constexpr auto control_id = &FeeLinkDto::fee_id;
    static constexpr Permission read = Permission::fee_read, write = Permission::fee_write;
    static constexpr std::string_view tag = "Fee", all = "/api/v1/issuing/fee-management/transaction",
                                      by_id = "/api/v1/issuing/fee-management/transaction/{id}",
                                      of_one = "/api/v1/issuing/fee-management/transaction/{id}/link",
                                      one = "/api/v1/issuing/fee-management/transaction/link/{linkId}",
                                      create_operation = "createTransactionFee",
                                      list_fees_operation = "getTransactionFeeList",
                                      get_operation = "getTransactionFee", update_operation = "updateTransactionFee",
                                      delete_operation = "deleteTransactionFee", link_operation = "linkTransactionFee",
                                      unlink_operation = "unlinkTransactionFee",
                                      list_operation = "getTransactionFeeLinks",
                                      create_summary = "Create a fee on transactions",
                                      list_fees_summary = "List the fees on transactions",
                                      get_summary = "Get a fee on transactions",
                                      update_summary = "Change a fee on transactions",
                                      delete_summary = "Delete a fee on transactions with its links",
                                      link_summary = "Say whose transactions the fee is on",
                                      unlink_summary = "Take a link from a transaction fee",
                                      list_summary = "List the links of a transaction fee";
};

template <>
struct FeeFamily<core::fee::CardIssuanceFee> {
    using Control = core::fee::CardIssuanceFee;
    using Create = CreateCardIssuanceFeeDto;
    using Update = UpdateCardIssuanceFeeDto;
    using Answer = CardIssuanceFeeDto;
    using Body = CreateUpdateCardIssuanceFeeLinkDto;
    using Row = CardIssuanceFeeLinkDto;
    static constexpr auto family = core::control::Family::card_issuance_fee;
    static constexpr auto control_id = &FeeLinkDto::fee_id;
    static constexpr Permission read = Permission::fee_read, write = Permission::fee_write;
    static constexpr std::string_view tag = "Fee", all = "/api/v1/issuing/fee-management/card-issuance",
                                      by_id = "/api/v1/issuing/fee-management/card-issuance/{id}",
                                      of_one = "/api/v1/issuing/fee-management/card-issuance/{id}/link",
                                      one = "/api/v1/issuing/fee-management/card-issuance/link/{linkId}",
                                      create_operation = "createCardIssuanceFee",
                                      list_fees_operation = "getCardIssuanceFeeList",
                                      get_operation = "getCardIssuanceFee", update_operation = "updateCardIssuanceFee",
                                      delete_operation = "deleteCardIssuanceFee",
                                      link_operation = "linkCardIssuanceFee",
                                      unlink_operation = "unlinkCardIssuanceFee",
                                      list_operation = "getCardIssuanceFeeLinks",
                                      create_summary = "Create a fee on making cards",
                                      list_fees_summary = "List the fees on making cards",
                                      get_summary = "Get a fee on making cards",
                                      update_summary = "Change a fee on making cards",
                                      delete_summary = "Delete a fee on making cards with its links",
                                      link_summary = "Say which cards the issuance fee is on",
                                      unlink_summary = "Take a link from a card issuance fee",
                                      list_summary = "List the links of a card issuance fee";
};

template <>
struct FeeFamily<core::fee::CardAnnualFee> {
    using Control = core::fee::CardAnnualFee;
    using Create = CreateCardAnnualFeeDto;
    using Update = UpdateCardAnnualFeeDto;
    using Answer = CardAnnualFeeDto;
    using Body = CreateUpdateCardAnnualFeeLinkDto;
    using Row = CardAnnualFeeLinkDto;
    static constexpr auto family = core::control::Family::card_annual_fee;
    static constexpr auto control_id = &FeeLinkDto::fee_id;
    static constexpr Permission read = Permission::fee_read, write = Permission::fee_write;
    static constexpr std::string_view tag = "Fee", all = "/api/v1/issuing/fee-management/card-annual",
                                      by_id = "/api/v1/issuing/fee-management/card-annual/{id}",
                                      of_one = "/api/v1/issuing/fee-management/card-annual/{id}/link",
                                      one = "/api/v1/issuing/fee-management/card-annual/link/{linkId}",
                                      create_operation = "createCardAnnualFee",
                                      list_fees_operation = "getCardAnnualFeeList", get_operation = "getCardAnnualFee",
                                      update_operation = "updateCardAnnualFee",
                                      delete_operation = "deleteCardAnnualFee", link_operation = "linkCardAnnualFee",
                                      unlink_operation = "unlinkCardAnnualFee",
                                      list_operation = "getCardAnnualFeeLinks",
                                      create_summary = "Create a yearly or monthly fee on cards",
                                      list_fees_summary = "List the yearly and monthly fees",
                                      get_summary = "Get a yearly or monthly fee",
                                      update_summary = "Change a yearly or monthly fee",
                                      delete_summary = "Delete a yearly or monthly fee with its links",
                                      link_summary = "Say which cards the yearly or monthly fee is on",
                                      unlink_summary = "Take a link from a yearly or monthly fee",
                                      list_summary = "List the links of a yearly or monthly fee";
};

}  // namespace takas::api
