// Proves the card vault, for `takas verify` with the installation's keys at hand: every key is unwrapped and every card
// opened, which proves that the row is the one that was written, of this merchant and owner, under this key (ADR 16).
// Reads only, one row at a time; a report of its own, because it needs keys and the books do not.
#pragma once

#include "app/vault/keys.hpp"
#include "app/verify/verify.hpp"

namespace takas::app::verify {

struct VaultProof : Differences {
    std::int64_t merchants = 0;              ///< whose keys open
    std::int64_t cards = 0, temp_cards = 0;  ///< that were opened
    std::int64_t unreadable = 0;             ///< of erased merchants: without keys for ever, the upkeep erases them
};

/// Errors: those of the store, and those of an HSM that does not answer. What does not open is in the proof.
Result<VaultProof> prove_vault(ports::Store& store, vault::Keys& keys, const Progress& progress = {});

/// For a reader; "" when there is no vault.
std::string to_text(const VaultProof& proof);

}  // namespace takas::app::verify
