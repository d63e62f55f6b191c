#include "app/events/event_streams.hpp"

#include <gtest/gtest.h>

#include <array>

#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;

struct StoppedClock final : ports::Clock {
    Instant time = parse_instant("2031-03-01T10:00:00Z").value();
    Instant now() const override { return time; }
};

/// What one client sees; owned by the test, for the streams throw their own end away.
struct Client {
    bool is_open = true, is_clogged = false, was_ended = false;
    std::vector<std::int64_t> numbers, beats;
    std::vector<std::string> data;
};

struct Sink final : EventSink {
    explicit Sink(Client& told) : client(told) {}
    Client& client;
    bool is_open() const override { return client.is_open; }
    bool is_clogged() const override { return client.is_clogged; }
    void put(const DomainEvent& event, const std::string& text) override {
        client.numbers.push_back(event.sequence_no);
        client.data.push_back(text);
    }
    void beat(std::int64_t cursor) override { client.beats.push_back(cursor); }
    void end() override { client.was_ended = true; }
};

/// Counts what is read of the log.
struct CountingStore final : ports::Store {
    store::memory::MemoryStore behind;
    int reads = 0;
    void commit(ports::Unit unit, Done done) override { behind.commit(std::move(unit), std::move(done)); }
    Result<void> scan(const ports::Table& table, const ports::Query& query, const Sink& sink) override {
        if (table.name == ports::table_of<DomainEvent>().name) ++reads;
        return behind.scan(table, query, sink);
    }
    Result<std::int64_t> count(const ports::Table& table, std::span<const ports::Condition> conditions,
                               std::int64_t at_most) override {
        return behind.count(table, conditions, at_most);
    }
    bool writable() const override { return true; }
};

struct EventStreamsTest : testing::Test {
    CountingStore store;
    StoppedClock clock;
    std::array<Client, 6> clients;  // above the streams, which tell them of their end
    EventStreams streams{store, clock, {.streams_max = 4, .streams_per_tenant_max = 3}};

    void happen(std::int64_t stream, TenantId owner = {7}) {
        DomainEvent event;
        event.tenant_id = owner;
        event.kind = core::event::EventKind::pin_set;
        event.stream_id = stream;
        event.payload = R"({"CardTokenId":)" + std::to_string(stream) + "}";
        ports::Unit unit;
        unit.insert(std::move(event));
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }
    void follow(Client& client, LogFilter filter, std::int64_t cursor = 0) {
        streams.add(std::make_unique<Sink>(client), std::move(filter), cursor);
    }
    void run() {
        while (streams.step()) continue;
    }
};

using Numbers = std::vector<std::int64_t>;

TEST_F(EventStreamsTest, EveryClientGetsItsOwnFromWhereItStands) {
    for (int i = 1; i <= 250; ++i) happen(i % 2, TenantId{i % 5 == 0 ? 8 : 7});
    Client &all = clients[0], &card = clients[1], &late = clients[2], &other = clients[3];
    follow(all, {{7}, {}, {}});
    follow(card, {{7}, 1, {}});
    follow(late, {{7}, {}, {}}, 248);
    follow(other, {{8}, {}, {}}, 200);
    run();
    Numbers mine, of_card;
    for (int i = 1; i <= 250; ++i) {
        if (i % 5 != 0) mine.push_back(i);
        if (i % 5 != 0 && i % 2 == 1) of_card.push_back(i);
    }
    EXPECT_EQ(all.numbers, mine);
    EXPECT_EQ(card.numbers, of_card);
    EXPECT_EQ(late.numbers, (Numbers{249}));
    EXPECT_EQ(other.numbers.size(), 10U);
    EXPECT_EQ(all.data.at(0), R"({"CardTokenId":1})");

    happen(1);
    store.reads = 0;
    run();
    EXPECT_EQ(store.reads, 1) << "who stands at the end shares one read";
    EXPECT_EQ(all.numbers.back(), 251);
    EXPECT_EQ(late.numbers.back(), 251);
    EXPECT_EQ(other.numbers.size(), 10U);
}

TEST_F(EventStreamsTest, AClientThatDoesNotReadLosesNothing) {
    Client &slow = clients[0], &fast = clients[1];
    follow(slow, {{7}, {}, {}});
    follow(fast, {{7}, {}, {}});
    happen(1);
    run();
    slow.is_clogged = true;
    happen(2);
    run();
    happen(3);
    run();
    EXPECT_EQ(slow.numbers, (Numbers{1}));
    EXPECT_EQ(fast.numbers, (Numbers{1, 2, 3}));
    slow.is_clogged = false;
    run();
    EXPECT_EQ(slow.numbers, (Numbers{1, 2, 3}));
}

TEST_F(EventStreamsTest, ASilentStreamBeatsAndTellsHowFarItIs) {
    Client& client = clients[0];
    follow(client, {{7}, {}, {}});
    happen(1, TenantId{8});
    run();
    EXPECT_EQ(client.beats, (Numbers{1})) << "at once: the client sees that it is connected";
    clock.time = clock.time.plus_seconds(14);
    run();
    EXPECT_EQ(client.beats.size(), 1U);
    clock.time = clock.time.plus_seconds(1);
    run();
    EXPECT_EQ(client.beats.size(), 2U);
}

TEST_F(EventStreamsTest, WhoMayNotListenAnyMoreIsToldNothing) {
    Client &client = clients[0], &other = clients[1];
    MayListen may = MayListen::yes;
    streams.add(std::make_unique<Sink>(client), {{7}, {}, {}}, 0, [&may](Instant) { return may; });
    follow(other, {{7}, {}, {}});
    happen(1);
    run();
    may = MayListen::unknown;
    happen(2);
    run();
    EXPECT_EQ(client.numbers, (Numbers{1})) << "the store does not say: it waits";
    EXPECT_FALSE(client.was_ended);
    may = MayListen::yes;
    run();
    EXPECT_EQ(client.numbers, (Numbers{1, 2}));
    may = MayListen::no;
    happen(3);
    run();
    EXPECT_EQ(client.numbers, (Numbers{1, 2}));
    EXPECT_TRUE(client.was_ended);
    EXPECT_EQ(other.numbers, (Numbers{1, 2, 3}));
    EXPECT_EQ(streams.size(), 1U);
}

TEST_F(EventStreamsTest, PlacesAreBoundedAndGivenBack) {
    for (std::size_t i = 0; i < 3; ++i) follow(clients.at(i), {{7}, {}, {}});
    EXPECT_EQ(streams.check_room({7}).error().code, ErrorCode::too_many_requests);
    EXPECT_TRUE(streams.check_room({8}));
    follow(clients.at(3), {{7}, {}, {}});
    EXPECT_TRUE(clients.at(3).was_ended);
    follow(clients.at(4), {{8}, {}, {}});
    EXPECT_FALSE(streams.check_room({9}));
    clients.at(0).is_open = false;
    run();
    EXPECT_EQ(streams.size(), 3U);
    EXPECT_TRUE(streams.check_room({7}));
    clock.time = clock.time.plus_seconds(900);
    run();
    EXPECT_TRUE(clients.at(1).was_ended) << "a stream has an end: the client comes back with a fresh token";
    EXPECT_EQ(streams.size(), 0U);
}

TEST(EventStreamsThread, WakesWhenSomethingHappens) {
    store::memory::MemoryStore store;
    StoppedClock clock;
    Client client;
    {
        EventStreams streams(store, clock, {.poll_interval_ms = 60'000});
        streams.start();
        streams.add(std::make_unique<Sink>(client), {{7}, {}, {}}, 0);
        DomainEvent event;
        event.tenant_id = {7};
        event.payload = "{}";
        ports::Unit unit;
        unit.insert(std::move(event));
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        streams.hint();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    EXPECT_EQ(client.numbers, (Numbers{1}));
    EXPECT_TRUE(client.was_ended);
}

}  // namespace
}  // namespace takas::app::events
