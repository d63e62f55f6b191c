// See writer.hpp.
#include "store/postgres/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/log.hpp"
#include "base/thread_name.hpp"

namespace takas::store::postgres {
namespace {

using app::ports::CommitOutcome;
using app::ports::CommitResult;
using app::ports::Store;
using app::ports::Unit;
using app::ports::Write;
using std::chrono::milliseconds;

/// An idle writer has nothing to look after.
constexpr std::chrono::hours long_patience{1};
/// Deadlocks and the like pass; more in a row than this are no accident.
constexpr int max_attempts = 6;

/// A reconnect that is over sooner than this keeps the waiting units waiting; a longer one refuses them.
constexpr milliseconds reconnect_patience{50};

/// A server that is merely waiting for a lock says so itself, which is a clear refusal: it gets the first word.
constexpr milliseconds answer_margin{250};

constexpr CommitResult unavailable{CommitOutcome::unavailable, {}, 0};

void answer(std::span<QueuedUnit> group, CommitResult result) {
    for (QueuedUnit& unit : group) unit.done(result);
}

bool needs_order(const Unit& unit) {
    return std::ranges::any_of(unit.writes(), [](const Write& w) { return w.kind == Write::Kind::forbid; });
}

/// What a refused statement means for its unit.
CommitOutcome outcome_of(const Write& write, std::string_view state) {
    const Verb verb = verb_of(write);
    if (verb == Verb::refuse) return CommitOutcome::conflict;
    if (state.starts_with("23")) return CommitOutcome::conflict;  // unique keys, NOT NULL
    if (state != "22012") return CommitOutcome::unavailable;
    const bool is_moved = verb == Verb::update_guarded || verb == Verb::require || verb == Verb::require_guarded;
    return is_moved ? CommitOutcome::version_moved : CommitOutcome::conflict;
}

}  // namespace

Writer::Writer(std::unique_ptr<Session> session, QueueRoom& room, WriterOptions options, std::size_t number)
    : options_(std::move(options)), number_(number), queue_(room), session_(std::move(session)) {
    thread_ = std::thread([this] { work(); });
}

Writer::~Writer() {
    queue_.close();
    thread_.join();
}

void Writer::commit(Unit unit, Store::Done done) {
    QueuedUnit queued{std::move(unit), std::move(done)};
    if (!queue_.push(queued)) queued.done(unavailable);
}

void Writer::work() {
    name_this_thread(fmt::format("store-write-{}", number_ % 10).c_str());
    while (true) {
        if (!session_ || needs_probe_) {
            if (Clock::now() >= next_try_) connect();
            if (unsettled_) resolve();
        }
        const bool is_ready = session_ && !needs_probe_ && !unsettled_;
        const auto left = std::chrono::ceil<milliseconds>(next_try_ - Clock::now());
        auto group = queue_.take(options_.max_units_per_commit, options_.max_rows_per_commit,
                                 is_ready ? milliseconds(long_patience) : std::max(left, milliseconds(1)));
        if (is_ready)
            settle(group);
        else
            answer(group, unavailable);
        if (!queue_.closed() || !group.empty()) continue;
        if (!unsettled_) break;
        if (!is_ready) std::this_thread::sleep_until(next_try_);
    }
    if (session_) session_->close(Clock::now() + options_.connection.connect_timeout);
}

void Writer::settle(Group group) {
    // A unit that forbids goes by itself, in its own order: what it forbids depends on what was changed before.
    while (!group.empty()) {
        const auto ordered = std::ranges::find_if(group, [](const QueuedUnit& q) { return needs_order(q.unit); });
        const auto before = static_cast<std::size_t>(ordered - group.begin());
        if (before > 0) settle_together(group.first(before));
        group = group.subspan(before);
        if (group.empty()) return;
        settle_alone(group.front());
        group = group.subspan(1);
    }
}

void Writer::settle_together(Group group) {
    const auto ended = attempt(group, false);
    if (!ended) return;
    if (ended->end == Attempt::End::committed) return answer(group, {});
    if (group.size() == 1) return settle_alone(group.front());
    settle_together(group.first(group.size() / 2));
    settle_together(group.subspan(group.size() / 2));
}

void Writer::settle_alone(QueuedUnit& unit) {
    const auto ended = attempt({&unit, 1}, true);
    if (!ended) return;
    if (ended->end == Attempt::End::committed) return unit.done({});
    const auto& writes = unit.unit.writes();
    if (ended->statement >= writes.size()) return unit.done(unavailable);
    const Write& write = writes[ended->statement];
    const CommitOutcome outcome = outcome_of(write, ended->state);
    if (outcome == CommitOutcome::unavailable)
        log::warning("unit_refused").add("table", write.table->name).add("sqlstate", ended->state);
    unit.done({outcome, write.table->name, ended->statement});
}

bool Writer::fill(Batch& batch, Group group, bool strictly) {
    for (QueuedUnit& queued : group)
        for (const Write& write : queued.unit.writes()) {
            KnownTable* table = session_->table(*write.table);
            if (!table) return false;
            strictly ? batch.add_strictly(*table, write) : batch.add_merged(*table, write);
        }
    return true;
}

std::optional<Attempt> Writer::attempt(Group group, bool strictly) {
    bool refreshed = false;
    for (int tries = 1;; ++tries) {
        if (!session_ || needs_probe_) {
            answer(group, unavailable);
            return std::nullopt;
        }
        Batch batch;
        Attempt ended{Attempt::End::refused, "42P01", 0, "no such table"};
        if (fill(batch, group, strictly)) {
            if (batch.number_count() > max_numbers_per_commit)
                return Attempt{Attempt::End::refused, "54000", group.front().unit.writes().size(), {}};
            ended = session_->run(batch, Clock::now() + options_.write_timeout + answer_margin);
        }
        if (ended.end == Attempt::End::committed) return ended;
        if (ended.end == Attempt::End::lost) {
            lose(group, ended);
            return std::nullopt;
        }
        const bool hides_its_state = !strictly && session_->is_distributed() && ended.state == "XX000";
        const Trouble trouble = hides_its_state ? Trouble::unit : trouble_of(ended);
        if (trouble == Trouble::unit) return ended;
        if (trouble == Trouble::again && tries < max_attempts) continue;
        if (trouble == Trouble::stale) {
            if (refreshed) return ended;
            refreshed = true;
            session_.reset();
            connect();
            continue;
        }
        if (trouble == Trouble::store) become_unwritable(ended.message);
        answer(group, unavailable);
        return std::nullopt;
    }
}

Writer::Trouble Writer::trouble_of(const Attempt& attempt) {
    if (attempt.end == Attempt::End::outdated) return Trouble::stale;
    const std::string_view state = attempt.state;
    const auto is_any_of = [&](std::initializer_list<std::string_view> all) {
        return std::ranges::find(all, state) != all.end();
    };
    if (is_any_of({"40001", "40P01"})) return Trouble::again;
    // Types and statements that the session knows are no longer those of the database.
    if (is_any_of({"42P01", "42703", "42704", "42804", "42P18", "0A000", "26000", "XX000"})) return Trouble::stale;
    if (is_any_of({"57014", "55P03"})) return Trouble::time;
    if (state.starts_with("53") || state.starts_with("57") || state.starts_with("58") || state.starts_with("08") ||
        is_any_of({"25006", "XX001", "XX002"}))
        return Trouble::store;
    return Trouble::unit;
}

void Writer::become_unwritable(std::string_view reason) {
    if (writable_.exchange(false)) log::error("store_unwritable").add("writer", number_).add("reason", reason);
    needs_probe_ = true;
    next_try_ = Clock::now() + options_.retry_interval;
}

void Writer::lose(Group group, const Attempt& attempt) {
    unsettled_.emplace(Unsettled{{}, session_->mark(), Clock::now() + options_.write_timeout, is_resending_});
    std::ranges::move(group, std::back_inserter(unsettled_->group));
    session_.reset();
    become_unwritable(attempt.message);
    next_try_ = Clock::now();
}

void Writer::refuse_waiting() {
    if (Clock::now() < refuse_after_) return;
    auto waiting = queue_.take(options_.max_units_per_commit, options_.max_rows_per_commit, milliseconds(0));
    answer(waiting, unavailable);
}

void Writer::connect() {
    next_try_ = Clock::now() + options_.retry_interval;
    // A session that met trouble may be bound to a server that became read-only: the next one looks for another.
    session_.reset();
    refuse_after_ = Clock::now() + reconnect_patience;
    auto opened = Session::open(options_.connection, [this] { refuse_waiting(); });
    if (opened && needs_probe_ && !(*opened)->probe(Clock::now() + options_.write_timeout))
        opened = (*opened)->connection().failure("cannot write");
    if (!opened) {
        needs_probe_ = true;
        if (writable_.exchange(false))
            log::error("store_unwritable").add("writer", number_).add("reason", opened.error().internal_detail);
        return;
    }
    session_ = std::move(*opened);
    needs_probe_ = false;
    if (unsettled_) return;
    if (!writable_.exchange(true)) log::info("store_writable").add("writer", number_);
}

void Writer::resolve() {
    std::optional<bool> committed;
    if (session_ && !needs_probe_) committed = session_->was_committed(unsettled_->mark, unsettled_->deadline);
    if (!committed && Clock::now() < unsettled_->deadline) {
        if (session_) next_try_ = Clock::now() + options_.retry_interval;
        session_.reset();
        return;
    }
    Unsettled settled = std::move(*unsettled_);
    unsettled_.reset();
    if (session_ && session_->connection().is_broken()) session_.reset();
    if (session_ && !writable_.exchange(true)) log::info("store_writable").add("writer", number_);
    if (!committed) {
        log::error("commit_unknown").add("unit_count", settled.group.size());
        answer(settled.group, {CommitOutcome::unknown, {}, 0});
    } else if (*committed) {
        answer(settled.group, {});
    } else if (settled.was_resent) {
        answer(settled.group, unavailable);
    } else {
        is_resending_ = true;
        settle(settled.group);  // nothing of it was written
        is_resending_ = false;
    }
}

}  // namespace takas::store::postgres
