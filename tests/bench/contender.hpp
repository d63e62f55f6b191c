// A server under load from the benchmark's driver, with message numbers of its own, and what its turns have measured.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "load.hpp"
#include "server_process.hpp"

namespace takas::bench {

class Contender {
  public:
    /// `tokens` are cards that the server has.
    Contender(std::unique_ptr<ServerProcess> server, std::vector<std::int64_t> tokens);

    /// On the plan's cards or, when it names none, on the first `accounts` ones. Everything must be approved: throws
    /// std::runtime_error when something is not.
    LoadResult run(LoadPlan plan, std::size_t accounts);
    LoadResult closed(int connections, std::chrono::milliseconds duration, std::size_t accounts);
    /// Enough connections that arrivals never wait for a free one while the server keeps up.
    LoadResult open(double rate, std::chrono::milliseconds duration, std::size_t accounts);

    /// These message numbers were used by an earlier server on the same store.
    void skip_messages(std::size_t count) { next_message_no_ += static_cast<std::uint32_t>(count); }

    const std::vector<std::int64_t>& tokens() const { return tokens_; }
    std::size_t accounts() const { return tokens_.size(); }
    const ServerProcess& server() const { return *server_; }
    /// From now on a refused request (503, nothing was changed) is counted instead of ending the benchmark.
    void tolerate_refusals() { tolerates_refusals_ = true; }
    std::size_t refused() const { return refused_; }
    /// How many approvals the server has given in all.
    std::size_t approved() const { return approved_; }
    /// Ends the server; false when it did not leave in order.
    bool stop() { return server_->stop(); }

  private:
    std::unique_ptr<ServerProcess> server_;
    std::vector<std::int64_t> tokens_;
    std::string access_token_;
    std::uint32_t next_message_no_ = 1;
    std::size_t approved_ = 0, refused_ = 0;
    bool tolerates_refusals_ = false;
};

/// The connection count with the highest rate, of short runs.
int best_connections(Contender& contender, const std::vector<int>& counts, std::chrono::milliseconds duration);

}  // namespace takas::bench
