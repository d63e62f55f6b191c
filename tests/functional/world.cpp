#include "world.hpp"

#include <atomic>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "app/verify/verify.hpp"
#include "door.hpp"
#include "folders.hpp"
#include "jobs/backtests.hpp"
#include "jobs/card_fees.hpp"
#include "jobs/hold_expiry.hpp"
#include "main/server.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::functional {
namespace {

namespace fs = std::filesystem;

class ScenarioClock final : public app::ports::Clock {
  public:
    explicit ScenarioClock(Instant now) : value_(now.value) {}
    Instant now() const override { return {value_.load()}; }
    void set(Instant now) { value_ = now.value; }

  private:
    std::atomic<std::int64_t> value_;
};

constexpr std::int64_t restart_s = 2;  // what a restart takes; no clock stands still meanwhile

main::StoreKind kind_of(StoreKind store) {
    switch (store) {
        case StoreKind::sqlite:
            return main::StoreKind::sqlite;
        case StoreKind::memory:
            return main::StoreKind::memory;
        case StoreKind::postgres:
            return main::StoreKind::postgres;
    }
    std::abort();
}

}  // namespace

struct World::Impl {
    explicit Impl(WorldOptions given) : options(std::move(given)), is_temporary(options.folder.empty()) {
        if (is_temporary) options.folder = temporary_folder("takas-scenario-");
        if (!options.data_from.empty())
            fs::copy(options.data_from, options.folder / "data", fs::copy_options::recursive);
        if (options.store == StoreKind::memory) memory = std::make_shared<store::memory::MemoryStore>();
        start();
    }
    ~Impl() {
        stop();
        std::error_code ignored;
        if (is_temporary) fs::remove_all(options.folder, ignored);
    }

    void start() {
        main::ServerOptions server_options;
        server_options.store = kind_of(options.store);
        server_options.store_url = options.store_url;
        server_options.data_dir = options.folder / "data";
        server_options.listens = options.door == DoorKind::http;
        server_options.demo = true;
        server_options.sandbox = true;
        server_options.clock = &clock;
        server_options.given_store = memory;
        server_options.does_chores = false;
        auto started = main::Server::start(server_options);
        if (!started) {
            std::cerr << "the server does not start: " << started.error().internal_detail << std::endl;
            std::exit(1);
        }
        server = std::move(*started);
        door = options.door == DoorKind::http ? http_door(server->http_port()) : local_door(server->dispatcher());
    }

    void stop() {
        door.reset();
        server.reset();
    }

    WorldOptions options;
    bool is_temporary;
    ScenarioClock clock{options.begins_at};
    std::shared_ptr<app::ports::Store> memory;  ///< outlives the server, so that a restart finds its data
    std::unique_ptr<main::Server> server;
    std::unique_ptr<Door> door;
};

World::World(WorldOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
World::~World() = default;

Answer World::ask(const Question& question) { return impl_->door->ask(question); }

void World::restart() {
    impl_->stop();
    impl_->clock.set(impl_->clock.now().plus_seconds(restart_s));
    impl_->start();
}

Instant World::now() const { return impl_->clock.now(); }
void World::set_time(Instant now) { impl_->clock.set(now); }

std::string World::charge_card_fees() {
    const auto done = jobs::CardFees(impl_->server->services()).run();
    if (!done) return "card fees cannot be charged: " + done.error().internal_detail;
    return fmt::format("{} charged, {} wait", done->charged, done->waiting);
}

std::string World::run_backtests() {
    const auto done = jobs::Backtests(impl_->server->services()).run();
    return done ? "" : "back-tests cannot be run: " + done.error().internal_detail;
}

std::string World::expire_holds() {
    auto& services = impl_->server->services();
    const auto done = jobs::HoldExpiry(services.store, services.lanes, services.clock).run();
    return done ? "" : "holds cannot be ended: " + done.error().internal_detail;
}

std::optional<std::string> World::audit() {
    const auto report = app::verify::verify(impl_->server->services().store, [](std::string_view, std::int64_t) {});
    if (!report) return "the books cannot be read: " + report.error().internal_detail;
    if (report->sound()) return std::nullopt;
    return app::verify::to_text(*report);
}

}  // namespace takas::functional
