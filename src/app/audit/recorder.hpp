// Writes who changed what into the same commit as the change (contract 4.9, docs/adr/0014). A use case says what the
// record was and what it is now; what differs, who did it and from where becomes the next record of its chain.
//
//   audit::updated(context, before, now)          in a use case that fills context.unit
//   audit::updated(work, who_of(context), ...)    in a command of a card's lane
//
// Nothing differs: nothing is written. Changes of a policy are a record of their own, in the same chain.
#pragma once

#include <string>

#include "app/context/context.hpp"
#include "app/lane/work.hpp"
#include "core/audit/audit.hpp"
#include "core/audit/differences.hpp"
#include "core/card/card.hpp"
#include "core/product/product.hpp"

namespace takas::app::audit {

/// Who changes something, and by what.
struct Who {
    const secrets::SecretBox& secret_box;
    ids::IdSource& ids;
    TenantId tenant_id;
    Instant now;
    std::string user_id, user_name, client_address, correlation_id, service_name;
};
Who who_of(const Context& context);

/// One state of a record that is audited, and which chain it belongs to.
struct State {
    core::audit::Subject subject;
    core::audit::Topic topic;
    std::string key;
    std::span<const Field> fields;
    const void* record;
    core::audit::Reading reading;
};
State state_of(const core::card::Card& card);
State state_of(const core::product::CardProduct& product);
State state_of(const core::product::CardProductGroup& group);
State state_of(const core::product::CardArt& art);
State state_of(const core::product::CardBinRange& range);

/// What happened to a subject, where there is no record to compare: a stored card was read. In the context's unit.
struct Note {
    core::audit::Subject subject;
    core::audit::Topic topic;
    core::audit::Action action;
    std::string key;
    std::vector<core::audit::PropertyChange> details;
};
Result<void> note(Context& context, Note what);

/// Errors: those of the store. `before` nullptr: created; `now` nullptr: deleted; not both.
Result<void> record(Context& context, const State* before, const State* now);
/// For cards, in their account's lane.
Result<void> record(lane::Work& work, const Who& who, TokenId token_id, const State* before, const State* now);

template <class Record>
Result<void> created(Context& context, const Record& now) {
    const State state = state_of(now);
    return record(context, nullptr, &state);
}
template <class Record>
Result<void> updated(Context& context, const Record& before, const Record& now) {
    const State old_state = state_of(before), new_state = state_of(now);
    return record(context, &old_state, &new_state);
}
template <class Record>
Result<void> deleted(Context& context, const Record& before) {
    const State state = state_of(before);
    return record(context, &state, nullptr);
}

inline Result<void> created(lane::Work& work, const Who& who, const core::card::Card& now) {
    const State state = state_of(now);
    return record(work, who, now.token_id, nullptr, &state);
}
inline Result<void> updated(lane::Work& work, const Who& who, const core::card::Card& before,
                            const core::card::Card& now) {
    const State old_state = state_of(before), new_state = state_of(now);
    return record(work, who, now.token_id, &old_state, &new_state);
}

}  // namespace takas::app::audit
