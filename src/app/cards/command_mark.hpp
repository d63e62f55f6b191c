// What a card remembers of a command that came under an Idempotency-Key, in the commit of what the command did: so that
// a repeat is known also when the server died before its reply was stored. A keyed digest: neither the key nor the
// content, which may hold a PIN block, can be found out from it.
#pragma once

#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "core/card/card_security.hpp"

namespace takas::app::cards {

class CommandMark {
  public:
    /// `key` "": every call counts, and nothing is remembered.
    CommandMark(const Context& context, std::string_view operation, std::string_view key, std::string_view content);

    bool is_set() const { return !text_.empty(); }
    /// As SecurityReply::request.
    const std::string& text() const { return text_; }
    /// What the same command was answered; nullptr when it was not there. Error: idempotency_conflict when another one
    /// came under the key.
    Result<const core::card::SecurityReply*> find(const core::card::CardSecurity& security) const;

  private:
    std::string text_;
};

}  // namespace takas::app::cards
