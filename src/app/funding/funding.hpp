// Money into and out of a card account from the institution's own books: load and unload. Exactly once per reference.
#pragma once

#include <string>

#include "app/authorize/authorizer.hpp"
#include "app/context/context.hpp"

namespace takas::app::funding {

enum class Direction : std::uint8_t { load, unload };

struct Funding {
    Direction direction{};
    std::int64_t amount_minor = 0;  ///< positive
    core::money::Currency currency;
    std::string reference;  ///< unique per account: a repeat answers the first result
    std::string description;
};

struct Funded {
    core::ledger::CardAccount account;  ///< after the movement (after the first one, when this is a repeat)
    TransactionId transaction_id;
    bool is_replay = false;
};

/// Errors: account_not_found, currency_mismatch, insufficient_funds (an unload never goes below zero available),
/// reference_reused, validation (balance limit), unavailable, outcome_unknown.
Result<Funded> fund(Context& context, AccountId account_id, const Funding& funding);

}  // namespace takas::app::funding
