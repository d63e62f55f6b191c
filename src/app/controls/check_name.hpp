// What the names of controls, fees and taxes have in common.
#pragma once

#include <string_view>

#include "core/note/free_texts.hpp"

namespace takas::app::controls {

/// Error: validation on `name` when it holds a card number, or says nothing.
inline Result<void> check_name(std::string_view name) {
    if (name.find_first_not_of(" \t") == std::string_view::npos)
        return fail_field("name", "A name is expected.", "Bir ad bekleniyor.");
    return core::note::check_free_text("name", name);
}

}  // namespace takas::app::controls
