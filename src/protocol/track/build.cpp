#include <algorithm>

#include "protocol/track/track.hpp"
#include "protocol/wire/packed.hpp"

namespace takas::protocol::track {
namespace {

using wire::Fault;
using wire::Place;

constexpr std::uint32_t track1_element = 45, track2_element = 35;

template <class Parse>
wire::Decoded<Text> checked(Text text, const Parts& parts, Parse parse) {
    const auto read = parse(text.reveal());
    if (!read) return std::unexpected(read.error());
    // A separator inside a part would have been read as another track than the one that was asked for.
    if (read->pan != parts.pan || read->name != parts.name || read->expiry != parts.expiry ||
        read->service_code != parts.service_code)
        return wire::refuse(Fault::wrong_character);
    return text;
}

}  // namespace

Text::Text(Text&& other) noexcept : characters_(other.characters_), size_(other.size_) { other.wipe(); }

Text& Text::operator=(Text&& other) noexcept {
    if (this == &other) return *this;
    characters_ = other.characters_;
    size_ = other.size_;
    other.wipe();
    return *this;
}

Text::~Text() { wipe(); }

void Text::wipe() {
    volatile char* gone = characters_.data();  // volatile: the compiler may not skip writes to dying memory
    for (std::size_t i = 0; i < characters_.size(); ++i) gone[i] = 0;
    size_ = 0;
}

bool Text::append(std::string_view more) {
    if (more.size() > characters_.size() - size_) return false;
    std::ranges::copy(more, characters_.data() + size_);
    size_ += more.size();
    return true;
}

wire::Decoded<Text> unpack_track2(ByteView packed) {
    const auto wrong = [](Fault fault) { return wire::refuse(fault, Place::data_element, track2_element); };
    Text text;
    if (packed.size() > wire::packed_bytes(track2_max)) return wrong(Fault::too_long);
    const auto count = wire::unpack_left(packed, wire::Nibbles::digits_and_separator, text.characters_);
    if (!count) return wrong(Fault::wrong_character);
    text.size_ = *count;
    if (const auto parts = parse_track2(text.reveal()); !parts) return std::unexpected(parts.error());
    return text;
}

wire::Decoded<Bytes> pack_track2(std::string_view text) {
    if (const auto parts = parse_track2(text); !parts) return std::unexpected(parts.error());
    Bytes octets(wire::packed_bytes(text.size()));
    if (!wire::pack_left(text, wire::Nibbles::digits_and_separator, octets))
        return wire::refuse(Fault::wrong_character, Place::data_element, track2_element);
    return octets;
}

wire::Decoded<Text> build_track2(const Parts& parts, char separator) {
    Text text;
    if (!text.append(parts.pan) || !text.append(separator) || !text.append(parts.expiry) ||
        !text.append(parts.service_code) || !text.append(parts.discretionary))
        return wire::refuse(Fault::too_long, Place::data_element, track2_element);
    return checked(std::move(text), parts, parse_track2);
}

wire::Decoded<Text> build_track1(const Parts& parts) {
    Text text;
    if (!text.append('B') || !text.append(parts.pan) || !text.append('^') || !text.append(parts.name) ||
        !text.append('^') || !text.append(parts.expiry) || !text.append(parts.service_code) ||
        !text.append(parts.discretionary))
        return wire::refuse(Fault::too_long, Place::data_element, track1_element);
    return checked(std::move(text), parts, parse_track1);
}

}  // namespace takas::protocol::track
