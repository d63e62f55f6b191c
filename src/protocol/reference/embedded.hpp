// The published lists as the bytes of their files, embedded when the program is built. Private to this room.
#pragma once

#include <string_view>

namespace takas::protocol::reference::embedded {

std::string_view currencies();  ///< iso_4217.json
std::string_view countries();   ///< iso_3166-1.json
std::string_view categories();  ///< mcc-en.json

}  // namespace takas::protocol::reference::embedded
