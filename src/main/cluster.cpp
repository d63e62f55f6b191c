#include "main/cluster.hpp"

#include <charconv>
#include <fstream>
#include <thread>

#include "base/log.hpp"
#include "main/peer_wire.hpp"

namespace takas::main {
namespace {

/// Whoever has the folder's lock knows that the server which wrote this has ended: its row need not be waited for.
std::filesystem::path start_note(const DataFolder& folder) { return folder.path() / "last_start"; }

std::optional<Instant> earlier_life(const DataFolder* folder) {
    if (!folder) return std::nullopt;
    std::ifstream file(start_note(*folder));
    Instant started_at;
    return file >> started_at.value ? std::optional(started_at) : std::nullopt;
}

void note_start(const DataFolder* folder, Instant started_at) {
    if (!folder) return;
    std::ofstream(start_note(*folder), std::ios::trunc) << started_at.value << '\n';
}

}  // namespace

Result<std::unique_ptr<app::cluster::Membership>> join_cluster(const ServerOptions& options, app::ports::Store& store,
                                                               const DataFolder* folder,
                                                               const app::ports::Clock& clock) {
    auto membership = std::make_unique<app::cluster::Membership>(store, clock);
    const auto wanted = options.node == any_node ? std::nullopt : std::optional<std::int64_t>(options.node);
    const auto node = membership->join(wanted, earlier_life(folder));
    if (!node) return std::unexpected(node.error());
    note_start(folder, membership->started_at());
    if (auto seen = membership->refresh(); !seen) return std::unexpected(std::move(seen.error()));
    const bool decides = options.listens || options.does_chores;
    if (decides && membership->view()->has_others()) std::this_thread::sleep_for(2 * options.cluster_interval);
    return membership;
}

Result<std::unique_ptr<app::cluster::Forwarding>> start_forwarding(const app::cluster::Membership& membership) {
    auto client = net::PeerClient::start();
    if (!client) return std::unexpected(std::move(client.error()));
    return std::make_unique<app::cluster::Forwarding>(membership, std::make_unique<PeerWire>(std::move(*client)));
}

std::string cluster_address(const ServerOptions& options, std::uint16_t http_port) {
    if (!options.forwards || http_port == 0) return {};
    if (!options.cluster_address.empty()) return options.cluster_address;
    if (options.http_host == "0.0.0.0" || options.http_host == "::") {
        log::warning("cluster_address_unknown").add("remedy", "--cluster-address ADDRESS:PORT");
        return {};
    }
    const bool is_ipv6 = options.http_host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + options.http_host + "]" : options.http_host) + ":" + std::to_string(http_port);
}

Result<void> ClusterWatch::look() {
    // Who is not seen any more may still be writing: about half a minute at one look a second.
    constexpr int looks_until_alone = 2 * app::cluster::lease_s;
    if (membership_.is_lost()) return {};
    auto seen = membership_.refresh();
    if (membership_.is_lost() && on_lost_) on_lost_();
    looks_alone_ = membership_.view()->has_others() ? 0 : std::min(looks_alone_ + 1, looks_until_alone);
    if (looks_alone_ == 0) lanes_.guard_reads(true);
    if (looks_alone_ == looks_until_alone) lanes_.guard_reads(false);
    return seen;
}

}  // namespace takas::main
