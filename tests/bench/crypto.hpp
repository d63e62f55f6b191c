// What the payment algorithms cost against the same calls of the ciphers in a bare OpenSSL loop: what our compositions,
// checks and wiping add.
#pragma once

#include <cstddef>
#include <string>

#include "figures.hpp"

namespace takas::bench {

void benchmark_crypto(Figures& figures);

/// Work whose instructions are counted from outside: "cvv", "pvv", "arqc", "translate", or one of these behind "bare-".
/// False when there is no such part.
bool do_crypto_work(const std::string& part, std::size_t count);

}  // namespace takas::bench
