#include "app/controls/versions.hpp"

#include <array>

namespace takas::app::controls {
namespace {

using ports::where;

std::vector<ports::Condition> of_control(const Context& context, VersionsOf of) {
    return {where<&ControlVersion::tenant_id>(context.tenant_id), where<&ControlVersion::family>(of.family),
            where<&ControlVersion::control_id>(of.control_id)};
}

}  // namespace

Result<std::vector<ControlVersion>> versions_of(const Context& context, VersionsOf of, std::int64_t skip,
                                                std::int64_t limit) {
    return context.store().list<ControlVersion>(
        {of_control(context, of), {{member_name<&ControlVersion::version_no>, true}}, skip, limit});
}

Result<std::int64_t> next_version_no(const Context& context, VersionsOf of) {
    const auto newest = versions_of(context, of, 0, 1);
    if (!newest) return std::unexpected(newest.error());
    return newest->empty() ? 1 : newest->front().version_no + 1;
}

Result<std::optional<ControlVersion>> find_version(const Context& context, VersionsOf of, std::int64_t version_no) {
    auto conditions = of_control(context, of);
    conditions.push_back(where<&ControlVersion::version_no>(version_no));
    return context.store().find<ControlVersion>(std::move(conditions));
}

Result<std::optional<ControlVersion>> find_draft(const Context& context, VersionsOf of) {
    for (const VersionState state : {VersionState::draft, VersionState::shadow}) {
        auto conditions = of_control(context, of);
        conditions.push_back(where<&ControlVersion::state>(state));
        auto found = context.store().find<ControlVersion>(std::move(conditions));
        if (!found || *found) return found;
    }
    return std::nullopt;
}

Result<std::int64_t> count_shadows(const Context& context, Family family, std::int64_t at_most) {
    return context.store().count_of<ControlVersion>(
        std::array{where<&ControlVersion::tenant_id>(context.tenant_id), where<&ControlVersion::family>(family),
                   where<&ControlVersion::state>(VersionState::shadow)},
        at_most);
}

ControlVersion make_version(const Context& context, VersionsOf of, std::int64_t version_no, VersionState state,
                            RawJson definition) {
    ControlVersion version;
    version.tenant_id = context.tenant_id;
    version.family = of.family;
    version.control_id = of.control_id;
    version.version_no = version_no;
    version.state = state;
    version.definition = std::move(definition);
    version.user_id = context.user_id;
    version.user_name = context.user_name;
    version.creation_time = context.now;
    if (state == VersionState::active) version.active_since = context.now;
    return version;
}

Result<void> retire_active(Context& context, VersionsOf of, std::int64_t active_no) {
    auto active = find_version(context, of, active_no);
    if (!active) return std::unexpected(std::move(active.error()));
    if (!*active) return fail(ErrorCode::internal, "a control without its active version");
    (*active)->state = VersionState::retired;
    (*active)->active_until = context.now;
    context.unit.update(std::move(**active));
    return {};
}

Result<void> retire_all(Context& context, VersionsOf of, std::int64_t active_no) {
    if (auto done = retire_active(context, of, active_no); !done) return done;
    auto draft = find_draft(context, of);
    if (!draft) return std::unexpected(std::move(draft.error()));
    if (!*draft) return {};
    (*draft)->state = VersionState::retired;
    context.unit.update(std::move(**draft));
    return {};
}

}  // namespace takas::app::controls
