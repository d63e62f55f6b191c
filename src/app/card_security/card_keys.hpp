// Which keys a card's values may have been made with, and asking the HSM with one after the other: cards keep working
// with the key they were made with, whatever was rotated since.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "app/keys/key_directory.hpp"

namespace takas::app::card_security {

/// What is no trouble of the HSM but says that this secret cannot be checked: no such key, or one that is not for this.
inline bool is_uncheckable(ErrorCode code) {
    return code == ErrorCode::hsm_key_not_found || code == ErrorCode::hsm_key_not_usable ||
           code == ErrorCode::hsm_key_usage_refused || code == ErrorCode::hsm_pin_not_allowed;
}

/// The key that a card of this age was made with. Error: hsm_key_not_found.
inline Result<keys::KeyRef> key_of_card(const keys::KeyDirectory& directory, const keys::KeyWish& wish,
                                        Instant made_at) {
    auto all = directory.find_for_card(wish, made_at);
    if (!all) return std::unexpected(std::move(all.error()));
    return std::move(all->front());
}

/// Every further key makes a guess of three digits likelier: only so many are asked, the first ones.
inline constexpr std::size_t keys_asked_max = 4;

/// `ask(KeyRef)` is a Result<bool>. Right under one of the keys is right; that one of them cannot check does not
/// outweigh that another says wrong. An HSM in trouble ends it.
template <class Ask>
Result<bool> is_right_under_one(const Result<std::vector<keys::KeyRef>>& keys, Ask ask) {
    if (!keys) return std::unexpected(keys.error());
    Result<bool> answer = fail(ErrorCode::hsm_key_not_found, "no key");
    for (std::size_t i = 0; i < std::min(keys->size(), keys_asked_max); ++i) {
        Result<bool> right = ask((*keys)[i]);
        if (right ? *right : !is_uncheckable(right.error().code)) return right;
        if (right || !answer) answer = std::move(right);
    }
    return answer;
}

}  // namespace takas::app::card_security
