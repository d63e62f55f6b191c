#include "api/framework/dispatcher.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "api/framework/correlation.hpp"
#include "api/framework/local_call.hpp"
#include "api/operations/operations.hpp"
#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "crypto/random.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::api {
namespace {

struct Ping {
    std::string text;
};

struct PingFilter {
    std::int32_t max_result_count = 10;
};

}  // namespace
}  // namespace takas::api

namespace takas {
template <>
struct Describe<api::Ping> {
    using T = api::Ping;
    static constexpr std::string_view name = "PingDto";
    static constexpr auto fields = std::array{field<&T::text>("Anything").required().length(1, 5)};
};
template <>
struct Describe<api::PingFilter> {
    using T = api::PingFilter;
    static constexpr std::string_view name = "PingFilterDto";
    static constexpr auto fields = std::array{field<&T::max_result_count>("How many").range(1, 1000)};
};
}  // namespace takas

namespace takas::api {
namespace {

using app::ports::Meta;

/// What the handlers below did, so that a test can ask. One test at a time.
struct Seen {
    std::atomic<int> runs = 0;
    std::latch* entered = nullptr;
    std::latch* may_end = nullptr;
};
Seen* seen = nullptr;

Result<Ping> echo(Call& call, const Ping& ping) {
    return Ping{ping.text + "/" + call.context.user_id + "/" + std::to_string(call.context.tenant_id.value)};
}

Result<Ping> count_up(Call& call, const Ping& ping) {
    ++seen->runs;
    if (seen->entered) seen->entered->count_down();
    if (seen->may_end) seen->may_end->wait();
    call.context.unit.insert(Meta{ping.text, "x"});
    call.on_conflict("meta", ErrorCode::customer_exists);
    call.set_header("X-Run", std::to_string(seen->runs));
    return Ping{std::to_string(seen->runs)};
}

Result<Ping> insist(Call& call, const Ping& ping) {
    ++seen->runs;
    call.context.unit.insert(Meta{ping.text + (call.context.decisions < 3 ? "" : "new"), "x"});
    call.context.decides_again_on = {"meta"};
    return Ping{std::to_string(call.context.decisions)};
}

Result<Ping> refuse(Call&, const Ping& ping) {
    ++seen->runs;
    if (ping.text == "busy") return fail(ErrorCode::unavailable, "secret detail");
    if (ping.text == "field") return fail_field("text", "No.", "Hayır.");
    return fail(ErrorCode::card_wrong_status);
}

Result<Ping> throw_up(Call&) { throw std::runtime_error("secret detail"); }

Result<Paged<Ping>> list(Call&, const Query<PingFilter>& query) {
    return Paged<Ping>{query.value.max_result_count, {Ping{"a"}}, {}};
}

Result<NoContent> remove(Call& call) {
    const auto id = call.path_id<TokenId>("id", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    return NoContent{};
}

Result<Ping> sign_in(Call& call, const Form<Ping>& form) {
    return Ping{form.value.text + (call.context.user_id.empty() ? "" : "?")};
}

void later(std::shared_ptr<Call> call, Ping ping, Answer<Ping> answer) {
    ++seen->runs;
    if (ping.text == "drop") return;
    std::thread([call, ping, answer = std::move(answer)]() mutable { answer(Ping{ping.text + " later"}); }).detach();
}

constexpr std::array rows{
    endpoint<&echo>(Method::post, "/echo", "echo", "T", "s", Permission::any_user, Idempotency::none),
    endpoint<&count_up>(Method::post, "/count", "countUp", "T", "s", Permission::card_write, Idempotency::accepted),
    endpoint<&insist>(Method::post, "/insist", "insist", "T", "s", Permission::card_write, Idempotency::none),
    endpoint<&refuse>(Method::post, "/refuse", "refuse", "T", "s", Permission::any_user, Idempotency::accepted),
    endpoint<&throw_up>(Method::get, "/throw", "throwUp", "T", "s", Permission::open, Idempotency::none),
    endpoint<&list>(Method::get, "/list", "list", "T", "s", Permission::card_read, Idempotency::none),
    endpoint<&remove>(Method::del, "/item/{id}", "remove", "T", "s", Permission::any_user, Idempotency::none),
    endpoint<&sign_in>(Method::post, "/token", "signIn", "T", "s", Permission::open, Idempotency::none),
    endpoint<&later>(Method::post, "/later", "later", "T", "s", Permission::any_user, Idempotency::accepted),
    endpoint<&echo>(Method::post, "/operator", "operate", "T", "s", Permission::system, Idempotency::none),
};

struct StandingClock final : app::ports::Clock {
    std::atomic<std::int64_t> time_us = 1'900'000'000'000'000;
    Instant now() const override { return {time_us}; }
};

struct SystemRandom final : app::ports::Random {
    void fill(std::span<std::uint8_t> out) override { crypto::random_fill(out); }
};

/// Token "7" is user u7 of tenant 7.
struct FakeAuthenticator final : Authenticator {
    Result<Principal> authenticate(std::string_view bearer) override {
        if (bearer.size() != 1) return fail(ErrorCode::unauthenticated, "secret detail");
        Principal principal{.tenant_id = {bearer[0] - '0'},
                            .tenant_uuid = "uuid-" + std::string(bearer),
                            .user_id = "u" + std::string(bearer),
                            .user_name = "u",
                            .permissions = permissions_from_names(std::array{std::string("card.write")}),
                            .scope = {}};
        return principal;
    }
};

/// A service that these tests never reach: a reference to it can be had, nothing more.
struct Unreached {
    alignas(std::max_align_t) std::array<std::byte, 64> nowhere{};
    template <class T>
    operator T&() {
        return reinterpret_cast<T&>(nowhere);
    }
};

struct DispatcherTest : testing::Test {
    Seen mine;
    store::memory::MemoryStore store;
    StandingClock clock;
    SystemRandom random;
    app::ids::IdSource ids{clock, 0};
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{0});
    app::secrets::SecretBox box{keyring};
    Unreached unreached;
    app::Services services{store, clock,     random,    ids,       unreached, unreached,
                           box,   unreached, unreached, unreached, unreached, unreached};
    FakeAuthenticator authenticator;
    Metrics metrics{std::array<std::string_view, 1>{"echo"}};
    Operations operations{&metrics, [this] { return std::vector{ReadinessCheck{"store", store.writable()}}; }, "{}"};
    Dispatcher dispatcher{services,
                          authenticator,
                          rows,
                          operations_endpoints(),
                          operations,
                          metrics,
                          {.worker_threads = 4, .queue_max = 64}};

    DispatcherTest() { seen = &mine; }

    using Headers = std::vector<std::pair<std::string, std::string>>;
    static LocalRequest request(std::string method, std::string target, std::string body = {}, Headers more = {}) {
        LocalRequest r{std::move(method),
                       std::move(target),
                       {{"Authorization", "Bearer 7"}, {"Accept-Language", "en"}},
                       std::move(body)};
        if (!r.body.empty()) r.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
        for (auto& header : more) r.headers.insert(r.headers.begin(), std::move(header));
        return r;
    }
    net::HttpResponse send(std::string method, std::string target, std::string body = {}, Headers more = {}) {
        return call_and_wait(dispatcher,
                             request(std::move(method), std::move(target), std::move(body), std::move(more)));
    }
    static std::string header(const net::HttpResponse& response, std::string_view name) {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return {};
    }
    static std::string code(const net::HttpResponse& response) {
        const auto at = response.body.find(R"("code":")");
        return at == std::string::npos ? "" : response.body.substr(at + 8, response.body.find('"', at + 8) - at - 8);
    }
};

TEST_F(DispatcherTest, AnswersWithTheCallersTenantAndUser) {
    const auto response = send("POST", "/echo", R"({"text":"hi"})");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"text":"hi/u7/7"})");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_TRUE(is_uuid(header(response, "X-Correlation-Id")));
    // Counted until its answer is out: whoever waits for the answer may be faster than the count.
    while (dispatcher.in_flight() != 0) std::this_thread::yield();
}

TEST_F(DispatcherTest, EchoesACorrelationIdThatIsAUuidAndNoOther) {
    const std::string id = "0F8fad5b-d9cb-469f-a165-70867728950e";
    EXPECT_EQ(header(send("POST", "/echo", R"({"text":"a"})", {{"X-Correlation-Id", id}}), "X-Correlation-Id"), id);
    EXPECT_NE(header(send("POST", "/echo", R"({"text":"a"})", {{"X-Correlation-Id", "\"evil"}}), "X-Correlation-Id"),
              "\"evil");
}

TEST_F(DispatcherTest, RefusesInTheOrderOfTheContract) {
    EXPECT_EQ(code(send("GET", "/nowhere")), "COMMON:00002");
    const auto wrong_method = send("PUT", "/echo");
    EXPECT_EQ(wrong_method.status, 405);
    EXPECT_EQ(header(wrong_method, "Allow"), "POST");
    const auto unsigned_in = send("POST", "/echo", "{", {{"Authorization", "Basic 7"}});
    EXPECT_EQ(unsigned_in.status, 401);
    EXPECT_EQ(send("POST", "/echo", "{", {{"Authorization", "Bearer forged"}}).status, 401);
    EXPECT_EQ(code(send("POST", "/echo", "{", {{"__tenant", "uuid-8"}})), "COMMON:00003");
    EXPECT_EQ(code(send("POST", "/operator", "{")), "COMMON:00003");
    EXPECT_EQ(code(send("GET", "/list")), "COMMON:00003");
    EXPECT_EQ(send("POST", "/echo", "{", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(send("POST", "/echo").status, 415);
    EXPECT_EQ(code(send("POST", "/echo", "{")), "COMMON:00010");
    EXPECT_EQ(code(send("POST", "/echo", R"({"text":"too long"})", {{"__tenant", "uuid-7"}})), "COMMON:00001");
    EXPECT_EQ(mine.runs, 0);
}

TEST_F(DispatcherTest, ReadsPathsQueriesAndForms) {
    const auto gone = send("DELETE", "/item/12");
    EXPECT_EQ(gone.status, 204);
    EXPECT_EQ(gone.content_type, "");
    for (const char* bad : {"/item/0", "/item/-1", "/item/x", "/item/9007199254740992", "/item/012", "/item/1%20"})
        EXPECT_EQ(code(send("DELETE", bad)), "CARD:00001") << bad;
    EXPECT_EQ(send("POST", "/token", "text=form", {{"Content-Type", "application/x-www-form-urlencoded"}}).body,
              R"({"text":"form"})");
    EXPECT_EQ(send("POST", "/token", R"({"text":"json"})").body, R"({"text":"json"})");
}

TEST_F(DispatcherTest, NeverShowsInternalDetail) {
    const auto response = send("GET", "/throw");
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("secret"), std::string::npos);
    const auto busy = send("POST", "/refuse", R"({"text":"busy"})");
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(header(busy, "Retry-After"), "1");
    EXPECT_EQ(busy.body.find("secret"), std::string::npos);
}

TEST_F(DispatcherTest, CommitsWhatTheHandlerChanged) {
    EXPECT_EQ(send("POST", "/count", R"({"text":"a"})").status, 200);
    EXPECT_EQ(code(send("POST", "/count", R"({"text":"a"})")), "CUST:00001");
    const auto rows_now = store.list<Meta>({});
    ASSERT_TRUE(rows_now);
    EXPECT_EQ(rows_now->size(), 1U);
    store.set_writable(false);
    EXPECT_EQ(send("POST", "/count", R"({"text":"b"})").status, 503);
    EXPECT_EQ(send("GET", "/health/ready").status, 503);
}

TEST_F(DispatcherTest, RunsAHandlerAgainWhenItsCommitMetAnother) {
    EXPECT_EQ(send("POST", "/count", R"({"text":"a"})").status, 200);
    mine.runs = 0;
    EXPECT_EQ(send("POST", "/insist", R"({"text":"a"})").body, R"({"text":"3"})");
    EXPECT_EQ(mine.runs, 3);
}

TEST_F(DispatcherTest, RepeatsTheAnswerUnderTheSameKey) {
    const Headers key{{"Idempotency-Key", "k-1"}};
    const auto first = send("POST", "/count", R"({"text":"a"})", key);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(header(first, "Idempotency-Replayed"), "");
    const auto again = send("POST", "/count", R"({"text":"a"})", key);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(header(again, "Idempotency-Replayed"), "true");
    EXPECT_EQ(mine.runs, 1);
    EXPECT_EQ(code(send("POST", "/count", R"({"text":"b"})", key)), "COMMON:00009");
    EXPECT_EQ(code(send("POST", "/refuse", R"({"text":"a"})", key)), "COMMON:00009");
    EXPECT_EQ(
        send("POST", "/count", R"({"text":"c"})", {{"Idempotency-Key", "k-1"}, {"Authorization", "Bearer 8"}}).status,
        200);  // another tenant's key is another key
}

TEST_F(DispatcherTest, ForgetsAKeyAfterItsLifetime) {
    const Headers key{{"Idempotency-Key", "k-1"}};
    EXPECT_EQ(send("POST", "/count", R"({"text":"a"})", key).status, 200);
    clock.time_us += (core::idempotency::lifetime_s + 1) * 1'000'000;
    EXPECT_EQ(send("POST", "/count", R"({"text":"b"})", key).status, 200);
    EXPECT_EQ(header(send("POST", "/count", R"({"text":"b"})", key), "Idempotency-Replayed"), "true");
}

TEST_F(DispatcherTest, RemembersFinalRefusalsOnly) {
    const auto twice = [&](std::string text, const std::string& key) {
        mine.runs = 0;
        const std::string body = R"({"text":")" + text + R"("})";
        const auto first = send("POST", "/refuse", body, {{"Idempotency-Key", key}});
        const auto second = send("POST", "/refuse", body, {{"Idempotency-Key", key}});
        EXPECT_EQ(first.body, second.body);
        return mine.runs.load();
    };
    EXPECT_EQ(twice("no", "k1"), 1);
    EXPECT_EQ(twice("busy", "k2"), 2);
    EXPECT_EQ(twice("field", "k3"), 2);
    EXPECT_EQ(send("POST", "/count", R"({"text":"a"})").status, 200);
    mine.runs = 0;
    for (int i = 0; i < 2; ++i)  // refused by the commit, remembered all the same
        EXPECT_EQ(code(send("POST", "/count", R"({"text":"a"})", {{"Idempotency-Key", "k4"}})), "CUST:00001");
    EXPECT_EQ(mine.runs, 1);
}

TEST_F(DispatcherTest, RefusesKeysThatAreNone) {
    for (const std::string& key : {std::string(65, 'k'), std::string("a b"), std::string("\x7f")})
        EXPECT_EQ(code(send("POST", "/count", R"({"text":"a"})", {{"Idempotency-Key", key}})), "COMMON:00001");
    EXPECT_EQ(send("POST", "/count", R"({"text":"a"})", {{"Idempotency-Key", std::string(64, 'k')}}).status, 200);
}

TEST_F(DispatcherTest, OneOfFiftyAtOnceUnderOneKeyRuns) {
    std::atomic<int> ok = 0, running = 0, other = 0;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 50; ++i) {
            callers.emplace_back([&] {
                const auto r = send("POST", "/count", R"({"text":"a"})", {{"Idempotency-Key", "one"}});
                ++(r.status == 200 ? ok : code(r) == "COMMON:00015" ? running : other);
            });
        }
    }
    EXPECT_EQ(mine.runs, 1);
    EXPECT_GE(ok, 1);
    EXPECT_EQ(other, 0);
    EXPECT_EQ(ok + running, 50);
}

TEST_F(DispatcherTest, RefusesAtOnceWhenTheQueueIsFull) {
    Dispatcher narrow(services, authenticator, rows, {}, operations, metrics, {.worker_threads = 1, .queue_max = 1});
    std::latch entered(1), may_end(1);
    mine.entered = &entered, mine.may_end = &may_end;
    std::atomic<int> answered = 0;
    const auto count = [&](const net::HttpResponse&) { ++answered; };
    call(narrow, request("POST", "/count", R"({"text":"a"})"), count);
    entered.wait();
    mine.entered = nullptr;
    call(narrow, request("POST", "/echo", R"({"text":"a"})"), count);
    const auto refused = call_and_wait(narrow, request("POST", "/echo", R"({"text":"a"})"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header(refused, "Retry-After"), "1");
    may_end.count_down();
    while (narrow.in_flight() != 0) std::this_thread::yield();
    EXPECT_EQ(answered, 2);
}

TEST_F(DispatcherTest, AsynchronousHandlersAnswerLater) {
    EXPECT_EQ(send("POST", "/later", R"({"text":"a"})").body, R"({"text":"a later"})");
    EXPECT_EQ(send("POST", "/later", R"({"text":"drop"})").status, 500);
    mine.runs = 0;
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(send("POST", "/later", R"({"text":"a"})", {{"Idempotency-Key", "k"}}).body, R"({"text":"a later"})");
    EXPECT_EQ(mine.runs, 1);
}

TEST_F(DispatcherTest, ShowsOperationsWithoutAToken) {
    EXPECT_EQ(send("GET", "/health/live", {}, {{"Authorization", ""}}).status, 200);
    EXPECT_EQ(send("GET", "/health/ready").body, R"({"status":"ready","checks":{"store":true}})");
    EXPECT_NE(send("GET", "/metrics").body.find("takas_http_requests_total"), std::string::npos);
    EXPECT_EQ(send("GET", "/openapi.json").body, "{}");
    const auto page = send("GET", "/docs");
    EXPECT_NE(header(page, "Content-Security-Policy").find("script-src 'self'"), std::string::npos);
    EXPECT_EQ(page.body.find("http"), std::string::npos);  // nothing from elsewhere
    const auto viewer = send("GET", "/docs/viewer.js");
    EXPECT_GT(viewer.body.size(), 500'000U);
    EXPECT_EQ(send("GET", "/docs/viewer.js", {}, {{"If-None-Match", header(viewer, "ETag")}}).status, 304);
}

}  // namespace
}  // namespace takas::api
