// The verification codes of temporary cards: in this process's memory only, sealed under a key that dies with it, never
// on disk (PCI DSS 3.3.1). Each is given out once, and gone at consumption, expiry and restart. Bounded.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "base/strong_id.hpp"
#include "base/time.hpp"
#include "crypto/secret.hpp"

namespace takas::app::vault {

class CvvMemory {
  public:
    explicit CvvMemory(std::size_t entries_max = 1'000'000);

    /// False when it is full: the card is refused rather than kept without its code.
    bool keep(EntityId temp_card_id, std::string_view cvv, Instant expires_at);
    /// The code. Who gives it out forgets it once that is committed. Nothing when it expired, was given out, or is in
    /// the memory of another server.
    std::optional<crypto::SecretBytes> look(EntityId temp_card_id, Instant now);
    void forget(EntityId temp_card_id);
    std::size_t forget_expired(Instant now);
    std::size_t size();

  private:
    struct Entry {
        Bytes sealed;
        Instant expires_at;
    };
    const crypto::SecretBytes key_;
    const std::size_t entries_max_;
    std::mutex mutex_;
    std::map<EntityId, Entry> entries_;
};

}  // namespace takas::app::vault
