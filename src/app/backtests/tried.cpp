// What a back-test tries: a definition, a version, a draft, all drafts, or a whole set (backtests.hpp).
#include <algorithm>

#include "app/backtests/backtests.hpp"
#include "app/catalog/catalog.hpp"
#include "app/controls/control_row.hpp"

namespace takas::app::backtests {

namespace {

using controls::Surroundings;
using core::control::ControlVersion;
using core::control::Family;
using ports::where;

constexpr std::int64_t drafts_max = 1'000;

template <class Control>
std::vector<Control>& controls_of(BacktestChange& change) {
    if constexpr (std::same_as<Control, VelocityControl>)
        return change.velocity_controls;
    else
        return change.authorization_controls;
}

/// Its own past decides whether a control makes sense: dates that are over are welcome.
template <class Control>
Result<void> check(const Context& context, Control& control, const std::vector<Control>& all) {
    const Surroundings<Control> around{all, context.services.catalog.local_date(context.tenant_id, context.now), false};
    auto good = controls::check_control(control, around);
    if (!good) return std::unexpected(std::move(good.error()));
    return {};
}

template <class Control>
void add(Tried& tried, Control control, std::int64_t version_no) {
    tried.subjects.push_back({controls::family_of<Control>, control.id, control.name, version_no, control.rule});
    controls_of<Control>(tried.change).push_back(std::move(control));
}

/// The identity of the stored control and the words of the other.
template <class Control>
Control in_place_of(const Control& stored, Control wanted) {
    wanted.tenant_id = stored.tenant_id;
    wanted.id = stored.id;
    wanted.creation_time = stored.creation_time;
    wanted.version = stored.version;
    wanted.active_version_no = stored.active_version_no;
    return wanted;
}

template <class Control>
Result<void> add_family(Context& context, std::vector<Control> wanted, Tried& tried) {
    const auto all = controls::all_controls<Control>(context);
    if (!all) return std::unexpected(all.error());
    if (static_cast<std::int64_t>(wanted.size()) > controls::controls_max) return fail(ErrorCode::too_many_controls);
    for (Control& one : wanted) {
        if (one.id) {
            const auto stored = std::ranges::find(*all, one.id, &Control::id);
            if (stored == all->end()) return fail(ErrorCode::control_not_found);
            one = in_place_of(*stored, std::move(one));
        } else {
            one.tenant_id = context.tenant_id;
            one.id = context.next_id<EntityId>();
            one.creation_time = context.now;
        }
    }
    for (Control& one : wanted) {
        if (auto good = check(context, one, wanted); !good) return good;
        add(tried, one, 0);
    }
    return {};
}

template <class Control>
Result<void> add_drafts(const Context& context, Tried& tried) {
    for (const auto state : {controls::VersionState::draft, controls::VersionState::shadow}) {
        const auto drafts = context.store().list<ControlVersion>(
            {{where<&ControlVersion::tenant_id>(context.tenant_id),
              where<&ControlVersion::family>(controls::family_of<Control>), where<&ControlVersion::state>(state)},
             {},
             0,
             drafts_max});
        if (!drafts) return std::unexpected(drafts.error());
        for (const ControlVersion& draft : *drafts) {
            auto control = controls::control_of<Control>(draft);
            if (!control) return std::unexpected(std::move(control.error()));
            add(tried, std::move(*control), draft.version_no);
        }
    }
    return {};
}

}  // namespace

template <class Control>
Result<Tried> tried_of(Context& context, EntityId id, std::optional<Control> definition,
                       std::optional<std::int64_t> version_no) {
    const auto stored = controls::get_control<Control>(context, id);
    if (!stored) return std::unexpected(stored.error());
    Tried tried;
    if (definition) {
        const auto all = controls::all_controls<Control>(context);
        if (!all) return std::unexpected(all.error());
        Control wanted = in_place_of(*stored, std::move(*definition));
        if (auto good = check(context, wanted, *all); !good) return std::unexpected(std::move(good.error()));
        add(tried, std::move(wanted), 0);
        return tried;
    }
    const auto of = controls::key_of(*stored);
    auto version = version_no ? controls::find_version(context, of, *version_no) : controls::find_draft(context, of);
    if (!version) return std::unexpected(std::move(version.error()));
    if (!*version && version_no) return fail(ErrorCode::control_version_not_found);
    if (!*version) {
        add(tried, *stored, stored->active_version_no);
        return tried;
    }
    auto control = controls::control_of<Control>(**version);
    if (!control) return std::unexpected(std::move(control.error()));
    add(tried, in_place_of(*stored, std::move(*control)), (*version)->version_no);
    return tried;
}

Result<Tried> tried_of(Context& context, WholeSet set) {
    Tried tried;
    tried.change.replaces_authorization_controls = set.authorization_controls.has_value();
    tried.change.replaces_velocity_controls = set.velocity_controls.has_value();
    if (set.authorization_controls)
        if (auto done = add_family(context, std::move(*set.authorization_controls), tried); !done)
            return std::unexpected(std::move(done.error()));
    if (set.velocity_controls)
        if (auto done = add_family(context, std::move(*set.velocity_controls), tried); !done)
            return std::unexpected(std::move(done.error()));
    return tried;
}

Result<Tried> all_drafts(const Context& context) {
    Tried tried;
    auto done = add_drafts<AuthorizationControl>(context, tried);
    if (done) done = add_drafts<VelocityControl>(context, tried);
    if (!done) return std::unexpected(std::move(done.error()));
    return tried;
}

template Result<Tried> tried_of(Context&, EntityId, std::optional<AuthorizationControl>, std::optional<std::int64_t>);
template Result<Tried> tried_of(Context&, EntityId, std::optional<VelocityControl>, std::optional<std::int64_t>);

}  // namespace takas::app::backtests
