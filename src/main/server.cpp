#include "main/server.hpp"

#include <atomic>

#include "api/auth/token_authenticator.hpp"
#include "api/endpoints.hpp"
#include "api/framework/error_answer.hpp"
#include "api/openapi/document.hpp"
#include "api/operations/operations.hpp"
#include "app/authorize/authorizer.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/events/event_streams.hpp"
#include "app/keys/key_directory.hpp"
#include "app/keys/key_warnings.hpp"
#include "app/keys/test_keys.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/system/demo_seed.hpp"
#include "app/system/first_start.hpp"
#include "app/vault/temp_cards.hpp"
#include "base/address_ranges.hpp"
#include "base/log.hpp"
#include "hsm/engine/payment_hsm.hpp"
#include "jobs/backtests.hpp"
#include "jobs/card_batches.hpp"
#include "jobs/card_expiry.hpp"
#include "jobs/card_fees.hpp"
#include "jobs/card_renewal.hpp"
#include "jobs/hold_expiry.hpp"
#include "jobs/retention.hpp"
#include "jobs/vault_upkeep.hpp"
#include "main/card_security.hpp"
#include "main/cluster.hpp"
#include "main/foundations.hpp"
#include "main/hinting_store.hpp"
#include "main/hsm.hpp"
#include "main/machine.hpp"
#include "main/periodic.hpp"
#include "main/version.hpp"
#include "main/webhook_door.hpp"
#include "notify/notifier_thread.hpp"
#include "store/archive/archive_folder.hpp"

namespace takas::main {
namespace {

std::vector<std::string_view> operation_ids(std::span<const api::Endpoint> rows) {
    std::vector<std::string_view> ids;
    for (const api::Endpoint& row : rows) ids.push_back(row.operation_id);
    for (const api::RawEndpoint& row : api::all_raw_endpoints()) ids.push_back(row.operation_id);
    return ids;
}

app::lane::LaneOptions lane_options(const ServerOptions& options) {
    app::lane::LaneOptions lanes;
    lanes.batch_max = options.batch_max;
    return lanes;
}

app::auth::TokenSettings token_settings(const ServerOptions& options) {
    app::auth::TokenSettings settings;
    settings.issuer = options.issuer;
    return settings;
}

api::DispatcherOptions dispatcher_options(const ServerOptions& options) {
    return {.worker_threads = options.worker_threads, .sandbox = options.sandbox, .log_requests = options.log_requests};
}

/// Written once: it follows from the tables alone, and tests start hundreds of servers in one process.
const std::string& openapi_document() {
    static const std::string text =
        api::openapi::document(api::all_endpoints(), api::all_raw_endpoints(), api::sections(), version);
    return text;
}

jobs::RetentionOptions retention_options(const ServerOptions& options) {
    return {.transaction_months = options.transaction_retention_months, .event_days = options.event_retention_days};
}

void warn_of(std::string_view chore, const Result<void>& result) {
    if (!result) log::warning("chore_failed").add("chore", chore).add("detail", result.error().internal_detail);
}

}  // namespace

/// Members are made from top to bottom and end from bottom to top: what uses stands below what it uses.
struct Server::Assembly {
    Assembly(Foundations laid, std::unique_ptr<hsm::KeyVault> opened, const app::ports::Clock& used_clock,
             std::unique_ptr<app::cluster::Membership> joined, const ServerOptions& options)
        : foundations(std::move(laid)),
          clock(used_clock),
          membership(std::move(joined)),
          node(membership ? static_cast<int>(membership->node()) : std::max(options.node, 0)),
          store(foundations.store),
          ids(clock, node, foundations.largest_id),
          catalog(store),
          pan_vault(foundations.keyring),
          secret_box(foundations.keyring),
          vault(std::move(opened)),
          hsm(*vault, {[this](TenantId id) { return is_in_test(id); }, options.software_hsm_for_pins}),
          keys(store),
          test_keys({store, clock, ids, hsm, keys}, [this](TenantId id) { return is_in_test(id); }),
          is_sandbox(options.sandbox),
          vault_wrapping(secret_box, hsm, keys),
          card_vault(store, clock, vault_wrapping),
          card_security(store, clock, hsm, keys, pan_vault, options),
          lanes(store, options.lanes, lane_options(options)),
          authorizer(store, clock, ids, catalog, lanes, &card_security.verifier),
          tokens(store, clock, random, std::move(foundations.token_keys), token_settings(options)),
          hold_expiry(store, lanes, clock),
          archive_folder(options.archive_dir),
          retention(store, options.archive_dir.empty() ? nullptr : &archive_folder, clock, retention_options(options)),
          services{store, clock,      random, ids, catalog, pan_vault, secret_box,
                   lanes, authorizer, tokens, hsm, keys,    nullptr,   &card_security.desk},
          event_streams(store, clock),
          authenticator(tokens, catalog, clock),
          rows(api::all_endpoints()),
          metrics(operation_ids(rows)),
          operations{&metrics, [this] { return readiness(); }, openapi_document(),
                     [this] { return catalog.policy_sets().broken_rules(); }},
          dispatcher(services, authenticator, rows, api::all_raw_endpoints(), operations, metrics,
                     dispatcher_options(options)) {
        services.event_streams = &event_streams;
        services.vault = &card_vault;
        event_streams.start();
        store.on_events([this] { event_streams.hint(); });
        keys.on_missing([this](TenantId id, core::key::KeyUsage usage) { return test_keys.make_for(id, usage); });
        register_metrics();
    }
    ~Assembly() {
        retention.end();
        card_renewal.end();
        card_expiry.end();
        vault_upkeep.end();
        card_fees.end();
        backtests.end();
        leave_cluster();
        store.on_events(nullptr);
    }

    /// Its PINs are test PINs, its keys may be made without anybody's hand.
    bool is_in_test(TenantId id) const {
        const auto tenant = catalog.tenant(id);
        return is_sandbox && tenant && tenant->sandbox_enabled;
    }

    void leave_cluster() {
        cluster_chores.reset();
        if (membership) membership->leave();
    }

    std::vector<api::ReadinessCheck> readiness() const {
        return {{"store", store.writable()},
                {"hsm", vault->check().has_value()},
                {"lanes", lanes.statistics().queued < app::lane::LaneOptions{}.queue_max},
                {"node_number", !membership || !membership->is_lost()},
                {"accepting", !is_draining}};
    }

    void register_metrics() {
        metrics.gauge("takas_requests_in_flight", "Requests that are not answered yet",
                      [this] { return static_cast<double>(dispatcher.in_flight()); });
        metrics.gauge("takas_worker_queue_length", "Requests that wait for a worker",
                      [this] { return static_cast<double>(dispatcher.queued()); });
        metrics.gauge("takas_store_writable", "1 while the store takes commits",
                      [this] { return store.writable() ? 1.0 : 0.0; });
        metrics.gauge("takas_unusable_rules", "Stored rules that cannot be compiled: what they belong to fails closed",
                      [this] { return static_cast<double>(catalog.policy_sets().broken_rules()); });
        metrics.gauge("takas_hsm_ready", "1 while the HSM answers and has its local master key",
                      [this] { return hsm.check() ? 1.0 : 0.0; });
        metrics.gauge("takas_event_streams", "Clients that follow the event log",
                      [this] { return static_cast<double>(event_streams.size()); });
        metrics.counter("takas_hsm_refusals_total", "Keys that were to be used outside their usage or mode",
                        [this] { return static_cast<double>(hsm.refused_count()); });
        metrics.counter("takas_unreadable_pin_blocks_total",
                        "PIN blocks that did not open: many of them are keys out of step, not wrong PINs",
                        [this] { return static_cast<double>(hsm.unreadable_pin_block_count()); });
        metrics.gauge("takas_vault_verification_codes", "Verification codes of temporary cards in memory",
                      [this] { return static_cast<double>(card_vault.cvvs.size()); });
        metrics.counter("takas_vault_resealed_total", "Cards that were sealed anew after a rotation",
                        [this] { return static_cast<double>(vault_upkeep.resealed_count()); });
        metrics.gauge("takas_vault_lockout_entries", "Credentials and addresses with failed attempts",
                      [this] { return static_cast<double>(card_vault.lockout.size()); });
        metrics.gauge("takas_lane_queue_length", "Commands that wait in lanes",
                      [this] { return static_cast<double>(lanes.statistics().queued); });
        metrics.counter("takas_lane_batches_total", "Batches that lanes sent to the store",
                        [this] { return static_cast<double>(lanes.statistics().batches); });
        metrics.counter("takas_lane_commands_total", "Commands that lanes decided",
                        [this] { return static_cast<double>(lanes.statistics().commands); });
        metrics.counter("takas_lane_retries_total", "Commands that lanes decided again",
                        [this] { return static_cast<double>(lanes.statistics().retried); });
    }

    void register_cluster_metrics() {
        metrics.gauge("takas_cluster_servers", "Servers on the store that live, this one among them",
                      [this] { return static_cast<double>(membership->view()->living.size()); });
        if (!forwarding) return;
        metrics.counter("takas_forwarded_total", "Requests sent to the server that owns the account",
                        [this] { return static_cast<double>(forwarding->sent()); });
        metrics.counter("takas_forward_failures_total", "Of these, without an answer: decided here",
                        [this] { return static_cast<double>(forwarding->failed()); });
    }

    Result<void> allow_forwarding(const ServerOptions& options) {
        if (!membership || !options.forwards) return {};
        auto started = start_forwarding(*membership);
        if (!started) return std::unexpected(std::move(started.error()));
        forwarding = std::move(*started);
        services.forwarding = forwarding.get();
        return {};
    }

    Result<void> start_cluster(const ServerOptions& options) {
        if (!membership) return {};
        register_cluster_metrics();
        if (auto done = membership->announce(cluster_address(options, http ? http->port() : std::uint16_t{0})); !done)
            return done;
        cluster_watch.emplace(*membership, lanes, options.on_node_lost);
        if (auto done = cluster_watch->look(); !done) return done;
        cluster_chores.emplace(std::vector<Periodic::Chore>{
            {options.cluster_interval, [this] { warn_of("cluster", cluster_watch->look()); }},
        });
        return {};
    }

    /// Of work that one server does for all.
    bool is_first() const { return !membership || membership->view()->is_first(); }

    void start_chores() {
        using std::chrono::seconds;
        constexpr seconds cleaning_interval{300};
        constexpr seconds vault_sweep_interval{10};  // how long an expired card may still be on the disk
        chores.emplace(std::vector<Periodic::Chore>{
            {seconds(jobs::hold_expiry_interval_s), [this] { expire_holds(); }},
            {cleaning_interval, [this] { forget_expired(); }},
            {vault_sweep_interval, [this] { sweep_vault(); }},
        });
        // On its own: a long run of another chore must not keep this server from hearing of changes.
        catalog_poll.emplace(std::vector<Periodic::Chore>{
            {seconds(app::catalog::poll_interval_s), [this] { warn_of("catalog", catalog.refresh_if_changed()); }},
            {seconds(app::catalog::poll_interval_s), [this] { warn_of("payment_keys", keys.refresh_if_changed()); }},
            {seconds(app::catalog::poll_interval_s),
             [this] { warn_of("vault_bins", card_vault.bins.refresh_if_changed()); }},
        });
        // On its own, too: somebody waits for each batch.
        batch_chores.emplace(std::vector<Periodic::Chore>{
            {seconds(jobs::card_batch_interval_s),
             [this] { warn_of("card_batches", jobs::finish_card_batches(services)); }},
        });
        backtest_chores.emplace(std::vector<Periodic::Chore>{
            {seconds(jobs::backtests_interval_s), [this] { warn_of("backtests", backtests.run()); }},
        });
        long_chores.emplace(std::vector<Periodic::Chore>{
            {seconds(jobs::retention_interval_s), [this] { retention.run_if_due(); }},
            {seconds(jobs::card_jobs_interval_s), [this] { run_card_jobs(); }},
            {seconds(jobs::vault_upkeep_interval_s), [this] { tend_vault(); }},
            {seconds(jobs::card_fees_interval_s), [this] { charge_card_fees(); }},
        });
    }

    void forget_expired() {
        if (!is_first()) return;
        warn_of("expired_tokens", tokens.forget_expired());
        warn_of("expired_replies", api::forget_expired_replies(services));
    }

    /// Verification codes are this server's own; rows are one server's work for all.
    void sweep_vault() {
        card_vault.cvvs.forget_expired(clock.now());
        if (!is_first()) return;
        if (const auto done = app::vault::sweep_expired(services); !done)
            warn_of("vault_sweep", std::unexpected(done.error()));
    }

    void expire_holds() {
        if (!is_first()) return;
        const auto done = hold_expiry.run();
        if (!done)
            warn_of("hold_expiry", std::unexpected(done.error()));
        else if (done->expired + done->postponed > 0)
            log::info("holds_expired").add("expired", done->expired).add("postponed", done->postponed);
    }

    void tend_vault() {
        if (!is_first()) return;
        if (const auto done = vault_upkeep.run(); !done) warn_of("vault_upkeep", std::unexpected(done.error()));
    }

    void run_card_jobs() {
        const Instant now = clock.now();
        if (!is_first() || now < card_jobs_ran_at.plus_seconds(jobs::card_jobs_period_s)) return;
        card_jobs_ran_at = now;
        const auto renewed = card_renewal.run();
        if (!renewed)
            warn_of("card_renewal", std::unexpected(renewed.error()));
        else if (renewed->renewed + renewed->refused > 0)
            log::info("cards_renewed").add("renewed", renewed->renewed).add("refused", renewed->refused);
        const auto expired = card_expiry.run();
        if (!expired)
            warn_of("card_expiry", std::unexpected(expired.error()));
        else if (expired->cancelled > 0)
            log::info("orders_expired").add("cancelled", expired->cancelled);
    }

    /// What cards owe for being made soon after they are made; for periods, and what waits, as often as other card
    /// jobs.
    void charge_card_fees() {
        if (!is_first()) return;
        const Instant now = clock.now();
        const bool is_whole = now >= card_fees_ran_at.plus_seconds(jobs::card_jobs_period_s);
        if (is_whole) card_fees_ran_at = now;
        const auto done = is_whole ? card_fees.run() : card_fees.run_due();
        if (!done)
            warn_of("card_fees", std::unexpected(done.error()));
        else if (done->charged + done->waiting > 0)
            log::info("card_fees_charged").add("charged", done->charged).add("waiting", done->waiting);
    }

    Result<void> start_webhooks(const ServerOptions& options) {
        app::ports::WebhookSender* sender = options.webhook_sender;
        if (!sender) {
            auto client = net::HttpClient::start();
            if (!client) return std::unexpected(std::move(client.error()));
            webhook_door = std::make_unique<WebhookDoor>(std::move(*client));
            sender = webhook_door.get();
        }
        notify::NotifierOptions notifier_options;
        notifier_options.node = node;
        notifier = std::make_unique<notify::NotifierThread>(
            notify::NotifierDoors{store, clock, random, ids, catalog, secret_box, *sender}, notifier_options);
        services.webhook_sender = sender;
        store.on_events([this] {
            notifier->hint();
            event_streams.hint();
        });
        return {};
    }

    Result<void> listen(const ServerOptions& options) {
        net::HttpServerOptions http_options;
        http_options.address = options.http_host;
        http_options.port = options.http_port;
        http_options.threads = options.io_threads;
        http_options.trusted_proxies = options.trusted_proxies;
        auto started = net::HttpServer::start(
            http_options,
            [this](std::shared_ptr<const net::HttpRequest> request, net::Reply reply) {
                dispatcher.handle(std::move(request), std::move(reply));
            },
            &api::server_error_answer);
        if (!started) return std::unexpected(std::move(started.error()));
        http = std::move(*started);
        metrics.gauge("takas_http_connections", "Open connections",
                      [this] { return static_cast<double>(http->stats().connections); });
        return {};
    }

    Foundations foundations;
    MachineRandom random;
    const app::ports::Clock& clock;
    std::unique_ptr<app::cluster::Membership> membership;  ///< nullptr: the store is not shared
    const int node;
    HintingStore store;
    app::ids::IdSource ids;
    app::catalog::Catalog catalog;
    app::cards::PanVault pan_vault;
    app::secrets::SecretBox secret_box;
    std::unique_ptr<hsm::KeyVault> vault;
    hsm::PaymentHsm hsm;
    app::keys::KeyDirectory keys;
    app::keys::TestKeys test_keys;
    const bool is_sandbox;
    app::vault::Wrapping vault_wrapping;
    app::vault::Vault card_vault;
    CardSecurityParts card_security;
    app::lane::Lanes lanes;
    app::authorize::Authorizer authorizer;
    app::auth::TokenService tokens;
    jobs::HoldExpiry hold_expiry;
    store::archive::ArchiveFolder archive_folder;
    jobs::Retention retention;
    std::unique_ptr<app::cluster::Forwarding> forwarding;
    app::Services services;
    jobs::CardRenewal card_renewal{services};
    jobs::CardExpiry card_expiry{services};
    jobs::VaultUpkeep vault_upkeep{services};
    jobs::CardFees card_fees{services};
    jobs::Backtests backtests{services};
    Instant card_jobs_ran_at, card_fees_ran_at;
    std::unique_ptr<app::ports::WebhookSender> webhook_door;
    app::events::EventStreams event_streams;
    api::auth::TokenAuthenticator authenticator;
    std::vector<api::Endpoint> rows;
    api::Metrics metrics;
    api::Operations operations;
    std::atomic<bool> is_draining = false;
    api::Dispatcher dispatcher;
    std::unique_ptr<notify::NotifierThread> notifier;
    std::unique_ptr<net::HttpServer> http;
    std::optional<ClusterWatch> cluster_watch;
    std::optional<Periodic> chores, catalog_poll, cluster_chores, batch_chores, backtest_chores;
    std::optional<Periodic> long_chores;  ///< those that may take hours: the others do not wait for them
};

Result<ServerOptions> server_options(const Settings& settings) {
    const auto address = parse_http_address(settings.http);
    if (!settings.cluster_address.empty() && !parse_http_address(settings.cluster_address))
        return fail(ErrorCode::validation, "--cluster-address " + settings.cluster_address + " is no ADDRESS:PORT");
    if (!address) return fail(ErrorCode::validation, "--http " + settings.http + " is no ADDRESS:PORT");
    if (settings.demo && !address->is_loopback)
        return fail(ErrorCode::validation, "--demo has public passwords: it listens on a loopback address only");
    const auto store = parse_store(settings.store);
    const auto node = parse_node(settings.node);
    if (!store || !node) return fail(ErrorCode::validation, "--store or --node is not possible");
    ServerOptions options;
    options.store = store->kind;
    options.store_url = store->url;
    options.data_dir = settings.data;
    options.kek_file = settings.kek_file;
    options.kek_hex = settings.kek_hex;
    const auto hsm = parse_hsm(settings.hsm);
    if (!hsm) return fail(ErrorCode::validation, "--hsm " + settings.hsm + " is not possible");
    options.hsm = *hsm;
    options.lmk_source = settings.lmk;
    options.lmk_file = settings.lmk_file;
    options.hsm_token = settings.hsm_token;
    options.hsm_pin_file = settings.hsm_pin_file;
    options.software_hsm_for_pins = settings.software_hsm_for_pins;
    options.message_gateway = settings.message_gateway;
    options.message_gateway_token = settings.message_gateway_token;
    options.pin_message_tr = settings.pin_message_tr;
    options.pin_message_en = settings.pin_message_en;
    options.weak_pins = settings.weak_pins;
    options.trusted_proxies = words_of(settings.trusted_proxies);
    for (const std::string& proxy : options.trusted_proxies)
        if (!is_address_range(proxy))
            return fail(ErrorCode::validation, "--trusted-proxies: " + proxy + " is no address or range");
    if (hsm->kind == HsmKind::pkcs11 && (settings.hsm_token.empty() || settings.hsm_pin_file.empty()))
        return fail(ErrorCode::validation, "a PKCS#11 token needs --hsm-token and --hsm-pin-file");
    options.http_host = address->host;
    options.http_port = address->port;
    options.io_threads = settings.io_threads;
    options.worker_threads = static_cast<std::size_t>(settings.worker_threads);
    options.lanes = static_cast<std::size_t>(settings.lanes);
    options.batch_max = static_cast<std::size_t>(settings.batch_max);
    options.node = *node;
    options.shares_store = store->kind == StoreKind::postgres;
    options.forwards = settings.cluster_forward != Switch::off;
    options.cluster_address = settings.cluster_address;
    options.issuer = settings.issuer;
    options.demo = settings.demo;
    options.sandbox = settings.sandbox == Switch::on || (settings.sandbox == Switch::automatic && settings.demo);
    options.log_requests = settings.log_requests;
    options.transaction_retention_months = settings.transaction_retention_months;
    options.archive_dir = settings.archive_dir;
    options.event_retention_days = settings.event_retention_days;
    if (options.transaction_retention_months > 0 && options.archive_dir.empty())
        return fail(ErrorCode::validation, "transaction_retention_months needs an archive_dir");
    return options;
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options) {
    static const MachineClock machine_clock;
    const app::ports::Clock& clock = options.clock ? *options.clock : machine_clock;
    auto foundations = lay_foundations(options, clock.now());
    if (!foundations) return std::unexpected(std::move(foundations.error()));
    const DataFolder* const folder = foundations->folder ? &*foundations->folder : nullptr;
    auto vault = open_vault(options, *foundations->store, folder);
    if (!vault) return std::unexpected(std::move(vault.error()));
    log_hsm(options, **vault);
    std::unique_ptr<app::cluster::Membership> membership;
    if (options.shares_store) {
        auto joined = join_cluster(options, *foundations->store, folder, clock);
        if (!joined) return std::unexpected(std::move(joined.error()));
        membership = std::move(*joined);
    }
    auto assembly =
        std::make_unique<Assembly>(std::move(*foundations), std::move(*vault), clock, std::move(membership), options);
    if (auto done = assembly->allow_forwarding(options); !done) return std::unexpected(std::move(done.error()));
    if (auto done = assembly->catalog.refresh(); !done) return std::unexpected(std::move(done.error()));
    if (auto done = assembly->card_vault.bins.refresh_if_changed(); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = assembly->keys.refresh(); !done) return std::unexpected(std::move(done.error()));
    warn_of("make_room", assembly->retention.make_room());
    if (options.demo) {
        auto context = operator_context(assembly->services);
        if (auto done = app::system::seed_demo(context); !done) return std::unexpected(std::move(done.error()));
    }
    if (auto done = assembly->card_security.open_gateway(options); !done)
        return std::unexpected(std::move(done.error()));
    if (options.does_chores) {
        warn_of("key_warnings", app::keys::log_key_warnings(assembly->store, assembly->keys,
                                                            [&](TenantId id) { return assembly->is_in_test(id); }));
        assembly->start_chores();
    }
    if (options.delivers_webhooks)
        if (auto done = assembly->start_webhooks(options); !done) return std::unexpected(std::move(done.error()));
    if (options.listens)
        if (auto done = assembly->listen(options); !done) return std::unexpected(std::move(done.error()));
    if (auto done = assembly->start_cluster(options); !done) return std::unexpected(std::move(done.error()));
    return std::unique_ptr<Server>(new Server(std::move(assembly)));
}

app::Context operator_context(app::Services& services) {
    return {.services = services,
            .tenant_id = core::identity::platform_tenant,
            .user_id = {},
            .now = services.clock.now(),
            .correlation_id = {},
            .unit = {}};
}

Server::Server(std::unique_ptr<Assembly> assembly) : assembly_(std::move(assembly)) {}
Server::~Server() = default;

std::uint16_t Server::http_port() const { return assembly_->http ? assembly_->http->port() : std::uint16_t{0}; }
api::Dispatcher& Server::dispatcher() { return assembly_->dispatcher; }
app::Services& Server::services() { return assembly_->services; }
hsm::KeyVault& Server::vault() { return *assembly_->vault; }

std::int64_t Server::node() const { return assembly_->node; }

net::HttpResponse Server::call(api::LocalRequest request) {
    return api::call_and_wait(assembly_->dispatcher, std::move(request));
}

Result<bool> Server::has_operator() { return app::system::has_operator(assembly_->store); }

bool Server::drain(std::chrono::milliseconds patience) {
    assembly_->is_draining = true;
    assembly_->leave_cluster();
    return !assembly_->http || assembly_->http->drain(patience);
}

}  // namespace takas::main
