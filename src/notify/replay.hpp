// A replay that an institution asked for: the events of a time span are delivered once more to one subscription. Done
// page by page on the notifier's thread, beside the fan-out: so neither can find a stream idle that the other fills.
#pragma once

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::notify {

struct ReplayPage {
    app::ports::Unit unit;           ///< the deliveries, and the subscription's row with how far the replay got
    core::webhook::Webhook webhook;  ///< that row
};

/// The next events of the subscription's replay, of those that the fan-out has passed. An event that was delivered or
/// given up goes out under the id it had; one that is still under way is left alone. Error: that of the store.
Result<ReplayPage> next_replay_page(app::ports::Store& store, app::ids::IdSource& ids,
                                    const core::webhook::Webhook& webhook, std::int64_t fanned_out_sequence_no,
                                    Instant now);

}  // namespace takas::notify
