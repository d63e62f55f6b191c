// The software HSM's keys: the LMK (AES-256) lies in locked memory from the moment it is loaded, all other keys come
// and go as key blocks under it. Without an LMK every operation is refused; it may be loaded later.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "hsm/engine/key_vault.hpp"
#include "hsm/engine/locked_memory.hpp"
#include "hsm/soft/key_cache.hpp"

namespace takas::hsm::soft {

inline constexpr std::size_t lmk_bytes = 32;
/// An institution has some thirty keys; this is a hundred institutions.
inline constexpr std::size_t cached_keys_max = 4096;

class SoftVault final : public KeyVault {
  public:
    explicit SoftVault(std::size_t cached_keys = cached_keys_max);

    /// The LMK that seals from now on. One that was loaded before still opens (a change of LMK). `lmk` of 32 octets.
    Result<void> load_lmk(const crypto::SecretBytes& lmk);
    bool is_memory_locked() const { return cache_.is_locked() && lmk_arena_->is_locked(); }

    Result<OpenKey> open(const PaymentKey& key) override;
    Result<PaymentKey> close(PaymentKey draft, const crypto::SecretBytes& clear) override;
    Result<PaymentKey> generate(PaymentKey draft) override;
    Result<UnwrappedKey> unwrap_under(const PaymentKey& kek, std::string_view key_block) override;
    Result<std::string> wrap_under(const PaymentKey& kek, const KeyBlockHeader& header, ByteView clear) override;
    Result<PaymentKey> rewrap(const PaymentKey& key) override;
    Result<void> forget(const PaymentKey& key) override;
    std::string_view kind() const override { return "soft"; }
    std::string lmk_kcv() const override;
    Result<void> check() override;

  private:
    std::vector<OpenKey> lmks() const;
    Result<crypto::SecretBytes> unwrap_stored(const PaymentKey& key) const;

    std::shared_ptr<LockedArena> lmk_arena_;
    mutable std::shared_mutex mutex_;
    std::vector<OpenKey> lmks_;  ///< newest first
    KeyCache cache_;
};

/// Check value of an LMK: 10 digits, CMAC.
std::string kcv_of_lmk(ByteView lmk);

}  // namespace takas::hsm::soft
