// What the files say of each kind of policy: the bodies of the endpoints, with links to products, groups and segments.
// So files know the same members, bounds and words as the API, and nothing is checked twice.
#pragma once

#include "api/controls/control_dto.hpp"
#include "api/fees/card_fee_dto.hpp"
#include "api/fees/transaction_fee_dto.hpp"
#include "api/products/product_dto.hpp"

namespace takas::api {

/// Links to single cards are made one by one where cards are served, not in files.
struct LinkFile : LinkToDto {};
using LinksInFile = std::optional<std::vector<LinkFile>>;

struct AuthorizationControlFile : AuthorizationCheckFields {
    LinksInFile links;
};
struct VelocityControlFile : VelocityCheckFields {
    LinksInFile links;
};
struct TransactionFeeFile : UpdateTransactionFeeDto {
    LinksInFile links;
};
struct CardIssuanceFeeFile : UpdateCardIssuanceFeeDto {
    LinksInFile links;
};
struct CardAnnualFeeFile : UpdateCardAnnualFeeDto {
    LinksInFile links;
};

inline constexpr std::array link_file_fields{link_to_fields[0], link_to_fields[2], link_to_fields[3],
                                             link_to_fields[4]};
template <class T>
constexpr auto links_in_file_field() {
    return std::array{field<&T::links>("Whom it concerns; those of one rule together").length(0, 10'000)};
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::LinkFile> {
    static constexpr std::string_view name = "LinkFile";
    static constexpr auto fields = api::link_file_fields;
};
template <>
struct Describe<api::AuthorizationControlFile> {
    using T = api::AuthorizationControlFile;
    static constexpr std::string_view name = "AuthorizationControlFile";
    static constexpr auto fields = join_fields(api::authorization_check_fields, api::links_in_file_field<T>());
};
template <>
struct Describe<api::VelocityControlFile> {
    using T = api::VelocityControlFile;
    static constexpr std::string_view name = "VelocityControlFile";
    static constexpr auto fields = join_fields(api::velocity_check_fields, api::links_in_file_field<T>());
};
template <>
struct Describe<api::TransactionFeeFile> {
    using T = api::TransactionFeeFile;
    static constexpr std::string_view name = "TransactionFeeFile";
    static constexpr auto fields = join_fields(api::transaction_fee_fields<T>(), api::links_in_file_field<T>());
};
template <>
struct Describe<api::CardIssuanceFeeFile> {
    using T = api::CardIssuanceFeeFile;
    static constexpr std::string_view name = "CardIssuanceFeeFile";
    static constexpr auto fields = join_fields(api::card_issuance_fee_fields<T>(), api::links_in_file_field<T>());
};
template <>
struct Describe<api::CardAnnualFeeFile> {
    using T = api::CardAnnualFeeFile;
    static constexpr std::string_view name = "CardAnnualFeeFile";
    static constexpr auto fields = join_fields(api::card_annual_fee_fields<T>(), api::links_in_file_field<T>());
};

}  // namespace takas
