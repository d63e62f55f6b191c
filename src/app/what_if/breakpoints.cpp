#include "app/what_if/breakpoints.hpp"

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/controls/window_times.hpp"
#include "core/fee/amount.hpp"

namespace takas::app::what_if {

namespace control = core::control;
namespace rule = core::control::rule;

namespace {

/// Every comparison of every rule that is set up.
template <class Visit>
void visit_comparisons(const rule::Node& node, const Visit& visit) {
    if (node.kind == rule::NodeKind::comparison) visit(node);
    for (const rule::Node& child : node.children) visit_comparisons(child, visit);
}
template <class Visit>
void visit_comparisons(const control::PolicySet& set, const Visit& visit) {
    const auto of_items = [&](const auto& items) {
        for (const auto& item : items)
            if (item.rule) visit_comparisons(item.rule->tree(), visit);
    };
    of_items(set.authorization_items());
    of_items(set.velocity_items());
    of_items(set.fee_items());
    for (const rule::Rule& one : set.link_rules()) visit_comparisons(one.tree(), visit);
}

/// The smallest minor amount that is not below an amount as rules keep it.
std::int64_t minor_not_below(std::int64_t value, unsigned digits) {
    std::int64_t minor = value;
    for (unsigned d = rule::amount_scale; d > digits; --d) minor = minor / 10 + (minor % 10 > 0 ? 1 : 0);
    for (unsigned d = rule::amount_scale; d < digits; ++d)
        if (__builtin_mul_overflow(minor, 10, &minor)) return std::numeric_limits<std::int64_t>::max();
    return minor;
}

class AmountPoints {
  public:
    AmountPoints(const Request& request, const core::authorization::Facts& facts, std::int64_t billing_minor)
        : request_(request), facts_(facts), billing_minor_(billing_minor) {}

    void add_transaction(std::int64_t minor) { add(minor, 1); }
    /// An amount of the account, in the transaction's currency: near enough, with its neighbours.
    void add_billing(std::int64_t minor) {
        if (facts_.transaction_currency == facts_.account_currency) return add(minor, 1);
        if (billing_minor_ <= 0) return;
        __extension__ using Wide = __int128;
        const auto there = static_cast<Wide>(minor) * request_.transaction_amount_minor / billing_minor_;
        if (there > 0 && there < request_.transaction_amount_minor + spread)
            add(static_cast<std::int64_t>(there) - spread, 2 * spread + 1);
    }
    std::vector<std::int64_t> largest(std::int64_t asked_minor) const {
        std::vector<std::int64_t> out;
        for (auto i = points_.rbegin(); i != points_.rend() && out.size() < breakpoints_max; ++i)
            if (*i > 1 && *i <= asked_minor) out.push_back(*i);
        std::ranges::reverse(out);
        return out;
    }

  private:
    static constexpr std::int64_t spread = 3;
    /// At it and right after it.
    void add(std::int64_t minor, std::int64_t count) {
        if (minor > core::money::amount_max_minor) return;  // more than is ever asked
        for (std::int64_t i = 0; i <= count; ++i) points_.insert(minor + i);
    }
    const Request& request_;
    const core::authorization::Facts& facts_;
    std::int64_t billing_minor_;
    std::set<std::int64_t> points_;
};

bool is_of_amount(rule::Field field) {
    return field == rule::Field::transaction_amount || field == rule::Field::billing_amount;
}

}  // namespace

std::vector<std::int64_t> amount_breakpoints(const Trial&, const Request& request, const Decided& declined,
                                             std::int64_t asked_minor) {
    const control::PolicySet* const set = declined.policy->set();
    if (!set) return {};
    AmountPoints points(request, declined.facts, declined.decision.billing_minor);
    visit_comparisons(*set, [&](const rule::Node& one) {
        if (!is_of_amount(one.field)) return;
        for (const rule::Operand& operand : one.operands) {
            if (one.field == rule::Field::transaction_amount)
                points.add_transaction(minor_not_below(operand.number, request.transaction_digits));
            else
                points.add_billing(minor_not_below(operand.number, declined.facts.account_digits));
        }
    });
    for (const control::VelocityItem& item : set->velocity_items())
        if (item.min_amount)
            if (const auto minor = core::fee::to_minor_half_up(*item.min_amount, declined.facts.account_digits))
                points.add_billing(*minor);
    return points.largest(asked_minor);
}

std::vector<Instant> moments_after(const Trial& trial, const Decided& declined, Instant at, int days) {
    constexpr std::int64_t s_per_minute = 60;
    const catalog::Catalog& catalog = trial.services().catalog;
    const auto tenant = catalog.tenant(trial.tenant_id());
    const std::string_view zone = tenant ? std::string_view(tenant->time_zone) : std::string_view("UTC");
    std::set<std::int64_t> minutes{0};  // of a day
    std::set<std::int64_t> steps_s;
    const control::PolicySet* const set = declined.policy->set();
    if (set) {
        visit_comparisons(*set, [&](const rule::Node& one) {
            for (const rule::Operand& operand : one.operands) {
                if (one.field == rule::Field::local_transaction_time)
                    minutes.insert(operand.number), minutes.insert(operand.number + 1);
                if (one.field == rule::Field::hour)
                    minutes.insert(operand.number * 60), minutes.insert((operand.number + 1) * 60);
            }
        });
        for (const control::VelocityItem& item : set->velocity_items())
            if (control::is_rolling(item.period)) steps_s.insert(control::rolling_steps(item.period).step_s);
    }
    std::set<Instant> moments;
    const Date today = catalog.local_date(trial.tenant_id(), at);
    for (int day = 0; day <= days; ++day) {
        const Instant midnight = controls::day_start(zone, {today.value + day});
        for (const std::int64_t minute : minutes) moments.insert(midnight.plus_seconds(minute * s_per_minute));
    }
    for (const std::int64_t step_s : steps_s) {
        const auto steps = step_s < 3'600 ? control::rolling_steps(control::VelocityPeriod::rolling_24_hours)
                                          : control::rolling_steps(control::VelocityPeriod::rolling_30_days);
        const std::int64_t first = at.seconds() / step_s + 1;
        for (std::int64_t i = 0; i <= steps.count; ++i) moments.insert(Instant::from_seconds((first + i) * step_s));
    }
    std::vector<Instant> out;
    const Instant end = controls::day_start(zone, {today.value + days + 1});
    for (const Instant moment : moments)
        if (at < moment && moment < end && out.size() < moments_max) out.push_back(moment);
    return out;
}

}  // namespace takas::app::what_if
