// Any octets as track 1, as track 2 and as tag 57: read or refused; what was read is built and packed again alike.
#include <cstdlib>

#include "protocol/track/track.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    using namespace takas::protocol;
    const ByteView octets(data, size);
    const std::string_view text = text_of(octets);
    if (const auto parts = track::parse_track2(text)) {
        const auto built = track::build_track2(*parts, text[parts->pan.size()]);
        if (!built || built->reveal() != text) std::abort();
        const auto packed = track::pack_track2(text);
        if (!packed) std::abort();
        const auto unpacked = track::unpack_track2(*packed);
        if (!unpacked || track::parse_track2(unpacked->reveal())->pan != parts->pan) std::abort();
    }
    if (const auto parts = track::parse_track1(text)) {
        const auto built = track::build_track1(*parts);
        if (!built || built->reveal() != text) std::abort();
    }
    if (const auto unpacked = track::unpack_track2(octets)) {
        const auto packed = track::pack_track2(unpacked->reveal());
        if (!packed || packed->size() > size) std::abort();
    }
    return 0;
}
