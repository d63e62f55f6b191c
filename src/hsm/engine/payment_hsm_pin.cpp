// PINs. A clear PIN exists inside these functions only; what is wrong with a PIN block is never told apart.
#include <algorithm>
#include <array>

#include "core/key/pin_rules.hpp"
#include "crypto/payment/dukpt_aes.hpp"
#include "crypto/payment/dukpt_tdes.hpp"
#include "crypto/payment/pin_block.hpp"
#include "crypto/payment/pin_reference.hpp"
#include "crypto/random.hpp"
#include "hsm/engine/card_digits.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

using core::key::is_aes;
using core::key::is_tdea;
using core::key::KeyUsage;
using crypto::SecretBytes;
using crypto::payment::CipherKey;
using crypto::payment::Fault;
using crypto::payment::SecretDigits;
using ports::EncipheredPin;
using ports::NewPinReference;
namespace payment = crypto::payment;

namespace {

/// A product that refuses more PINs than it has is asked again this often.
constexpr int random_pin_attempts_max = 1000;

payment::PinFormat format_of(PinFormat format) {
    static_assert(static_cast<int>(PinFormat::iso4) == static_cast<int>(payment::PinFormat::iso4));
    return static_cast<payment::PinFormat>(format);
}

bool fits(PinFormat format, const PaymentKey& key) {
    return format == PinFormat::iso4 ? is_aes(key.algorithm) : is_tdea(key.algorithm);
}

payment::AesDukptKeyType key_type_of(std::size_t size_bytes) {
    return size_bytes == 16   ? payment::AesDukptKeyType::aes128
           : size_bytes == 24 ? payment::AesDukptKeyType::aes192
                              : payment::AesDukptKeyType::aes256;
}

/// The PIN key of one DUKPT transaction.
payment::Outcome<SecretBytes> dukpt_pin_key(const PaymentKey& bdk, ByteView clear_bdk, ByteView ksn_bytes) {
    if (is_tdea(bdk.algorithm)) {
        const auto ksn = payment::TdesKsn::from(ksn_bytes);
        if (!ksn) return payment::refuse(ksn.error());
        const auto transaction_key = payment::tdes_transaction_key(clear_bdk, *ksn);
        if (!transaction_key) return payment::refuse(transaction_key.error());
        return SecretBytes(payment::tdes_working_key(*transaction_key, payment::TdesDukptUse::pin).reveal());
    }
    const auto ksn = payment::AesKsn::from(ksn_bytes);
    if (!ksn) return payment::refuse(ksn.error());
    const auto transaction_key = payment::aes_transaction_key(clear_bdk, *ksn);
    if (!transaction_key) return payment::refuse(transaction_key.error());
    return payment::aes_working_key(transaction_key->reveal(), *ksn, payment::AesDukptUse::pin,
                                    key_type_of(clear_bdk.size()));
}

CipherKey cipher_key(const PaymentKey& record, ByteView clear) {
    return is_tdea(record.algorithm) ? *CipherKey::tdes(clear) : *CipherKey::aes(clear);
}

/// The key under which the block is: the record's own, or the one its BDK gives for this transaction.
struct PinKey {
    OpenKey open;
    SecretBytes derived;
    /// Lengths were checked when the key was opened: the record says its algorithm, and the block is bound to it.
    CipherKey cipher(const PaymentKey& record) const {
        // A key of one transaction is worth no kept schedule.
        return derived.empty() ? cipher_key(record, open->reveal()) : cipher_key(record, derived.reveal()).transient();
    }
};

Result<PinKey> pin_key(OpenKey open, const EncipheredPin& pin) {
    PinKey key{std::move(open), {}};
    const bool is_bdk = pin.key.usage == KeyUsage::bdk;
    if (is_bdk != pin.ksn.has_value()) return fail(ErrorCode::hsm_pin_block_invalid, "KSN and BDK go together");
    if (!is_bdk) return key;
    auto derived = dukpt_pin_key(pin.key, key.open->reveal(), *pin.ksn);
    if (!derived) return refused(derived.error());
    key.derived = std::move(*derived);
    return key;
}

SecretDigits random_digits(std::size_t count) {
    constexpr std::uint8_t unbiased_below = 250;
    SecretDigits digits;
    while (digits.size() < count) {
        std::array<std::uint8_t, 16> octets;
        crypto::random_fill(octets);
        for (const std::uint8_t octet : octets)
            if (octet < unbiased_below && digits.size() < count) digits.push_back(static_cast<char>('0' + octet % 10));
        crypto::wipe(octets);
    }
    return digits;
}

Result<void> check_rules(std::string_view clear_pin, const PinRules& rules) {
    if (!core::key::has_allowed_length(clear_pin, rules)) return fail(ErrorCode::hsm_pin_length, "PIN length");
    if (core::key::is_weak_pin(clear_pin, rules)) return fail(ErrorCode::hsm_pin_weak, "weak PIN");
    return {};
}

/// A PVKI that is no digit becomes one that the algorithm refuses.
std::uint8_t pvki_of(std::int16_t pvki) { return pvki >= 0 && pvki <= 9 ? static_cast<std::uint8_t>(pvki) : 255; }

KeyUsage usage_of(PinMethod method) { return method == PinMethod::visa_pvv ? KeyUsage::pvk : KeyUsage::pvk_ibm; }

/// Whether the PIN is the one that the reference stands for.
payment::Outcome<bool> is_right(ByteView pvk, const ports::PinReference& reference, const Pan& pan,
                                std::string_view clear_pin) {
    if (reference.method == PinMethod::visa_pvv) {
        const auto right = payment::pvv(pvk, pvki_of(reference.pvki), digits_of(pan), clear_pin);
        if (!right) return payment::refuse(right.error());
        return right->matches(reference.value);
    }
    const auto right = payment::ibm3624_pin(pvk, {}, digits_of(pan), reference.value);
    if (!right) return payment::refuse(right.error());
    return right->matches(clear_pin);
}

}  // namespace

Result<void> PaymentHsm::check_pins_allowed(TenantId tenant) {
    if (policy_.is_software_acknowledged || policy_.is_in_test(tenant)) return {};
    return fail(ErrorCode::hsm_pin_not_allowed, "the software HSM is not acknowledged for PINs of live institutions");
}

Result<void> PaymentHsm::check_in_test(TenantId tenant) {
    if (policy_.is_in_test(tenant)) return {};
    return fail(ErrorCode::sandbox_disabled, "clear PINs and cryptograms are made in the sandbox only");
}

Result<SecretDigits> PaymentHsm::decipher(const EncipheredPin& pin, const Pan& pan) {
    if (auto allowed = check_pins_allowed(pin.key.tenant_id); !allowed)
        return std::unexpected(std::move(allowed.error()));
    auto opened = open(Operation::decipher_pin, pin.key);
    if (!opened) return std::unexpected(std::move(opened.error()));
    if (!fits(pin.format, pin.key)) return fail(ErrorCode::hsm_pin_block_invalid, "PIN block");
    const auto key = pin_key(std::move(*opened), pin);
    if (!key) return std::unexpected(key.error());
    const std::string_view number = pin.surrogate.empty() ? digits_of(pan) : pin.surrogate;
    auto digits = payment::decipher_pin(format_of(pin.format), pin.block, number, key->cipher(pin.key));
    if (!digits) return fail(ErrorCode::hsm_pin_block_invalid, "PIN block");
    return std::move(*digits);
}

Result<bool> PaymentHsm::verify_pin(const EncipheredPin& pin, const Pan& pan, const ports::PinReference& reference) {
    const auto pvk = open(Operation::verify_pin, reference.pvk);
    if (!pvk) return std::unexpected(pvk.error());
    if (reference.pvk.usage != usage_of(reference.method))
        return guard_.refuse(Operation::verify_pin, reference.pvk, "the key is of another PIN method");
    if (auto same = check_pair(Operation::verify_pin, pin.key, reference.pvk); !same)
        return std::unexpected(std::move(same.error()));
    const auto clear_pin = decipher(pin, pan);
    const bool is_readable = clear_pin.has_value();
    if (!is_readable && clear_pin.error().code != ErrorCode::hsm_pin_block_invalid)
        return std::unexpected(clear_pin.error());
    unreadable_.fetch_add(is_readable ? 0 : 1, std::memory_order_relaxed);
    // The same work for a block that does not open.
    const std::string_view digits = is_readable ? clear_pin->reveal() : "0000";
    const auto right = is_right((*pvk)->reveal(), reference, pan, digits);
    if (!right) return refused(right.error());
    const auto same = is_stored_pin(reference, pan, digits);
    if (!same) return std::unexpected(same.error());
    return is_readable && *right && *same;
}

/// Whether these are all the digits that are stored; yes when none are. A stored block that does not open is no PIN's.
Result<bool> PaymentHsm::is_stored_pin(const ports::PinReference& reference, const Pan& pan, std::string_view digits) {
    if (!reference.stored) return true;
    const PaymentKey& storage_key = reference.stored->key;
    if (storage_key.usage != KeyUsage::pin_storage)
        return guard_.refuse(Operation::verify_pin, storage_key, "the stored PIN is under another kind of key");
    if (auto same = check_pair(Operation::verify_pin, storage_key, reference.pvk); !same)
        return std::unexpected(std::move(same.error()));
    const auto stored = decipher(*reference.stored, pan);
    if (stored) return stored->matches(digits);
    if (stored.error().code == ErrorCode::hsm_pin_block_invalid) return false;
    return std::unexpected(stored.error());
}

Result<NewPinReference> PaymentHsm::reference_for(std::string_view clear_pin, const Pan& pan, PinMethod method,
                                                  const PaymentKey& pvk, std::int16_t pvki,
                                                  const PaymentKey& storage_key) {
    const auto open_pvk = open(Operation::make_pin_reference, pvk);
    if (!open_pvk) return std::unexpected(open_pvk.error());
    if (pvk.usage != usage_of(method))
        return guard_.refuse(Operation::make_pin_reference, pvk, "the key is of another PIN method");
    const auto open_storage = open(Operation::store_pin, storage_key);
    if (!open_storage) return std::unexpected(open_storage.error());
    if (auto same = check_pair(Operation::store_pin, pvk, storage_key); !same)
        return std::unexpected(std::move(same.error()));
    const auto value = method == PinMethod::visa_pvv
                           ? payment::pvv((*open_pvk)->reveal(), pvki_of(pvki), digits_of(pan), clear_pin)
                           : payment::ibm3624_offset((*open_pvk)->reveal(), {}, digits_of(pan), clear_pin);
    if (!value) return refused(value.error());
    const auto block = payment::encipher_pin(payment::PinFormat::iso4, clear_pin, digits_of(pan),
                                             cipher_key(storage_key, (*open_storage)->reveal()));
    if (!block) return refused(block.error());
    const ByteView stored = block->reveal();
    return NewPinReference{std::string(value->reveal()), Bytes(stored.begin(), stored.end())};
}

Result<NewPinReference> PaymentHsm::make_pin_reference(const EncipheredPin& pin, const Pan& pan, PinMethod method,
                                                       const PaymentKey& pvk, std::int16_t pvki,
                                                       const PaymentKey& storage_key, const PinRules& rules) {
    if (auto same = check_pair(Operation::make_pin_reference, pin.key, pvk); !same)
        return std::unexpected(std::move(same.error()));
    const auto clear_pin = decipher(pin, pan);
    if (!clear_pin) return std::unexpected(clear_pin.error());
    if (auto good = check_rules(clear_pin->reveal(), rules); !good) return std::unexpected(std::move(good.error()));
    return reference_for(clear_pin->reveal(), pan, method, pvk, pvki, storage_key);
}

Result<NewPinReference> PaymentHsm::generate_pin(std::size_t digits, const Pan& pan, PinMethod method,
                                                 const PaymentKey& pvk, std::int16_t pvki,
                                                 const PaymentKey& storage_key, const PinRules& rules) {
    if (auto allowed = check_pins_allowed(pvk.tenant_id); !allowed) return std::unexpected(std::move(allowed.error()));
    if (digits < core::key::pin_digits_min || digits > core::key::pin_digits_max)
        return fail(ErrorCode::hsm_pin_length, "PIN length");
    for (int attempt = 0; attempt < random_pin_attempts_max; ++attempt) {
        const SecretDigits clear_pin = random_digits(digits);
        const auto good = check_rules(clear_pin.reveal(), rules);
        if (good) return reference_for(clear_pin.reveal(), pan, method, pvk, pvki, storage_key);
        if (good.error().code == ErrorCode::hsm_pin_length) return std::unexpected(good.error());
    }
    return fail(ErrorCode::hsm_pin_weak, "the rules refuse nearly every PIN");
}

Result<Bytes> PaymentHsm::translate_pin(const EncipheredPin& pin, const Pan& pan, PinFormat to_format,
                                        const PaymentKey& to_key) {
    if (!pin.surrogate.empty()) return fail(ErrorCode::hsm_pin_translation_refused, "a block of a surrogate number");
    if (auto allowed = check_pins_allowed(pin.key.tenant_id); !allowed)
        return std::unexpected(std::move(allowed.error()));
    if (auto same = check_pair(Operation::encipher_pin, pin.key, to_key); !same)
        return std::unexpected(std::move(same.error()));
    auto opened = open(Operation::decipher_pin, pin.key);
    if (!opened) return std::unexpected(std::move(opened.error()));
    const auto open_to = open(Operation::encipher_pin, to_key);
    if (!open_to) return std::unexpected(open_to.error());
    if (!fits(pin.format, pin.key)) return fail(ErrorCode::hsm_pin_block_invalid, "PIN block");
    if (!fits(to_format, to_key)) return fail(ErrorCode::hsm_pin_translation_refused, "the format needs another key");
    const auto key = pin_key(std::move(*opened), pin);
    if (!key) return std::unexpected(key.error());
    const payment::PinTranslation translation{.format_in = format_of(pin.format),
                                              .key_in = key->cipher(pin.key),
                                              .format_out = format_of(to_format),
                                              .key_out = cipher_key(to_key, (*open_to)->reveal()),
                                              .pan = digits_of(pan),
                                              .new_pan = {}};
    const auto block = payment::translate_pin(translation, pin.block);
    if (!block) return refused(block.error());
    const ByteView bytes = block->reveal();
    return Bytes(bytes.begin(), bytes.end());
}

Result<SecretBytes> PaymentHsm::reveal_pin(const EncipheredPin& pin, const Pan& pan, ports::RevealPinFor purpose) {
    if (purpose == ports::RevealPinFor::sandbox)
        if (auto test = check_in_test(pin.key.tenant_id); !test) return std::unexpected(std::move(test.error()));
    const auto clear_pin = decipher(pin, pan);
    if (!clear_pin) return std::unexpected(clear_pin.error());
    return SecretBytes(bytes_of(clear_pin->reveal()));
}

Result<Bytes> PaymentHsm::encipher_pin(std::string_view clear_pin, const Pan& pan, PinFormat format,
                                       const PaymentKey& key) {
    if (auto test = check_in_test(key.tenant_id); !test) return std::unexpected(std::move(test.error()));
    const auto opened = open(Operation::encipher_pin, key);
    if (!opened) return std::unexpected(opened.error());
    if (!fits(format, key)) return fail(ErrorCode::hsm_pin_block_invalid, "the format needs another key");
    const auto block =
        payment::encipher_pin(format_of(format), clear_pin, digits_of(pan), cipher_key(key, (*opened)->reveal()));
    if (!block) return refused(block.error());
    const ByteView bytes = block->reveal();
    return Bytes(bytes.begin(), bytes.end());
}

}  // namespace takas::hsm
