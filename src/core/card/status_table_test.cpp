#include "core/card/status_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace takas::core::card {
namespace {

using Statuses = std::pair<std::string_view, std::string_view>;
using Reasons = std::set<std::string_view>;

// The published table, written a second time and in its own words.
const std::map<Statuses, Reasons> published{
    {{"PendingActivation", "Active"}, {"CustomerRequest", "TenantRequest"}},
    {{"PendingActivation", "Closed"}, {"CustomerRequest", "TenantRequest", "DeliveryFailed", "FraudulentApplication"}},
    {{"PendingActivation", "Lost"}, {"CustomerRequest", "TenantRequest"}},
    {{"PendingActivation", "Stolen"}, {"CustomerRequest", "TenantRequest"}},
    {{"Active", "Suspended"}, {"CustomerRequest", "TenantRequest", "SuspiciousTransaction", "SuspectedFraud"}},
    {{"Active", "Lost"}, {"CustomerRequest", "TenantRequest"}},
    {{"Active", "Stolen"}, {"CustomerRequest", "TenantRequest"}},
    {{"Active", "Fraud"}, {"SuspectedFraud", "ClonedCard", "FraudulentApplication"}},
    {{"Active", "Closed"}, {"CustomerRequest", "TenantRequest"}},
    {{"Suspended", "Active"}, {"CustomerRequest", "TenantRequest"}},
    {{"Suspended", "Lost"}, {"CustomerRequest", "TenantRequest"}},
    {{"Suspended", "Stolen"}, {"CustomerRequest", "TenantRequest"}},
    {{"Suspended", "Fraud"}, {"SuspectedFraud", "ClonedCard", "FraudulentApplication"}},
    {{"Suspended", "Closed"}, {"CustomerRequest", "TenantRequest"}},
    {{"Lost", "Closed"}, {"CustomerRequest", "TenantRequest"}},
    {{"Stolen", "Closed"}, {"TenantRequest"}},
    {{"Fraud", "Closed"}, {"TenantRequest"}},
};

TEST(StatusTable, EveryPairAndReasonIsAsPublished) {
    for (const EnumName& from : EnumNames<CardStatus>::values)
        for (const EnumName& to : EnumNames<CardStatus>::values)
            for (const EnumName& reason : EnumNames<CardStatusReason>::values) {
                const auto row = published.find({from.name, to.name});
                const auto done =
                    check_status_change(static_cast<CardStatus>(from.value), std::nullopt,
                                        static_cast<CardStatus>(to.value), static_cast<CardStatusReason>(reason.value));
                const std::string what =
                    std::string(from.name) + " -> " + std::string(to.name) + ", " + std::string(reason.name);
                if (row == published.end()) {
                    ASSERT_FALSE(done) << what;
                    EXPECT_EQ(done.error().code, ErrorCode::card_transition_not_allowed) << what;
                } else if (row->second.contains(reason.name)) {
                    EXPECT_TRUE(done) << what;
                } else {
                    ASSERT_FALSE(done) << what;
                    EXPECT_EQ(done.error().code, ErrorCode::card_reason_not_allowed) << what;
                }
            }
}

TEST(StatusTable, OnlyTheInstitutionLiftsASuspicion) {
    using enum CardStatusReason;
    for (const EnumName& why : EnumNames<CardStatusReason>::values) {
        const auto suspended_for = static_cast<CardStatusReason>(why.value);
        const auto lifted_by = [&](CardStatusReason by) {
            return check_status_change(CardStatus::suspended, suspended_for, CardStatus::active, by).has_value();
        };
        EXPECT_TRUE(lifted_by(tenant_request)) << why.name;
        EXPECT_EQ(lifted_by(customer_request), !is_suspicion(suspended_for)) << why.name;
    }
    // The rule is about activation: the holder may still report the card lost or have it closed.
    EXPECT_TRUE(check_status_change(CardStatus::suspended, suspected_fraud, CardStatus::lost, customer_request));
}

TEST(StatusTable, RefusalsNameWhatIsAllowed) {
    const auto transition =
        check_status_change(CardStatus::lost, std::nullopt, CardStatus::active, CardStatusReason::customer_request);
    ASSERT_FALSE(transition);
    EXPECT_EQ(transition.error().data.at(0).second, "\"Lost\"");
    EXPECT_EQ(transition.error().data.at(1).second, "[\"Closed\"]");
    const auto terminal =
        check_status_change(CardStatus::closed, std::nullopt, CardStatus::active, CardStatusReason::tenant_request);
    EXPECT_EQ(terminal.error().data.at(1).second, "[]");
    const auto reason =
        check_status_change(CardStatus::active, std::nullopt, CardStatus::closed, CardStatusReason::cloned_card);
    EXPECT_EQ(reason.error().data.at(1).second, "[\"CustomerRequest\",\"TenantRequest\"]");
}

TEST(StatusTable, ChangeKeepsTheRestOfTheCard) {
    Card card;
    card.token_id = TokenId{7};
    card.status = CardStatus::active;
    const auto changed = change_status(
        card, {CardStatus::suspended, CardStatusReason::tenant_request, "why", "user", Instant::from_seconds(5)});
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->token_id, TokenId{7});
    EXPECT_EQ(changed->status, CardStatus::suspended);
    EXPECT_EQ(changed->status_reason, CardStatusReason::tenant_request);
    EXPECT_EQ(changed->status_description, "why");
    EXPECT_EQ(changed->status_changed_by, "user");
    EXPECT_EQ(changed->status_changed_at, Instant::from_seconds(5));
}

}  // namespace
}  // namespace takas::core::card
