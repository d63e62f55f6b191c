#include "app/fees/taxes.hpp"

#include "app/controls/changed.hpp"
#include "app/controls/check_name.hpp"
#include "app/fees/fee_audit.hpp"
#include "app/ports/tables.hpp"
#include "core/fee/amount.hpp"

namespace takas::app::fees {
namespace {

using core::audit::AuditHead;
using ports::where;

/// Read before the taxes: every change of a tax moves it, so what is decided on them holds at the commit.
Result<void> depend_on_all(Context& context) {
    const auto head = context.store().find<AuditHead>({where<&AuditHead::tenant_id>(context.tenant_id),
                                                       where<&AuditHead::subject>(core::audit::Subject::tax),
                                                       where<&AuditHead::subject_key>(tax_chain)});
    if (!head) return std::unexpected(head.error());
    if (*head) context.depend_on(**head);
    return {};
}

Result<void> check_alone(const Tax& wanted) {
    if (auto good = controls::check_name(wanted.name); !good) return good;
    if (core::fee::usable_rate(wanted.rate)) return {};
    return fail_field("rate", "A percentage from 0 to 100 with at most 6 decimals is needed.",
                      "0 ile 100 arasında, en çok 6 ondalıklı bir yüzde gerekli.");
}

/// All the others.
Result<std::vector<Tax>> others(const Context& context, EntityId own) {
    auto taxes = list_taxes(context);
    if (taxes) std::erase_if(*taxes, [&](const Tax& tax) { return tax.id == own; });
    return taxes;
}

Result<void> check_name_free(const std::vector<Tax>& taxes, const std::string& name) {
    if (std::ranges::find(taxes, name, &Tax::name) != taxes.end()) return fail(ErrorCode::tax_exists);
    return {};
}

Result<void> finish(Context& context, const Tax* before, const Tax* now) {
    controls::tell_policies(context);
    context.decides_again_on.push_back(ports::table_of<Tax>().name);
    return note_change(context, before, now);
}

}  // namespace

Result<Tax> create_tax(Context& context, Tax wanted) {
    if (auto good = check_alone(wanted); !good) return std::unexpected(std::move(good.error()));
    if (auto held = depend_on_all(context); !held) return std::unexpected(std::move(held.error()));
    const auto taxes = others(context, {});
    if (!taxes) return std::unexpected(taxes.error());
    if (auto free = check_name_free(*taxes, wanted.name); !free) return std::unexpected(std::move(free.error()));
    if (taxes->size() >= core::fee::tax_max_count) return fail(ErrorCode::too_many_controls);
    wanted.tenant_id = context.tenant_id;
    wanted.id = context.next_id<EntityId>();
    wanted.version = 1;
    context.unit.insert(wanted);
    if (auto done = finish(context, nullptr, &wanted); !done) return std::unexpected(std::move(done.error()));
    return wanted;
}

Result<std::vector<Tax>> list_taxes(const Context& context) {
    return context.store().list<Tax>(
        {{where<&Tax::tenant_id>(context.tenant_id)}, {{member_name<&Tax::name>}}, 0, 2 * core::fee::tax_max_count});
}

Result<Tax> get_tax(const Context& context, EntityId id) {
    auto tax = context.store().find<Tax>({where<&Tax::tenant_id>(context.tenant_id), where<&Tax::id>(id)});
    if (!tax) return std::unexpected(std::move(tax.error()));
    if (!*tax) return fail(ErrorCode::tax_not_found);
    return std::move(**tax);
}

Result<Tax> update_tax(Context& context, EntityId id, Tax wanted, SeenVersion seen) {
    if (auto good = check_alone(wanted); !good) return std::unexpected(std::move(good.error()));
    if (auto held = depend_on_all(context); !held) return std::unexpected(std::move(held.error()));
    const auto stored = get_tax(context, id);
    if (!stored) return stored;
    if (auto same = check_seen(seen, stored->version); !same) return std::unexpected(std::move(same.error()));
    const auto taxes = others(context, id);
    if (!taxes) return std::unexpected(taxes.error());
    if (auto free = check_name_free(*taxes, wanted.name); !free) return std::unexpected(std::move(free.error()));
    wanted.tenant_id = context.tenant_id;
    wanted.id = id;
    wanted.version = stored->version + 1;
    context.unit.update(wanted, stored->version);
    if (auto done = finish(context, &*stored, &wanted); !done) return std::unexpected(std::move(done.error()));
    return wanted;
}

Result<void> delete_tax(Context& context, EntityId id, SeenVersion seen) {
    const auto stored = get_tax(context, id);
    if (!stored) return std::unexpected(stored.error());
    if (auto same = check_seen(seen, stored->version); !same) return same;
    context.depend_on(*stored);
    context.unit.erase(*stored);
    return finish(context, &*stored, nullptr);
}

}  // namespace takas::app::fees
