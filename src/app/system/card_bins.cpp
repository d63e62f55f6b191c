#include "app/system/card_bins.hpp"

#include <algorithm>

#include "app/catalog/usage_policies.hpp"
#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"

namespace takas::app::system {

using core::product::CardBin;
using core::product::CardBinRange;
using ports::where;

namespace {

constexpr std::size_t bin_min_digits = 6;

/// Every BIN has at least six digits, so those that could overlap begin with the same six.
Result<bool> overlaps(ports::Store& store, std::string_view digits) {
    auto near = store.list<CardBin>(
        {{where<&CardBin::bin>(ports::Compare::starts_with, digits.substr(0, bin_min_digits))}, {}});
    if (!near) return std::unexpected(std::move(near.error()));
    return std::ranges::any_of(
        *near, [&](const CardBin& bin) { return bin.bin.starts_with(digits) || digits.starts_with(bin.bin); });
}

/// The store refuses equal BINs by itself. One that is the beginning of another is refused here: all who add a BIN
/// change one row, so that the second sees what the first has added.
void forbid_overlaps(ports::Unit& unit, std::string_view digits) {
    unit.upsert(ports::Meta{"last_bin_added", std::string(digits)});
    unit.forbid<CardBin>({where<&CardBin::bin>(ports::Compare::starts_with, digits),
                          where<&CardBin::bin>(ports::Compare::not_equal, digits)});
    for (std::size_t length = bin_min_digits; length < digits.size(); ++length)
        unit.forbid<CardBin>({where<&CardBin::bin>(digits.substr(0, length))});
}

Result<bool> has_ranges(ports::Store& store, EntityId bin_id) {
    const std::array conditions{where<&CardBinRange::bin_id>(bin_id)};
    auto count = store.count_of<CardBinRange>(conditions);
    if (!count) return std::unexpected(std::move(count.error()));
    return *count > 0;
}

Result<void> check(const CardBin& bin) {
    FieldErrors errors;
    check_currency(bin.currency, "currency", errors);
    check_country(bin.country, "country", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

}  // namespace

Result<CardBin> create_card_bin(Context& context, CardBin bin) {
    if (auto ok = check(bin); !ok) return std::unexpected(std::move(ok.error()));
    if (auto tenant = find_tenant(context.store(), bin.tenant_id); !tenant)
        return std::unexpected(std::move(tenant.error()));
    const auto overlap = overlaps(context.store(), bin.bin);
    if (!overlap) return std::unexpected(overlap.error());
    if (*overlap) return fail(ErrorCode::bin_exists);
    bin.id = context.next_id<EntityId>();
    context.unit.insert(bin);
    forbid_overlaps(context.unit, bin.bin);
    catalog::UsagePolicies::mark_changed(context.unit, context.services.ids);
    auto done = commit_now(context, {{"card_bin", ErrorCode::bin_exists}});
    if (!done) return std::unexpected(std::move(done.error()));
    return bin;
}

Result<CardBin> find_card_bin(ports::Store& store, EntityId id) {
    auto bin = store.find<CardBin>({where<&CardBin::id>(id)});
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (!*bin) return fail(ErrorCode::bin_not_found);
    return std::move(**bin);
}

Result<CardBin> change_card_bin(Context& context, EntityId id, const CardBin& change) {
    auto bin = find_card_bin(context.store(), id);
    if (!bin) return bin;
    if (auto ok = check(change); !ok) return std::unexpected(std::move(ok.error()));
    if (change.currency != bin->currency) {
        const auto used = has_ranges(context.store(), id);
        if (!used) return std::unexpected(used.error());
        if (*used) return fail(ErrorCode::bin_in_use);
    }
    bin->brand = change.brand;
    bin->card_dci = change.card_dci;
    bin->card_type = change.card_type;
    bin->currency = change.currency;
    bin->country = change.country;
    bin->is_active = change.is_active;
    const std::int64_t version = bin->version++;
    context.unit.update(*bin, version);
    catalog::UsagePolicies::mark_changed(context.unit, context.services.ids);
    auto done = commit_now(context, {{"card_bin", ErrorCode::bin_not_found}});
    if (!done) return std::unexpected(std::move(done.error()));
    return bin;
}

Result<void> delete_card_bin(Context& context, EntityId id) {
    auto bin = find_card_bin(context.store(), id);
    if (!bin) return std::unexpected(std::move(bin.error()));
    const auto used = has_ranges(context.store(), id);
    if (!used) return std::unexpected(used.error());
    if (*used) return fail(ErrorCode::bin_in_use);
    const std::int64_t version = bin->version++;
    context.unit.update(*bin, version);  // refused when a range came after we looked: ranges move the version
    context.unit.erase(std::move(*bin));
    return commit_now(context, {{"card_bin", ErrorCode::bin_not_found}});
}

}  // namespace takas::app::system
