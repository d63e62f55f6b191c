#include "app/vault/unique_code.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "core/vault/unique_code.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "crypto/siv.hpp"

namespace takas::app::vault {

using namespace core::vault;

namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::uint8_t key_version = 1;

/// The key of one epoch: who has it has no other's.
crypto::SecretBytes epoch_key(const MerchantKeys& keys, ByteView header) {
    crypto::SecretBytes key(2 * sizeof(crypto::Sha256));
    auto out = key.writable().begin();
    for (const std::string_view half : {"first", "second"}) {
        auto mac = crypto::hmac_sha256(keys.unique_code.reveal(),
                                       crypto::associated_data({"unique code epoch", half, text_of(header)}));
        out = std::ranges::copy(mac, out).out;
        crypto::wipe(mac);
    }
    return key;
}

Bytes bound_to(ByteView header, const CodeOwner& owner) {
    return crypto::associated_data(
        {"unique code", text_of(header), std::to_string(owner.keys.merchant_id.value), owner.owner_mac});
}

}  // namespace

Result<std::string> unique_code_of(EntityId card_id, const CodeOwner& owner, Instant now) {
    const auto period_h = static_cast<std::uint16_t>(owner.period_h);
    const auto header = write_header({key_version, period_h, epoch_at(now, period_h)});
    std::array<std::uint8_t, id_bytes> content{};
    for (std::size_t i = 0; i < 8; ++i) content[i] = static_cast<std::uint8_t>(card_id.value >> (56 - 8 * i));
    const auto token = crypto::siv_seal(epoch_key(owner.keys, header).reveal(), content, bound_to(header, owner));
    if (!token) return std::unexpected(token.error());
    Bytes code(header.begin(), header.end());
    code.insert(code.end(), token->begin(), token->end());
    return base64_encode(code);
}

Result<EntityId> card_of_code(std::string_view code, const CodeOwner& owner, Instant now) {
    if (code.size() != unique_code_characters) return fail(ErrorCode::vault_unique_code_invalid, "length");
    const auto octets = base64_decode(code);
    const auto header = octets ? read_header(*octets) : std::nullopt;
    if (!header || header->key_version != key_version || octets->size() != unique_code_bytes)
        return fail(ErrorCode::vault_unique_code_invalid, "form");
    const ByteView written = ByteView(*octets).first(unique_code_header_bytes);
    const auto content =
        crypto::siv_open(epoch_key(owner.keys, written).reveal(), ByteView(*octets).subspan(unique_code_header_bytes),
                         bound_to(written, owner));
    if (!content) return fail(ErrorCode::vault_unique_code_invalid, "it does not open");
    // Only now: an old one of somebody else is no old one.
    if (!is_current(*header, now, static_cast<std::uint16_t>(owner.period_h)))
        return fail(ErrorCode::vault_unique_code_old);
    std::int64_t id = 0;
    for (const std::uint8_t octet : content->reveal().first(8)) id = id << 8 | octet;
    return EntityId{id};
}

}  // namespace takas::app::vault
