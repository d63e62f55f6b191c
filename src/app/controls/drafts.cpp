// Versions of controls: drafts, shadow, promotion, going back (controls.hpp).
#include "app/controls/change_warnings.hpp"
#include "app/controls/control_row.hpp"
#include "app/controls/controls.hpp"

namespace takas::app::controls {
namespace {

constexpr std::string_view dropped = "Retired", drafted = "Draft", shadowed = "Shadow";

std::string text_of(const ControlVersion& version, std::string_view state) {
    return std::to_string(version.version_no) + " " + std::string(state);
}

template <class Control>
struct WithDraft {
    Control stored;
    ControlVersion draft;
};

/// Errors: control_not_found, concurrent_change, control_no_draft.
template <class Control>
Result<WithDraft<Control>> control_with_draft(const Context& context, EntityId id, SeenVersion seen) {
    auto stored = seen_control<Control>(context, id, seen);
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto draft = find_draft(context, key_of(*stored));
    if (!draft) return std::unexpected(std::move(draft.error()));
    if (!*draft) return fail(ErrorCode::control_no_draft);
    return WithDraft<Control>{std::move(*stored), std::move(**draft)};
}

/// Moves the control's version only: what it says stays.
template <class Control>
Control touch(Context& context, const Control& stored) {
    Control now = stored;
    ++now.version;
    store_row(context, stored, now);
    return now;
}

/// `wanted` becomes what the control says, as this version, whose row the caller puts into the unit.
template <class Control>
Result<Saved<Control>> activate(Context& context, const Control& stored, Control wanted, std::int64_t version_no) {
    wanted.id = stored.id;
    auto warnings = examine(context, wanted, Becomes::changed);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    if (auto told = warn_of_change(context, stored, wanted, *warnings); !told)
        return std::unexpected(std::move(told.error()));
    Control now = next_of(stored, std::move(wanted), version_no);
    if (auto done = retire_active(context, key_of(stored), stored.active_version_no); !done)
        return std::unexpected(std::move(done.error()));
    store_row(context, stored, now);
    if (auto noted = note_change(context, &stored, &now); !noted) return std::unexpected(std::move(noted.error()));
    return Saved<Control>{std::move(now), std::move(*warnings)};
}

}  // namespace

template <class Control>
Result<Control> control_of(const ControlVersion& version) {
    auto control = protocol::json::decode<Control>(version.definition.text, protocol::json::storage_read);
    if (!control) return fail(ErrorCode::internal, "the definition of a control's version cannot be read");
    return control;
}

template <class Control>
Result<std::vector<SavedVersion<Control>>> list_versions(const Context& context, EntityId id, std::int64_t skip,
                                                         std::int64_t limit) {
    const auto stored = get_control<Control>(context, id);
    const bool is_deleted = !stored && stored.error().code == ErrorCode::control_not_found;
    if (!stored && !is_deleted) return std::unexpected(stored.error());
    const VersionsOf of{family_of<Control>, id};
    if (is_deleted) {
        const auto newest = next_version_no(context, of);
        if (!newest) return std::unexpected(newest.error());
        if (*newest == 1) return std::unexpected(stored.error());
    }
    auto versions = versions_of(context, of, skip, limit);
    if (!versions) return std::unexpected(std::move(versions.error()));
    std::vector<SavedVersion<Control>> all;
    for (ControlVersion& version : *versions) {
        auto definition = control_of<Control>(version);
        if (!definition) return std::unexpected(std::move(definition.error()));
        all.push_back({std::move(version), std::move(*definition), stored ? stored->version : 0, {}});
    }
    return all;
}

template <class Control>
Result<SavedVersion<Control>> put_draft(Context& context, EntityId id, Control wanted, SeenVersion seen) {
    const auto stored = seen_control<Control>(context, id, seen);
    if (!stored) return std::unexpected(stored.error());
    wanted.id = id;
    auto warnings = examine(context, wanted, Becomes::draft);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    const VersionsOf of = key_of(*stored);
    const auto known = find_draft(context, of);
    if (!known) return std::unexpected(known.error());
    auto version_no = *known ? Result<std::int64_t>((*known)->version_no) : next_version_no(context, of);
    if (!version_no) return std::unexpected(std::move(version_no.error()));
    Control draft = next_of(*stored, std::move(wanted), *version_no);
    ControlVersion version = make_version(context, of, *version_no, VersionState::draft, definition_of(draft));
    if (*known)
        context.unit.update(version);
    else
        context.unit.insert(version);
    const Control now = touch(context, *stored);
    if (auto noted = note_draft(context, *stored, &draft, text_of(version, drafted)); !noted)
        return std::unexpected(std::move(noted.error()));
    return SavedVersion<Control>{std::move(version), std::move(draft), now.version, std::move(*warnings)};
}

template <class Control>
Result<SavedVersion<Control>> shadow_draft(Context& context, EntityId id, SeenVersion seen) {
    auto found = control_with_draft<Control>(context, id, seen);
    if (!found) return std::unexpected(std::move(found.error()));
    auto definition = control_of<Control>(found->draft);
    if (!definition) return std::unexpected(std::move(definition.error()));
    SavedVersion<Control> answer{std::move(found->draft), std::move(*definition), found->stored.version, {}};
    if (answer.version.state == VersionState::shadow) return answer;
    const auto others = count_shadows(context, family_of<Control>, shadows_max);
    if (!others) return std::unexpected(others.error());
    if (*others >= shadows_max) return fail(ErrorCode::too_many_controls);
    answer.version.state = VersionState::shadow;
    context.unit.update(answer.version);
    answer.control_version = touch(context, found->stored).version;
    if (auto noted = note_draft<Control>(context, found->stored, nullptr, text_of(answer.version, shadowed)); !noted)
        return std::unexpected(std::move(noted.error()));
    return answer;
}

template <class Control>
Result<Saved<Control>> promote_draft(Context& context, EntityId id, SeenVersion seen) {
    auto found = control_with_draft<Control>(context, id, seen);
    if (!found) return std::unexpected(std::move(found.error()));
    auto wanted = control_of<Control>(found->draft);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    auto saved = activate(context, found->stored, std::move(*wanted), found->draft.version_no);
    if (!saved) return saved;
    found->draft.state = VersionState::active;
    found->draft.active_since = context.now;
    found->draft.definition = definition_of(saved->control);
    context.unit.update(std::move(found->draft));
    return saved;
}

template <class Control>
Result<void> drop_draft(Context& context, EntityId id, SeenVersion seen) {
    auto found = control_with_draft<Control>(context, id, seen);
    if (!found) return std::unexpected(std::move(found.error()));
    found->draft.state = VersionState::retired;
    context.unit.update(found->draft);
    touch(context, found->stored);
    return note_draft<Control>(context, found->stored, nullptr, text_of(found->draft, dropped));
}

template <class Control>
Result<Saved<Control>> roll_back(Context& context, EntityId id, std::int64_t version_no, SeenVersion seen) {
    const auto stored = seen_control<Control>(context, id, seen);
    if (!stored) return std::unexpected(stored.error());
    const VersionsOf of = key_of(*stored);
    const auto version = find_version(context, of, version_no);
    if (!version) return std::unexpected(version.error());
    const bool was_active = *version && (*version)->active_since.has_value();
    if (!was_active) return fail(ErrorCode::control_version_not_found);
    if (version_no == stored->active_version_no)
        return fail_field("versionNo", "This version is the active one.", "Bu sürüm zaten geçerli olan sürüm.");
    auto wanted = control_of<Control>(**version);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    const auto next_no = next_version_no(context, of);
    if (!next_no) return std::unexpected(next_no.error());
    auto saved = activate(context, *stored, std::move(*wanted), *next_no);
    if (!saved) return saved;
    context.unit.insert(make_version(context, of, *next_no, VersionState::active, definition_of(saved->control)));
    return saved;
}

#define TAKAS_DRAFTS_OF(Control)                                                                              \
    template Result<Control> control_of(const ControlVersion&);                                               \
    template Result<std::vector<SavedVersion<Control>>> list_versions(const Context&, EntityId, std::int64_t, \
                                                                      std::int64_t);                          \
    template Result<SavedVersion<Control>> put_draft(Context&, EntityId, Control, SeenVersion);               \
    template Result<SavedVersion<Control>> shadow_draft(Context&, EntityId, SeenVersion);                     \
    template Result<Saved<Control>> promote_draft(Context&, EntityId, SeenVersion);                           \
    template Result<void> drop_draft<Control>(Context&, EntityId, SeenVersion);                               \
    template Result<Saved<Control>> roll_back(Context&, EntityId, std::int64_t, SeenVersion)

TAKAS_DRAFTS_OF(AuthorizationControl);
TAKAS_DRAFTS_OF(VelocityControl);

}  // namespace takas::app::controls
