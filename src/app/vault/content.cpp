#include "app/vault/content.hpp"

#include <string.h>

#include <charconv>

#include "crypto/aead.hpp"
#include "crypto/digest.hpp"

namespace takas::app::vault {
namespace {

constexpr char separator = '\x1f';

Bytes associated(const Place& place) {
    return crypto::associated_data({place.table, std::to_string(place.id.value),
                                    std::to_string(place.merchant_id.value), place.owner, to_name(place.scope)});
}

crypto::SecretBytes pack(const CardContent& c) {
    std::string text;
    text.reserve(256);  // in one piece: a longer one would leave a copy behind
    const std::string expiry = c.year == 0 ? std::string() : std::to_string(c.year * 100 + c.month);
    for (const std::string_view part :
         {std::string_view(c.number), std::string_view(c.first_digits), std::string_view(c.last),
          std::string_view(c.identity), std::string_view(c.holder), std::string_view(c.nickname),
          std::string_view(expiry)}) {
        text += part;
        text += separator;
    }
    crypto::SecretBytes packed{bytes_of(text)};
    wipe(text);
    return packed;
}

Result<CardContent> unpack(ByteView packed) {
    std::string_view rest = text_of(packed);
    std::string expiry;
    CardContent c;
    for (std::string* part : {&c.number, &c.first_digits, &c.last, &c.identity, &c.holder, &c.nickname, &expiry}) {
        const auto end = rest.find(separator);
        if (end == std::string_view::npos) return fail(ErrorCode::internal, "a sealed card has another form");
        part->assign(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    int number = 0;
    std::from_chars(expiry.data(), expiry.data() + expiry.size(), number);
    c.year = number / 100, c.month = number % 100;
    return c;
}

Result<SealedCard> seal_bytes(ByteView packed, const MerchantKeys& keys, const Place& place) {
    const auto& active = keys.active();
    auto sealed =
        crypto::seal(static_cast<std::uint32_t>(active.record.key_version), active.bytes, packed, associated(place));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    return SealedCard{Blob{std::string(text_of(*sealed))}, active.record.key_version};
}

Result<crypto::SecretBytes> open_bytes(const Blob& sealed, std::int32_t key_version, const MerchantKeys& keys,
                                       const Place& place) {
    const auto* key = keys.find(key_version);
    if (!key) return fail(ErrorCode::vault_key_not_usable, "a card under a key that is not there");
    return crypto::open(key->bytes, bytes_of(sealed.bytes), associated(place));
}

}  // namespace

void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
    text.clear();
}

CardContent::~CardContent() {
    for (std::string* text : {&number, &first_digits, &last, &identity, &holder}) wipe(*text);
}

std::string_view CardContent::first(std::size_t digits) const {
    return std::string_view(number.empty() ? first_digits : number).substr(0, digits);
}

std::string_view CardContent::last_four() const {
    const std::string_view whole = number.empty() ? last : number;
    return whole.size() <= 4 ? whole : whole.substr(whole.size() - 4);
}

std::string CardContent::subject() const {
    return number.empty() ? "8+4 " + first_digits + ' ' + last + ' ' + identity : number;
}

Result<SealedCard> seal(const CardContent& content, const MerchantKeys& keys, const Place& place) {
    return seal_bytes(pack(content).reveal(), keys, place);
}

Result<CardContent> open(const Blob& sealed, std::int32_t key_version, const MerchantKeys& keys, const Place& place) {
    const auto packed = open_bytes(sealed, key_version, keys, place);
    if (!packed) return std::unexpected(packed.error());
    return unpack(packed->reveal());
}

Result<SealedCard> reseal(const Blob& sealed, std::int32_t key_version, const MerchantKeys& keys, const Place& place) {
    const auto packed = open_bytes(sealed, key_version, keys, place);
    if (!packed) return std::unexpected(packed.error());
    return seal_bytes(packed->reveal(), keys, place);
}

Blob lookup_mac(const MerchantKeys& keys, std::string_view purpose, std::string_view text) {
    const auto mac = crypto::hmac_sha256(keys.lookup.reveal(), crypto::associated_data({purpose, text}));
    return Blob{std::string(text_of(mac))};
}

}  // namespace takas::app::vault
