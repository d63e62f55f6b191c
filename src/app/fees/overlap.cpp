#include "app/fees/overlap.hpp"

#include <map>
#include <set>
#include <tuple>

#include "app/ports/tables.hpp"

namespace takas::app::fees {
namespace {

using core::control::ControlLink;
using ports::where;

/// More warnings than a reader would read.
constexpr std::size_t warnings_max = 10;
constexpr std::int64_t fees_read_max = 1'000;
constexpr std::int64_t links_read_max = 50'000;

auto target_of(const ControlLink& l) {
    return std::tuple(l.level, l.token_id.value, l.card_product_code, l.card_product_group_id.value,
                      l.customer_segment_id.value);
}
using Target = decltype(target_of(std::declval<ControlLink>()));

bool same_conditions(const TransactionFee& a, const TransactionFee& b) {
    return a.rule == b.rule && a.criteria == b.criteria;
}
bool same_conditions(const CardIssuanceFee& a, const CardIssuanceFee& b) {
    return a.rule == b.rule && a.issuance_type == b.issuance_type && a.physical_type == b.physical_type;
}
bool same_conditions(const CardAnnualFee& a, const CardAnnualFee& b) { return a.rule == b.rule; }

template <class Fee>
bool dates_meet(const Fee& a, const Fee& b) {
    const bool a_ends_before = a.effective_to && b.effective_from && *a.effective_to < *b.effective_from;
    const bool b_ends_before = b.effective_to && a.effective_from && *b.effective_to < *a.effective_from;
    return !a_ends_before && !b_ends_before;
}

}  // namespace

template <class Fee>
Result<Warnings> overlaps(const Context& context, const Fee& fee, std::span<const ControlLink> links) {
    auto others = context.store().list<Fee>(
        {{where<&Fee::tenant_id>(context.tenant_id)}, {{member_name<&Fee::name>}}, 0, fees_read_max});
    if (!others) return std::unexpected(std::move(others.error()));
    std::erase_if(*others, [&](const Fee& other) {
        return other.id == fee.id || !same_conditions(fee, other) || !dates_meet(fee, other);
    });
    Warnings warnings;
    if (others->empty()) return warnings;
    std::set<Target> own;
    for (const ControlLink& link : links) own.insert(target_of(link));
    std::set<EntityId> meeting;
    if (!own.empty()) {
        const auto all = context.store().list<ControlLink>(
            {{where<&ControlLink::tenant_id>(context.tenant_id), where<&ControlLink::family>(family_of<Fee>)},
             {},
             0,
             links_read_max});
        if (!all) return std::unexpected(all.error());
        for (const ControlLink& link : *all)
            if (own.contains(target_of(link))) meeting.insert(link.control_id);
    }
    for (const Fee& other : *others) {
        if (!(fee.tenant_wide && other.tenant_wide) && !meeting.contains(other.id)) continue;
        if (warnings.size() == warnings_max) break;
        warnings.push_back({"The fee \"" + other.name + "\" concerns the same cases; the newer of the two is charged.",
                            "\"" + other.name + "\" ücreti aynı durumları kapsıyor; yeni olan alınır."});
    }
    return warnings;
}

template Result<Warnings> overlaps(const Context&, const TransactionFee&, std::span<const ControlLink>);
template Result<Warnings> overlaps(const Context&, const CardIssuanceFee&, std::span<const ControlLink>);
template Result<Warnings> overlaps(const Context&, const CardAnnualFee&, std::span<const ControlLink>);

}  // namespace takas::app::fees
