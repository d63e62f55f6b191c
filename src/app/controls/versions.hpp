// The rows of a control's versions, whichever family: numbered from 1, at most one of them a draft (or in shadow), one
// active. Knows no control: what a version says is JSON to it. Fills the context's unit. Whoever calls changes the
// control's row in the same unit, guarded by its version, so that two changes of one control never meet here.
#pragma once

#include <optional>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::controls {

using core::control::ControlVersion;
using core::control::Family;
using core::control::VersionState;

/// Which control's.
struct VersionsOf {
    Family family;
    EntityId control_id;
};

/// Newest first.
Result<std::vector<ControlVersion>> versions_of(const Context& context, VersionsOf of, std::int64_t skip,
                                                std::int64_t limit);
/// The number of the next version: 1 for the first.
Result<std::int64_t> next_version_no(const Context& context, VersionsOf of);
/// Nothing when there is none.
Result<std::optional<ControlVersion>> find_version(const Context& context, VersionsOf of, std::int64_t version_no);
/// The draft, or what is in shadow; nothing when there is neither.
Result<std::optional<ControlVersion>> find_draft(const Context& context, VersionsOf of);

/// How many drafts of the family are in shadow, counted up to `at_most`.
Result<std::int64_t> count_shadows(const Context& context, Family family, std::int64_t at_most);

/// A version written by the caller of the context.
ControlVersion make_version(const Context& context, VersionsOf of, std::int64_t version_no, VersionState state,
                            RawJson definition);
/// Into the unit: the active version `active_no` ends now.
Result<void> retire_active(Context& context, VersionsOf of, std::int64_t active_no);
/// Into the unit: the control is gone; so are its active version and its draft.
Result<void> retire_all(Context& context, VersionsOf of, std::int64_t active_no);

}  // namespace takas::app::controls
