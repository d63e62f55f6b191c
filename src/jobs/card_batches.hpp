// Batches of cards without an owner that nobody holds: those that were asked for in the background, and those whose
// server stopped in the middle. On every server, at any time: a batch is run by whoever took it first.
#pragma once

#include "app/cards/noname_batch.hpp"
#include "base/log.hpp"

namespace takas::jobs {

/// How often the composition root should look: what is asked for in the background begins within this time.
inline constexpr std::int64_t card_batch_interval_s = 2;

inline Result<void> finish_card_batches(app::Services& services) {
    const auto finished = app::cards::finish_batches(services);
    if (!finished) return std::unexpected(finished.error());
    if (*finished > 0) log::info("card_batches_finished").add("finished", *finished);
    return {};
}

}  // namespace takas::jobs
