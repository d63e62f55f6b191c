// What all commands on a card's security have in common: look at the card, ask the HSM without holding anything up,
// then decide in the card's lane, where counters are exact. A command under an Idempotency-Key leaves its answer in the
// same commit, so that its twin finds it, also after a crash and at another server.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/card_security/card_view.hpp"
#include "app/context/context.hpp"
#include "base/bytes.hpp"

namespace takas::app::card_security {

/// What every command says.
struct Command {
    TokenId token_id;
    std::string_view operation;          ///< part of what makes two commands the same
    std::string_view idempotency_key{};  ///< "": every call counts
    ByteView content{};                  ///< what distinguishes commands under one key: the enciphered payload
};

/// A card as one command sees it.
struct Subject {
    lane::Work& work;
    const core::card::Card& card;
    core::card::CardSecurity& security;
};

struct Entered {
    bool is_accepted = false;
    std::int16_t remaining_try_count = 0;
};

/// Decides in the lane; nothing: the view was outdated, look again. May change the security, which is then written.
using Decide = std::function<std::optional<Result<Entered>>(Subject&)>;
/// A verdict that was found on an older PIN than the lane's does not count.
inline bool is_outdated(const CardView& seen, const Subject& now) {
    return seen.security.pin_version != now.security.pin_version;
}
/// Asks the HSM about what was seen; an error ends the command.
using Ask = std::function<Result<Decide>(const core::card::Card&, const CardView&)>;

/// Errors: card_not_found, unavailable, outcome_unknown, and what `ask` and `decide` say.
Result<Entered> run_command(Context& context, const Command& command, const Ask& ask);

/// card_wrong_status unless the card is waiting for activation or active.
Result<void> check_usable(const core::card::Card& card);
/// As above, and a suspended card will do.
Result<void> check_alive(const core::card::Card& card);

/// One log line: who did what to which card, without any of it.
void log_command(const Context& context, std::string_view event, TokenId token_id, bool is_accepted);
/// The same where a secret leaves: shown at the level that is logged unless told otherwise.
void log_disclosure(const Context& context, std::string_view event, TokenId token_id, bool is_accepted);

}  // namespace takas::app::card_security
