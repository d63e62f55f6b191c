// Runs one batch of cards without an owner that the caller holds, to its end. See noname_batch.hpp.
#pragma once

#include "app/cards/make_card.hpp"
#include "app/cards/noname_batch.hpp"

namespace takas::app::cards {

/// How long nobody else touches a batch after its holder's last commit: many times what a commit's worth of cards
/// takes.
inline constexpr std::int64_t batch_hold_s = 15;

/// The commit's outcome as an error; only for outcomes other than committed. Where rows refused it, somebody else has
/// the batch: request_in_progress.
Error batch_commit_error(ports::CommitOutcome outcome);

/// What can be said before the first card. Errors: as create_noname.
Result<Mould> check_noname(Context& context, const NonameWish& wish);

/// `batch` is stored as it is given and comes back as it is stored then: completed or failed.
/// Errors: request_in_progress (somebody else has taken it over), and those of the store: the batch is left for later.
Result<void> run_batch(Context& context, const NonameWish& wish, CardBatch& batch);

}  // namespace takas::app::cards
