// The algorithms' faults in the product's words.
#pragma once

#include <utility>

#include "base/error.hpp"
#include "crypto/payment/fault.hpp"

namespace takas::hsm {

/// Faults of input become hsm_data_invalid, those of PINs and profiles their own codes; a key that does not fit an
/// algorithm is hsm_key_usage_refused.
ErrorCode code_of(crypto::payment::Fault fault);

std::unexpected<Error> refused(crypto::payment::Fault fault);

/// The outcome's value, or its fault as an error.
template <class T>
Result<T> result_of(crypto::payment::Outcome<T> outcome) {
    if (!outcome) return refused(outcome.error());
    return std::move(*outcome);
}

}  // namespace takas::hsm
