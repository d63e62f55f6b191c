// What the names of controls, fees and taxes have in common.
#pragma once

#include <string_view>

#include "base/trimmed.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::controls {

/// Error: validation on `name` when it holds a card number, or says nothing.
inline Result<void> check_name(std::string_view name) {
    if (name.empty() || trimmed(name) != name)
        return fail_field("name", "A name without blanks around it is expected.",
                          "Başında ve sonunda boşluk olmayan bir ad bekleniyor.");
    return core::note::check_free_text("name", name);
}

}  // namespace takas::app::controls
