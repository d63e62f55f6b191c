// Cards as they are: get, list, what surrounds one, and the change of status, which goes through the lane of the card's
// account so that no authorization is decided on the old status after it (status.hpp has the rest of it).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::lane {
class Work;  // app/lane/work.hpp
}

namespace takas::app::cards {

using core::card::Card;

/// Error: card_not_found, also for another institution's card.
Result<Card> get_card(const Context& context, TokenId token_id);

/// Two operators change the same card: the version is how many records its audit chain has, for every change of a card
/// is one.
struct CardVersion {
    SeenVersion seen;      ///< by the caller
    std::int64_t now = 0;  ///< after the change; 0: not known
};
/// To be read before the card, so that it is not newer than the card. 0: nothing was noted of it yet.
Result<std::int64_t> version_of(const Context& context, TokenId token_id);

struct CardQuery {
    std::optional<TokenId> token_id{};
    std::optional<std::string> customer_no{}, card_product_code{}, masked_card_no{}, barcode{};
    std::optional<core::card::CardStatus> status{};
    std::optional<bool> is_noname{};
    std::optional<Instant> created_from{}, created_to{};  ///< to: not included
    ports::PageWish page{};                               ///< usual order: newest first
};
Result<ports::PageOf<Card>> list_cards(const Context& context, const CardQuery& query);

struct Spending {
    std::int64_t count = 0;
    std::int64_t minor = 0;
};
/// What the card was used for: approved debits of the running day and month (in the institution's time zone) and of its
/// whole life, in the account's currency, reversed parts left out.
struct CardStatistics {
    /// Nothing when the period holds more transactions than are counted at a question (2,000): no half sums.
    std::optional<Spending> daily, monthly, total;
    std::optional<Instant> last_transaction_time;  ///< of any result
    core::money::Currency currency;
};
Result<CardStatistics> statistics_of(const Context& context, const Card& card);

struct WantedStatus {
    TokenId token_id;
    core::card::CardStatus status{};
    core::card::CardStatusReason reason{};
    std::string description;
    std::string_view idempotency_key{}, content{};
    CardVersion* version = nullptr;  ///< the caller's; nullptr: it does not matter
};
struct ChangedStatus {
    Card before;
    Card after;
};
/// Committed when it returns; the context's unit stays as it is.
/// Errors: card_not_found, card_transition_not_allowed, card_reason_not_allowed, concurrent_change, unavailable,
/// outcome_unknown.
Result<ChangedStatus> change_status(Context& context, const WantedStatus& wanted);
/// The same within a command of the lane of the card's account: committed together with what else the command writes.
/// Errors: card_not_found, card_transition_not_allowed, card_reason_not_allowed, those of the store.
Result<ChangedStatus> change_status_in(const Context& context, lane::Work& work, const WantedStatus& wanted);

}  // namespace takas::app::cards
