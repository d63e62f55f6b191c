// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104). Algorithms stay fetched for the life of the process and contexts
// for the life of the thread: a fetch per call would cost more than the hash.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "base/bytes.hpp"

namespace takas::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(ByteView data);

/// SHA-256 of what comes in pieces.
class Sha256Stream {
  public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;
    void add(ByteView piece);
    /// Once; nothing is added afterwards.
    Sha256 finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

/// `key` of any length; 32 octets is what the keyring gives. Compare results with constant_time_equal.
Sha256 hmac_sha256(ByteView key, ByteView data);

}  // namespace takas::crypto
