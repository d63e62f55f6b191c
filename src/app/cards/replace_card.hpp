// A card with a new number in place of another one: on the same account, for the same holder, with the same settings.
// For renewals with a new number and for cards that were lost, stolen or copied.
#pragma once

#include <optional>
#include <string>

#include "app/cards/make_card.hpp"
#include "app/cards/status.hpp"

namespace takas::app::cards {

/// Where the new card differs from the one before.
struct ReplacementWish {
    std::optional<std::string> card_product_code{};
    std::optional<std::string> personalized_name_line_1{}, personalized_name_line_2{};
    std::optional<core::card::IssuanceWishes> issuance{};
    std::optional<core::card::DeliveryAddress> delivery_address{};
    core::perso::IssuanceType type{};
};

/// Puts the new card into the context's unit; what happens to the old one is the caller's. The limit of cards per
/// customer does not count here: it is still one card that the customer can use.
/// Errors: validation, product_not_found, product_inactive, currency_mismatch, delivery_address_missing,
/// bin_range_exhausted.
Result<Replacement> make_replacement(Context& context, const Card& old_card, const ReplacementWish& wish);

/// Reported lost, stolen or copied: what gets a card with another number.
constexpr bool may_be_replaced(core::card::CardStatus status) {
    using enum core::card::CardStatus;
    return status == lost || status == stolen || status == fraud;
}

/// The card in place of this one; none when it came to nothing (it was closed). In the lane also one whose commit is
/// still under way.
Result<TokenId> live_replacement(const Context& context, const Card& card);
Result<TokenId> live_replacement(lane::Work& work, const Card& card);

/// A card that was made by an earlier call, with its newest order. Error: card_not_found.
Result<Replacement> made_before(const Context& context, TokenId token_id);

/// In the lane: the new card has used of its limits what the old one has, so that a new number is no new limit. Changes
/// nothing when it fails, and does not fail when it was read ahead.
Result<void> read_usage_ahead(lane::Work& work, TokenId old_token_id, TokenId new_token_id);
Result<void> hand_over_usage(lane::Work& work, TokenId old_token_id, TokenId new_token_id);

/// In the lane: the card still has the owner for whom its replacement was made. Error: concurrent_change.
Result<void> check_same_owner(const Card& card, const Card& replacement);

/// Where a printed card goes: as wished, else where its last one went, else to its holder.
/// Errors: delivery_address_missing, validation (a card number among the lines).
Result<std::optional<core::card::DeliveryAddress>> address_for(
    const Context& context, const Card& card, bool is_printed,
    const std::optional<core::card::DeliveryAddress>& wished);

}  // namespace takas::app::cards
