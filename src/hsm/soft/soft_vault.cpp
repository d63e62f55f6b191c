#include "hsm/soft/soft_vault.hpp"

#include <utility>

#include "crypto/payment/cipher.hpp"
#include "crypto/payment/key_check.hpp"

namespace takas::hsm::soft {

using crypto::SecretBytes;

namespace {

/// The one in use and those of a change of LMK that is under way.
constexpr std::size_t lmks_max = 4;

/// The ciphers keep a thread's last key, in ordinary memory: that of the LMK goes when its use ends.
struct LmkUse {
    LmkUse() = default;
    ~LmkUse() { crypto::payment::forget_keys(); }
    LmkUse(const LmkUse&) = delete;
    LmkUse& operator=(const LmkUse&) = delete;
};

}  // namespace

std::string kcv_of_lmk(ByteView lmk) {
    const auto key = crypto::payment::CipherKey::aes(lmk);
    const LmkUse use;
    return key ? crypto::payment::kcv_text(*key) : std::string();
}

SoftVault::SoftVault(std::size_t cached_keys)
    : lmk_arena_(std::make_shared<LockedArena>(lmks_max)), cache_(cached_keys) {}

Result<void> SoftVault::load_lmk(const SecretBytes& lmk) {
    if (lmk.size() != lmk_bytes) return fail(ErrorCode::hsm_key_component_invalid, "the LMK is not 32 octets long");
    OpenKey slot = SlotKey::make(lmk_arena_, lmk.reveal());
    const std::unique_lock lock(mutex_);
    if (!slot || lmks_.size() >= lmks_max) return fail(ErrorCode::hsm_unavailable, "too many LMKs are loaded");
    lmks_.insert(lmks_.begin(), std::move(slot));
    return {};
}

std::vector<OpenKey> SoftVault::lmks() const {
    const std::shared_lock lock(mutex_);
    return lmks_;
}

Result<SecretBytes> SoftVault::unwrap_stored(const PaymentKey& key) const {
    const auto loaded = lmks();
    if (loaded.empty()) return fail(ErrorCode::hsm_lmk_not_loaded, "no LMK is loaded");
    const LmkUse use;
    for (const OpenKey& lmk : loaded) {
        auto block = crypto::payment::unwrap_key_block(lmk->reveal(), key.key_block);
        if (!block) continue;  // wrapped under another one, or altered
        if (auto same = check_stored_header(key, block->header); !same) return std::unexpected(std::move(same.error()));
        return std::move(block->key);
    }
    return fail(ErrorCode::hsm_key_block_altered, "a key block does not open: altered, or of another LMK");
}

Result<OpenKey> SoftVault::open(const PaymentKey& key) {
    if (OpenKey known = cache_.find(key)) return known;
    auto clear = unwrap_stored(key);
    if (!clear) return std::unexpected(std::move(clear.error()));
    if (clear->size() > LockedArena::slot_bytes) return std::make_shared<const HeapKey>(std::move(*clear));
    return cache_.keep(key, std::move(*clear));
}

Result<PaymentKey> SoftVault::close(PaymentKey draft, const SecretBytes& clear) {
    const auto loaded = lmks();
    if (loaded.empty()) return fail(ErrorCode::hsm_lmk_not_loaded, "no LMK is loaded");
    auto kcv = kcv_of(draft.algorithm, clear.reveal());
    if (!kcv) return std::unexpected(std::move(kcv.error()));
    const LmkUse use;
    auto block = crypto::payment::wrap_key_block(loaded.front()->reveal(), stored_header_of(draft), clear.reveal());
    if (!block) return std::unexpected(error_of(block.error(), ErrorCode::internal));
    draft.kcv = std::move(*kcv);
    draft.key_block = std::move(*block);
    return draft;
}

Result<PaymentKey> SoftVault::generate(PaymentKey draft) {
    if (auto ready = check(); !ready) return std::unexpected(std::move(ready.error()));
    const auto clear = fresh_key(draft.algorithm);
    if (!clear) return std::unexpected(clear.error());
    return close(std::move(draft), *clear);
}

Result<UnwrappedKey> SoftVault::unwrap_under(const PaymentKey& kek, std::string_view key_block) {
    const auto open_kek = open(kek);
    if (!open_kek) return std::unexpected(open_kek.error());
    auto block = crypto::payment::unwrap_key_block((*open_kek)->reveal(), key_block);
    if (!block) return std::unexpected(error_of(block.error(), ErrorCode::hsm_key_block_invalid));
    return std::move(*block);
}

Result<std::string> SoftVault::wrap_under(const PaymentKey& kek, const KeyBlockHeader& header, ByteView clear) {
    const auto open_kek = open(kek);
    if (!open_kek) return std::unexpected(open_kek.error());
    auto block = crypto::payment::wrap_key_block((*open_kek)->reveal(), header, clear);
    if (!block) return std::unexpected(error_of(block.error(), ErrorCode::hsm_key_block_invalid));
    return std::move(*block);
}

Result<PaymentKey> SoftVault::rewrap(const PaymentKey& key) {
    const auto clear = unwrap_stored(key);
    if (!clear) return std::unexpected(clear.error());
    return close(key, *clear);
}

Result<void> SoftVault::forget(const PaymentKey& key) {
    cache_.remove(key.id);
    return {};
}

std::string SoftVault::lmk_kcv() const {
    const auto loaded = lmks();
    return loaded.empty() ? std::string() : kcv_of_lmk(loaded.front()->reveal());
}

Result<void> SoftVault::check() {
    if (lmks().empty()) return fail(ErrorCode::hsm_lmk_not_loaded, "no LMK is loaded");
    return {};
}

}  // namespace takas::hsm::soft
