// One message's secrets on their way to the HSM, with what every question about them needs: shared by the parts of the
// verifier, for nobody else.
#pragma once

#include "app/card_security/verifier.hpp"

namespace takas::app::card_security {

struct Verifier::Question {
    const Presented& presented;
    const CardView& card;
    const Circumstances& circumstances;
    const core::card::Pan& pan;

    std::string_view digits() const { return pan.reveal(core::card::RevealFor::hsm); }
    keys::KeyWish wish(core::key::KeyUsage usage) const {
        return {.tenant_id = card.tenant_id, .usage = usage, .bin = digits()};
    }
};

/// What is no trouble of the HSM but says that this secret cannot be checked: no such key, or one that is not for this.
inline bool is_uncheckable(ErrorCode code) {
    return code == ErrorCode::hsm_key_not_found || code == ErrorCode::hsm_key_not_usable ||
           code == ErrorCode::hsm_key_usage_refused || code == ErrorCode::hsm_pin_not_allowed;
}

}  // namespace takas::app::card_security
