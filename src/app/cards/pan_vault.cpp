#include "app/cards/pan_vault.hpp"

#include "app/ports/tables.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardNumber;
using core::card::Pan;
using core::card::RevealFor;
using crypto::KeyPurpose;

/// Where a sealed number belongs: copied to another card it does not open.
Bytes place_of(TokenId token_id) { return crypto::associated_data({"card", "pan", std::to_string(token_id.value)}); }

}  // namespace

Result<Blob> PanVault::seal(const Pan& pan, TokenId token_id) const {
    auto sealed =
        keyring_.seal(KeyPurpose::pan_encryption, bytes_of(pan.reveal(RevealFor::encryption)), place_of(token_id));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    return Blob{std::string(text_of(*sealed))};
}

Result<Pan> PanVault::open(const Blob& sealed, TokenId token_id) const {
    const auto digits = keyring_.open(KeyPurpose::pan_encryption, bytes_of(sealed.bytes), place_of(token_id));
    if (!digits) return std::unexpected(digits.error());
    auto pan = Pan::parse(text_of(digits->reveal()));
    if (!pan) return fail(ErrorCode::internal, "a sealed card number is not a card number");
    return std::move(*pan);
}

Blob PanVault::hash(const Pan& pan) const {
    const auto mac = crypto::hmac_sha256(keyring_.active(KeyPurpose::pan_lookup).bytes.reveal(),
                                         bytes_of(pan.reveal(RevealFor::lookup_hash)));
    return Blob{std::string(text_of(mac))};
}

core::card::DrawKey PanVault::draw_key(EntityId bin_range_id) const {
    const std::string label = "takas card number order " + std::to_string(bin_range_id.value);
    const auto mac = crypto::hmac_sha256(keyring_.active(KeyPurpose::pan_lookup).bytes.reveal(), bytes_of(label));
    core::card::DrawKey key;
    // Octets in big-endian order, so that the same key means the same order on every machine.
    for (std::size_t i = 0; i < 16; ++i) key.words[i / 8] = key.words[i / 8] << 8 | mac[i];
    return key;
}

Result<PanVault::Drawn> PanVault::draw(ports::Store& store, const core::product::CardBinRange& range,
                                       std::int16_t card_digits) {
    std::int64_t size = 0;
    for (const core::product::RangeSegment& s : range.segments) size += s.count;
    const auto key = draw_key(range.id);
    std::vector<std::shared_ptr<const void>> passed_over;  // kept until the end, or they would be given out again
    while (true) {
        auto position = positions_.next(store, range.id, size);
        if (!position) return std::unexpected(std::move(position.error()));
        auto pan = core::card::pan_at(range, card_digits, position->draw_no, key);
        if (!pan) return fail(ErrorCode::internal, "the BIN range gives no card number at one of its positions");
        Blob pan_hash = hash(*pan);
        // Taken when another server drew it, or a card with this number came from elsewhere.
        const auto taken = store.find<CardNumber>({ports::where<&CardNumber::pan_hash>(pan_hash)});
        if (!taken) return std::unexpected(taken.error());
        if (!*taken) return Drawn{std::move(*pan), std::move(pan_hash), position->draw_no, std::move(position->lease)};
        passed_over.push_back(std::move(position->lease));
        if (auto done = positions_.skip_drawn_elsewhere(store, range.id); !done)
            return std::unexpected(std::move(done.error()));
    }
}

}  // namespace takas::app::cards
