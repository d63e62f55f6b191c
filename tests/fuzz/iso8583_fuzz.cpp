// Any octets on a connection: the first one chooses the profile and the framing. As one message they are read or
// refused, and what was read is encoded again; as a stream, cut into two chunks, they give the same frames as whole.
#include <cstdlib>
#include <vector>

#include "protocol/iso8583/contents.hpp"
#include "protocol/iso8583/framing.hpp"

namespace takas {
namespace {

using namespace protocol;

void check_message(ByteView octets, const iso8583::Profile& profile) {
    const auto message = iso8583::decode(octets, profile);
    if (!message) return;
    std::vector<std::string> values(iso8583::max_field + 1);
    iso8583::Content content(message->mti());
    for (int field = 2; field <= iso8583::max_field; ++field) {
        if (!message->has(field)) continue;
        values[static_cast<std::size_t>(field)] = message->value(field);
        if (values[static_cast<std::size_t>(field)].size() != message->size(field)) std::abort();
        content.set(field, values[static_cast<std::size_t>(field)]);
    }
    const auto again = iso8583::encode(content, profile);
    if (!again) std::abort();
    // An empty second bitmap is not written again and a hexadecimal bitmap in upper case; the rest is the same.
    const auto reread = iso8583::decode(*again, profile);
    if (!reread || again->size() > octets.size()) std::abort();
    for (int field = 2; field <= iso8583::max_field; ++field)
        if (reread->value(field) != message->value(field)) std::abort();
    static_cast<void>(iso8583::check_contents(*message));
}

std::vector<Bytes> frames_of(ByteView stream, std::size_t cut, const iso8583::Framing& framing, bool& broken) {
    iso8583::Reassembler reassembler(framing, 256);
    std::vector<Bytes> frames;
    for (ByteView chunk : {stream.first(cut), stream.subspan(cut)})
        while (!broken) {
            const auto frame = reassembler.next(chunk);
            broken = !frame;
            if (!frame || !*frame) break;
            frames.emplace_back((*frame)->message.begin(), (*frame)->message.end());
        }
    return frames;
}

}  // namespace
}  // namespace takas

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    if (size < 2) return 0;
    const auto profiles = protocol::iso8583::profiles();
    const auto framings = protocol::iso8583::framings();
    const ByteView octets(data + 2, size - 2);
    check_message(octets, profiles[data[0] % profiles.size()]);
    const auto& framing = framings[data[0] % framings.size()];
    bool broken_whole = false, broken_cut = false;
    const auto whole = frames_of(octets, 0, framing, broken_whole);
    const auto cut = frames_of(octets, octets.size() * data[1] / 256, framing, broken_cut);
    if (whole != cut || broken_whole != broken_cut) std::abort();
    return 0;
}
