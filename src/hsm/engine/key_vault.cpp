#include "hsm/engine/key_vault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/payment/key_check.hpp"
#include "crypto/random.hpp"
#include "crypto/rsa_transport.hpp"

namespace takas::hsm {

using core::key::KeyAlgorithm;
using crypto::SecretBytes;

namespace {

/// The label block and its header are a multiple of this: no padding block is needed after it.
constexpr std::size_t header_unit_chars = 16;
constexpr std::size_t optional_block_header_chars = 4;
constexpr std::size_t kcv_of_rsa_digits = 10;

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

}  // namespace

Error error_of(crypto::payment::Fault fault, ErrorCode code) {
    return Error{code, std::string(crypto::payment::text_of(fault)), {}, {}};
}

char algorithm_letter(KeyAlgorithm algorithm) {
    return core::key::is_tdea(algorithm) ? 'T' : core::key::is_aes(algorithm) ? 'A' : 'R';
}

std::string binding_of(const PaymentKey& key) {
    std::string text = fmt::format("takas tenant={} id={} usage={} algorithm={} index={} bin={}", key.tenant_id.value,
                                   key.id.value, to_name(key.usage), to_name(key.algorithm), key.key_index, key.bin);
    const std::size_t used = text.size() + optional_block_header_chars;
    text.append((header_unit_chars - used % header_unit_chars) % header_unit_chars, ' ');
    return text;
}

bool says_the_same(const PaymentKey& a, const PaymentKey& b) {
    return a.id == b.id && a.tenant_id == b.tenant_id && a.usage == b.usage && a.algorithm == b.algorithm &&
           a.mode_of_use == b.mode_of_use && a.exportability == b.exportability &&
           a.key_version_no == b.key_version_no && a.key_index == b.key_index && a.bin == b.bin &&
           a.key_block == b.key_block;
}

KeyBlockHeader header_of(const PaymentKey& key) {
    KeyBlockHeader header;
    header.version = 'D';
    header.usage = core::key::usage_row(key.usage).tr31_usages.substr(0, 2);
    header.algorithm = algorithm_letter(key.algorithm);
    header.mode_of_use = to_name(key.mode_of_use).front();
    header.key_version = fmt::format("{:02}", key.key_version_no);
    header.exportability = to_name(key.exportability).front();
    return header;
}

KeyBlockHeader stored_header_of(const PaymentKey& key) {
    KeyBlockHeader header = header_of(key);
    header.optional_blocks.push_back({"LB", binding_of(key)});
    return header;
}

Result<void> check_stored_header(const PaymentKey& key, const KeyBlockHeader& header) {
    if (header == stored_header_of(key)) return {};
    return fail(ErrorCode::hsm_key_block_altered,
                fmt::format("the record of key {} does not say what its key block says", key.id.value));
}

Result<std::string> kcv_of(KeyAlgorithm algorithm, ByteView clear) {
    if (core::key::is_rsa(algorithm)) {
        const auto spki = crypto::rsa_public_key(SecretBytes(clear));
        if (!spki) return std::unexpected(spki.error());
        return upper_case(hex_encode(crypto::sha256(*spki))).substr(0, kcv_of_rsa_digits);
    }
    const auto key = core::key::is_tdea(algorithm) ? crypto::payment::CipherKey::tdes(clear)
                                                   : crypto::payment::CipherKey::aes(clear);
    if (!key) return std::unexpected(error_of(key.error(), ErrorCode::internal));
    return crypto::payment::kcv_text(*key);
}

Result<SecretBytes> fresh_key(KeyAlgorithm algorithm) {
    if (core::key::is_rsa(algorithm)) return crypto::make_rsa_key(core::key::key_bytes(algorithm) * 8);
    for (;;) {
        SecretBytes key = crypto::random_secret(core::key::key_bytes(algorithm));
        if (!core::key::is_tdea(algorithm)) return key;
        crypto::payment::set_odd_parity(key.writable());
        if (!crypto::payment::is_weak_tdes_key(key.reveal())) return key;
    }
}

Result<void> check_key_bytes(KeyAlgorithm algorithm, ByteView clear, ErrorCode code) {
    if (core::key::is_rsa(algorithm)) return {};
    if (clear.size() != core::key::key_bytes(algorithm)) return fail(code, "the key has another length");
    if (core::key::is_tdea(algorithm) && crypto::payment::is_weak_tdes_key(clear))
        return fail(code, "parts of the key are equal, or weak keys of DES");
    if (std::ranges::all_of(clear, [&](std::uint8_t octet) { return octet == clear.front(); }))
        return fail(code, "all octets of the key are equal");
    return {};
}

}  // namespace takas::hsm
