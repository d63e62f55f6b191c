// A message of a Mastercard clearing file (IPM): ISO 8583:1993 with two bitmaps always, private data subelements (PDS)
// inside DE 48, 62 and 123 to 125, and a merchant's name and address inside DE 43. The layout follows the open tool
// cardutil; the scheme's own manuals are for its members.
//
//   PDS   = tag(4 digits) length(3 digits) value        one after the other, never across two data elements
//   DE 43 = name '\' address '\' city '\' postcode(10) state(3) country(3)
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/iso8583/message.hpp"

namespace takas::protocol::ipm {

const iso8583::Profile& profile(wire::TextEncoding encoding);

struct Pds {
    std::uint16_t number = 0;  ///< 0 to 9999
    std::string value;         ///< up to 992 characters

    friend bool operator==(const Pds&, const Pds&) = default;
};

/// The data elements that carry PDS, in the order in which they are filled.
inline constexpr std::array pds_elements{48, 62, 123, 124, 125};

/// All PDS of a message in the order of the octets. Refused: anything in those elements that is no PDS, and a number
/// that is there twice.
wire::Decoded<std::vector<Pds>> read_pds(const iso8583::Message& message);

/// The contents of the elements of pds_elements, each as full as it gets; empty where none is left. Refused: a number
/// above 9999, a value that fits nowhere, more than the five elements hold.
wire::Decoded<std::array<std::string, pds_elements.size()>> write_pds(std::span<const Pds> list);

/// DE 43 taken apart, spaces at the end of its free texts and of the postcode left out.
struct CardAcceptor {
    std::string name, address, city, postcode;
    std::string state;    ///< three characters, spaces where there is none
    std::string country;  ///< three letters
};
/// Nothing when the text is not of that form: some senders write it freely.
std::optional<CardAcceptor> parse_card_acceptor(std::string_view text);

}  // namespace takas::protocol::ipm
