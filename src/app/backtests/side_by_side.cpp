#include "app/backtests/side_by_side.hpp"

#include <algorithm>

#include "app/archive/state.hpp"

namespace takas::app::backtests {

using core::control::BacktestGap;
using core::control::PastDecision;

Result<PastWish> SideBySide::wish(TenantId tenant_id, Instant to) {
    PastWish wish{tenant_id, std::nullopt, to};
    const auto current = core::control::counted_since(current_, from_);
    const auto changed = core::control::counted_since(changed_, from_);
    if (current && changed) wish.since = std::min(*current, *changed);
    const auto archive = archive::read_state(services_.store);
    if (!archive) return std::unexpected(archive.error());
    if (archive->archived_before != Instant{} && (!wish.since || *wish.since < archive->archived_before))
        tally_.gap_somewhere(BacktestGap::archived);
    return wish;
}

bool SideBySide::is_of_interest(BacktestGap gap) const {
    if (gap == BacktestGap::owner_unknown) return current_.asks_for_owner() || changed_.asks_for_owner();
    if (gap == BacktestGap::card_limits_of_today)
        return !current_.velocity_items().empty() || !changed_.velocity_items().empty();
    return true;
}

void SideBySide::decided(const PastDecision& past, std::span<const BacktestGap> gaps) {
    const bool is_standing = past.facts.decided_at < from_;
    const auto& made = worlds_.decide(past, is_standing);
    if (is_standing) return tally_.counted_only();
    tally_.decided(past, made, worlds_);
    for (const BacktestGap gap : gaps)
        if (is_of_interest(gap)) tally_.gap(gap);
}

PastSink SideBySide::sink(std::function<bool()> page_done) {
    return {[this](const PastDecision& past, std::span<const BacktestGap> gaps) { decided(past, gaps); },
            [this](const core::authorization::TransactionEvent& event) { worlds_.happened(event); },
            [this] { tally_.gap(BacktestGap::facts_unreadable); }, std::move(page_done)};
}

Result<void> SideBySide::read_account(const PastWish& wish, AccountId account_id, const PastSink& sink) {
    worlds_.begin_account();
    auto done = read_past(services_.store, services_.catalog, wish, account_id, sink);
    if (done) tally_.account_done();
    return done;
}

}  // namespace takas::app::backtests
