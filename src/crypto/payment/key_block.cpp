#include "crypto/payment/key_block.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/payment/key_block_text.hpp"
#include "crypto/payment/mac.hpp"
#include "crypto/random.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t length_bytes = 2;
/// What the letters E and M add to the protection key (versions A and C).
constexpr std::uint8_t encryption_variant = 0x45;
constexpr std::uint8_t authentication_variant = 0x4D;

bool is_kbpk_size(const BlockVersion& version, std::size_t size) {
    if (version.cipher == CipherAlgorithm::aes) return size == 16 || size == 24 || size == 32;
    return size == 16 || size == 24 || (version.is_variant && size == 8);
}

SecretBytes variant_of(ByteView kbpk, std::uint8_t variant) {
    SecretBytes key(kbpk);
    for (std::uint8_t& octet : key.writable()) octet ^= variant;
    return key;
}

/// One derived key: the CMACs of its parts, joined and cut.
SecretBytes derived_key(const BlockVersion& version, ByteView kbpk, KeyBlockKeyUse use) {
    const CipherKey root = *CipherKey::of(version.cipher, kbpk);
    const auto parts = *key_block_derivation_data(version.id, kbpk.size(), use);
    SecretBytes key(parts.size() * root.block_bytes());
    for (std::size_t i = 0; i < parts.size(); ++i)
        cmac(root, parts[i], key.writable().subspan(i * root.block_bytes(), root.block_bytes()));
    key.shrink(kbpk.size());
    return key;
}

/// The two keys with their cipher, of lengths that fit.
struct Working {
    CipherKey encryption;
    CipherKey authentication;
};
Outcome<Working> working_keys(const BlockVersion& version, const KeyBlockKeys& keys) {
    if (!is_kbpk_size(version, keys.encryption.size()) || !is_kbpk_size(version, keys.authentication.size()))
        return refuse(Fault::key_length_refused);
    return Working{*CipherKey::of(version.cipher, keys.encryption.reveal()),
                   *CipherKey::of(version.cipher, keys.authentication.reveal())};
}

/// Over header and enciphered key (A, C) or header and clear key (B, D, E).
Bytes mac_of(const BlockVersion& version, CipherKey key, std::string_view header, ByteView content) {
    SecretBytes message(header.size() + content.size());
    std::ranges::copy(bytes_of(header), message.writable().begin());
    std::ranges::copy(content, message.writable().subspan(header.size()).begin());
    Bytes mac(key.block_bytes());
    if (version.is_variant) {
        std::ranges::copy(*cbc_mac(key, Padding::zeros, message.reveal()), mac.begin());
    } else {
        cmac(key, message.reveal(), mac);
    }
    mac.resize(version.mac_bytes);
    return mac;
}

/// Variants start from the header's first eight characters, the others from the MAC.
Bytes iv_of(const BlockVersion& version, std::string_view header, ByteView mac) {
    const ByteView from = version.is_variant ? bytes_of(header).first(8) : mac;
    return Bytes(from.begin(), from.end());
}

bool is_ctr(const BlockVersion& version) { return version.block_bytes == 1; }

SecretBytes decipher(const BlockVersion& version, CipherKey key, ByteView iv, ByteView enciphered) {
    SecretBytes clear(enciphered.size());
    if (is_ctr(version)) {
        ctr_crypt(key, iv, enciphered, clear.writable());
    } else {
        cbc_decrypt(key, iv, enciphered, clear.writable());
    }
    return clear;
}

/// The octets behind the header: upper-case hex only, so that a block has one text.
Outcome<Bytes> body_of(std::string_view hex) {
    if (!std::ranges::all_of(hex, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F'); }))
        return refuse(Fault::block_text_refused);
    auto bytes = hex_decode(hex);
    if (!bytes) return refuse(Fault::block_length_refused);
    return std::move(*bytes);
}

/// The key inside the clear content. Its MAC was right: a wrong length is the writer's mistake.
Outcome<SecretBytes> key_in(char algorithm, const SecretBytes& clear) {
    const std::size_t bits = clear.reveal()[0] * std::size_t{256} + clear.reveal()[1];
    if (bits % 8 != 0 || bits / 8 > clear.size() - length_bytes || !is_key_size_of_algorithm(algorithm, bits / 8))
        return refuse(Fault::block_key_refused);
    return SecretBytes(clear.reveal().subspan(length_bytes, bits / 8));
}

Outcome<std::string> wrap_with(const KeyBlockKeys& keys, const BlockVersion& version, const KeyBlockHeader& header,
                               ByteView key) {
    const auto working = working_keys(version, keys);
    if (!working) return refuse(working.error());
    // Twice the longest text would not fit the length field either.
    if (!is_key_size_of_algorithm(header.algorithm, key.size()) || key.size() > max_key_block_chars / 2)
        return refuse(Fault::block_key_refused);
    const std::size_t shown =
        length_bytes + (is_ctr(version) ? key.size() : hidden_key_bytes(header.algorithm, key.size()));
    SecretBytes clear((shown + version.block_bytes - 1) / version.block_bytes * version.block_bytes);
    random_fill(clear.writable());
    clear.writable()[0] = static_cast<std::uint8_t>(key.size() * 8 >> 8);
    clear.writable()[1] = static_cast<std::uint8_t>(key.size() * 8);
    std::ranges::copy(key, clear.writable().subspan(length_bytes).begin());

    const auto text = header_text(header, version, 2 * (clear.size() + version.mac_bytes));
    if (!text) return refuse(text.error());
    Bytes mac;
    if (!version.is_variant) mac = mac_of(version, working->authentication, *text, clear.reveal());
    Bytes enciphered(clear.size());
    const Bytes iv = iv_of(version, *text, mac);
    if (is_ctr(version)) {
        ctr_crypt(working->encryption, iv, clear.reveal(), enciphered);
    } else {
        cbc_encrypt(working->encryption, iv, clear.reveal(), enciphered);
    }
    if (version.is_variant) mac = mac_of(version, working->authentication, *text, enciphered);
    return *text + upper_hex(enciphered) + upper_hex(mac);
}

}  // namespace

Outcome<std::vector<Bytes>> key_block_derivation_data(char version_id, std::size_t kbpk_bytes, KeyBlockKeyUse use) {
    const BlockVersion* version = find_block_version(version_id);
    if (version == nullptr || version->is_variant) return refuse(Fault::block_version_refused);
    if (!is_kbpk_size(*version, kbpk_bytes)) return refuse(Fault::key_length_refused);
    const bool is_aes = version->cipher == CipherAlgorithm::aes;
    const std::uint8_t encryption_code = is_ctr(*version) ? 2 : 0;
    const std::size_t algorithm_code = (is_aes ? 2 : 0) + (kbpk_bytes - 16) / 8;
    const std::size_t part_bytes = is_aes ? 16 : 8;
    std::vector<Bytes> parts;
    for (std::size_t counter = 1; (counter - 1) * part_bytes < kbpk_bytes; ++counter) {
        parts.push_back({static_cast<std::uint8_t>(counter), 0,
                         use == KeyBlockKeyUse::encryption ? encryption_code : std::uint8_t{1}, 0, 0,
                         static_cast<std::uint8_t>(algorithm_code), static_cast<std::uint8_t>(kbpk_bytes * 8 >> 8),
                         static_cast<std::uint8_t>(kbpk_bytes * 8)});
    }
    return parts;
}

Outcome<KeyBlockKeys> derive_key_block_keys(char version_id, ByteView kbpk) {
    const BlockVersion* version = find_block_version(version_id);
    if (version == nullptr) return refuse(Fault::block_version_refused);
    if (!is_kbpk_size(*version, kbpk.size())) return refuse(Fault::key_length_refused);
    if (version->is_variant)
        return KeyBlockKeys{variant_of(kbpk, encryption_variant), variant_of(kbpk, authentication_variant)};
    return KeyBlockKeys{derived_key(*version, kbpk, KeyBlockKeyUse::encryption),
                        derived_key(*version, kbpk, KeyBlockKeyUse::authentication)};
}

Outcome<UnwrappedKey> unwrap_key_block(const KeyBlockKeys& keys, std::string_view key_block) {
    auto parsed = parse_key_block_header(key_block);
    if (!parsed) return refuse(parsed.error());
    const BlockVersion& version = *parsed->version;
    const auto working = working_keys(version, keys);
    if (!working) return refuse(working.error());
    const auto body = body_of(key_block.substr(parsed->chars));
    if (!body) return refuse(body.error());
    if (body->size() < version.mac_bytes + std::max(version.block_bytes, length_bytes + 1) ||
        (body->size() - version.mac_bytes) % version.block_bytes != 0) {
        return refuse(Fault::block_length_refused);
    }
    const ByteView mac = ByteView(*body).last(version.mac_bytes);
    const ByteView enciphered = ByteView(*body).first(body->size() - version.mac_bytes);
    const std::string_view header = key_block.substr(0, parsed->chars);
    const SecretBytes clear = decipher(version, working->encryption, iv_of(version, header, mac), enciphered);
    const ByteView authenticated = version.is_variant ? enciphered : clear.reveal();
    if (!constant_time_equal(mac_of(version, working->authentication, header, authenticated), mac))
        return refuse(Fault::block_mac_wrong);
    auto key = key_in(parsed->header.algorithm, clear);
    if (!key) return refuse(key.error());
    return UnwrappedKey{std::move(parsed->header), std::move(*key)};
}

Outcome<UnwrappedKey> unwrap_key_block(ByteView kbpk, std::string_view key_block) {
    // The text's own complaint comes first: "wrong key length" of an unreadable text would mislead.
    const auto parsed = parse_key_block_header(key_block);
    if (!parsed) return refuse(parsed.error());
    const auto keys = derive_key_block_keys(parsed->version->id, kbpk);
    if (!keys) return refuse(keys.error());
    return unwrap_key_block(*keys, key_block);
}

Outcome<std::string> wrap_key_block(const KeyBlockKeys& keys, const KeyBlockHeader& header, ByteView key) {
    const BlockVersion* version = find_block_version(header.version);
    if (version == nullptr) return refuse(Fault::block_version_refused);
    if (!version->is_written) return refuse(Fault::block_wrap_refused);
    if (const auto checked = check_header_fields(header); !checked) return refuse(checked.error());
    if (const auto checked = check_mode_of_use(header); !checked) return refuse(checked.error());
    if (header.algorithm == 'T' && key.size() < 16) return refuse(Fault::block_key_refused);
    return wrap_with(keys, *version, header, key);
}

Outcome<std::string> wrap_key_block(ByteView kbpk, const KeyBlockHeader& header, ByteView key) {
    const auto keys = derive_key_block_keys(header.version, kbpk);
    if (!keys) return refuse(keys.error());
    return wrap_key_block(*keys, header, key);
}

Outcome<std::string> wrap_key_block_of_any_version(ByteView kbpk, const KeyBlockHeader& header, ByteView key) {
    const auto keys = derive_key_block_keys(header.version, kbpk);
    if (!keys) return refuse(keys.error());
    return wrap_with(*keys, *find_block_version(header.version), header, key);
}

}  // namespace takas::crypto::payment
