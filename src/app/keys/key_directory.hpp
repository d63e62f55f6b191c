// Which key serves: the payment keys of all institutions in memory, as the catalog keeps other reference data. Readers
// see one immutable snapshot; a changed version row in the store makes the next one, so that other servers follow too.
// Holds key blocks, never clear keys.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "core/key/payment_key.hpp"

namespace takas::app::keys {

using KeyRef = std::shared_ptr<const core::key::PaymentKey>;

/// Which key is wanted. Empty and absent members say that it does not matter.
struct KeyWish {
    TenantId tenant_id;
    core::key::KeyUsage usage{};
    std::string_view bin{};               ///< leading digits of the card number, or the whole number's BIN
    std::optional<std::int16_t> index{};  ///< PVKI of a PVK, DKI of an issuer master key
    std::string_view label{};             ///< a partner's ZMK, ZPK or data key
};

class KeyDirectory {
  public:
    /// Called when an institution has no active key for a wish; true when there may be one now (the test key set).
    using OnMissing = std::function<bool(TenantId, core::key::KeyUsage)>;

    /// Empty until the first refresh.
    explicit KeyDirectory(ports::Store& store);
    ~KeyDirectory();

    Result<void> refresh();
    Result<void> refresh_if_changed();
    /// Puts a new version into a unit that changes payment keys.
    static void mark_changed(ports::Unit& unit, ids::IdSource& ids);
    void on_missing(OnMissing handler) { on_missing_ = std::move(handler); }

    /// The active key that serves: the longest `bin` of a key with which the wish's begins wins, then the newest
    /// version. Error: hsm_key_not_found. The key lives as long as the caller holds it.
    Result<KeyRef> find(const KeyWish& wish) const;

    /// As find, and decrypt-only keys too, the active one first: for reading and verifying what an older key made.
    std::vector<KeyRef> find_all(const KeyWish& wish) const;

    /// As find_all, with the key in front that served when a card of this age was made: rotations since then do not
    /// change what the card was made with. A card older than every key has the oldest. Never empty.
    /// Error: hsm_key_not_found.
    Result<std::vector<KeyRef>> find_for_card(const KeyWish& wish, Instant made_at) const;

    /// Whatever its state; nullptr when the institution has no such key.
    KeyRef by_id(TenantId tenant_id, EntityId id) const;

    /// Every key of the institution, by usage, label, BIN, index and version.
    std::vector<KeyRef> list(TenantId tenant_id) const;

  private:
    struct Snapshot;
    std::shared_ptr<const Snapshot> current() const;

    ports::Store& store_;
    OnMissing on_missing_;
    std::mutex refreshing_;         ///< one reload at a time
    mutable std::mutex published_;  ///< held for the copy of one pointer only
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace takas::app::keys
