#include "app/lane/lane.hpp"

#include <algorithm>

#include "base/thread_name.hpp"

namespace takas::app::lane {

using core::card::Card;
using core::ledger::CardAccount;
using ports::CommitOutcome;
using ports::CommitResult;
using ports::where;

Lane::Lane(ports::Store& store, LaneOptions options)
    : store_(store),
      options_(options),
      filling_(std::make_unique<Batch>()),
      batch_limit_(options_.batch_max),
      thread_([this](std::stop_token stop) { run(stop); }) {}

Lane::~Lane() {
    thread_.request_stop();
    wake_.notify_all();
}

LaneStatistics Lane::statistics() const {
    const std::lock_guard lock(mutex_);
    LaneStatistics s = statistics_;
    s.queued = queue_.size();
    return s;
}

void Lane::submit(Command command) {
    std::vector<Finished> finished;
    {
        std::unique_lock lock(mutex_);
        ++statistics_.commands;
        Waiting waiting{std::move(command)};
        if (queue_.size() >= options_.queue_max) {
            finished.push_back({std::move(waiting), CommitOutcome::unavailable});
        } else if (recovering_ || !queue_.empty() || filling_->commands.size() >= batch_limit_) {
            queue_.push_back(std::move(waiting));
        } else {
            decide_into_batch(std::move(waiting), finished);
            launch();
            send(lock);
        }
    }
    finish(finished);
}

bool Lane::look(AccountId account_id, TenantId tenant_id, const std::function<void(Work&)>& look, Sight sight) {
    const std::lock_guard lock(mutex_);
    if (const auto it = accounts_.find(account_id);
        sight == Sight::of_all && is_guarding_reads_ && it != accounts_.end() && it->second.aggregate.users == 0)
        drop(account_id);
    Held* const account = held(account_id, tenant_id);
    if (!account) return false;
    ports::Unit nothing;
    Work work(store_, account->aggregate, overlay_, nothing, /*key_conflict=*/false);
    look(work);
    return true;
}

void Lane::guard_reads(bool is_guarding) {
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_guarding_reads_, is_guarding) == is_guarding || is_guarding) return;
    // What is in use has its version checked by its batch; the rest is read again.
    for (auto it = accounts_.begin(); it != accounts_.end();) {
        if (it->second.aggregate.users > 0) {
            ++it;
            continue;
        }
        recency_.erase(it->second.recency);
        it = accounts_.erase(it);
    }
}

Result<Aggregate> Lane::load(AccountId account_id, TenantId tenant_id) const {
    Aggregate aggregate;
    aggregate.account.account_id = account_id;
    aggregate.account.tenant_id = tenant_id;
    if (!account_id) return aggregate;
    auto account = store_.find<CardAccount>({where<&CardAccount::account_id>(account_id)});
    if (!account) return std::unexpected(std::move(account.error()));
    if (!*account) return aggregate;
    ports::Query cards{{where<&Card::account_id>(account_id)}, {}, 0, 1000};
    auto rows = store_.list<Card>(cards);
    if (!rows) return std::unexpected(std::move(rows.error()));
    aggregate.account = std::move(**account);
    aggregate.cards = std::move(*rows);
    aggregate.stored_version = aggregate.account.version;
    aggregate.exists = true;
    return aggregate;
}

Lane::Held* Lane::held(AccountId account_id, TenantId tenant_id) {
    if (const auto it = accounts_.find(account_id);
        it != accounts_.end() && (it->second.aggregate.exists || !account_id)) {
        recency_.splice(recency_.begin(), recency_, it->second.recency);
        // The account nobody owns takes declines for any tenant.
        if (!account_id) it->second.aggregate.account.tenant_id = tenant_id;
        return &it->second;
    }
    auto loaded = load(account_id, tenant_id);
    if (!loaded) return nullptr;
    drop(account_id);  // an account that did not exist may exist by now
    evict();
    recency_.push_front(account_id);
    return &accounts_.emplace(account_id, Held{std::move(*loaded), recency_.begin()}).first->second;
}

void Lane::drop(AccountId account_id) {
    const auto it = accounts_.find(account_id);
    if (it == accounts_.end()) return;
    recency_.erase(it->second.recency);
    accounts_.erase(it);
}

void Lane::evict() {
    // Aggregates ahead of the store stay; the rest goes in order of disuse.
    for (auto it = recency_.end(); accounts_.size() >= options_.accounts_max && it != recency_.begin();) {
        --it;
        const auto found = accounts_.find(*it);
        if (found->second.aggregate.users > 0) continue;
        accounts_.erase(found);
        it = recency_.erase(it);
    }
}

void Lane::decide_into_batch(Waiting waiting, std::vector<Finished>& finished) {
    Held* account = held(waiting.command.account_id, waiting.command.tenant_id);
    if (!account) {
        finished.push_back({std::move(waiting), CommitOutcome::unavailable});
        return;
    }
    Batch& batch = *filling_;
    waiting.writes_begin = batch.unit.writes().size();
    Work work(store_, account->aggregate, overlay_, batch.unit, waiting.key_conflict);
    waiting.command.decide(work);
    if (work.is_stale()) return decide_again_on_stored(std::move(waiting), *account, finished);
    waiting.writes_end = batch.unit.writes().size();
    batch.overlaid.insert(batch.overlaid.end(), work.overlaid().begin(), work.overlaid().end());
    if (work.account_changed() && !account->row_changed) {
        account->row_changed = true;
        ++account->aggregate.users;
        batch.accounts.push_back(waiting.command.account_id);
    }
    const bool was_only_read = work.changed() && !work.account_changed() && account->aggregate.exists;
    if (is_guarding_reads_ && was_only_read && !account->row_read) {
        account->row_read = true;
        ++account->aggregate.users;
        batch.read.push_back(waiting.command.account_id);
    }
    // A command that changed nothing still waits for the batch: what it read may not be durable yet.
    batch.commands.push_back(std::move(waiting));
}

/// Another server has changed the account, and this command saw it before a commit did. It has written nothing.
void Lane::decide_again_on_stored(Waiting waiting, const Held& account, std::vector<Finished>& finished) {
    if (++waiting.attempts >= attempts_max) {
        finished.push_back({std::move(waiting), CommitOutcome::version_moved});
        return;
    }
    ++statistics_.retried;
    if (account.aggregate.users > 0) {  // what is ahead of the store will be refused: after that
        queue_.push_back(std::move(waiting));
        return;
    }
    drop(waiting.command.account_id);
    decide_into_batch(std::move(waiting), finished);
}

/// Before the changed rows are written: those are guarded themselves.
void Lane::require_what_was_read() {
    for (const AccountId id : filling_->read) {
        Held& account = accounts_.find(id)->second;
        account.row_read = false;
        if (account.row_changed) continue;
        CardAccount row;
        row.account_id = id;
        filling_->unit.require(std::move(row), account.aggregate.stored_version);
    }
}

/// Once for each card, however often the batch counted.
void Lane::write_usages(Aggregate& aggregate) {
    for (auto& one : aggregate.counted) {
        if (!std::exchange(one.is_changed, false)) continue;
        filling_->unit.upsert(core::control::CardUsage{
            aggregate.account.tenant_id, aggregate.account.account_id, one.token_id, {one.counters.encode()}});
    }
}

void Lane::launch() {
    if (in_flight_ || recovering_ || filling_->commands.empty()) return;
    // Rows are locked in one order on every server: two batches wait for each other, but never in a circle.
    for (auto* used : {&filling_->read, &filling_->accounts}) std::ranges::sort(*used, {}, &AccountId::value);
    require_what_was_read();
    for (const AccountId id : filling_->accounts) {
        Held& account = accounts_.find(id)->second;
        account.row_changed = false;
        write_usages(account.aggregate);
        const auto expected = account.aggregate.stored_version;
        account.aggregate.account.version = account.aggregate.stored_version = expected + 1;
        filling_->unit.update(account.aggregate.account, expected);
    }
    in_flight_ = std::exchange(filling_, std::make_unique<Batch>());
    ++statistics_.batches;
    if (in_flight_->unit.empty()) {
        settled_.push_back({std::move(in_flight_), {}});
        wake_.notify_one();
        return;
    }
    in_flight_->unit.set_route(options_.route);
    to_send_ = std::move(in_flight_->unit);
}

/// Off the lock: a store that is full answers at once, on this thread.
void Lane::send(std::unique_lock<std::mutex>& lock) {
    while (to_send_) {
        ports::Unit unit = std::move(*to_send_);
        to_send_.reset();
        lock.unlock();
        store_.commit(std::move(unit), [this](CommitResult result) { committed(result); });
        lock.lock();
    }
}

/// On the store's thread: keep the store busy, leave the telling to the lane's thread.
void Lane::committed(CommitResult result) {
    std::unique_lock lock(mutex_);
    recovering_ = result.outcome != CommitOutcome::committed;
    if (!recovering_) release(*in_flight_);
    settled_.push_back({std::move(in_flight_), result});
    launch();
    send(lock);
    wake_.notify_one();
}

/// The batch is durable: what it changed is no longer ahead of the store.
void Lane::release(Batch& batch) {
    for (const auto* used : {&batch.accounts, &batch.read})
        for (const AccountId id : *used)
            if (const auto it = accounts_.find(id); it != accounts_.end()) --it->second.aggregate.users;
    for (const TransactionId id : batch.overlaid) {
        const auto it = overlay_.transactions.find(id);
        if (it == overlay_.transactions.end() || --it->second.users > 0) continue;
        const auto& t = it->second.transaction;
        if (t.message_key) overlay_.keys.erase(overlay_key(t.account_id, *t.message_key));
        for (const std::string& name : it->second.claims) overlay_.keys.erase(name);
        overlay_.transactions.erase(it);
    }
}

/// The batch did not happen: the aggregates it touched are read again when next needed.
void Lane::forget(const Batch& batch) {
    for (const AccountId id : batch.accounts) drop(id);
    for (const AccountId id : batch.read) drop(id);
}

/// A batch that fails the first time stood on old state, and is better read again in one go. One that fails on state
/// just read met the other server: the fewer accounts in the next, the rarer that is.
void Lane::adapt_batch_limit(CommitOutcome outcome, const Batch& batch) {
    const bool was_read_again = std::ranges::any_of(batch.commands, [](const Waiting& w) { return w.attempts > 0; });
    if (outcome == CommitOutcome::committed)
        batch_limit_ = std::min(batch_limit_ * 2, options_.batch_max);
    else if (outcome == CommitOutcome::version_moved && was_read_again)
        batch_limit_ = std::max<std::size_t>(batch.commands.size() / 2, 1);
}

void Lane::settle(Batch& batch, const CommitResult& result, std::vector<Finished>& finished) {
    adapt_batch_limit(result.outcome, batch);
    if (result.outcome == CommitOutcome::committed) {
        for (Waiting& w : batch.commands) finished.push_back({std::move(w), CommitOutcome::committed});
        return;
    }
    // What the next batch decided stands on the failed one: both are undone, in memory only.
    forget(batch);
    forget(*filling_);
    overlay_ = {};
    auto undone = std::exchange(filling_, std::make_unique<Batch>());
    std::vector<Waiting> again;
    for (Waiting& w : batch.commands) {
        const bool transient =
            result.outcome == CommitOutcome::conflict || result.outcome == CommitOutcome::version_moved;
        w.key_conflict = w.key_conflict || (result.outcome == CommitOutcome::conflict &&
                                            result.write_index >= w.writes_begin && result.write_index < w.writes_end);
        if (transient && ++w.attempts < attempts_max)
            again.push_back(std::move(w));
        else
            finished.push_back({std::move(w), result.outcome});
    }
    statistics_.retried += again.size();
    for (Waiting& w : undone->commands) again.push_back(std::move(w));
    queue_.insert(queue_.begin(), std::make_move_iterator(again.begin()), std::make_move_iterator(again.end()));
    recovering_ = false;
}

void Lane::refill(std::vector<Finished>& finished) {
    while (!recovering_ && !queue_.empty() && filling_->commands.size() < batch_limit_) {
        Waiting next = std::move(queue_.front());
        queue_.pop_front();
        decide_into_batch(std::move(next), finished);
        launch();
    }
}

void Lane::run(std::stop_token stop) {
    name_this_thread("lane");
    std::vector<Finished> finished;
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, stop, [this] { return !settled_.empty(); });
        if (settled_.empty() && !in_flight_ && queue_.empty() && filling_->commands.empty()) return;
        if (settled_.empty()) {  // stopping: wait for what is under way
            wake_.wait_for(lock, std::chrono::milliseconds(1), [this] { return !settled_.empty(); });
            continue;
        }
        while (!settled_.empty()) {
            Settled s = std::move(settled_.front());
            settled_.pop_front();
            settle(*s.batch, s.result, finished);
        }
        refill(finished);
        launch();
        send(lock);
        lock.unlock();
        finish(finished);
        lock.lock();
    }
}

void Lane::finish(std::vector<Finished>& finished) {
    for (Finished& f : finished) f.waiting.command.done(f.outcome);
    finished.clear();
}

}  // namespace takas::app::lane
