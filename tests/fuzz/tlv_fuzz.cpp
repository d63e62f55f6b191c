// Any octets as chip data: read or refused; what was read is written as the same octets again.
#include <cstdlib>

#include "protocol/tlv/chip_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    using namespace takas::protocol;
    const ByteView octets(data, size);
    if (const auto tree = tlv::decode(octets)) {
        const Bytes again = tlv::encode(*tree);
        if (Bytes(octets.begin(), octets.end()) != again) std::abort();
        for (const auto& object : tree->objects())
            if (tree->value(object).size() != object.value_size || object.end > tree->size()) std::abort();
    } else if (describe(tree.error()).empty()) {
        std::abort();
    }
    if (const auto chip = tlv::read_chip_data(octets)) {
        const Bytes written = tlv::write_chip_data(*chip);
        if (!written.empty() && !tlv::read_chip_data(written)) std::abort();
    }
    return 0;
}
