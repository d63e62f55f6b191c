// Bodies and queries of personalisation orders and deliveries (contract 0.1, 4.2).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "core/perso/delivery.hpp"
#include "core/perso/issuance.hpp"

namespace takas::api {

struct IssuanceSummaryDto {
    EntityId id;
    TokenId token_id;
    std::string masked_card_no;
    std::optional<std::string> customer_no;
    core::perso::IssuanceType issuance_type{};
    core::perso::PersoStatus status{};
    std::optional<std::string> perso_office_name, courier_name;
    std::string barcode;
    Instant request_time, last_status_time;
};

struct IssuanceHistoryDto {
    core::perso::PersoStatus old_status{}, new_status{};
    Instant date_time;
    std::string user_id;
};

struct IssuanceDetailsDto : IssuanceSummaryDto {
    std::optional<core::card::DeliveryAddress> delivery_address;
    std::optional<std::string> file_name, error_description;
    std::vector<IssuanceHistoryDto> history;
};

/// The orders of one card.
struct CardPersoQuery : PageFields {};

struct PersoListQuery : PageFields {
    std::optional<std::string> perso_office_code;
    std::optional<core::perso::PersoStatus> status;
    std::optional<Date> ordered_from, ordered_to;
};

struct PersoStatusUpdateDto {
    core::perso::PersoStatus status{};
    std::optional<std::string> perso_office_code, courier_code, courier_no, description;
};

struct CardShipmentDetailResponseDto {
    std::string barcode;
    std::optional<std::string> courier_name, courier_no;
    core::perso::DeliveryStatus status{};
    std::optional<std::string> status_description;
    Instant status_time;
    std::optional<std::string> receiver_name, receiver_relation, branch;
};

struct CardShipmentResponseDto {
    TokenId token_id;
    std::vector<CardShipmentDetailResponseDto> shipments;
};

struct DeliveryStatusUpdateDto {
    core::perso::DeliveryStatus status{};
    std::optional<std::string> description, receiver_name, receiver_relation, branch, courier_no;
};

IssuanceSummaryDto summary_of(const core::perso::Issuance& order);
IssuanceDetailsDto details_of(const core::perso::Issuance& order);
CardShipmentDetailResponseDto to_dto(const core::perso::Delivery& delivery);

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::IssuanceSummaryDto> {
    using T = api::IssuanceSummaryDto;
    static constexpr std::string_view name = "IssuanceSummaryDto";
    static constexpr std::array fields{
        field<&T::id>("The order's number").required().example("7230195437862913"),
        field<&T::token_id>("The card").required().example("7230195437862912"),
        field<&T::masked_card_no>("The card's number, masked").required().example("97929901****0017"),
        field<&T::customer_no>("The card's holder; null for none"),
        field<&T::issuance_type>("Why the card is made").required().example("NewCard"),
        field<&T::status>("How far the order is").required().example("Waiting"),
        field<&T::perso_office_name>("Who makes the card; null while it is not known").example("PO1"),
        field<&T::courier_name>("Who brings it").example("KURYE"),
        field<&T::barcode>("On the envelope; one of its kind in the institution")
            .required()
            .example("TK72301954378629133"),
        field<&T::request_time>("When the card was ordered").required().example("2031-03-01T10:00:00Z"),
        field<&T::last_status_time>("When the status last changed").required().example("2031-03-01T10:00:00Z"),
    };
};
template <>
struct Describe<api::IssuanceHistoryDto> {
    using T = api::IssuanceHistoryDto;
    static constexpr std::string_view name = "IssuanceHistoryDto";
    static constexpr std::array fields{
        field<&T::old_status>("Status before").required().example("Waiting"),
        field<&T::new_status>("Status after").required().example("Processing"),
        field<&T::date_time>("When").required().example("2031-03-01T18:00:00Z"),
        field<&T::user_id>("By whom").required(),
    };
};
template <>
struct Describe<api::IssuanceDetailsDto> {
    using T = api::IssuanceDetailsDto;
    static constexpr std::string_view name = "IssuanceDetailsDto";
    static constexpr auto fields = join_fields(
        Describe<api::IssuanceSummaryDto>::fields,
        std::array{
            field<&T::delivery_address>("Where the card goes"),
            field<&T::file_name>("The newest personalisation file it was in").example("PO1-20310301-1.jsonl"),
            field<&T::error_description>("Why it failed or was called off"),
            field<&T::history>("The newest changes of its status, oldest first").required(),
        });
};
template <>
struct Describe<api::CardPersoQuery> {
    using T = api::CardPersoQuery;
    static constexpr std::string_view name = "CardPersoQuery";
    static constexpr std::array fields{
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::PersoListQuery> {
    using T = api::PersoListQuery;
    static constexpr std::string_view name = "PersoListQuery";
    static constexpr std::array fields{
        field<&T::perso_office_code>("Orders of this office").length(1, 20).example("PO1"),
        field<&T::status>("Orders in this status").example("Waiting"),
        field<&T::ordered_from>("Ordered on this day or later").example("2031-03-01"),
        field<&T::ordered_to>("Ordered on this day or earlier").example("2031-03-31"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::PersoStatusUpdateDto> {
    using T = api::PersoStatusUpdateDto;
    static constexpr std::string_view name = "PersoStatusUpdateDto";
    static constexpr std::array fields{
        field<&T::status>("The new status; the one it has already changes nothing").required().example("Waiting"),
        field<&T::perso_office_code>("Office, with the status Waiting").length(1, 20).example("PO1"),
        field<&T::courier_code>("Courier, with the status Waiting").length(1, 20).example("KURYE"),
        field<&T::courier_no>("The courier's number of the shipment, with the status Completed").length(1, 40),
        field<&T::description>("Why it failed or was called off").length(1, 200),
    };
};
template <>
struct Describe<api::CardShipmentDetailResponseDto> {
    using T = api::CardShipmentDetailResponseDto;
    static constexpr std::string_view name = "CardShipmentDetailResponseDto";
    static constexpr std::array fields{
        field<&T::barcode>("On the envelope").required().example("TK72301954378629133"),
        field<&T::courier_name>("Who brings it").example("KURYE"),
        field<&T::courier_no>("The courier's number of the shipment"),
        field<&T::status>("How far it is").required().example("OutForDelivery"),
        field<&T::status_description>("What was said about it"),
        field<&T::status_time>("Since when").required().example("2031-03-04T09:30:00Z"),
        field<&T::receiver_name>("Who took it").masked(),
        field<&T::receiver_relation>("Who that is to the customer").example("Spouse"),
        field<&T::branch>("Branch at which it waits or was handed over"),
    };
};
template <>
struct Describe<api::CardShipmentResponseDto> {
    using T = api::CardShipmentResponseDto;
    static constexpr std::string_view name = "CardShipmentResponseDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().example("7230195437862912"),
        field<&T::shipments>("Its shipments, newest first").required(),
    };
};
template <>
struct Describe<api::DeliveryStatusUpdateDto> {
    using T = api::DeliveryStatusUpdateDto;
    static constexpr std::string_view name = "DeliveryStatusUpdateDto";
    static constexpr std::array fields{
        field<&T::status>("The new status; the one it has already changes nothing").required().example("Delivered"),
        field<&T::description>("What happened").length(1, 200),
        field<&T::receiver_name>("Who took it").length(1, 100).masked(),
        field<&T::receiver_relation>("Who that is to the customer").length(1, 40).example("Spouse"),
        field<&T::branch>("Branch at which it waits or was handed over").length(1, 40),
        field<&T::courier_no>("The courier's number of the shipment").length(1, 40),
    };
};

}  // namespace takas
