#include "app/products/bins.hpp"

#include "app/audit/recorder.hpp"
#include "app/cards/pan_vault.hpp"
#include "core/note/free_texts.hpp"
#include "core/product/range_rules.hpp"

namespace takas::app::products {
namespace {

using core::card::CardNumber;
using core::product::Allocation;
using ports::Condition;
using ports::where;

constexpr std::int64_t ranges_max = 100'000;  ///< of one BIN: more than anyone cuts

Result<CardBin> get_bin(const Context& context, EntityId id) {
    auto bin = context.store().find<CardBin>({where<&CardBin::tenant_id>(context.tenant_id), where<&CardBin::id>(id)});
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (!*bin) return fail(ErrorCode::bin_not_found);
    return std::move(**bin);
}

Result<RangeUse> use_of(const Context& context, CardBinRange range) {
    const auto drawn = context.services.pan_vault.drawn_high_water(context.store(), range.id);
    if (!drawn) return std::unexpected(drawn.error());
    const std::int64_t size = core::product::range_size(range);
    if (*drawn < size) return RangeUse{std::move(range), *drawn, size - *drawn};
    // Only positions that were drawn and never became a card are left: they must be counted.
    const auto stored = context.store().count_of<CardNumber>(std::array{where<&CardNumber::bin_range_id>(range.id)});
    if (!stored) return std::unexpected(stored.error());
    return RangeUse{std::move(range), *drawn, size - *stored};
}

/// The BIN's other ranges leave room for this one.
Result<void> check_room(const Context& context, const CardBinRange& wanted) {
    const auto others = context.store().list<CardBinRange>(
        {{where<&CardBinRange::tenant_id>(context.tenant_id), where<&CardBinRange::bin_id>(wanted.bin_id)},
         {},
         0,
         ranges_max});
    if (!others) return std::unexpected(others.error());
    for (const CardBinRange& other : *others)
        if (other.id != wanted.id && core::product::overlap(other, wanted))
            return std::unexpected(Error{ErrorCode::range_overlap,
                                         {},
                                         {},
                                         {{"rangeId", std::to_string(other.id.value)},
                                          {"startRange", '"' + other.start_range + '"'},
                                          {"endRange", '"' + other.end_range + '"'}}});
    return {};
}

/// Whoever changes a range of this BIN at the same time decides again.
void move_version(Context& context, CardBin bin) {
    const std::int64_t expected = bin.version++;
    context.unit.update(std::move(bin), expected);
    context.decides_again_on.push_back(ports::table_of<CardBin>().name);
}

Result<void> check_fields(const CardBin& bin, const WantedRange& wanted) {
    FieldErrors errors;
    core::note::check_free_text("name", wanted.name, errors);
    core::product::check_ends(bin, wanted.start_range, wanted.end_range, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

void take_over(CardBinRange& range, const WantedRange& wanted) {
    range.name = wanted.name;
    range.start_range = wanted.start_range;
    range.end_range = wanted.end_range;
    range.is_active = wanted.is_active;
}

}  // namespace

Result<ports::PageOf<CardBin>> list_bins(const Context& context, const BinQuery& q) {
    std::vector conditions{where<&CardBin::tenant_id>(context.tenant_id)};
    if (q.brand) conditions.push_back(where<&CardBin::brand>(*q.brand));
    if (q.bin) conditions.push_back(where<&CardBin::bin>(ports::Compare::starts_with, *q.bin));
    return ports::page_of<CardBin>(context.store(), std::move(conditions), q.page, {member_name<&CardBin::bin>});
}

Result<RangeUse> get_range(const Context& context, EntityId id) {
    auto range = context.store().find<CardBinRange>(
        {where<&CardBinRange::tenant_id>(context.tenant_id), where<&CardBinRange::id>(id)});
    if (!range) return std::unexpected(std::move(range.error()));
    if (!*range) return fail(ErrorCode::range_not_found);
    return use_of(context, std::move(**range));
}

Result<std::vector<RangeUse>> list_ranges(const Context& context, std::optional<EntityId> bin_id,
                                          std::vector<ports::Order> order, std::int64_t skip, std::int64_t limit) {
    ports::Query query{{where<&CardBinRange::tenant_id>(context.tenant_id)}, std::move(order), skip, limit};
    if (bin_id) query.conditions.push_back(where<&CardBinRange::bin_id>(*bin_id));
    auto ranges = context.store().list<CardBinRange>(query);
    if (!ranges) return std::unexpected(std::move(ranges.error()));
    std::vector<RangeUse> uses;
    for (CardBinRange& range : *ranges) {
        auto use = use_of(context, std::move(range));
        if (!use) return std::unexpected(std::move(use.error()));
        uses.push_back(std::move(*use));
    }
    return uses;
}

Result<RangeUse> create_range(Context& context, const WantedRange& wanted) {
    auto bin = get_bin(context, wanted.bin_id);
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (auto good = check_fields(*bin, wanted); !good) return std::unexpected(std::move(good.error()));
    CardBinRange range;
    range.tenant_id = context.tenant_id;
    range.id = context.next_id<EntityId>();
    range.bin_id = bin->id;
    range.bin = bin->bin;
    take_over(range, wanted);
    range.allocation = wanted.allocation.value_or(Allocation::random);
    range.segments = core::product::segments_between(range.start_range, range.end_range);
    if (auto room = check_room(context, range); !room) return std::unexpected(std::move(room.error()));
    move_version(context, std::move(*bin));
    context.unit.insert(range);
    if (auto noted = audit::created(context, range); !noted) return std::unexpected(std::move(noted.error()));
    const std::int64_t size = core::product::range_size(range);
    return RangeUse{std::move(range), 0, size};
}

Result<RangeUse> update_range(Context& context, EntityId id, const WantedRange& wanted) {
    auto use = get_range(context, id);
    if (!use) return use;
    CardBinRange& range = use->range;
    const CardBinRange before = range;
    auto bin = get_bin(context, wanted.bin_id);
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (auto good = check_fields(*bin, wanted); !good) return std::unexpected(std::move(good.error()));
    const Allocation allocation = wanted.allocation.value_or(range.allocation);
    if (use->drawn > 0 && (bin->id != range.bin_id || allocation != range.allocation))
        return fail(ErrorCode::range_in_use);
    auto segments = core::product::moved_segments(range, wanted.start_range, wanted.end_range, use->drawn);
    if (!segments) return fail(ErrorCode::range_in_use);
    const std::int64_t taken = core::product::range_size(range) - use->remaining_count;
    take_over(range, wanted);
    range.bin_id = bin->id, range.bin = bin->bin;
    range.allocation = allocation;
    range.segments = std::move(*segments);
    if (auto room = check_room(context, range); !room) return std::unexpected(std::move(room.error()));
    use->remaining_count = core::product::range_size(range) - taken;
    move_version(context, std::move(*bin));
    ++range.version;
    context.unit.update(range, before.version);
    if (auto noted = audit::updated(context, before, range); !noted) return std::unexpected(std::move(noted.error()));
    context.decides_again_on.push_back(ports::table_of<CardBinRange>().name);
    context.depend_on_none<CardNumber>({where<&CardNumber::bin_range_id>(range.id),
                                        where<&CardNumber::draw_no>(ports::Compare::greater_or_equal, use->drawn)});
    return use;
}

}  // namespace takas::app::products
