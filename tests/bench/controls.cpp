#include "controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <stdexcept>

#include "core/control/consider.hpp"
#include "core/control/policy_record.hpp"
#include "core/control/rule_facts.hpp"
#include "engine.hpp"
#include "instructions.hpp"

namespace takas::bench {
namespace {

using namespace core::control;
namespace authorization = core::authorization;

constexpr double promised_us = 5;
constexpr int controls = 40, limits = 50, fees = 10;
constexpr std::size_t decisions_per_turn = 20'000, counted_decisions = 10'000;
constexpr int turns = 15;
constexpr TokenId token{95};
constexpr core::money::Currency lira{949};
const Instant now = Instant::from_seconds(1'930'000'000);

ControlLink link(Family family, int id, int number) {
    ControlLink made;
    made.family = family;
    made.control_id = EntityId{id};
    made.level = static_cast<LinkLevel>(1 + number % 4);
    made.token_id = token;
    made.card_product_code = "BENCH";
    made.card_product_group_id = EntityId{7};
    made.customer_segment_id = EntityId{9};
    if (number % 10 == 0) made.rule = "transactionAmount > 1";
    return made;
}

/// Nothing refuses: every item is asked, every second rule holds.
PolicySet::Source source() {
    PolicySet::Source s;
    for (int i = 0; i < controls; ++i) {
        AuthorizationControl control;
        control.id = EntityId{1000 + i};
        control.name = fmt::format("control {}", i);
        control.priority = i;
        control.rule =
            fmt::format("mcc in (7995, 7800, {}) && transactionAmount > 100 && cardAcceptorCountry != \"TR\"", i);
        control.tenant_wide = i % 5 == 4;
        if (!control.tenant_wide) s.links.push_back(link(Family::authorization_control, 1000 + i, i));
        s.authorization_controls.push_back(std::move(control));
    }
    for (int i = 0; i < limits; ++i) {
        VelocityControl limit;
        limit.id = EntityId{2000 + i};
        limit.name = fmt::format("limit {}", i);
        limit.period = static_cast<VelocityPeriod>(i % 8);
        limit.limit_amount = Decimal{1'000'000'000, 0};
        limit.limit_count = 1'000'000'000;
        limit.rule = i % 2 == 0 ? "transactionDomain == \"Domestic\" && mcc != 6011" : "isEcommerce == true";
        limit.tenant_wide = i % 5 == 4;
        if (!limit.tenant_wide) s.links.push_back(link(Family::velocity_control, 2000 + i, i));
        s.velocity_controls.push_back(std::move(limit));
    }
    for (int i = 0; i < fees; ++i) {
        core::fee::TransactionFee fee;
        fee.id = EntityId{3000 + i};
        fee.name = fmt::format("fee {}", i);
        fee.rate = Decimal{15, 1};
        fee.rule = "transactionAmount > 10";
        s.links.push_back(link(Family::transaction_fee, 3000 + i, i));
        s.transaction_fees.push_back(std::move(fee));
    }
    s.taxes = {{TenantId{2}, EntityId{1}, "BSMV", Decimal{5, 0}, true, 1}};
    s.product_groups = {{"BENCH", EntityId{7}}};
    return s;
}

/// One card's decisions, as the authorizer makes them: facts, consideration, counting.
class Decisions {
  public:
    Decisions() : set_(PolicySet::compile(source())) {
        request_.code = authorization::TransactionCode::purchase;
        request_.transaction_amount_minor = 12'500;
        request_.transaction_currency = lira;
        request_.acceptor.mcc = 5411;
        request_.acceptor.card_acceptor_country = "TR";
        request_.local_transaction_time = now;
        request_.pos_entry_mode = authorization::PosEntryMode::chip;
        card_.token_id = token;
        card_.card_product_code = "BENCH";
        circumstances_.customer_segment_id = 9;
        circumstances_.is_owner_known = true;
    }

    void decide() {
        const Moment moment{now, date_of(now)};
        fill(view_of(request_), {request_.transaction_amount_minor, lira, 2}, circumstances_, &card_, moment, facts_);
        const Situation situation{.facts = facts_,
                                  .place = {token, card_.card_product_code, EntityId{9}},
                                  .business_date = moment.business_date,
                                  .decided_at = now,
                                  .code = request_.code,
                                  .billing_minor = request_.transaction_amount_minor,
                                  .account_currency = lira,
                                  .account_digits = 2};
        consider(*set_, situation, counters_, selection_, conclusion_);
        if (conclusion_.considered.size() != controls + limits + fees)
            throw std::runtime_error("not every control was considered");
        count(*set_, situation, request_.transaction_amount_minor, conclusion_, counters_);
    }
    void run(std::size_t times) {
        for (std::size_t i = 0; i < times; ++i) decide();
    }
    std::string record() const { return encode(PolicyRecord{circumstances_, conclusion_.considered, {}, {}, {}}); }

  private:
    std::shared_ptr<const PolicySet> set_;
    authorization::Request request_;
    core::card::Card card_;
    authorization::Circumstances circumstances_;
    rule::Facts facts_;
    Selection selection_;
    Counters counters_;
    Conclusion conclusion_;
};

template <class Work>
double best_us(std::size_t times, Work work) {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < turns; ++i) {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t n = 0; n < times; ++n) work();
        const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count() / static_cast<double>(times));
    }
    return best;
}

}  // namespace

void benchmark_controls(Figures& figures) {
    figures.group(
        "A hundred controls",
        fmt::format("{} authorization controls, {} limits and {} fees, linked to card, product, group, segment "
                    "and institution, each with a rule. All are considered, the purchase is counted. On one "
                    "core; the best of {} turns of {} decisions.",
                    controls, limits, fees, turns, whole(decisions_per_turn)));
    Decisions decisions;
    decisions.run(1'000);
    const double us = best_us(decisions_per_turn, [&] { decisions.decide(); });
    figures.add("considered and counted, µs", decimals(us, 2), "at most 5", us <= promised_us);
    const std::size_t before = allocation_count();
    decisions.run(1'000);
    const auto allocations = static_cast<double>(allocation_count() - before) / 1'000;
    figures.add("allocations for each decision", decimals(allocations, 2), "none", allocations == 0);
    figures.add("record of the decision, µs", decimals(best_us(2'000, [&] { decisions.record(); }), 2));
    figures.add("record of the decision, bytes", whole(static_cast<double>(decisions.record().size())));
    figures.add("compiling the set, µs", decimals(best_us(20, [] { PolicySet::compile(source()); }), 0));
    figures.add("instructions of a decision", whole(instructions_of_part("controls", counted_decisions)));
}

bool do_control_work(const std::string& part, std::size_t count) {
    if (part != "controls") return false;
    Decisions().run(count);
    return true;
}

}  // namespace takas::bench
