// A card's PIN as the HSM compares with it, and the keys it is kept under.
#pragma once

#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "core/card/card_security.hpp"

namespace takas::app::card_security {

struct KnownPin {
    const core::card::CardSecurity& security;  ///< has a PIN
    keys::KeyRef pvk, storage_key;             ///< nullptr: destroyed

    bool is_checkable() const { return pvk && (storage_key || security.pin_block.bytes.empty()); }
    /// Of one that is checkable.
    ports::PinReference reference() const {
        ports::PinReference out{*security.pin_method, *pvk, security.pvki, security.pin_reference};
        if (!security.pin_block.bytes.empty())
            out.stored.emplace(
                ports::EncipheredPin{bytes_of(security.pin_block.bytes), core::key::PinFormat::iso4, *storage_key});
        return out;
    }
};

inline KnownPin known_pin(const keys::KeyDirectory& directory, const core::card::CardSecurity& security) {
    return {security, directory.by_id(security.tenant_id, security.pin_key_id),
            directory.by_id(security.tenant_id, security.pin_block_key_id)};
}

}  // namespace takas::app::card_security
