// What the use cases of controls share: finding a control, its family, its JSON form, its audit records and the change
// of its row. Private to app/controls.
#pragma once

#include "app/audit/recorder.hpp"
#include "app/catalog/time_zone.hpp"
#include "app/controls/changed.hpp"
#include "app/controls/check_control.hpp"
#include "app/controls/check_name.hpp"
#include "app/controls/controls.hpp"
#include "app/controls/versions.hpp"
#include "app/system/checks.hpp"
#include "core/audit/differences.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::controls {

template <class Control>
inline constexpr Family family_of = Family::authorization_control;
template <>
inline constexpr Family family_of<VelocityControl> = Family::velocity_control;

template <class Control>
constexpr VersionsOf key_of(const Control& control) {
    return {family_of<Control>, control.id};
}

inline constexpr std::array<std::string_view, 4> audit_left_out{"tenant_id", "version", "active_version_no",
                                                                "creation_time"};

template <class Control>
audit::State audit_state(const Control& control) {
    return {row_of(family_of<Control>).subject,
            core::audit::Topic::policy,
            std::to_string(control.id.value),
            Describe<Control>::fields,
            &control,
            {audit_left_out, {}}};
}

/// `before` nullptr: created; `now` nullptr: deleted.
template <class Control>
Result<void> note_change(Context& context, const Control* before, const Control* now) {
    std::optional<audit::State> old_state, new_state;
    if (before) old_state = audit_state(*before);
    if (now) new_state = audit_state(*now);
    return audit::record(context, before ? &*old_state : nullptr, now ? &*new_state : nullptr);
}

/// What a draft says differently, and what became of it.
template <class Control>
Result<void> note_draft(Context& context, const Control& control, const Control* draft, std::string state) {
    audit::Note note{row_of(family_of<Control>).subject,
                     core::audit::Topic::policy,
                     core::audit::Action::updated,
                     std::to_string(control.id.value),
                     {}};
    note.details.push_back({"draft", std::nullopt, std::move(state)});
    if (draft)
        for (auto& one : core::audit::differences(Describe<Control>::fields, &control, draft, {audit_left_out, {}})) {
            one.property_name.insert(0, "draft.");
            note.details.push_back(std::move(one));
        }
    return audit::note(context, std::move(note));
}

template <class Control>
RawJson definition_of(const Control& control) {
    return {protocol::json::encode(control, protocol::json::storage_write)};
}

/// The identity of the stored control and the words of `wanted`; its version has moved.
template <class Control>
Control next_of(const Control& stored, Control wanted, std::int64_t version_no) {
    wanted.tenant_id = stored.tenant_id;
    wanted.id = stored.id;
    wanted.creation_time = stored.creation_time;
    wanted.version = stored.version + 1;
    wanted.active_version_no = version_no;
    return wanted;
}

/// Both say the same.
template <class Control>
bool say_the_same(const Control& a, Control b) {
    b.version = a.version, b.active_version_no = a.active_version_no;
    return definition_of(a) == definition_of(b);
}

/// As the caller has seen it. Errors: control_not_found, concurrent_change.
template <class Control>
Result<Control> seen_control(const Context& context, EntityId id, SeenVersion seen) {
    auto control = get_control<Control>(context, id);
    if (!control) return control;
    if (auto same = check_seen(seen, control->version); !same) return std::unexpected(std::move(same.error()));
    return control;
}

/// Puts the changed row into the unit, guarded by the version it was read with.
template <class Control>
void store_row(Context& context, const Control& before, const Control& now) {
    context.unit.update(now, before.version);
    context.decides_again_on.push_back(ports::table_of<Control>().name);
    context.decides_again_on.push_back(ports::table_of<ControlVersion>().name);  // two at once take the same number
    tell_policies(context);
}

/// All controls of the family.
template <class Control>
Result<std::vector<Control>> all_controls(const Context& context) {
    return context.store().list<Control>({{ports::where<&Control::tenant_id>(context.tenant_id)}, {}, 0, controls_max});
}

/// Of two that come to say the opposite at the same moment, the second is decided again: they meet at the mark that
/// policies changed, which is moved before the second may ask for the first (see Unit::forbid).
inline void depend_on_no_opposite(Context& context, const AuthorizationControl& control,
                                  std::span<const AuthorizationControl> all) {
    using core::control::ControlAction, ports::where;
    if (!control.is_active || !control.tenant_wide) return;
    const auto opposite = control.action == ControlAction::allow ? ControlAction::decline : ControlAction::allow;
    catalog::PolicySets::mark_changed(context.unit, context.services.ids);
    std::vector unseen{where<&AuthorizationControl::tenant_id>(context.tenant_id),
                       where<&AuthorizationControl::id>(ports::Compare::not_equal, control.id),
                       where<&AuthorizationControl::tenant_wide>(true),
                       where<&AuthorizationControl::is_active>(true),
                       where<&AuthorizationControl::action>(opposite),
                       where<&AuthorizationControl::priority>(control.priority)};
    for (const AuthorizationControl& other : all) {
        if (!are_opposite(control, other)) continue;
        context.depend_on(other);
        unseen.push_back(where<&AuthorizationControl::id>(ports::Compare::not_equal, other.id));
    }
    context.depend_on_none<AuthorizationControl>(std::move(unseen));
}
inline void depend_on_no_opposite(Context&, const VelocityControl&, std::span<const VelocityControl>) {}

enum class Becomes : std::uint8_t { added, changed, draft };

/// Everything that a control must be, the others of the institution considered. Errors: those of check_control,
/// control_exists.
template <class Control>
Result<Warnings> examine(Context& context, Control& control, Becomes becomes) {
    if (auto good = check_name(control.name); !good) return std::unexpected(std::move(good.error()));
    const auto all = all_controls<Control>(context);
    if (!all) return std::unexpected(all.error());
    const auto tenant = system::find_tenant(context.store(), context.tenant_id);
    if (!tenant) return std::unexpected(tenant.error());
    const Surroundings<Control> around{*all, catalog::local_date(tenant->time_zone, context.now),
                                       becomes == Becomes::added};
    auto warnings = check_control(control, around);
    if (!warnings) return warnings;
    for (const Control& other : *all)
        if (other.id != control.id && other.name == control.name) return fail(ErrorCode::control_exists);
    if (becomes == Becomes::added && static_cast<std::int64_t>(all->size()) >= controls_max)
        return fail(ErrorCode::too_many_controls);
    if (becomes != Becomes::draft) depend_on_no_opposite(context, control, *all);
    return warnings;
}

}  // namespace takas::app::controls
