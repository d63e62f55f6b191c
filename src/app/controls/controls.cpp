// Controls themselves (controls.hpp); their drafts are in drafts.cpp.
#include "app/controls/controls.hpp"

#include "app/controls/change_warnings.hpp"
#include "app/controls/control_row.hpp"

namespace takas::app::controls {
namespace {

using ports::Compare;
using ports::where;

/// Nobody is concerned: legal, and a usual first step.
template <class Control>
void warn_of_no_effect(const Control& control, bool is_linked, Warnings& warnings) {
    if (control.tenant_wide && is_linked)
        warnings.push_back({"A tenantWide control concerns everybody: its links change nothing.",
                            "tenantWide kontrol herkesi kapsar: bağlantıları etkisizdir."});
    if (!control.tenant_wide && !is_linked)
        warnings.push_back({"It has no effect until it is linked.", "Bir hedefe bağlanana kadar etkisizdir."});
}

template <class Control>
Result<bool> is_linked(const Context& context, EntityId id) {
    const auto links = links_of(context, family_of<Control>, id, 0, 1);
    if (!links) return std::unexpected(links.error());
    return !links->empty();
}

}  // namespace

template <class Control>
Result<Saved<Control>> create_control(Context& context, Control wanted, const std::optional<LinkWish>& link_to) {
    auto warnings = examine(context, wanted, Becomes::added);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    wanted.tenant_id = context.tenant_id;
    wanted.id = context.next_id<EntityId>();
    wanted.active_version_no = wanted.version = 1;
    wanted.creation_time = context.now;
    context.unit.insert(wanted);
    context.decides_again_on.push_back(ports::table_of<Control>().name);
    context.unit.insert(make_version(context, key_of(wanted), 1, VersionState::active, definition_of(wanted)));
    if (auto noted = note_change<Control>(context, nullptr, &wanted); !noted)
        return std::unexpected(std::move(noted.error()));
    if (link_to) {
        const auto links = link(context, family_of<Control>, wanted.id, *link_to, "linkTo.");
        if (!links) return std::unexpected(links.error());
    }
    tell_policies(context);
    warn_of_no_effect(wanted, link_to.has_value(), *warnings);
    return Saved<Control>{std::move(wanted), std::move(*warnings)};
}

template <class Control>
Result<Saved<Control>> update_control(Context& context, EntityId id, Control wanted, SeenVersion seen) {
    const auto stored = seen_control<Control>(context, id, seen);
    if (!stored) return std::unexpected(stored.error());
    wanted.id = id;
    auto warnings = examine(context, wanted, Becomes::changed);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    const auto linked = is_linked<Control>(context, id);
    if (!linked) return std::unexpected(linked.error());
    warn_of_no_effect(wanted, *linked, *warnings);
    if (auto told = warn_of_change(context, *stored, wanted, *warnings); !told)
        return std::unexpected(std::move(told.error()));
    const auto version_no = next_version_no(context, key_of(*stored));
    if (!version_no) return std::unexpected(version_no.error());
    Control now = next_of(*stored, std::move(wanted), *version_no);
    if (say_the_same(*stored, now)) return Saved<Control>{*stored, std::move(*warnings)};
    if (auto done = retire_active(context, key_of(*stored), stored->active_version_no); !done)
        return std::unexpected(std::move(done.error()));
    context.unit.insert(make_version(context, key_of(now), *version_no, VersionState::active, definition_of(now)));
    store_row(context, *stored, now);
    if (auto noted = note_change(context, &*stored, &now); !noted) return std::unexpected(std::move(noted.error()));
    return Saved<Control>{std::move(now), std::move(*warnings)};
}

template <class Control>
Result<Control> get_control(const Context& context, EntityId id) {
    auto control =
        context.store().find<Control>({where<&Control::tenant_id>(context.tenant_id), where<&Control::id>(id)});
    if (!control) return std::unexpected(std::move(control.error()));
    if (!*control) return fail(ErrorCode::control_not_found);
    return std::move(**control);
}

template <class Control>
Result<void> delete_control(Context& context, EntityId id, SeenVersion seen) {
    const auto stored = seen_control<Control>(context, id, seen);
    if (!stored) return std::unexpected(stored.error());
    context.depend_on(*stored);
    context.unit.erase(*stored);
    if (auto done = unlink_all(context, family_of<Control>, id); !done) return done;
    if (auto done = retire_all(context, key_of(*stored), stored->active_version_no); !done) return done;
    tell_policies(context);
    return note_change<Control>(context, &*stored, nullptr);
}

template <class Control>
Result<std::vector<Control>> list_controls(const Context& context, const ControlQuery& query) {
    std::vector conditions{where<&Control::tenant_id>(context.tenant_id)};
    if (query.name) conditions.push_back(where<&Control::name>(Compare::contains, *query.name));
    if (query.is_active) conditions.push_back(where<&Control::is_active>(*query.is_active));
    if (query.tenant_wide) conditions.push_back(where<&Control::tenant_wide>(*query.tenant_wide));
    ports::Query all{std::move(conditions), query.page.order, query.page.skip, query.page.limit};
    if (all.order.empty()) all.order.push_back({member_name<&Control::name>});
    return context.store().list<Control>(all);
}

#define TAKAS_CONTROLS_OF(Control)                                                                     \
    template Result<Saved<Control>> create_control(Context&, Control, const std::optional<LinkWish>&); \
    template Result<Saved<Control>> update_control(Context&, EntityId, Control, SeenVersion);          \
    template Result<Control> get_control(const Context&, EntityId);                                    \
    template Result<void> delete_control<Control>(Context&, EntityId, SeenVersion);                    \
    template Result<std::vector<Control>> list_controls(const Context&, const ControlQuery&)

TAKAS_CONTROLS_OF(AuthorizationControl);
TAKAS_CONTROLS_OF(VelocityControl);

}  // namespace takas::app::controls
