#include "app/controls/change_warnings.hpp"

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "core/control/policy_set.hpp"

namespace takas::app::controls {
namespace {

using core::card::Card;
using core::control::VelocityControl;
using core::control::VelocityLimit;
using ports::Compare;
using ports::where;

bool is_greater(Decimal a, Decimal b) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    const auto x = rescale(a, scale), y = rescale(b, scale);
    return !x || !y || *x > *y;
}

bool is_lowered(const VelocityControl& before, const VelocityControl& now) {
    const bool amount =
        now.limit_amount && (!before.limit_amount || is_greater(*before.limit_amount, *now.limit_amount));
    return amount || (now.limit_count && (!before.limit_count || *now.limit_count < *before.limit_count));
}

struct Counted {
    std::int64_t count = 0;
    bool is_all = true;  ///< false: there are cards that were not looked at
};

/// The newest cards, whose own limits no column tells apart.
Result<Counted> count_higher(const Context& context, const VelocityControl& now) {
    const Date today = context.services.catalog.local_date(context.tenant_id, context.now);
    const auto keeps_more = [&](const VelocityLimit& own) {
        const bool is_over = own.effective_to && *own.effective_to < today;
        return own.velocity_check_id == now.id && !is_over && is_above(own, now);
    };
    Counted counted;
    std::int64_t read = 0;
    Card card;
    const ports::Query newest_first{
        {where<&Card::tenant_id>(context.tenant_id)}, {{member_name<&Card::token_id>, true}}, 0, cards_read_max + 1};
    auto done = context.store().scan(
        ports::table_of<Card>(), newest_first,
        {[&]() -> void* { return &(card = Card{}); },
         [&] {
             counted.is_all = ++read <= cards_read_max;
             const bool is_open = counted.is_all && card.status != core::card::CardStatus::closed;
             counted.count += is_open && std::ranges::any_of(card.velocity_limits, keeps_more) ? 1 : 0;
             return counted.is_all;
         }});
    if (!done) return std::unexpected(std::move(done.error()));
    return counted;
}

}  // namespace

bool is_above(const VelocityLimit& own, const VelocityControl& control) {
    const bool amount =
        own.limit_amount && control.limit_amount && is_greater(*own.limit_amount, *control.limit_amount);
    const bool count = own.limit_count && control.limit_count && *own.limit_count > *control.limit_count;
    return amount || count;
}

Result<void> warn_of_change(const Context& context, const VelocityControl& before, const VelocityControl& now,
                            Warnings& warnings) {
    if (before.is_active && counter_key(before) != counter_key(now))
        warnings.push_back({"It counts something else now: what cards have used so far is not counted any more.",
                            "Artık başka bir şey sayıyor: kartların şimdiye kadarki kullanımı sayılmaz."});
    if (!is_lowered(before, now)) return {};
    const auto counted = count_higher(context, now);
    if (!counted) return std::unexpected(counted.error());
    if (counted->is_all && counted->count == 0) return {};
    const std::string number = std::to_string(counted->count);
    const std::string cards = (counted->is_all ? "" : "At least ") + number + " card(s)";
    const std::string kart = (counted->is_all ? "" : "en az ") + number + " kart";
    warnings.push_back(
        {cards + " with a higher limit of their own keep it until it is changed or deleted.",
         "Kendine ait daha yüksek limiti olan " + kart + ", değiştirilene veya silinene dek onu korur."});
    return {};
}

}  // namespace takas::app::controls
