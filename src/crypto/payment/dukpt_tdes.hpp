// TDES DUKPT, host side (ANSI X9.24-1:2009): from a base derivation key and a key serial number to the keys of one
// transaction. KSN: key set and device (59 bits) || transaction counter (21 bits), 10 octets.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

/// A key serial number that a terminal can have sent: its counter is not zero and has at most ten one-bits.
class TdesKsn {
  public:
    static constexpr std::size_t size_bytes = 10;
    static Outcome<TdesKsn> from(ByteView bytes);
    ByteView bytes() const { return bytes_; }
    std::uint32_t counter() const;

  private:
    std::array<std::uint8_t, size_bytes> bytes_{};
};

/// The variants of X9.24-1 annex A.4.
enum class TdesDukptUse : std::uint8_t {
    pin,            ///< PIN encryption, both ways
    mac_request,    ///< MAC of the request (or both ways)
    mac_response,   ///< MAC of the response
    data_request,   ///< data encryption of the request (or both ways); passed through TDES once more
    data_response,  ///< data encryption of the response; likewise
};

/// The key that a terminal is loaded with. `bdk` of 16 octets.
Outcome<DoubleKey> tdes_initial_key(ByteView bdk, ByteView ksn);
/// The key of one transaction, before any variant.
Outcome<DoubleKey> tdes_transaction_key(ByteView bdk, const TdesKsn& ksn);
/// The same from the terminal's initial key.
DoubleKey tdes_transaction_key_from_initial(const DoubleKey& initial_key, const TdesKsn& ksn);
DoubleKey tdes_working_key(const DoubleKey& transaction_key, TdesDukptUse use);

}  // namespace takas::crypto::payment
