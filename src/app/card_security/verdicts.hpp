// What the HSM said about the secrets of a message, and what the lane makes of it: verdicts are found outside the
// lane's lock, counters and the chip's transaction counter move inside it, so that they are exact however many ask at
// once. Pure but for the record it changes.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "core/authorization/decide.hpp"
#include "core/authorization/request.hpp"
#include "core/card/card_security.hpp"

namespace takas::app::card_security {

/// The product's limits at the moment of the verdict.
struct TryLimits {
    std::int16_t pin = 3;
    std::int16_t cvv2 = 3;
};

struct Verdicts {
    core::authorization::Verdict cvv{}, cvv2{}, pin{}, arqc{}, cavv{};
    core::authorization::CvcResultCode cvc_result{};
    core::authorization::ArqcResultCode arqc_result{};
    core::authorization::CavvResultCode cavv_result{};
    /// False: the card has no PIN, or the message's cannot be checked: refused, but no guess.
    bool is_pin_guess = false;
    std::int64_t pin_version = 0;            ///< of the PIN that the verdict is about
    std::optional<std::int32_t> atc;         ///< of a good cryptogram
    std::optional<std::int32_t> stripe_atc;  ///< of a good code in a track that was read without contact
    Bytes offline_cryptogram;                ///< ATC and cryptogram of what was decided at the terminal: posted once
    Date offline_on;                         ///< by the terminal's clock; 0: it does not say
    TryLimits limits;

    Bytes arpc;                        ///< should the answer be an approval
    Bytes issuer_authentication_data;  ///< tag 91, likewise
    std::vector<Bytes> scripts;        ///< whole script templates (tag 72)
    std::int64_t last_script_no = 0;   ///< of these
};

/// The PIN was changed since the verdict: it has to be found again.
bool is_outdated(const Verdicts& verdicts, const core::card::CardSecurity& security);

/// Before the decision: verdicts become facts, with what only the lane knows (blocked, ATC seen before). The result
/// codes go into the request, and with it into the transaction's row.
void become_facts(const Verdicts& verdicts, const core::card::CardSecurity& security,
                  core::authorization::Request& request, core::authorization::Facts& facts);

struct Counted {
    bool is_changed = false;
    bool is_pin_blocked_now = false;
    bool is_cvv2_blocked_now = false;
};
/// After it: a secret whose rule was asked has moved its counter, a good cryptogram has moved the ATC and takes the
/// waiting scripts along.
Counted count(const Verdicts& verdicts, const core::authorization::Request& request,
              const core::authorization::Decision& decision, TransactionId transaction_id,
              core::card::CardSecurity& security);

}  // namespace takas::app::card_security
