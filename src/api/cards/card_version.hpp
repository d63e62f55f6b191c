// If-Match and ETag of cards: the version that the caller has seen goes into a change, the one that it leaves comes
// back.
#pragma once

#include "api/framework/etag.hpp"
#include "app/cards/cards.hpp"

namespace takas::api {

/// `change` is given the caller's version and answers a Result.
template <class Change>
auto with_version(Call& call, const Change& change)
    -> decltype(change(static_cast<app::cards::CardVersion*>(nullptr))) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    app::cards::CardVersion version{*seen};
    auto result = change(&version);
    if (result && version.now > 0) set_etag(call, version.now);
    return result;
}

/// Before a card is read: the ETag of the answer.
inline Result<void> tell_version(Call& call, TokenId token_id) {
    const auto version = app::cards::version_of(call.context, token_id);
    if (!version) return std::unexpected(version.error());
    if (*version > 0) set_etag(call, *version);
    return {};
}

}  // namespace takas::api
