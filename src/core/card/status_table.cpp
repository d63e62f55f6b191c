#include "core/card/status_table.hpp"

#include <algorithm>
#include <array>

namespace takas::core::card {
namespace {

using enum CardStatus;
using enum CardStatusReason;

constexpr std::array holder_or_tenant{customer_request, tenant_request};
constexpr std::array tenant_only{tenant_request};
constexpr std::array suspension{customer_request, tenant_request, suspicious_transaction, suspected_fraud};
constexpr std::array fraud_found{suspected_fraud, cloned_card, fraudulent_application};
constexpr std::array never_used{customer_request, tenant_request, delivery_failed, fraudulent_application};

// Contract 10.1. A lost card that is found again is not activated: nobody can tell that it was not copied meanwhile.
constexpr std::array edges{
    StatusEdge{pending_activation, active, holder_or_tenant},
    StatusEdge{pending_activation, closed, never_used},
    StatusEdge{pending_activation, lost, holder_or_tenant},
    StatusEdge{pending_activation, stolen, holder_or_tenant},
    StatusEdge{active, suspended, suspension},
    StatusEdge{active, lost, holder_or_tenant},
    StatusEdge{active, stolen, holder_or_tenant},
    StatusEdge{active, fraud, fraud_found},
    StatusEdge{active, closed, holder_or_tenant},
    StatusEdge{suspended, active, holder_or_tenant},
    StatusEdge{suspended, lost, holder_or_tenant},
    StatusEdge{suspended, stolen, holder_or_tenant},
    StatusEdge{suspended, fraud, fraud_found},
    StatusEdge{suspended, closed, holder_or_tenant},
    StatusEdge{lost, closed, holder_or_tenant},
    StatusEdge{stolen, closed, tenant_only},
    StatusEdge{fraud, closed, tenant_only},
};

/// JSON list of names.
template <class E>
void add_name(std::string& list, E value) {
    list.insert(list.size() - 1, (list.size() > 2 ? ",\"" : "\"") + std::string(to_name(value)) + '"');
}

std::unexpected<Error> refuse(ErrorCode code, CardStatus from, std::string_view name, std::string list) {
    return std::unexpected(Error{
        code, {}, {}, {{"status", '"' + std::string(to_name(from)) + '"'}, {std::string(name), std::move(list)}}});
}

}  // namespace

std::span<const StatusEdge> status_edges() { return edges; }

Result<void> check_status_change(CardStatus from, std::optional<CardStatusReason> from_reason, CardStatus to,
                                 CardStatusReason reason) {
    const auto edge = std::ranges::find_if(edges, [&](const StatusEdge& e) { return e.from == from && e.to == to; });
    if (edge == edges.end()) {
        std::string allowed = "[]";
        for (const StatusEdge& e : edges)
            if (e.from == from) add_name(allowed, e.to);
        return refuse(ErrorCode::card_transition_not_allowed, from, "allowedStatuses", std::move(allowed));
    }
    const bool by_suspicion = from == suspended && from_reason && is_suspicion(*from_reason);
    const std::span reasons =
        by_suspicion && to == active ? std::span<const CardStatusReason>(tenant_only) : edge->reasons;
    if (std::ranges::find(reasons, reason) != reasons.end()) return {};
    std::string allowed = "[]";
    for (const CardStatusReason r : reasons) add_name(allowed, r);
    return refuse(ErrorCode::card_reason_not_allowed, from, "allowedReasons", std::move(allowed));
}

Result<Card> change_status(Card card, const StatusChange& change) {
    if (auto legal = check_status_change(card.status, card.status_reason, change.to, change.reason); !legal)
        return std::unexpected(std::move(legal.error()));
    card.status = change.to;
    card.status_reason = change.reason;
    card.status_description = change.description;
    card.status_changed_by = change.changed_by;
    card.status_changed_at = change.changed_at;
    return card;
}

}  // namespace takas::core::card
