#include "crypto/payment/digits.hpp"

namespace takas::crypto::payment {

std::string upper_hex(ByteView bytes) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t octet : bytes) {
        out += digits[high_nibble(octet)];
        out += digits[low_nibble(octet)];
    }
    return out;
}

}  // namespace takas::crypto::payment
