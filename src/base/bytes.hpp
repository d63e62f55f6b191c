// Bytes without meaning: the shapes in which octets travel between rooms. Secrets do not travel as these; they are
// crypto::SecretBytes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace takas {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The octets of a text, not copied: the text must outlive the view.
inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The same octets seen as a text, not copied: for Blob columns and string keys.
inline std::string_view text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace takas
