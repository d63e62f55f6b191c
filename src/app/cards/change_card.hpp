// Changes one card in the lane of its account, so that no authorization is decided on the old card after it and two
// changes of a card never meet. What a change needs from outside the lane (a new number, a guarded customer) is
// prepared first and committed with it, all or nothing; when that has moved by the time of the commit, it is prepared
// again. A change under an Idempotency-Key leaves its mark in the same commit: its twin, also after a crash and at
// another server, is told so.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "app/cards/cards.hpp"
#include "app/context/context.hpp"
#include "app/lane/work.hpp"

namespace takas::app::cards {

struct CardCommand {
    TokenId token_id;
    std::string_view operation{};        ///< part of what makes two commands the same
    std::string_view idempotency_key{};  ///< "": every call counts
    std::string_view content{};          ///< what distinguishes commands under one key
    CardVersion* version = nullptr;      ///< the caller's; nullptr: it does not matter
};

/// Fills the context's unit, on the card as it is stored. May run several times.
using Prepare = std::function<Result<void>(const core::card::Card& stored)>;
/// Decides in the lane, on the newest card. May run several times: starts afresh each time. An error changes nothing.
/// concurrent_change: what was prepared does not suit this card any more; it is prepared again on the newest.
using Change = std::function<Result<void>(lane::Work& work, const core::card::Card& card)>;

enum class Changed : std::uint8_t {
    now,
    before,  ///< by a twin: the card is as that left it
};

/// What a change may ask for halfway is read before its first write: a lane keeps what a command has written, also when
/// it fails after that. Errors: those of the store.
Result<void> read_ahead(lane::Work& work, TokenId token_id);

/// Committed when it returns; the context's unit is empty then.
/// Errors: card_not_found, concurrent_change (another version than the caller has seen), unavailable, outcome_unknown,
/// and what `prepare` and `change` say.
Result<Changed> change_card(Context& context, const CardCommand& command, const Prepare& prepare, const Change& change);
inline Result<Changed> change_card(Context& context, const CardCommand& command, const Change& change) {
    return change_card(context, command, {}, change);
}

/// As Change, and which of the cards it is.
using ChangeEach = std::function<Result<void>(std::size_t index, lane::Work& work, const core::card::Card& card)>;
/// Each card by itself, committed together where they meet: one that refuses does not stop the others. One result per
/// token, in the same order. `change` may run on several threads, for different cards.
/// Errors: as change_card.
std::vector<Result<void>> change_cards(Context& context, std::span<const TokenId> tokens, const ChangeEach& change);

}  // namespace takas::app::cards
