#include "protocol/iso8583/contents.hpp"

#include "protocol/tlv/tlv.hpp"
#include "protocol/track/track.hpp"

namespace takas::protocol::iso8583 {
namespace {

constexpr int track2_element = 35, chip_data_element = 55;

}  // namespace

std::optional<wire::FormatError> check_contents(const Message& message) {
    if (message.has(track2_element)) {
        track::Text text;
        std::array<char, max_value> space;  // NOLINT: written before it is read
        text.append(message.value(track2_element, space));
        for (std::size_t i = 0; i < message.size(track2_element); ++i) static_cast<volatile char&>(space[i]) = 0;
        if (const auto parts = track::parse_track2(text.reveal()); !parts) return parts.error();
    }
    if (message.has(chip_data_element)) {
        const auto tree = tlv::decode(message.octets(chip_data_element));
        if (!tree) return wire::refuse(tree.error().fault, wire::Place::data_element, chip_data_element).error();
    }
    return std::nullopt;
}

}  // namespace takas::protocol::iso8583
