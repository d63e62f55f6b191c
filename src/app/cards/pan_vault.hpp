// The only place that turns card numbers into what is stored of them and back: sealed (AES-256-GCM, bound to the card's
// token id), hashed under a key (for finding and uniqueness), and drawn from BIN ranges. Clear digits never leave it
// except as a core::card::Pan. Knows no card record.
#pragma once

#include "app/cards/draw_positions.hpp"
#include "app/ports/store.hpp"
#include "core/card/pan.hpp"
#include "core/card/pan_draw.hpp"
#include "core/product/product.hpp"
#include "crypto/keyring.hpp"

namespace takas::app::cards {

class PanVault {
  public:
    /// `keyring` must outlive the vault. Its look-up key must stay the same as long as card numbers are stored: another
    /// one would find none of them.
    explicit PanVault(const crypto::Keyring& keyring) : keyring_(keyring) {}

    /// Error: internal.
    Result<Blob> seal(const core::card::Pan& pan, TokenId token_id) const;
    /// Error: internal when anything differs: key, token or any octet.
    Result<core::card::Pan> open(const Blob& sealed, TokenId token_id) const;
    /// HMAC-SHA-256: the same number gives the same 32 octets, which tell nothing without the key.
    Blob hash(const core::card::Pan& pan) const;

    struct Drawn {
        core::card::Pan pan;
        Blob pan_hash;
        std::int64_t draw_no = 0;
        std::shared_ptr<const void> lease;  ///< to be held until the outcome of storing the number is known
    };
    /// A number of the range that no card has. `card_digits` is the BIN's length of a card number.
    /// Errors: bin_range_exhausted, those of the store.
    Result<Drawn> draw(ports::Store& store, const core::product::CardBinRange& range, std::int16_t card_digits);

    /// One above the highest position that is or may be in use.
    Result<std::int64_t> drawn_high_water(ports::Store& store, EntityId bin_range_id) {
        return positions_.high_water(store, bin_range_id);
    }

  private:
    core::card::DrawKey draw_key(EntityId bin_range_id) const;

    const crypto::Keyring& keyring_;
    DrawPositions positions_;
};

}  // namespace takas::app::cards
