// This server as one of several on one store: takes its number, tells the others where it is, keeps its row alive,
// sends them what is theirs. A server whose store nobody shares has none of this.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/cluster/forwarding.hpp"
#include "app/cluster/membership.hpp"
#include "app/lane/lanes.hpp"
#include "main/data_folder.hpp"
#include "main/periodic.hpp"
#include "main/server.hpp"

namespace takas::main {

/// Takes a number. Where others live already it then waits until they know of this one, because they decide more
/// carefully beside another (Lane::guard_reads). Errors are for the operator's eyes.
Result<std::unique_ptr<app::cluster::Membership>> join_cluster(const ServerOptions& options, app::ports::Store& store,
                                                               const DataFolder* folder,
                                                               const app::ports::Clock& clock);

Result<std::unique_ptr<app::cluster::Forwarding>> start_forwarding(const app::cluster::Membership& membership);

/// Where the others reach this server: as the settings say, else where it listens; "" when that is no address of its
/// own.
std::string cluster_address(const ServerOptions& options, std::uint16_t http_port);

/// Looks who lives, and applies it.
class ClusterWatch {
  public:
    ClusterWatch(app::cluster::Membership& membership, app::lane::Lanes& lanes, std::function<void()> on_lost)
        : membership_(membership), lanes_(lanes), on_lost_(std::move(on_lost)) {}
    Result<void> look();

  private:
    app::cluster::Membership& membership_;
    app::lane::Lanes& lanes_;
    std::function<void()> on_lost_;
    int looks_alone_ = 0;
};

}  // namespace takas::main
