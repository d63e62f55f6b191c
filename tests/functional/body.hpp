// Builds JSON bodies from a step's words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "script.hpp"

namespace takas::functional {

/// An object whose members keep the order in which they were first set.
class Body {
  public:
    void set_json(std::string_view name, std::string json);
    void set_text(std::string_view name, std::string_view text);
    /// As a number, true, false, null, object or array when the word looks like one and is not quoted; else as text.
    void set_word(std::string_view name, const Word& word);
    /// Unless it is set already.
    void default_json(std::string_view name, std::string json);
    void default_text(std::string_view name, std::string_view text);
    bool has(std::string_view name) const;
    std::string text() const;

  private:
    std::vector<std::pair<std::string, std::string>> members_;
};

/// "name=value" words; "name=absent" removes nothing and sends nothing, but keeps a default from being set.
/// Throws Failure for a word of another form.
void set_fields(Body& body, std::span<const Word> words);

}  // namespace takas::functional
