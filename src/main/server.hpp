// The composition root as a value: one whole server, wired. The program starts one from its settings; scenarios and
// benchmarks start one in their own process, with a clock or a store of theirs, and call it with or without a socket.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/framework/local_call.hpp"
#include "app/context/context.hpp"
#include "app/ports/webhook_sender.hpp"
#include "crypto/secret.hpp"
#include "main/settings.hpp"

namespace takas::hsm {
class KeyVault;  // hsm/engine/key_vault.hpp
}

namespace takas::main {

struct ServerOptions {
    StoreKind store = StoreKind::sqlite;
    std::string store_url;           ///< of PostgreSQL; may hold a password
    std::filesystem::path data_dir;  ///< without SQLite: keys only; empty with the memory store: they are forgotten
    std::filesystem::path kek_file;
    std::string kek_hex;

    HsmChoice hsm;
    LmkSource lmk_source = LmkSource::file;
    std::filesystem::path lmk_file;
    std::string hsm_token;
    std::filesystem::path hsm_pin_file;
    bool software_hsm_for_pins = false;
    /// Asks who sits at the terminal, without echo; nothing at the end of input. Needed for LmkSource::custodians.
    std::function<std::optional<crypto::SecretBytes>(std::string_view prompt)> ask_secret{};

    std::string message_gateway;        ///< "": none, in a demo files; "file"; else a URL
    std::string message_gateway_token;  ///< sent as bearer token
    std::string pin_message_tr, pin_message_en;
    std::string weak_pins;

    bool listens = true;  ///< false: in-process calls only
    std::string http_host = "127.0.0.1";
    std::uint16_t http_port = 0;                 ///< 0: any free port
    std::vector<std::string> trusted_proxies{};  ///< whose X-Forwarded-For is believed
    int io_threads = 1;
    std::size_t worker_threads = 4;
    std::size_t lanes = 2;
    std::size_t batch_max = 512;
    int node = 0;  ///< any_node: a free one, where the store is shared
    std::string issuer = "takas";
    bool demo = false;
    bool sandbox = false;
    bool log_requests = false;
    int transaction_retention_months = 0;
    std::filesystem::path archive_dir;
    int event_retention_days = 0;

    bool shares_store = false;    ///< other servers may use the store: numbers are taken from it, requests forwarded
    bool forwards = true;         ///< among servers on one store: a request goes to the one that owns its account
    std::string cluster_address;  ///< ADDRESS:PORT for the other servers; empty: where this one listens
    std::function<void()> on_node_lost{};  ///< another server has the number: this one must end

    // For tests and benchmarks:
    const app::ports::Clock* clock = nullptr;           ///< nullptr: the machine's; else it outlives the server
    std::shared_ptr<app::ports::Store> given_store{};   ///< instead of one of `store`: it survives the server
    std::chrono::milliseconds cluster_interval{1'000};  ///< between two looks at who lives
    bool does_chores = true;                            ///< periodic work on a thread of its own
    bool delivers_webhooks = true;
    app::ports::WebhookSender* webhook_sender = nullptr;  ///< nullptr: the outbound HTTP client
};

/// Error: validation when settings contradict each other (no data folder, --demo on a public address).
Result<ServerOptions> server_options(const Settings& settings);

/// A call by the platform itself.
app::Context operator_context(app::Services& services);

class Server {
  public:
    /// Opens or makes keys and store, checks that they fit, fills the demo institution if asked, listens. Errors carry
    /// a detail for the operator's eyes.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options);
    /// Answers what it has taken, settles the store.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t http_port() const;  ///< 0 when it does not listen
    api::Dispatcher& dispatcher();
    app::Services& services();
    /// For the commands that tend the HSM's own master key.
    hsm::KeyVault& vault();

    /// One call without a socket; waits for the answer.
    net::HttpResponse call(api::LocalRequest request);

    /// Is there a platform operator? Without one nobody can sign in.
    Result<bool> has_operator();

    /// The number it has among the servers on its store.
    std::int64_t node() const;

    /// Turns readiness red, tells the other servers, takes no new connections and answers those under way; false when
    /// some had to be cut off.
    bool drain(std::chrono::milliseconds patience);

  private:
    struct Assembly;
    explicit Server(std::unique_ptr<Assembly> assembly);
    std::unique_ptr<Assembly> assembly_;
};

}  // namespace takas::main
