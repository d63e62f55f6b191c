// The decision: a pure function from facts to an answer. The rules are one ordered table; the first that objects is the
// reason; the outcome of each is recorded.
#pragma once

#include "core/authorization/checks.hpp"
#include "core/authorization/facts.hpp"

namespace takas::core::authorization {

struct Decision {
    bool approved = false;
    DeclineReason reason = DeclineReason::none;
    ResponseCode response_code = ResponseCode::approved;
    std::int64_t billing_minor = 0;   ///< what was asked, in the account's currency (0 when it could not be converted)
    std::int64_t approved_minor = 0;  ///< what is taken or given: less than asked after a partial approval
    std::int64_t conversion_rate_e9 = 1'000'000'000;
    Checks checks{};
    friend bool operator==(const Decision&, const Decision&) = default;
};

/// Never allocates.
Decision decide(const Facts& facts);

/// The amount in the account's currency, as `decide` works it out; nothing when it cannot be converted.
std::optional<std::int64_t> billing_of(const Facts& facts);

/// What may be taken from the account for this: with the credit line, and for a completion with the hold of its
/// pre-authorization.
std::int64_t available_of(const Facts& facts);

/// An increment of a pre-authorization: a PreAuthorization that names its original.
inline bool is_increment(const Facts& f) { return f.code == TransactionCode::pre_authorization && f.original_wanted; }

/// How much more than the pre-authorization a completion may take, in percent of it (tips, fuel, minibar).
inline constexpr std::int64_t completion_tolerance_percent = 15;

}  // namespace takas::core::authorization
