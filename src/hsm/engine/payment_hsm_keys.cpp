// Keys: made, formed, received, given away. What is received is checked against the draft's usage before it is kept.
#include <algorithm>
#include <array>
#include <cctype>

#include "base/encoding.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/key_check.hpp"
#include "crypto/payment/key_parts.hpp"
#include "crypto/rsa_transport.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

using core::key::Exportability;
using core::key::KeyAlgorithm;
using core::key::ModeOfUse;
using core::key::usage_row;
using crypto::SecretBytes;

namespace {

constexpr std::size_t kcv_digits_min = 6;
constexpr std::size_t rsa_wrapped_max_bytes = 512;

/// Bits of strength by NIST SP 800-57 part 1: a key never travels under a weaker one.
int strength_bits(KeyAlgorithm algorithm) {
    constexpr std::array<int, 8> bits{80, 112, 128, 192, 256, 112, 128, 140};
    return bits[static_cast<std::size_t>(algorithm)];
}

Result<void> check_draft(const PaymentKey& draft) {
    const auto& row = usage_row(draft.usage);
    if (!core::key::allows(row, draft.algorithm) || !core::key::allows(row, draft.mode_of_use))
        return fail(ErrorCode::hsm_key_usage_refused, "no key of this usage has this algorithm or mode of use");
    return {};
}

/// The algorithm of a received key: by the letter of its block and the length of the key.
std::optional<KeyAlgorithm> algorithm_from(char letter, std::size_t size_bytes) {
    for (const auto& row : EnumNames<KeyAlgorithm>::values) {
        const auto algorithm = static_cast<KeyAlgorithm>(row.value);
        if (!core::key::is_rsa(algorithm) && algorithm_letter(algorithm) == letter &&
            core::key::key_bytes(algorithm) == size_bytes)
            return algorithm;
    }
    return std::nullopt;
}

/// Check values are shown in several forms: zero block or CMAC, 6 to 16 digits.
bool matches_kcv(KeyAlgorithm algorithm, ByteView clear, std::string_view expected) {
    std::string wanted(expected);
    std::ranges::transform(wanted, wanted.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto key = core::key::is_tdea(algorithm) ? crypto::payment::CipherKey::tdes(clear)
                                                   : crypto::payment::CipherKey::aes(clear);
    if (!key || wanted.size() < kcv_digits_min) return false;
    for (const std::string& known :
         {hex_encode(crypto::payment::zero_block_kcv(*key)), hex_encode(crypto::payment::cmac_kcv(*key))}) {
        std::string shown = known;
        std::ranges::transform(shown, shown.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        if (shown.starts_with(wanted)) return true;
    }
    return false;
}

/// Parity bits of TDEA are no difference.
bool is_same_key(KeyAlgorithm algorithm, ByteView a, ByteView b) {
    const unsigned mask = core::key::is_tdea(algorithm) ? 0xFE : 0xFF;
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) difference |= (a[i] ^ b[i]) & mask;
    return difference == 0;
}

/// A custodian whose component is zero adds nothing, two equal ones cancel out, and nobody may hold the key itself.
Result<void> check_components(KeyAlgorithm algorithm, std::span<const SecretBytes> components,
                              const SecretBytes& combined) {
    const SecretBytes zero(combined.size());
    for (std::size_t i = 0; i < components.size(); ++i) {
        const ByteView one = components[i].reveal();
        if (is_same_key(algorithm, one, zero.reveal()) || is_same_key(algorithm, one, combined.reveal()))
            return fail(ErrorCode::hsm_key_component_invalid, "a component is zero, or the key itself");
        for (const SecretBytes& other : components.subspan(i + 1))
            if (is_same_key(algorithm, one, other.reveal()))
                return fail(ErrorCode::hsm_key_component_invalid, "two components are equal");
    }
    return {};
}

}  // namespace

Result<OpenKey> PaymentHsm::open(Operation operation, const PaymentKey& key) {
    if (auto allowed = guard_.check(operation, key); !allowed) return std::unexpected(std::move(allowed.error()));
    return vault_.open(key);
}

Result<void> PaymentHsm::check_pair(Operation operation, const PaymentKey& key, const PaymentKey& other) {
    if (key.tenant_id == other.tenant_id) return {};
    return guard_.refuse(operation, other, "the keys belong to two institutions");
}

Result<void> PaymentHsm::check_exportable(const PaymentKey& key) {
    if (key.state == core::key::KeyState::destroyed || key.key_block.empty())
        return fail(ErrorCode::hsm_key_not_usable, "the key is destroyed");
    if (key.exportability == Exportability::non_exportable)
        return guard_.refuse(Operation::wrap_key, key, "the key is not exportable");
    return {};
}

Result<PaymentKey> PaymentHsm::close_received(PaymentKey draft, const SecretBytes& clear, std::string_view expected_kcv,
                                              ErrorCode code) {
    if (auto fits = check_key_bytes(draft.algorithm, clear.reveal(), code); !fits)
        return std::unexpected(std::move(fits.error()));
    if (!expected_kcv.empty() && !matches_kcv(draft.algorithm, clear.reveal(), expected_kcv))
        return fail(ErrorCode::hsm_kcv_mismatch, "the check value differs");
    return vault_.close(std::move(draft), clear);
}

Result<PaymentKey> PaymentHsm::generate(PaymentKey draft) {
    if (auto fits = check_draft(draft); !fits) return std::unexpected(std::move(fits.error()));
    return vault_.generate(std::move(draft));
}

Result<PaymentKey> PaymentHsm::form_from_components(PaymentKey draft, std::span<const SecretBytes> components,
                                                    std::string_view expected_kcv) {
    if (auto fits = check_draft(draft); !fits) return std::unexpected(std::move(fits.error()));
    if (core::key::is_rsa(draft.algorithm))
        return fail(ErrorCode::hsm_key_component_invalid, "an RSA key has no components");
    auto combined = result_of(crypto::payment::combine_components(components));
    if (!combined) return std::unexpected(std::move(combined.error()));
    if (auto fit = check_components(draft.algorithm, components, *combined); !fit)
        return std::unexpected(std::move(fit.error()));
    if (core::key::is_tdea(draft.algorithm)) crypto::payment::set_odd_parity(combined->writable());
    return close_received(std::move(draft), *combined, expected_kcv, ErrorCode::hsm_key_component_invalid);
}

Result<PaymentKey> PaymentHsm::import_block(PaymentKey draft, const PaymentKey& zmk, std::string_view key_block,
                                            std::string_view expected_kcv) {
    if (auto allowed = guard_.check(Operation::unwrap_key, zmk); !allowed)
        return std::unexpected(std::move(allowed.error()));
    if (auto same = check_pair(Operation::unwrap_key, zmk, draft); !same)
        return std::unexpected(std::move(same.error()));
    auto block = vault_.unwrap_under(zmk, key_block);
    if (!block) return std::unexpected(std::move(block.error()));
    const auto& row = usage_row(draft.usage);
    const KeyBlockHeader& header = block->header;
    if (!core::key::allows_tr31_usage(row, header.usage))
        return guard_.refuse(Operation::unwrap_key, draft, "the key block is for another usage");
    const auto algorithm = algorithm_from(header.algorithm, block->key.size());
    const auto mode = from_name<ModeOfUse>(std::string_view(&header.mode_of_use, 1));
    const auto exportability = from_name<Exportability>(std::string_view(&header.exportability, 1));
    if (!algorithm || !mode || !exportability)
        return fail(ErrorCode::hsm_key_block_invalid, "algorithm, mode or exportability is not one of ours");
    draft.algorithm = *algorithm;
    draft.mode_of_use = *mode;
    draft.exportability = *exportability;
    if (auto fits = check_draft(draft); !fits)
        return guard_.refuse(Operation::unwrap_key, draft, "algorithm or mode does not fit the usage");
    return close_received(std::move(draft), block->key, expected_kcv, ErrorCode::hsm_key_block_invalid);
}

Result<std::string> PaymentHsm::export_block(const PaymentKey& key, const PaymentKey& zmk,
                                             ports::KeyBlockVersion version) {
    if (auto allowed = guard_.check(Operation::wrap_key, zmk); !allowed)
        return std::unexpected(std::move(allowed.error()));
    if (auto exportable = check_exportable(key); !exportable) return std::unexpected(std::move(exportable.error()));
    if (auto same = check_pair(Operation::wrap_key, key, zmk); !same) return std::unexpected(std::move(same.error()));
    if (strength_bits(zmk.algorithm) < strength_bits(key.algorithm))
        return guard_.refuse(Operation::wrap_key, zmk, "it is weaker than the key it should wrap");
    const bool is_b = version == ports::KeyBlockVersion::b;
    if (is_b != core::key::is_tdea(zmk.algorithm))
        return fail(ErrorCode::hsm_key_block_invalid, "version B goes under a TDEA key, version D under an AES key");
    const auto clear = vault_.open(key);
    if (!clear) return std::unexpected(clear.error());
    KeyBlockHeader header = header_of(key);
    header.version = is_b ? 'B' : 'D';
    return vault_.wrap_under(zmk, header, (*clear)->reveal());
}

Result<Bytes> PaymentHsm::export_rsa_oaep(const PaymentKey& key, ByteView partner_spki) {
    if (auto exportable = check_exportable(key); !exportable) return std::unexpected(std::move(exportable.error()));
    if (auto fits = crypto::check_rsa_public_key(partner_spki); !fits) return std::unexpected(std::move(fits.error()));
    const auto clear = vault_.open(key);
    if (!clear) return std::unexpected(clear.error());
    return crypto::rsa_oaep_encrypt(partner_spki, (*clear)->reveal());
}

Result<Bytes> PaymentHsm::public_key(const PaymentKey& rsa_key) {
    const auto clear = open(Operation::show_public_key, rsa_key);
    if (!clear) return std::unexpected(clear.error());
    return crypto::rsa_public_key(SecretBytes((*clear)->reveal()));
}

Result<PaymentKey> PaymentHsm::import_rsa_oaep(PaymentKey draft, const PaymentKey& rsa_key, ByteView wrapped,
                                               std::string_view expected_kcv) {
    if (auto fits = check_draft(draft); !fits) return std::unexpected(std::move(fits.error()));
    if (auto same = check_pair(Operation::unwrap_by_rsa, rsa_key, draft); !same)
        return std::unexpected(std::move(same.error()));
    const auto private_key = open(Operation::unwrap_by_rsa, rsa_key);
    if (!private_key) return std::unexpected(private_key.error());
    if (wrapped.size() > rsa_wrapped_max_bytes)
        return fail(ErrorCode::hsm_key_block_invalid, "the wrapped key is too long");
    const auto clear = crypto::rsa_oaep_decrypt(SecretBytes((*private_key)->reveal()), wrapped);
    if (!clear) return fail(ErrorCode::hsm_key_block_invalid, clear.error().internal_detail);
    return close_received(std::move(draft), *clear, expected_kcv, ErrorCode::hsm_key_block_invalid);
}

}  // namespace takas::hsm
