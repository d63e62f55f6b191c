#include "app/events/event_streams.hpp"

#include <chrono>

#include "base/thread_name.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;

constexpr std::int64_t page_size = 100;  // about 100 KiB of transactions: what a stream may hold unread

/// Data of the events of one page, each rendered once however many clients want it.
class Rendered {
  public:
    explicit Rendered(ports::Store& store) : store_(store) {}
    /// Error: that of the store.
    Result<std::string> of(const DomainEvent& event) {
        if (const auto known = texts_.find(event.sequence_no); known != texts_.end()) return known->second;
        auto data = readable_data(store_, event);
        if (data) texts_.emplace(event.sequence_no, *data);
        return data;
    }

  private:
    ports::Store& store_;
    std::map<std::int64_t, std::string> texts_;
};

}  // namespace

EventStreams::EventStreams(ports::Store& store, const ports::Clock& clock, StreamOptions options)
    : store_(store), clock_(clock), options_(options) {}

EventStreams::~EventStreams() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    take_new();
    for (const auto& stream : streams_) stream->sink->end();
}

Result<void> EventStreams::check_room(TenantId tenant_id) const {
    const std::lock_guard lock(mutex_);
    const auto taken = per_tenant_.find(tenant_id.value);
    const bool tenant_is_full = taken != per_tenant_.end() && taken->second >= options_.streams_per_tenant_max;
    if (count_ >= options_.streams_max || tenant_is_full)
        return fail(ErrorCode::too_many_requests, "every place for an event stream is taken");
    return {};
}

void EventStreams::add(std::unique_ptr<EventSink> sink, LogFilter filter, std::int64_t cursor, StreamGuard guard) {
    if (!check_room(filter.tenant_id)) return sink->end();
    const Instant now = clock_.now();
    auto stream = std::make_unique<Stream>();
    stream->sink = std::move(sink);
    stream->filter = std::move(filter);
    stream->guard = std::move(guard);
    stream->cursor = cursor;
    stream->ends_at = now.plus_seconds(options_.life_max_s);
    {
        const std::lock_guard lock(mutex_);
        ++per_tenant_[stream->filter.tenant_id.value];
        ++count_;
        new_.push_back(std::move(stream));
        hinted_ = true;
    }
    wake_.notify_one();
}

void EventStreams::hint() {
    {
        const std::lock_guard lock(mutex_);
        if (hinted_ || count_ == 0) return;
        hinted_ = true;
    }
    wake_.notify_one();
}

std::size_t EventStreams::size() const {
    const std::lock_guard lock(mutex_);
    return count_;
}

void EventStreams::take_new() {
    const std::lock_guard lock(mutex_);
    for (auto& stream : new_) streams_.push_back(std::move(stream));
    new_.clear();
}

void EventStreams::ask_guards(Instant now) {
    for (const auto& stream : streams_)
        if (stream->guard) stream->may_listen = stream->guard(now);
}

void EventStreams::remove_ended(Instant now) {
    std::erase_if(streams_, [&](const std::unique_ptr<Stream>& stream) {
        const bool may_stay = stream->may_listen != MayListen::no && now < stream->ends_at;
        if (may_stay && stream->sink->is_open()) return false;
        stream->sink->end();
        const std::lock_guard lock(mutex_);
        --count_;
        const auto taken = per_tenant_.find(stream->filter.tenant_id.value);
        if (--taken->second == 0) per_tenant_.erase(taken);
        return true;
    });
}

bool EventStreams::step() {
    take_new();
    const Instant now = clock_.now();
    ask_guards(now);
    remove_ended(now);
    std::map<std::int64_t, Group> groups;
    for (const auto& stream : streams_)
        if (stream->may_listen == MayListen::yes && !stream->sink->is_clogged())
            groups[stream->cursor].push_back(stream.get());
    bool has_more = false;
    for (const auto& [cursor, group] : groups)
        if (feed(cursor, group, now)) has_more = true;
    return has_more;
}

/// The next page to all who stand at `cursor`. True when there is more.
bool EventStreams::feed(std::int64_t cursor, const Group& group, Instant now) {
    const auto events = read_after(store_, cursor, page_size);
    if (!events) return false;  // the store is not well: the next round asks again
    Rendered rendered(store_);
    for (const DomainEvent& event : *events) {
        for (Stream* stream : group) {
            if (!wants(stream->filter, event)) continue;
            const auto data = rendered.of(event);
            if (!data) return false;  // who got this one already stands behind it
            stream->sink->put(event, *data);
            stream->cursor = event.sequence_no;
            stream->spoke_at = now;
        }
    }
    for (Stream* stream : group) {
        if (!events->empty()) stream->cursor = events->back().sequence_no;
        if (now < stream->spoke_at.plus_seconds(options_.heartbeat_s)) continue;
        stream->sink->beat(stream->cursor);
        stream->spoke_at = now;
    }
    return static_cast<std::int64_t>(events->size()) == page_size;
}

void EventStreams::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void EventStreams::run(const std::stop_token& stop) {
    name_this_thread("event-streams");
    while (!stop.stop_requested()) {
        if (step()) continue;
        std::unique_lock lock(mutex_);
        if (count_ == 0)
            wake_.wait(lock, stop, [this] { return hinted_; });
        else
            wake_.wait_for(lock, stop, std::chrono::milliseconds(options_.poll_interval_ms),
                           [this] { return hinted_; });
        hinted_ = false;
    }
}

}  // namespace takas::app::events
