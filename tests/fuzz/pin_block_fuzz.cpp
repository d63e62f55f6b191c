// Any bytes as a PIN block, clear and enciphered, with any PAN: a PIN of 4 to 12 digits or the one refusal, never a
// crash; and a block that has only one form is made again as it was.
#include <algorithm>
#include <cstdlib>

#include "crypto/payment/pin_block.hpp"
#include "crypto/payment/pin_reference.hpp"

namespace {

using namespace takas;
using namespace takas::crypto::payment;

constexpr std::array<std::uint8_t, 16> key{1, 35, 69, 103, 137, 171, 205, 239, 254, 220, 186, 152, 118, 84, 50, 16};

void must(bool holds) {
    if (!holds) std::abort();
}

CipherKey key_for(PinFormat format) {
    return *CipherKey::of(format == PinFormat::iso4 ? CipherAlgorithm::aes : CipherAlgorithm::tdes, key);
}

void read_clear(PinFormat format, ByteView block, std::string_view pan) {
    const auto pin = pin_in_clear_block(format, block, pan);
    if (!pin) return must(pin.error() == Fault::pin_block_refused);
    must(is_pin(pin->reveal()));
    const auto again = clear_pin_block(format, pin->reveal(), pan);
    must(again.has_value());
    if (format == PinFormat::iso0 || format == PinFormat::iso2) must(std::ranges::equal(again->reveal(), block));
}

void read_enciphered(PinFormat format, ByteView block, std::string_view pan) {
    const auto pin = decipher_pin(format, block, pan, key_for(format));
    const ReadPin read = read_pin(format, block, pan, key_for(format));
    must(read.is_usable == pin.has_value() && is_pin(read.pin.reveal()));
    if (pin) must(pin->reveal() == read.pin.reveal());
    const auto out =
        translate_pin({format, key_for(format), PinFormat::iso4, key_for(PinFormat::iso4), pan, {}}, block);
    if (out)
        must(decipher_pin(PinFormat::iso4, out->reveal(), pan, key_for(PinFormat::iso4))->reveal() == pin->reveal());
}

}  // namespace

/// format(1) block(8 or 16, as the second octet says) PAN (the rest)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto format = static_cast<PinFormat>(data[0] % 5);
    const ByteView rest = ByteView(data, size).subspan(2);
    const ByteView block = rest.first(std::min<std::size_t>(data[1] % 18, rest.size()));
    const std::string_view pan = text_of(rest.subspan(block.size()));
    read_clear(format, block, pan);
    read_enciphered(format, block, pan);
    // A PAN that can be one brings the reading past the first check.
    read_clear(format, block, "4111111111111111");
    read_enciphered(format, block, "4111111111111111");
    return 0;
}
