// The settings of the server: one description, from which follow the flag (--batch-max), the environment variable
// (TAKAS_BATCH_MAX), the TOML key (batch_max), the default and the help text. A flag wins over the environment, that
// over the file, that over the default. Secrets have no flag: other users of the machine can read command lines. What
// is only masked (a store's URL may hold a password) has one, and is repeated in no message.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

namespace takas::main {

enum class StoreKind : std::uint8_t { sqlite, memory, postgres };
enum class Switch : std::uint8_t { automatic, on, off };
enum class HsmKind : std::uint8_t { soft, pkcs11 };
enum class LmkSource : std::uint8_t { file, custodians };

struct Settings {
    std::string data;
    std::string config;
    std::string http = "127.0.0.1:8080";
    std::string trusted_proxies;
    bool demo = false;
    std::string store = "sqlite";
    Switch sandbox = Switch::automatic;
    std::int32_t lanes = 2;
    std::int32_t batch_max = 512;
    std::int32_t io_threads = 1;
    std::int32_t worker_threads = 4;
    std::string node = "0";
    std::string cluster_address;
    Switch cluster_forward = Switch::automatic;
    std::string issuer = "takas";
    std::string kek_file;
    std::string kek_hex;
    std::string hsm = "soft";
    LmkSource lmk = LmkSource::file;
    std::string lmk_file;
    std::string hsm_token;
    std::string hsm_pin_file;
    bool software_hsm_for_pins = false;
    std::string message_gateway;
    std::string message_gateway_token;
    std::string pin_message_tr, pin_message_en;
    std::string weak_pins;
    std::int32_t transaction_retention_months = 0;
    std::string archive_dir;
    std::int32_t event_retention_days = 0;
    log::Level log_level = log::Level::warning;
    bool log_requests = false;
};

/// Values by field name, as text: what one source says.
using SettingTexts = std::map<std::string, std::string, std::less<>>;

/// "--batch-max" and "TAKAS_BATCH_MAX" of "batch_max".
std::string flag_of(const Field& field);
std::string environment_name_of(const Field& field);

/// "sqlite", "512", "on": how the value is written.
std::string setting_text(const Field& field, const Settings& settings);

/// Reads the variables that are set; `get` is std::getenv in the program.
SettingTexts environment_settings(const std::function<const char*(const char*)>& get);

/// Reads a TOML file of plain keys. Error: validation with a detail that names the file, line or key.
Result<SettingTexts> file_settings(const std::string& path);

/// Defaults, overlaid by the file that `flags` or the environment name, the environment, the flags.
/// Error: validation; the detail says which setting of which source is wrong and what it may be.
Result<Settings> read_settings(const SettingTexts& flags, const std::function<const char*(const char*)>& get);

/// "1112,1905": what stands between the commas.
std::vector<std::string> words_of(std::string_view list);

struct StoreChoice {
    StoreKind kind = StoreKind::sqlite;
    std::string url;  ///< of a PostgreSQL: may hold a password
};

/// "sqlite", "memory", "postgres://...", "postgresql://..." or libpq's "host=... dbname=...". Nothing when it is
/// neither.
std::optional<StoreChoice> parse_store(std::string_view text);

struct HsmChoice {
    HsmKind kind = HsmKind::soft;
    std::string module_path;  ///< of a PKCS#11 token
};

/// "soft", or "pkcs11:" and the path of the token's module. Nothing when it is neither.
std::optional<HsmChoice> parse_hsm(std::string_view text);

/// --node auto: the server takes a number that no other one has.
inline constexpr int any_node = -1;

/// "0" to "15", or "auto". Nothing when it is neither.
std::optional<int> parse_node(std::string_view text);

struct HttpAddress {
    std::string host;
    std::uint16_t port = 0;
    bool is_loopback = false;
};

/// "127.0.0.1:8080", "[::1]:8080", "localhost:0". Nothing when it is no address with a port.
std::optional<HttpAddress> parse_http_address(std::string_view text);

}  // namespace takas::main

namespace takas {

template <>
struct EnumNames<main::Switch> {
    static constexpr std::string_view name = "Switch";
    static constexpr std::array values{named(main::Switch::automatic, "auto"), named(main::Switch::on, "on"),
                                       named(main::Switch::off, "off")};
};

template <>
struct EnumNames<main::LmkSource> {
    static constexpr std::string_view name = "LmkSource";
    static constexpr std::array values{named(main::LmkSource::file, "file"),
                                       named(main::LmkSource::custodians, "custodians")};
};

template <>
struct Describe<main::Settings> {
    using T = main::Settings;
    static constexpr std::string_view name = "Settings";
    static constexpr std::array fields{
        field<&T::data>("Folder of the keys and of the SQLite database; not needed with --store memory"),
        field<&T::config>("TOML file with settings"),
        field<&T::http>("Address and port to listen on; port 0 takes a free one"),
        field<&T::trusted_proxies>(
            "Addresses and ranges of proxies whose X-Forwarded-For is believed: 10.0.0.5,192.0.2.0/28"),
        field<&T::demo>("Make the demo institution (user demo, password demo); on a loopback address only"),
        field<&T::store>("Where state is kept: sqlite, memory (forgets at the end), or the URL of a PostgreSQL")
            .masked(),
        field<&T::sandbox>("Transaction testing: on, off, or auto, which is on with --demo only"),
        field<&T::lanes>("Owners of card accounts, one thread each").range(1, 64),
        field<&T::batch_max>("Authorizations in one commit at most").range(1, 10'000),
        field<&T::io_threads>("Threads that read and write HTTP").range(1, 64),
        field<&T::worker_threads>("Threads that run requests which may wait for the store").range(1, 256),
        field<&T::node>("Number of this server among those on one store, part of the ids it makes: 0 to 15, or auto"),
        field<&T::cluster_address>("Where the other servers on the store reach this one; empty: as --http says"),
        field<&T::cluster_forward>(
            "Send requests to the server on the store that owns the account: auto (yes), on, off"),
        field<&T::issuer>("`iss` of access tokens: the server's public address where there is one"),
        field<&T::kek_file>("File of the key-encryption key; DATA/keys/kek when empty"),
        field<&T::kek_hex>("The key-encryption key itself, 64 hex digits; then no file is used").secret(),
        field<&T::hsm>("What holds the payment keys: soft, or pkcs11:PATH with the path of a token's module"),
        field<&T::lmk>("Where the software HSM's local master key comes from: file, or custodians at the terminal"),
        field<&T::lmk_file>("File of the local master key; DATA/keys/lmk when empty"),
        field<&T::hsm_token>("Label of the PKCS#11 token"),
        field<&T::hsm_pin_file>("File with the PIN of the PKCS#11 token's user, mode 0600"),
        field<&T::software_hsm_for_pins>(
            "Acknowledge that PINs of live institutions are handled by software, not by a PCI PIN approved HSM"),
        field<&T::message_gateway>(
            "Where messages to cardholders go: the https URL of a gateway, or file (a folder beside the data, which "
            "--demo takes unless told)"),
        field<&T::message_gateway_token>("Bearer token for the message gateway").secret(),
        field<&T::pin_message_tr>("Text of the message with a PIN, in Turkish: {pin} and {last4} are filled in"),
        field<&T::pin_message_en>("The same in English"),
        field<&T::weak_pins>("PINs that are refused besides repetitions and sequences: 1112,1905"),
        field<&T::transaction_retention_months>(
            "Whole months that transactions are kept before they go to the archive; 0 keeps them")
            .range(0, 1'200),
        field<&T::archive_dir>("Folder of the archive: on one server of those on one store"),
        field<&T::event_retention_days>("Days that events and finished webhook deliveries are kept; 0 keeps them")
            .range(0, 36'500),
        field<&T::log_level>("Least level that is logged: debug, info, warning, error, off"),
        field<&T::log_requests>("Log one line per request, at level info"),
    };
};

}  // namespace takas
