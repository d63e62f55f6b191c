// See memory_store.hpp. One mutex for the queue, one for the tables; callbacks and sinks run outside both.
#include "store/memory/memory_store.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "store/memory/copy_value.hpp"
#include "store/memory/table_rows.hpp"

namespace takas::store::memory {

using app::ports::CommitOutcome;
using app::ports::CommitResult;
using app::ports::Condition;
using app::ports::Query;
using app::ports::Table;
using app::ports::Unit;
using app::ports::Write;

struct MemoryStore::Impl {
    struct Queued {
        Unit unit;
        Done done;
    };

    MemoryOptions options;
    std::atomic<bool> writable = true;
    std::mutex queue_mutex;
    std::condition_variable queue_changed;
    std::deque<Queued> queue;
    bool stopping = false;
    mutable std::shared_mutex tables_mutex;
    std::map<std::string_view, TableRows> tables;
    std::thread worker;

    TableRows& rows_of(const Table& table) { return tables.try_emplace(table.name, table).first->second; }

    CommitResult apply(Unit& unit) {
        const std::unique_lock lock(tables_mutex);
        std::vector<std::function<void()>> undo;
        std::size_t index = 0;
        for (Write& write : unit.take()) {
            const CommitOutcome outcome = write.kind == Write::Kind::forbid
                                              ? rows_of(*write.table).forbid(write.conditions)
                                              : rows_of(*write.table).apply(write, undo);
            if (outcome != CommitOutcome::committed) {
                for (auto it = undo.rbegin(); it != undo.rend(); ++it) (*it)();
                return {outcome, write.table->name, index};
            }
            ++index;
        }
        return {};
    }

    CommitResult settle(Unit& unit, Fault fault) {
        if (!writable || fault == Fault::unavailable) return {CommitOutcome::unavailable, {}, 0};
        if (fault == Fault::unknown_lost) return {CommitOutcome::unknown, {}, 0};
        const CommitResult result = apply(unit);
        return fault == Fault::unknown_written ? CommitResult{CommitOutcome::unknown, {}, 0} : result;
    }

    bool step(Fault fault) {
        std::unique_lock lock(queue_mutex);
        if (queue.empty()) return false;
        Queued next = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        next.done(settle(next.unit, fault));
        return true;
    }

    void run() {
        while (true) {
            std::unique_lock lock(queue_mutex);
            queue_changed.wait(lock, [&] { return stopping || !queue.empty(); });
            if (queue.empty()) return;
            lock.unlock();
            step(Fault::none);
        }
    }
};

MemoryStore::MemoryStore(MemoryOptions options) : impl_(std::make_unique<Impl>()) {
    impl_->options = options;
    if (!options.manual_step) impl_->worker = std::thread([this] { impl_->run(); });
}

MemoryStore::~MemoryStore() {
    {
        const std::lock_guard lock(impl_->queue_mutex);
        impl_->stopping = true;
    }
    impl_->queue_changed.notify_all();
    if (impl_->worker.joinable()) impl_->worker.join();
    while (impl_->step(Fault::none)) {
    }
}

void MemoryStore::commit(Unit unit, Done done) {
    {
        const std::lock_guard lock(impl_->queue_mutex);
        if (impl_->queue.size() < impl_->options.max_queued_units) {
            impl_->queue.push_back({std::move(unit), std::move(done)});
            impl_->queue_changed.notify_one();
            return;
        }
    }
    done({CommitOutcome::unavailable, {}, 0});
}

Result<void> MemoryStore::scan(const Table& table, const Query& query, const Sink& sink) {
    if (auto valid = record::check(table, query.conditions, query.order); !valid) return valid;
    std::vector<Row> rows;
    {
        const std::shared_lock lock(impl_->tables_mutex);
        if (const auto it = impl_->tables.find(table.name); it != impl_->tables.end()) rows = it->second.select(query);
    }
    for (const Row& row : rows) {
        copy_fields(table.columns(), row.get(), sink.next());
        if (!sink.filled()) break;
    }
    return {};
}

Result<std::int64_t> MemoryStore::count(const Table& table, std::span<const Condition> conditions,
                                        std::int64_t at_most) {
    if (auto valid = record::check(table, conditions); !valid) return std::unexpected(std::move(valid.error()));
    const std::shared_lock lock(impl_->tables_mutex);
    const auto it = impl_->tables.find(table.name);
    return it == impl_->tables.end() ? 0 : it->second.count(conditions, at_most);
}

bool MemoryStore::writable() const { return impl_->writable; }

bool MemoryStore::step(Fault fault) { return impl_->step(fault); }

void MemoryStore::set_writable(bool writable) { impl_->writable = writable; }

}  // namespace takas::store::memory
