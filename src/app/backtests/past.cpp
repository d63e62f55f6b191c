#include "app/backtests/past.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "core/control/policy_record.hpp"

namespace takas::app::backtests {

namespace {

using core::authorization::CardTransaction;
using core::authorization::Facts;
using core::authorization::TransactionEvent;
using core::card::Card;
using core::control::BacktestGap;
using core::control::PastDecision;
using ports::Compare;
using ports::where;

constexpr std::int64_t rows_per_read = 2'000;  // about 2 MB

struct Decided {
    CardTransaction row;
    Facts facts;
};

/// One account, while it is read.
class Reader {
  public:
    Reader(ports::Store& store, const catalog::Catalog& catalog, const PastWish& wish, AccountId account_id,
           const PastSink& sink)
        : store_(store), catalog_(catalog), wish_(wish), account_id_(account_id), sink_(sink) {}

    Result<void> run() {
        if (wish_.since) after_ = ids::first_id_at(wish_.since->plus_seconds(-ids::id_slack_s)) - 1;
        if (auto done = read_cards_and_events(); !done) return done;
        for (;;) {
            auto rows =
                store_.list<CardTransaction>({{where<&CardTransaction::account_id>(account_id_),
                                               where<&CardTransaction::transaction_id>(Compare::greater, after_),
                                               where<&CardTransaction::transaction_id>(
                                                   Compare::less, ids::first_id_at(wish_.to.plus_us(us_per_id)))},
                                              {{member_name<&CardTransaction::transaction_id>}},
                                              0,
                                              rows_per_read});
            if (!rows) return std::unexpected(std::move(rows.error()));
            const bool is_last = static_cast<std::int64_t>(rows->size()) < rows_per_read;
            if (!rows->empty()) after_ = rows->back().transaction_id.value;
            for (CardTransaction& row : *rows) take(std::move(row));
            // A row's id is older than its decision: what follows may have been decided before these.
            const Instant complete_until = ids::time_of_id(after_).plus_seconds(-ids::id_slack_s);
            tell(is_last ? wish_.to : std::min(complete_until, wish_.to));
            if (!sink_.page_done() || is_last) return {};
        }
    }

  private:
    static constexpr std::int64_t us_per_id = 1'000;

    Result<void> read_cards_and_events() {
        auto cards = store_.list<Card>({{where<&Card::account_id>(account_id_)}, {}, 0, cards_max});
        if (!cards) return std::unexpected(std::move(cards.error()));
        cards_ = std::move(*cards);
        auto events =
            store_.list<TransactionEvent>({{where<&TransactionEvent::account_id>(account_id_),
                                            where<&TransactionEvent::transaction_id>(Compare::greater, after_)},
                                           {},
                                           0,
                                           std::numeric_limits<std::int64_t>::max()});
        if (!events) return std::unexpected(std::move(events.error()));
        events_ = std::move(*events);
        std::erase_if(events_, [this](const TransactionEvent& e) { return e.occurred_at >= wish_.to; });
        std::ranges::sort(events_, {}, [](const TransactionEvent& e) { return std::pair(e.occurred_at, e.event_no); });
        for (const TransactionEvent& e : events_) followed_.insert(e.transaction_id);
        return {};
    }

    void take(CardTransaction row) {
        using core::authorization::TransactionCode;
        if (row.code == TransactionCode::load || row.code == TransactionCode::unload) return;  // not decided by cards
        auto facts = core::authorization::decode_facts(row.facts.bytes);
        if (!facts) return sink_.unreadable();
        waiting_.push_back({std::move(row), std::move(*facts)});
    }

    /// Everything before `until`, in order.
    void tell(Instant until) {
        const auto key = [](const Decided& d) { return std::pair(d.facts.decided_at, d.row.transaction_id); };
        std::ranges::sort(waiting_, {}, key);
        std::size_t told = 0;
        for (; told < waiting_.size() && waiting_[told].facts.decided_at < until; ++told) {
            const Decided& one = waiting_[told];
            tell_events(one.facts.decided_at);
            tell(one);
        }
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(told));
        tell_events(until);
    }

    void tell_events(Instant before) {
        for (; next_event_ < events_.size() && events_[next_event_].occurred_at < before; ++next_event_)
            sink_.happened(events_[next_event_]);
    }

    void tell(const Decided& one) {
        PastDecision past;
        past.row = &one.row;
        past.facts = one.facts;
        past.is_followed = followed_.contains(one.row.transaction_id);
        gaps_.clear();
        if (one.facts.card_found) {
            const auto card = std::ranges::find(cards_, one.row.token_id, &Card::token_id);
            if (card != cards_.end()) past.card = &*card;
        }
        fill_circumstances(one, past);
        sink_.decided(past, gaps_);
    }

    void fill_circumstances(const Decided& one, PastDecision& past) {
        auto record =
            one.row.policy_record ? core::control::decode_policy_record(one.row.policy_record->bytes) : std::nullopt;
        auto& c = past.circumstances;
        if (record) {
            c = std::move(record->circumstances);
        } else {
            gaps_.push_back(BacktestGap::circumstances_unknown);
            c.card_status = static_cast<std::uint8_t>(one.facts.card_status);
            c.local_time_minutes = catalog_.local_time(wish_.tenant_id, one.facts.decided_at).minutes;
        }
        if (past.card && !past.card->velocity_limits.empty()) gaps_.push_back(BacktestGap::card_limits_of_today);
        if (past.card && past.card->customer_id && !c.is_owner_known) gaps_.push_back(BacktestGap::owner_unknown);
    }

    static constexpr std::int64_t cards_max = 10'000;

    ports::Store& store_;
    const catalog::Catalog& catalog_;
    const PastWish& wish_;
    const AccountId account_id_;
    const PastSink& sink_;
    std::int64_t after_ = 0;
    std::vector<Card> cards_;
    std::vector<TransactionEvent> events_;
    std::size_t next_event_ = 0;
    std::unordered_set<TransactionId> followed_;
    std::vector<Decided> waiting_;
    std::vector<BacktestGap> gaps_;
};

}  // namespace

Result<void> read_past(ports::Store& store, const catalog::Catalog& catalog, const PastWish& wish, AccountId account_id,
                       const PastSink& sink) {
    return Reader(store, catalog, wish, account_id, sink).run();
}

}  // namespace takas::app::backtests
