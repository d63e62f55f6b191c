// Fields that have a form of their own inside a message that decoded: track 2, chip data. A message with a wrong one is
// answered with a format error before anybody decides on it.
#pragma once

#include <optional>

#include "protocol/iso8583/message.hpp"

namespace takas::protocol::iso8583 {

/// The first objection, named with its data element; nothing when DE 35 and DE 55 are sound or absent.
std::optional<wire::FormatError> check_contents(const Message& message);

}  // namespace takas::protocol::iso8583
