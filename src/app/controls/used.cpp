#include "app/controls/used.hpp"

#include "app/authorize/authorizer.hpp"
#include "app/authorize/directory.hpp"
#include "app/catalog/catalog.hpp"
#include "app/controls/window_times.hpp"
#include "app/lane/lanes.hpp"
#include "app/transactions/amounts.hpp"
#include "core/control/consider.hpp"
#include "core/control/rule_facts.hpp"

namespace takas::app::controls {

namespace control = core::control;

namespace {

/// What the lane knows at this moment, taken out of it.
struct Seen {
    core::card::Card card;
    core::money::Currency currency;
    control::Counters counters;
};

Result<Seen> look_at(const Context& context, TokenId token_id) {
    const auto place = context.services.authorizer.directory().by_token(context.tenant_id, token_id);
    if (!place) return std::unexpected(place.error());
    if (!*place) return fail(ErrorCode::card_not_found);
    Result<Seen> seen = fail(ErrorCode::unavailable);
    context.services.lanes.look((*place)->account_id, context.tenant_id,
                                [&](lane::Work& work) {
                                    const auto card = work.card(token_id);
                                    const auto usage = work.usage(token_id);
                                    if (card && *card && usage) seen = Seen{**card, work.account().currency, **usage};
                                },
                                lane::Sight::of_all);
    return seen;
}

Used used_of(const control::VelocityItem& item, const control::Considered& one, const Seen& seen, std::uint8_t digits) {
    Used out;
    out.velocity_check_id = item.id;
    out.name = item.name;
    out.period = item.period;
    out.level = one.level;
    out.is_card_limit = one.is_card_limit;
    out.currency = seen.currency;
    out.used_amount = Decimal{one.before.amount_minor, digits};
    out.used_count = one.before.count;
    out.limit_count = one.limit_count;
    if (one.limit_count) out.available_count = std::max<std::int64_t>(*one.limit_count - one.before.count, 0);
    if (!one.limit_amount_minor) return out;
    out.limit_amount = Decimal{*one.limit_amount_minor, digits};
    out.available_amount =
        Decimal{std::max<std::int64_t>(*one.limit_amount_minor - one.before.amount_minor, 0), digits};
    return out;
}

/// A rolling window ends now and began when it says.
void set_borders(std::string_view zone, control::VelocityPeriod period, Instant now, Used& used) {
    if (const auto window = window_at(zone, period, now)) {
        used.period_start = window->start;
        used.period_end = window->end;
        return;
    }
    const auto steps = control::rolling_steps(period);
    if (steps.count == 0) return;
    used.period_start = now.plus_seconds(-steps.step_s * steps.count);
    used.period_end = now;
}

}  // namespace

Result<std::vector<Used>> used_limits(Context& context, TokenId token_id) {
    auto& catalog = context.services.catalog;
    auto seen = look_at(context, token_id);
    if (!seen) return std::unexpected(std::move(seen.error()));
    std::vector<Used> out;
    const auto set = catalog.policy_sets().of(context.tenant_id);
    if (!set) return out;
    core::authorization::Circumstances circumstances;
    if (seen->card.customer_id) {
        const auto owner = catalog.owners().of(context.tenant_id, seen->card.customer_id, context.now);
        if (!owner) return std::unexpected(owner.error());
        if (*owner) circumstances.customer_segment_id = (*owner)->customer_segment_id.value;
    }
    const std::uint8_t digits = transactions::minor_digits(seen->currency).value_or(2);
    const auto today = catalog.local_date(context.tenant_id, context.now);
    const auto tenant = catalog.tenant(context.tenant_id);
    control::rule::Facts facts;
    control::fill({}, {std::nullopt, seen->currency, digits}, circumstances, &seen->card, {context.now, today}, facts);
    const control::Situation situation{
        .facts = facts,
        .place = {token_id, seen->card.card_product_code, EntityId{circumstances.customer_segment_id}},
        .business_date = today,
        .decided_at = context.now,
        .code = {},
        .billing_minor = std::nullopt,
        .account_currency = seen->currency,
        .account_digits = digits,
        .card_limits = seen->card.velocity_limits};
    control::Selection unconditional;
    set->select_for_card(situation.place, facts, false, unconditional);
    for (const auto& [index, one] : control::limits_of(*set, situation, seen->counters)) {
        out.push_back(used_of(set->velocity_items()[index], one, *seen, digits));
        out.back().is_conditional = !unconditional.level(set->velocity_begin() + index);
        set_borders(tenant ? tenant->time_zone : "UTC", out.back().period, context.now, out.back());
    }
    return out;
}

}  // namespace takas::app::controls
