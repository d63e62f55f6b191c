// The exchange of the API's keys: the PIN key (ZPK) and the data key (DEK), each wrapped by RSA-OAEP under the
// receiver's public key. The key before stays readable, so that what is under way still opens.
#pragma once

#include <optional>
#include <string>

#include "app/context/context.hpp"
#include "base/bytes.hpp"
#include "core/key/payment_key.hpp"

namespace takas::app::card_security {

struct PublicKey {
    Bytes spki;  ///< SubjectPublicKeyInfo, DER
    core::key::KeyAlgorithm algorithm{};
};
/// Ours. Error: hsm_key_not_found.
Result<PublicKey> public_key(const Context& context);

struct WantedExchange {
    core::key::KeyUsage usage{};                       ///< zpk or dek
    std::optional<core::key::KeyAlgorithm> algorithm;  ///< the usage's preferred one unless told
    Bytes partner_spki;                                ///< a new key goes out under it; empty: the partner sends one
    Bytes wrapped_key;                                 ///< the partner's key under our public key
    std::string key_check_value;                       ///< of wrapped_key; "": not checked
};
struct ExchangedKey {
    core::key::PaymentKey key;
    Bytes wrapped_key;  ///< empty when the partner sent the key
    Instant valid_until;
};
/// Committed when it returns. Errors: validation (the algorithm does not fit), hsm_public_key_refused,
/// hsm_kcv_mismatch, hsm_*, concurrent_change, unavailable, outcome_unknown.
Result<ExchangedKey> exchange_key(Context& context, const WantedExchange& wanted);

}  // namespace takas::app::card_security
