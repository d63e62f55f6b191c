// The authorization and velocity controls of an institution, the same for both families: made, changed, listed,
// deleted, and their versions with drafts (contract 4.5, 4.6). Fills the context's unit; the caller commits it. Every
// change of what a control says is a version; a draft says something else without counting, until it is promoted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/controls/check_control.hpp"
#include "app/controls/links.hpp"
#include "app/ports/page.hpp"

namespace takas::app::controls {

using core::control::ControlVersion;

/// How many controls of one family an institution may have: all are kept in memory, compiled.
inline constexpr std::int64_t controls_max = 1'000;
/// How many drafts of one family are in shadow at a time: each costs every decision what a control costs.
inline constexpr std::int64_t shadows_max = 500;

template <class Control>
struct Saved {
    Control control;
    Warnings warnings;
};

/// `wanted` without id, versions and times. Errors: those of check_control and link, control_exists (the name),
/// too_many_controls.
template <class Control>
Result<Saved<Control>> create_control(Context& context, Control wanted, const std::optional<LinkWish>& link_to);
/// Replaces what the control says; nothing is written when it says that already.
/// Errors: those of check_control, control_not_found, control_exists, concurrent_change.
template <class Control>
Result<Saved<Control>> update_control(Context& context, EntityId id, Control wanted, SeenVersion seen);
/// Error: control_not_found.
template <class Control>
Result<Control> get_control(const Context& context, EntityId id);
/// With its links; its versions stay, for those who ask why a transaction was refused.
/// Errors: control_not_found, concurrent_change.
template <class Control>
Result<void> delete_control(Context& context, EntityId id, SeenVersion seen);

struct ControlQuery {
    std::optional<std::string> name{};  ///< in part
    std::optional<bool> is_active{}, tenant_wide{};
    ports::PageWish page{};  ///< usual order: by name
};
template <class Control>
Result<std::vector<Control>> list_controls(const Context& context, const ControlQuery& query);

/// What a version says, as a control.
template <class Control>
Result<Control> control_of(const ControlVersion& version);

template <class Control>
struct SavedVersion {
    ControlVersion version;
    Control definition;
    std::int64_t control_version = 0;  ///< of the control's row: for the ETag
    Warnings warnings;
};

/// Newest first; of a deleted control, too. Error: control_not_found.
template <class Control>
Result<std::vector<SavedVersion<Control>>> list_versions(const Context& context, EntityId id, std::int64_t skip,
                                                         std::int64_t limit);
/// Makes the draft, or replaces it; a draft in shadow is a mere draft again.
/// Errors: as update_control.
template <class Control>
Result<SavedVersion<Control>> put_draft(Context& context, EntityId id, Control wanted, SeenVersion seen);
/// The draft is evaluated and recorded with every decision from now on, and never decides.
/// Errors: control_not_found, control_no_draft, too_many_controls, concurrent_change.
template <class Control>
Result<SavedVersion<Control>> shadow_draft(Context& context, EntityId id, SeenVersion seen);
/// The draft becomes what the control says. Errors: as update_control, control_no_draft.
template <class Control>
Result<Saved<Control>> promote_draft(Context& context, EntityId id, SeenVersion seen);
/// Errors: control_not_found, control_no_draft, concurrent_change.
template <class Control>
Result<void> drop_draft(Context& context, EntityId id, SeenVersion seen);
/// A new version that says what an earlier one said. Errors: as update_control, control_version_not_found (also for the
/// draft: it is promoted).
template <class Control>
Result<Saved<Control>> roll_back(Context& context, EntityId id, std::int64_t version_no, SeenVersion seen);

}  // namespace takas::app::controls
