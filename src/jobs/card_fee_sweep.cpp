// The daily look for periods that begin (card_fees.hpp).
#include "app/authorize/message_key.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "jobs/card_fee_page.hpp"

namespace takas::jobs {
namespace {

using app::fees::CardCharge;
using app::ports::Compare;
using app::ports::where;
using core::authorization::TransactionKey;
using core::card::Card;
using core::fee::CardFeeDue;
using core::fee::CardFeeSweep;
using core::fee::CardFeeType;
using core::fee::ChargePeriod;
using core::fee::PeriodRule;

/// A server that was away longer than this has its operators' attention.
constexpr int catch_up_days_max = 400;
/// Ids begin with 2025: there are no older cards.
constexpr int first_year = 2025;

/// Moments that may belong to a calendar day somewhere between UTC-12 and UTC+14.
constexpr std::int64_t s_per_day = 86'400, east_s = 14 * 3'600, west_s = 12 * 3'600;
Instant earliest(Date day) { return Instant::from_seconds(day.value * s_per_day - east_s - app::ids::id_slack_s); }
Instant latest(Date day) { return Instant::from_seconds((day.value + 1) * s_per_day + west_s + app::ids::id_slack_s); }

CardFeeDue due_of(const Card& card, const PeriodRule& rule, std::int64_t period_no, Date day) {
    constexpr std::int64_t noon_s = s_per_day / 2;
    CardFeeDue due;
    due.tenant_id = card.tenant_id;
    due.account_id = card.account_id;
    due.token_id = card.token_id;
    due.fee_type = rule.period == ChargePeriod::yearly ? CardFeeType::yearly : CardFeeType::monthly;
    due.occasion_no = period_no;
    due.occurred_at = Instant::from_seconds(day.value * s_per_day + noon_s);
    return due;
}

Result<bool> is_charged(app::ports::Store& store, const CardFeeDue& due) {
    const auto key = app::authorize::card_fee_key(due.token_id, due.fee_type, due.occasion_no);
    const auto claim = store.find<TransactionKey>(
        {where<&TransactionKey::message_key>(key), where<&TransactionKey::account_id>(due.account_id)});
    if (!claim) return std::unexpected(claim.error());
    return claim->has_value();
}

}  // namespace

Result<void> CardFees::sweep(TenantId tenant_id, std::optional<Date> as_of, Outcome& sum) {
    const auto assessor = assessor_of(tenant_id);
    if (!assessor) return std::unexpected(assessor.error());
    if ((*assessor)->book().period_rules().empty()) return {};
    const auto stored = services_.store.find<CardFeeSweep>({where<&CardFeeSweep::tenant_id>(tenant_id)});
    if (!stored) return std::unexpected(stored.error());
    const Instant now = services_.clock.now();
    const Date today = (*assessor)->local_date(now);
    const Date last = as_of.value_or(today);
    // Until the first fee was made there was nothing to look for.
    Date first = *stored ? Date{(*stored)->swept_through.value + 1} : (*assessor)->book().first_annual_fee_on();
    first = std::max(first, Date{std::min(last, today).value - catch_up_days_max});
    for (Date day = first; day <= last && !is_ending_; ++day.value)
        if (auto done = sweep_day(**assessor, tenant_id, day, sum); !done) return done;
    if (is_ending_) return {};
    // A card that was made at the end of a day may be committed a little later.
    const Date over = Date{(*assessor)->local_date(now.plus_seconds(-app::ids::id_slack_s)).value - 1};
    return note_swept(tenant_id, *stored, std::min(over, last));
}

Result<void> CardFees::sweep_day(app::fees::Assessor& assessor, TenantId tenant_id, Date day, Outcome& sum) {
    for (const PeriodRule& rule : assessor.book().period_rules()) {
        const auto of_today = core::fee::add_months(day, -rule.month_offset);
        for (std::int64_t period_no = 0; !is_ending_; ++period_no) {
            const auto created = core::fee::add_months(of_today, -period_no * core::fee::months_of(rule.period));
            if (civil(created).year < first_year) break;
            if (auto done = sweep_range(assessor, tenant_id, rule, period_no, day, sum); !done) return done;
        }
    }
    return {};
}

Result<void> CardFees::sweep_range(app::fees::Assessor& assessor, TenantId tenant_id, const PeriodRule& rule,
                                   std::int64_t period_no, Date day, Outcome& sum) {
    const auto created = core::fee::created_for(day, rule, period_no);
    if (!created) return {};
    TokenId last{app::ids::first_id_at(earliest(created->first)) - 1};
    const TokenId end{app::ids::first_id_at(latest(created->last))};
    while (!is_ending_) {
        const auto cards = services_.store.list<Card>(
            {{where<&Card::tenant_id>(tenant_id), where<&Card::token_id>(Compare::greater, last),
              where<&Card::token_id>(Compare::less, end)},
             {{member_name<&Card::token_id>}},
             0,
             options_.page_size});
        if (!cards) return std::unexpected(cards.error());
        std::vector<Tried> tried;
        for (const Card& card : *cards) {
            const Date made_on = assessor.local_date(card.creation_time);
            if (made_on < created->first || created->last < made_on) continue;
            const CardFeeDue due = due_of(card, rule, period_no, day);
            const auto known = is_charged(services_.store, due);
            if (!known) return std::unexpected(known.error());
            if (*known) continue;
            auto assessed = assessor.of_period(due, card, day, rule);
            if (!assessed) return std::unexpected(std::move(assessed.error()));
            if (std::holds_alternative<app::fees::NothingDue>(*assessed)) continue;
            Tried& one = tried.emplace_back(Tried{due, false});
            if (auto* charge = std::get_if<CardCharge>(&*assessed)) one.charge = std::move(*charge);
            if (const auto* waits = std::get_if<app::fees::Waits>(&*assessed)) one.waits_for = waits->for_what;
        }
        charge(tried);
        if (auto settled = settle(tried, sum); !settled) return settled;
        if (static_cast<std::int64_t>(cards->size()) < options_.page_size) break;
        last = cards->back().token_id;
    }
    return {};
}

Result<void> CardFees::note_swept(TenantId tenant_id, std::optional<CardFeeSweep> stored, Date through) {
    app::ports::Unit unit;
    if (!stored) {
        unit.insert_if_absent(CardFeeSweep{tenant_id, through, 1});
    } else if (stored->swept_through < through) {
        const std::int64_t expected = stored->version++;
        stored->swept_through = through;
        unit.update(*stored, expected);
    } else {
        return {};
    }
    const auto outcome = services_.store.commit_and_wait(std::move(unit)).outcome;
    // Another server has noted the same.
    if (outcome == app::ports::CommitOutcome::committed || outcome == app::ports::CommitOutcome::version_moved)
        return {};
    return fail(ErrorCode::unavailable, "how far fees are charged could not be noted");
}

}  // namespace takas::jobs
