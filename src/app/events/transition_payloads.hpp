// ThreeDSecureTransition and DisputeTransition as published: shapes without a producer yet. Where the published table
// and its sample disagree both names are sent (contract, section 9).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::app::events {

enum class ThreeDsEventType : std::uint8_t { verify_account, challenge_requested, challenge_notification };
enum class DisputeEventType : std::uint8_t { in_progress, cancelled, won, lost };

struct ThreeDSecureTransition {
    std::string acs_transaction_id;  ///< UUID
    std::string transaction_id;      ///< the same
    TokenId card_token_id;
    std::string masked_card_no;
    ThreeDsEventType event_type{};
    std::string result;
    Instant creation_time;
    Instant date_time;  ///< the same
    std::optional<std::string> creator_id;
};

struct DisputeTransition {
    TransactionId transaction_id;
    TokenId card_token_id;
    std::string masked_card_no;
    DisputeEventType event_type{};
    Instant creation_time;
    Instant date_time;  ///< the same
    std::optional<std::string> creator_id;
};

}  // namespace takas::app::events

namespace takas {

template <>
struct EnumNames<app::events::ThreeDsEventType> {
    using E = app::events::ThreeDsEventType;
    static constexpr std::string_view name = "ThreeDsEventType";
    static constexpr std::array values{named(E::verify_account, "VerifyAccount"),
                                       named(E::challenge_requested, "ChallengeRequested"),
                                       named(E::challenge_notification, "ChallangeNotification")};  // as published
};
template <>
struct EnumNames<app::events::DisputeEventType> {
    using E = app::events::DisputeEventType;
    static constexpr std::string_view name = "DisputeEventType";
    static constexpr std::array values{named(E::in_progress, "InProgress"), named(E::cancelled, "Cancelled"),
                                       named(E::won, "Won"), named(E::lost, "Lost")};
};
template <>
struct Describe<app::events::ThreeDSecureTransition> {
    using T = app::events::ThreeDSecureTransition;
    static constexpr std::string_view name = "ThreeDSecureTransition";
    static constexpr auto& fields =
        columns<&T::acs_transaction_id, &T::transaction_id, &T::card_token_id, &T::masked_card_no, &T::event_type,
                &T::result, &T::creation_time, &T::date_time, &T::creator_id>;
};
template <>
struct Describe<app::events::DisputeTransition> {
    using T = app::events::DisputeTransition;
    static constexpr std::string_view name = "DisputeTransition";
    static constexpr auto& fields = columns<&T::transaction_id, &T::card_token_id, &T::masked_card_no, &T::event_type,
                                            &T::creation_time, &T::date_time, &T::creator_id>;
};

}  // namespace takas
