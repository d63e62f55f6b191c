// Clients that follow the event log as it grows. One thread reads the log for all of them: those who stand at the same
// place share a read, so that a hundred clients at the end cost one. A client that does not read is not fed further;
// where each stands is its own, so that nothing is left out. Bounded in number and in time: a stream ends after a while
// and its client comes back with the last number it saw, and with a token that is still good. Whether that token still
// counts is asked before each round. Knows no socket.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/events/event_log.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"

namespace takas::app::events {

/// The client's end. Called on the streams' thread; must not block.
class EventSink {
  public:
    virtual ~EventSink() = default;
    virtual bool is_open() const = 0;
    virtual bool is_clogged() const = 0;  ///< the client has not taken what it was sent
    virtual void put(const core::event::DomainEvent& event, const std::string& data) = 0;
    /// Nothing of interest happened, but the log was read up to there: the client may begin there again.
    virtual void beat(std::int64_t cursor) = 0;
    virtual void end() = 0;
};

/// Whether the client may still be told: unknown when the store does not say; then it waits.
enum class MayListen : std::uint8_t { yes, unknown, no };
/// Asked on the streams' thread in every round, at least at each event: must usually answer from memory.
using StreamGuard = std::function<MayListen(Instant now)>;

struct StreamOptions {
    std::size_t streams_max = 256;            ///< each may hold some 100 KiB that its client has not read
    std::size_t streams_per_tenant_max = 16;  ///< one institution may not take all the places
    std::int64_t heartbeat_s = 15;            ///< below the idle limit of common proxies
    std::int64_t life_max_s = 900;            ///< then its client comes back, perhaps to another server
    std::int64_t poll_interval_ms = 250;      ///< how late an event of another server is seen
};

class EventStreams {
  public:
    EventStreams(ports::Store& store, const ports::Clock& clock, StreamOptions options = {});
    /// Ends every stream.
    ~EventStreams();
    EventStreams(const EventStreams&) = delete;
    EventStreams& operator=(const EventStreams&) = delete;

    /// Whether one more client of the institution has a place. Error: too_many_requests.
    Result<void> check_room(TenantId tenant_id) const;
    /// From any thread. Ends the sink at once when there is no place.
    void add(std::unique_ptr<EventSink> sink, LogFilter filter, std::int64_t cursor, StreamGuard guard = {});
    /// Something was committed. From any thread; cheap.
    void hint();
    std::size_t size() const;

    void start();  ///< the thread; tests call step() instead
    /// One round. True when somebody has more to read at once.
    bool step();

  private:
    struct Stream {
        std::unique_ptr<EventSink> sink;
        LogFilter filter;
        StreamGuard guard;  ///< none: always
        MayListen may_listen = MayListen::yes;
        std::int64_t cursor = 0;
        Instant ends_at;
        Instant spoke_at;
    };
    using Group = std::vector<Stream*>;

    void take_new();
    void ask_guards(Instant now);
    void remove_ended(Instant now);
    bool feed(std::int64_t cursor, const Group& group, Instant now);
    void run(const std::stop_token& stop);

    ports::Store& store_;
    const ports::Clock& clock_;
    const StreamOptions options_;
    std::vector<std::unique_ptr<Stream>> streams_;  ///< of the thread

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<std::unique_ptr<Stream>> new_;
    std::map<std::int64_t, std::size_t> per_tenant_;
    std::size_t count_ = 0;
    bool hinted_ = false;
    std::jthread thread_;  ///< last: it uses everything above
};

}  // namespace takas::app::events
