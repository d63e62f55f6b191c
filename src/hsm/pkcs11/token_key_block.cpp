// The composition is that of crypto/payment/key_block.cpp, with the ciphers in the token; its readable part is shared.
#include "hsm/pkcs11/token_key_block.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/payment/key_block_text.hpp"
#include "crypto/random.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/key_vault.hpp"

namespace takas::hsm::pkcs11 {

namespace payment = crypto::payment;
using crypto::SecretBytes;

namespace {

constexpr std::size_t length_bytes = 2;

/// Multiplication by x in GF(2^n): the subkeys of CMAC.
Bytes doubled(ByteView block) {
    const std::uint8_t polynomial = block.size() == 16 ? 0x87 : 0x1B;
    Bytes out(block.size());
    unsigned carry = 0;
    for (std::size_t i = block.size(); i > 0; --i) {
        const unsigned shifted = static_cast<unsigned>(block[i - 1]) << 1 | carry;
        out[i - 1] = static_cast<std::uint8_t>(shifted);
        carry = shifted >> 8 & 1;
    }
    if (carry != 0) out.back() ^= polynomial;
    return out;
}

char upper_digit(char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string upper_hex(ByteView bytes) {
    std::string text = hex_encode(bytes);
    std::ranges::transform(text, text.begin(), upper_digit);
    return text;
}

/// All parts of a derived key, ready to be enciphered at once.
Result<Bytes> derivation_blocks(char version, std::size_t kbpk_bytes, payment::KeyBlockKeyUse use, ByteView zeros) {
    const auto parts = payment::key_block_derivation_data(version, kbpk_bytes, use);
    if (!parts) return std::unexpected(error_of(parts.error(), ErrorCode::internal));
    Bytes all;
    for (const Bytes& part : *parts) {
        const Bytes block = cmac_input_block(part, zeros);
        all.insert(all.end(), block.begin(), block.end());
    }
    return all;
}

}  // namespace

Bytes cmac_input_block(ByteView data, ByteView enciphered_zeros) {
    const std::size_t block_bytes = enciphered_zeros.size();
    Bytes block(data.begin(), data.end());
    Bytes subkey = doubled(enciphered_zeros);
    if (block.size() < block_bytes) {
        subkey = doubled(subkey);
        block.push_back(0x80);
        block.resize(block_bytes);
    }
    for (std::size_t i = 0; i < block_bytes; ++i) block[i] ^= subkey[i];
    return block;
}

Result<TokenKeyBlocks> TokenKeyBlocks::make(Token& token, TokenKey kbpk, KeyAlgorithm algorithm) {
    if (algorithm == KeyAlgorithm::aes_192)
        return fail(ErrorCode::hsm_key_usage_refused, "an AES-192 key-encryption key cannot be used inside a token");
    const char version = kbpk.is_aes ? 'D' : 'B';
    const std::size_t size = core::key::key_bytes(algorithm);
    const auto zeros = token.encrypt_block(kbpk, Bytes(kbpk.is_aes ? 16 : 8));
    if (!zeros) return std::unexpected(zeros.error());
    const auto for_encryption = derivation_blocks(version, size, payment::KeyBlockKeyUse::encryption, *zeros);
    if (!for_encryption) return std::unexpected(for_encryption.error());
    const auto for_mac = derivation_blocks(version, size, payment::KeyBlockKeyUse::authentication, *zeros);
    if (!for_mac) return std::unexpected(for_mac.error());
    const auto encryption = token.derive(kbpk, algorithm, *for_encryption, false);
    if (!encryption) return std::unexpected(encryption.error());
    const auto authentication = token.derive(kbpk, algorithm, *for_mac, true);
    if (!authentication) {
        static_cast<void>(token.destroy(*encryption));
        return std::unexpected(authentication.error());
    }
    return TokenKeyBlocks(token, version, *encryption, *authentication);
}

TokenKeyBlocks::~TokenKeyBlocks() {
    if (token_ == nullptr) return;
    // Session objects end with their session at the latest.
    static_cast<void>(token_->destroy(encryption_));
    static_cast<void>(token_->destroy(authentication_));
}

Result<Bytes> TokenKeyBlocks::mac_of(std::string_view header, ByteView content) const {
    SecretBytes message(header.size() + content.size());
    std::ranges::copy(bytes_of(header), message.writable().begin());
    std::ranges::copy(content, message.writable().subspan(header.size()).begin());
    return token_->cmac(authentication_, message.reveal());
}

Result<payment::UnwrappedKey> TokenKeyBlocks::unwrap(std::string_view key_block, ErrorCode code) const {
    auto parsed = payment::parse_key_block_header(key_block);
    if (!parsed) return std::unexpected(error_of(parsed.error(), code));
    if (parsed->header.version != version_) return fail(code, "the key inside the token reads another version");
    const payment::BlockVersion& version = *parsed->version;
    const std::string_view hex = key_block.substr(parsed->chars);
    if (std::ranges::any_of(hex, [](char c) { return c != upper_digit(c); })) return fail(code, "lower-case digits");
    const auto body = hex_decode(hex);
    if (!body || body->size() < version.mac_bytes + version.block_bytes ||
        (body->size() - version.mac_bytes) % version.block_bytes != 0)
        return fail(code, "the key block has another length");
    const ByteView mac = ByteView(*body).last(version.mac_bytes);
    const auto clear = token_->cbc_decrypt(encryption_, mac, ByteView(*body).first(body->size() - version.mac_bytes));
    if (!clear) return std::unexpected(clear.error());
    const auto right = mac_of(key_block.substr(0, parsed->chars), clear->reveal());
    if (!right) return std::unexpected(right.error());
    if (!crypto::constant_time_equal(*right, mac)) return fail(code, "altered, or wrapped under another key");
    const ByteView content = clear->reveal();
    const std::size_t bits = content[0] * std::size_t{256} + content[1];
    if (bits % 8 != 0 || bits / 8 > content.size() - length_bytes ||
        !payment::is_key_size_of_algorithm(parsed->header.algorithm, bits / 8))
        return fail(code, "the wrapped key has no length of its algorithm");
    return payment::UnwrappedKey{std::move(parsed->header), SecretBytes(content.subspan(length_bytes, bits / 8))};
}

Result<std::string> TokenKeyBlocks::wrap(payment::KeyBlockHeader header, ByteView clear) const {
    header.version = version_;
    const payment::BlockVersion& version = *payment::find_block_version(version_);
    if (!payment::is_key_size_of_algorithm(header.algorithm, clear.size()) ||
        clear.size() > payment::max_key_block_chars / 2)
        return fail(ErrorCode::internal, "the key has no length of its algorithm");
    if (const auto checked = payment::check_header_fields(header); !checked) return refused(checked.error());
    if (const auto checked = payment::check_mode_of_use(header); !checked) return refused(checked.error());
    const std::size_t shown = length_bytes + payment::hidden_key_bytes(header.algorithm, clear.size());
    SecretBytes content((shown + version.block_bytes - 1) / version.block_bytes * version.block_bytes);
    crypto::random_fill(content.writable());
    content.writable()[0] = static_cast<std::uint8_t>(clear.size() * 8 >> 8);
    content.writable()[1] = static_cast<std::uint8_t>(clear.size() * 8);
    std::ranges::copy(clear, content.writable().subspan(length_bytes).begin());
    const auto text = payment::header_text(header, version, 2 * (content.size() + version.mac_bytes));
    if (!text) return refused(text.error());
    const auto mac = mac_of(*text, content.reveal());
    if (!mac) return std::unexpected(mac.error());
    const auto enciphered = token_->cbc_encrypt(encryption_, *mac, content.reveal());
    if (!enciphered) return std::unexpected(enciphered.error());
    return *text + upper_hex(*enciphered) + upper_hex(*mac);
}

}  // namespace takas::hsm::pkcs11
