// Any octets as issuer application data: the first one chooses the layout, the rest is read or refused, and every part
// that was read lies inside what was given.
#include <cstdlib>

#include "protocol/tlv/issuer_application_data.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    using namespace takas::protocol;
    if (size == 0) return 0;
    const ByteView octets(data + 1, size - 1);
    const auto iad = tlv::read_issuer_application_data(static_cast<tlv::IadLayout>(data[0] % 4), octets);
    if (!iad) return 0;
    std::size_t used = 0;
    for (const ByteView part :
         {iad->card_verification_results, iad->data_authentication_code, iad->counters, iad->discretionary}) {
        used += part.size();
        if (!part.empty() && (part.data() < octets.data() || part.data() + part.size() > octets.data() + octets.size()))
            std::abort();
    }
    if (used > octets.size() || iad->card_verification_results.size() < 4) std::abort();
    return 0;
}
