// See checkpointer.hpp.
#include "store/sqlite/checkpointer.hpp"

#include <algorithm>

#include "base/thread_name.hpp"

namespace takas::store::sqlite {
namespace {

/// What the writer may copy itself without a noticeable pause: half a megabyte. The longer the log, the more.
constexpr int short_rest_pages = 128;
/// A log this many times too long is copied by the writer whatever it costs: commits must not outrun the disk for ever.
constexpr int hard_limit_factor = 2;

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection, CheckpointOptions options)
    : options_(options), connection_(std::move(connection)), due_at_pages_(options.piece_pages) {
    thread_ = std::thread([this] {
        name_this_thread("store-ckpt");
        run();
    });
}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Checkpointer::log_has(int pages) {
    const int before = log_pages_.exchange(pages);
    if (pages < before) {  // the log started over
        copied_pages_ = 0;
        due_at_pages_ = options_.piece_pages;
    }
    if (!is_due()) return;
    const std::lock_guard lock(mutex_);
    changed_.notify_one();
}

bool Checkpointer::is_due() const { return log_pages_ >= due_at_pages_; }

bool Checkpointer::wants_restart() const {
    const int pages = log_pages_;
    if (pages >= options_.restart_pages * hard_limit_factor) return true;
    if (pages < options_.restart_pages) return false;
    return pages - copied_pages_ <= std::int64_t{short_rest_pages} * pages / options_.restart_pages;
}

void Checkpointer::restart(Connection& writer) { copy(writer); }

void Checkpointer::copy(Connection& connection) {
    int log = 0, copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &log, &copied);
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) ++failures_;
    if (copied > 0) copied_pages_ = copied;
    // Past the restart length smaller pieces bring the rest below what the writer may copy.
    const bool is_long = log_pages_ >= options_.restart_pages;
    due_at_pages_ = std::max(log, log_pages_.load()) + (is_long ? short_rest_pages / 4 : options_.piece_pages);
}

void Checkpointer::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stopping_ || is_due(); });
        if (stopping_) return;
        lock.unlock();
        copy(*connection_);
        lock.lock();
    }
}

}  // namespace takas::store::sqlite
