// What an HSM does with keys, and which keys may be used for what: one row per operation. Whoever asks for an operation
// with a key of another usage, mode or state is refused; the refusal is logged and counted.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "core/key/payment_key.hpp"

namespace takas::hsm {

enum class Operation : std::uint8_t {
    wrap_key,
    unwrap_key,
    wrap_for_perso,
    unwrap_by_rsa,
    show_public_key,
    generate_cvv,
    verify_cvv,
    verify_dcvv,
    verify_cvc3,
    verify_cavv,
    decipher_pin,
    encipher_pin,
    store_pin,
    make_pin_reference,
    verify_pin,
    verify_arqc,
    protect_script,
    encipher_script,
    derive_card_key,
    encrypt_data,
    decrypt_data,
    generate_mac,
    verify_mac,
    count_,
};

struct OperationRow {
    Operation operation;
    std::string_view name;  ///< for the log
    std::span<const core::key::KeyUsage> usages;
    std::string_view modes;  ///< TR-31 letters of which the key must have one
    bool needs_active;       ///< false: a decrypt-only key still serves
};

const OperationRow& operation_row(Operation operation);

/// Refuses and remembers.
class UsageGuard {
  public:
    /// Errors: hsm_key_usage_refused, hsm_key_not_usable.
    Result<void> check(Operation operation, const core::key::PaymentKey& key);
    /// For what only the operation can tell: an algorithm that does not fit, keys of two institutions.
    std::unexpected<Error> refuse(Operation operation, const core::key::PaymentKey& key, std::string_view why);
    std::uint64_t refused_count() const { return refused_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace takas::hsm
