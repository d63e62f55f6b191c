// Two ways to say "no text": stored records keep "", answers and events say null.
#pragma once

#include <optional>
#include <string>

namespace takas {

inline std::optional<std::string> optional_text(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

inline std::string text_or_empty(const std::optional<std::string>& text) { return text.value_or(std::string()); }

}  // namespace takas
