#include "core/perso/perso_table.hpp"

#include <algorithm>
#include <array>

namespace takas::core::perso {
namespace {

constexpr std::array order_edges = [] {
    using enum PersoStatus;
    return std::array{
        PersoEdge{requested, waiting}, PersoEdge{requested, cancelled},  PersoEdge{waiting, processing},
        PersoEdge{waiting, error},     PersoEdge{waiting, cancelled},    PersoEdge{processing, completed},
        PersoEdge{processing, error},  PersoEdge{processing, cancelled}, PersoEdge{error, waiting},
        PersoEdge{error, cancelled},
    };
}();

// A wrong address may show at any point of the courier's way; what has not left the house can be called off.
constexpr std::array shipment_edges = [] {
    using enum DeliveryStatus;
    return std::array{
        DeliveryEdge{created, handed_to_courier},
        DeliveryEdge{created, cancelled},
        DeliveryEdge{handed_to_courier, in_transit},
        DeliveryEdge{handed_to_courier, address_invalid},
        DeliveryEdge{in_transit, out_for_delivery},
        DeliveryEdge{in_transit, address_invalid},
        DeliveryEdge{out_for_delivery, delivered},
        DeliveryEdge{out_for_delivery, customer_not_found},
        DeliveryEdge{out_for_delivery, address_invalid},
        DeliveryEdge{customer_not_found, out_for_delivery},
        DeliveryEdge{customer_not_found, returned},
        DeliveryEdge{address_invalid, returned},
        DeliveryEdge{returned, created},
        DeliveryEdge{returned, destroyed},
    };
}();

template <class Status>
std::string quoted(Status status) {
    return '"' + std::string(to_name(status)) + '"';
}

template <class Edges, class Status>
std::unexpected<Error> refuse(ErrorCode code, const Edges& edges, Status from, auto is_open) {
    std::string allowed;
    for (const auto& edge : edges)
        if (edge.from == from && is_open(edge)) allowed += (allowed.empty() ? "" : ",") + quoted(edge.to);
    return std::unexpected(Error{code, {}, {}, {{"status", quoted(from)}, {"allowedStatuses", '[' + allowed + ']'}}});
}

template <class Record, class Step, class Change>
void take_step(Record& record, std::vector<Step>& history, const Change& change) {
    if (history.size() >= history_max) history.erase(history.begin());
    history.push_back({record.status, change.to, change.changed_at, change.changed_by});
    record.status = change.to;
}

}  // namespace

std::span<const PersoEdge> perso_edges() { return order_edges; }
std::span<const DeliveryEdge> delivery_edges() { return shipment_edges; }

Result<Issuance> change_status(Issuance issuance, const PersoChange& change) {
    const auto is_wanted = [&](const PersoEdge& e) { return e.from == issuance.status && e.to == change.to; };
    if (std::ranges::none_of(order_edges, is_wanted))
        return refuse(ErrorCode::perso_transition_not_allowed, order_edges, issuance.status,
                      [](const PersoEdge&) { return true; });
    if (change.to == PersoStatus::waiting && issuance.perso_office_code.empty())
        return fail(ErrorCode::perso_office_missing);
    take_step(issuance, issuance.history, change);
    issuance.last_status_time = change.changed_at;
    issuance.error_description = change.description;
    return issuance;
}

Result<Delivery> change_status(Delivery delivery, const DeliveryChange& change) {
    const auto is_open = [&](const DeliveryEdge& e) {
        return e.from != DeliveryStatus::customer_not_found || e.to != DeliveryStatus::out_for_delivery ||
               delivery.not_found_count < not_found_max;
    };
    const auto is_wanted = [&](const DeliveryEdge& e) {
        return e.from == delivery.status && e.to == change.to && is_open(e);
    };
    if (std::ranges::none_of(shipment_edges, is_wanted))
        return refuse(ErrorCode::delivery_transition_not_allowed, shipment_edges, delivery.status, is_open);
    if (change.to == DeliveryStatus::customer_not_found) ++delivery.not_found_count;
    if (change.to == DeliveryStatus::created) delivery.not_found_count = 0;
    take_step(delivery, delivery.history, change);
    delivery.status_time = change.changed_at;
    delivery.status_description = change.description;
    return delivery;
}

std::string barcode_of(EntityId issuance_id) {
    constexpr std::size_t digits = 16;  // of the largest id, below 2^53
    std::string number = std::to_string(issuance_id.value);
    if (number.size() < digits) number.insert(0, digits - number.size(), '0');
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) sum += (number[number.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return "TK" + number + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace takas::core::perso
