// SHA-384 (FIPS 180-4): what browsers compare an included script with (Subresource Integrity).
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"

namespace takas::crypto {

std::array<std::uint8_t, 48> sha384(ByteView data);

}  // namespace takas::crypto
