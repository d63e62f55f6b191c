#include "app/fees/fees.hpp"

#include "app/catalog/catalog.hpp"
#include "app/controls/changed.hpp"
#include "app/controls/check_name.hpp"
#include "app/controls/links.hpp"
#include "app/controls/versions.hpp"
#include "app/fees/check_fee.hpp"
#include "app/fees/fee_audit.hpp"
#include "app/fees/overlap.hpp"
#include "app/ports/tables.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::fees {
namespace {

using core::control::ControlLink;
using ports::Compare;
using ports::where;

template <class Fee>
Result<Warnings> check(const Context& context, Fee& fee) {
    if (auto good = controls::check_name(fee.name); !good) return std::unexpected(std::move(good.error()));
    return check_fee(fee, context.services.catalog.local_date(context.tenant_id, context.now));
}

/// Another fee of that name in the family.
template <class Fee>
Result<void> check_name_free(const Context& context, const std::string& name, EntityId own) {
    const auto known = context.store().find<Fee>({where<&Fee::tenant_id>(context.tenant_id), where<&Fee::name>(name)});
    if (!known) return std::unexpected(known.error());
    if (*known && (*known)->id != own) return fail(ErrorCode::fee_exists);
    return {};
}

/// Whoever asks later why a transaction cost what it cost reads what its fee said then: as for controls, one version
/// for each change, numbered as the row. A fee from before has no version to end. Fees on cards say it on the charge
/// itself.
template <class Fee>
Result<void> keep_version(Context& context, const Fee* before, const Fee* now) {
    if constexpr (std::same_as<Fee, TransactionFee>) {
        using core::control::ControlVersion, core::control::VersionState;
        const controls::VersionsOf of{family_of<Fee>, (now ? now : before)->id};
        if (before) {
            auto old = controls::find_version(context, of, before->version);
            if (!old) return std::unexpected(std::move(old.error()));
            if (*old) {
                (*old)->state = VersionState::retired;
                (*old)->active_until = context.now;
                context.unit.update(std::move(**old));
            }
        }
        if (now)
            context.unit.insert(controls::make_version(context, of, now->version, VersionState::active,
                                                       {protocol::json::encode(*now, protocol::json::storage_write)}));
        context.decides_again_on.push_back(ports::table_of<ControlVersion>().name);
    }
    return {};
}

/// Whoever meets another change of the same fee or name decides again.
template <class Fee>
void finish(Context& context) {
    controls::tell_policies(context);
    context.decides_again_on.push_back(ports::table_of<Fee>().name);
}

}  // namespace

template <class Fee>
Result<Saved<Fee>> create_fee(Context& context, Fee wanted) {
    auto warnings = check(context, wanted);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    if (auto free = check_name_free<Fee>(context, wanted.name, {}); !free)
        return std::unexpected(std::move(free.error()));
    const auto count = context.store().count_of<Fee>(std::array{where<&Fee::tenant_id>(context.tenant_id)}, fees_max);
    if (!count) return std::unexpected(count.error());
    if (*count >= fees_max) return fail(ErrorCode::too_many_controls);
    wanted.tenant_id = context.tenant_id;
    wanted.id = context.next_id<EntityId>();
    wanted.creation_time = context.now;
    wanted.version = 1;
    context.unit.insert(wanted);
    if (auto kept = keep_version<Fee>(context, nullptr, &wanted); !kept)
        return std::unexpected(std::move(kept.error()));
    if (auto noted = note_change<Fee>(context, nullptr, &wanted); !noted)
        return std::unexpected(std::move(noted.error()));
    finish<Fee>(context);
    return Saved<Fee>{std::move(wanted), std::move(*warnings)};
}

template <class Fee>
Result<void> warn_of_overlaps(const Context& context, Saved<Fee>& saved, std::span<const ControlLink> links) {
    auto more = overlaps(context, saved.fee, links);
    if (!more) return std::unexpected(std::move(more.error()));
    for (Warning& one : *more) saved.warnings.push_back(std::move(one));
    return {};
}

template <class Fee>
Result<Fee> get_fee(const Context& context, EntityId id) {
    auto fee = context.store().find<Fee>({where<&Fee::tenant_id>(context.tenant_id), where<&Fee::id>(id)});
    if (!fee) return std::unexpected(std::move(fee.error()));
    if (!*fee) return fail(ErrorCode::fee_not_found);
    return std::move(**fee);
}

template <class Fee>
Result<Saved<Fee>> update_fee(Context& context, EntityId id, Fee wanted, SeenVersion seen) {
    const auto stored = get_fee<Fee>(context, id);
    if (!stored) return std::unexpected(stored.error());
    if (auto same = check_seen(seen, stored->version); !same) return std::unexpected(std::move(same.error()));
    auto warnings = check(context, wanted);
    if (!warnings) return std::unexpected(std::move(warnings.error()));
    if (auto free = check_name_free<Fee>(context, wanted.name, id); !free)
        return std::unexpected(std::move(free.error()));
    wanted.tenant_id = context.tenant_id;
    wanted.id = id;
    wanted.creation_time = stored->creation_time;
    wanted.version = stored->version + 1;
    context.unit.update(wanted, stored->version);
    if (auto kept = keep_version(context, &*stored, &wanted); !kept) return std::unexpected(std::move(kept.error()));
    if (auto noted = note_change(context, &*stored, &wanted); !noted) return std::unexpected(std::move(noted.error()));
    finish<Fee>(context);
    const auto links = controls::links_of(context, family_of<Fee>, id);
    if (!links) return std::unexpected(links.error());
    if (!wanted.tenant_wide && links->empty())
        warnings->push_back({"It has no effect until it is linked.", "Bir hedefe bağlanana kadar etkisizdir."});
    Saved<Fee> saved{std::move(wanted), std::move(*warnings)};
    if (auto warned = warn_of_overlaps(context, saved, *links); !warned)
        return std::unexpected(std::move(warned.error()));
    return saved;
}

template <class Fee>
Result<std::vector<Fee>> list_fees(const Context& context, const std::optional<std::string>& name_part,
                                   const ports::PageWish& wish) {
    ports::Query query{{where<&Fee::tenant_id>(context.tenant_id)}, wish.order, wish.skip, wish.limit};
    if (query.order.empty()) query.order.push_back({member_name<&Fee::name>});
    if (name_part) query.conditions.push_back(where<&Fee::name>(Compare::contains, *name_part));
    return context.store().list<Fee>(query);
}

template <class Fee>
Result<void> delete_fee(Context& context, EntityId id, SeenVersion seen) {
    const auto stored = get_fee<Fee>(context, id);
    if (!stored) return std::unexpected(stored.error());
    if (auto same = check_seen(seen, stored->version); !same) return same;
    context.depend_on(*stored);
    context.unit.erase(*stored);
    if (auto kept = keep_version<Fee>(context, &*stored, nullptr); !kept) return kept;
    if (auto gone = controls::unlink_all(context, family_of<Fee>, id); !gone) return gone;
    if (auto noted = note_change<Fee>(context, &*stored, nullptr); !noted) return noted;
    finish<Fee>(context);
    return {};
}

#define TAKAS_FEE_FAMILY(Fee)                                                                          \
    template Result<Saved<Fee>> create_fee(Context&, Fee);                                             \
    template Result<void> warn_of_overlaps(const Context&, Saved<Fee>&, std::span<const ControlLink>); \
    template Result<Saved<Fee>> update_fee(Context&, EntityId, Fee, SeenVersion);                      \
    template Result<Fee> get_fee(const Context&, EntityId);                                            \
    template Result<std::vector<Fee>> list_fees(const Context&, const std::optional<std::string>&,     \
                                                const ports::PageWish&);                               \
    template Result<void> delete_fee<Fee>(Context&, EntityId, SeenVersion);

TAKAS_FEE_FAMILY(TransactionFee)
TAKAS_FEE_FAMILY(CardIssuanceFee)
TAKAS_FEE_FAMILY(CardAnnualFee)

}  // namespace takas::app::fees
