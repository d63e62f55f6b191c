// One message's secrets on their way to the HSM, with what every question about them needs: shared by the parts of the
// verifier, for nobody else.
#pragma once

#include "app/card_security/card_keys.hpp"
#include "app/card_security/verifier.hpp"

namespace takas::app::card_security {

struct Verifier::Question {
    const Presented& presented;
    const CardView& card;
    const Circumstances& circumstances;
    const core::card::Pan& pan;

    std::string_view digits() const { return pan.reveal(core::card::RevealFor::hsm); }
    /// The one that the card was made with first.
    Result<std::vector<keys::KeyRef>> keys_from(const keys::KeyDirectory& directory, core::key::KeyUsage usage) const {
        return directory.find_for_card(wish(usage), card.creation_time);
    }
    keys::KeyWish wish(core::key::KeyUsage usage) const {
        return {.tenant_id = card.tenant_id, .usage = usage, .bin = digits()};
    }
};

}  // namespace takas::app::card_security
