// What a door looks at in a message that decoded, before anybody decides on it: fields that have a form of their own,
// and the few that no message of its kind can be without. Each objection is answered with a format error.
#pragma once

#include <optional>

#include "protocol/iso8583/message.hpp"

namespace takas::protocol::iso8583 {

/// The first objection, named with its data element; nothing when there is none.
///   every message              DE 11, times that exist in DE 7, 12, 13
///   request, advice (1xx, 2xx) DE 3 and 4, a card in DE 2, 35 or 45
///   where they are there       a PAN of 12 digits or more in DE 2, track 2 in DE 35, BER-TLV in DE 55
std::optional<wire::FormatError> check_contents(const Message& message);

}  // namespace takas::protocol::iso8583
