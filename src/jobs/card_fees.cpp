#include "jobs/card_fees.hpp"

#include <latch>

#include "app/ports/whole_tables.hpp"
#include "base/log.hpp"
#include "core/identity/identity.hpp"
#include "jobs/card_fee_page.hpp"

namespace takas::jobs {

using app::fees::Assessment;
using app::fees::Assessor;
using app::fees::CardCharge;
using app::fees::Charged;
using app::ports::CommitOutcome;
using app::ports::Compare;
using app::ports::where;
using core::card::Card;
using core::fee::CardFeeDue;
using core::identity::Tenant;

Result<CardFees::Outcome> CardFees::run(std::optional<Date> as_of) {
    auto sum = run_due(as_of.has_value());
    if (!sum) return sum;
    assessors_.clear();
    const auto tenants = app::ports::load_all<Tenant>(services_.store, {{member_name<&Tenant::tenant_id>}});
    if (!tenants) return std::unexpected(tenants.error());
    for (const Tenant& tenant : *tenants)
        if (auto done = sweep(tenant.tenant_id, as_of, *sum); !done) return std::unexpected(std::move(done.error()));
    assessors_.clear();
    return sum;
}

Result<CardFees::Outcome> CardFees::run_due(bool also_those_that_wait) {
    assessors_.clear();
    Outcome sum;
    const Instant now = services_.clock.now();
    // Rows that wait are at most an hour ahead, and those of this run are put behind that.
    const Instant until = also_those_that_wait ? now.plus_seconds(card_fee_retry_s - 1) : now;
    while (!is_ending_) {
        const auto is_last = run_due_page(until, sum);
        if (!is_last) return std::unexpected(is_last.error());
        if (*is_last) break;
    }
    assessors_.clear();
    return sum;
}

Result<Assessor*> CardFees::assessor_of(TenantId tenant_id) {
    if (const auto known = assessors_.find(tenant_id); known != assessors_.end()) return &known->second;
    auto read = Assessor::read(services_, tenant_id);
    if (!read) return std::unexpected(std::move(read.error()));
    return &assessors_.emplace(tenant_id, std::move(*read)).first->second;
}

Result<Assessment> CardFees::assess(const CardFeeDue& due) {
    const auto assessor = assessor_of(due.tenant_id);
    if (!assessor) return std::unexpected(assessor.error());
    const auto card =
        services_.store.find<Card>({where<&Card::account_id>(due.account_id), where<&Card::token_id>(due.token_id)});
    if (!card) return std::unexpected(card.error());
    if (!*card) return app::fees::NothingDue{};
    if (!app::fees::is_periodic(due.fee_type)) return (*assessor)->of_piece(due, **card);
    return (*assessor)->of_period(due, **card, date_of(due.occurred_at), std::nullopt);
}

Result<bool> CardFees::run_due_page(Instant until, Outcome& sum) {
    const auto rows = services_.store.list<CardFeeDue>(
        {{where<&CardFeeDue::next_attempt_at>(Compare::less_or_equal, until)},
         {{member_name<&CardFeeDue::next_attempt_at>}, {member_name<&CardFeeDue::token_id>}},
         0,
         options_.page_size});
    if (!rows) return std::unexpected(rows.error());
    std::vector<Tried> tried;
    for (const CardFeeDue& due : *rows) {
        Tried& one = tried.emplace_back(Tried{due, true});
        auto assessed = assess(due);
        if (!assessed) return std::unexpected(std::move(assessed.error()));
        if (auto* charge = std::get_if<CardCharge>(&*assessed)) one.charge = std::move(*charge);
        if (const auto* waits = std::get_if<app::fees::Waits>(&*assessed)) one.waits_for = waits->for_what;
    }
    charge(tried);
    if (auto settled = settle(tried, sum); !settled) return std::unexpected(std::move(settled.error()));
    return static_cast<std::int64_t>(rows->size()) < options_.page_size;
}

void CardFees::charge(std::vector<Tried>& tried) {
    // All of a page at once, so that they share commits.
    std::latch all(static_cast<std::ptrdiff_t>(tried.size()));
    for (Tried& one : tried) {
        if (!one.charge) {
            all.count_down();
            continue;
        }
        app::fees::submit_charge(services_.lanes, *one.charge, [&one, &all](Charged charged) {
            one.charged = charged;
            all.count_down();
        });
    }
    all.wait();
}

Result<void> CardFees::settle(std::vector<Tried>& tried, Outcome& sum) {
    app::ports::Unit unit;
    std::vector<app::ports::Unit> each;
    bool is_unavailable = false;
    const Instant later = services_.clock.now().plus_seconds(card_fee_retry_s);
    for (Tried& one : tried) {
        if (one.charge && one.charged == Charged::not_possible) one.waits_for = "balance_too_low";
        if (one.charge && one.charged == Charged::unavailable) {
            is_unavailable = true;
            continue;
        }
        if (one.charge && one.charged == Charged::now) ++sum.charged;
        if (!one.charge && one.waits_for.empty()) ++sum.nothing_due;
        app::ports::Unit& own = each.emplace_back();
        if (one.waits_for.empty()) {
            if (one.is_stored) own.erase(one.due);
            continue;
        }
        ++sum.waiting;
        log::warning("card_fee_waits")
            .add("tenant_id", one.due.tenant_id)
            .add("token_id", one.due.token_id)
            .add("fee_type", to_name(one.due.fee_type))
            .add("reason", one.waits_for);
        one.due.waits_for = one.waits_for;
        one.due.next_attempt_at = later;
        if (one.is_stored)
            own.update(one.due);
        else
            own.insert_if_absent(one.due);
    }
    // One by one: another server may have settled some of them. Units that wait together are committed together.
    std::latch all(static_cast<std::ptrdiff_t>(each.size()));
    std::atomic<bool> is_failed = false;
    for (app::ports::Unit& own : each) {
        if (own.empty()) {
            all.count_down();
            continue;
        }
        services_.store.commit(std::move(own), [&](app::ports::CommitResult result) {
            if (result.outcome == CommitOutcome::unavailable || result.outcome == CommitOutcome::unknown)
                is_failed = true;
            all.count_down();
        });
    }
    all.wait();
    if (is_unavailable || is_failed) return fail(ErrorCode::unavailable, "some charges could not be written");
    return {};
}

}  // namespace takas::jobs
