// One connection to another server: connect, then one request after another. Always reading, so that a server that
// closes is noticed while nothing is under way. Runs on the client's thread only.
#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <optional>
#include <string>

#include "net/http_response_reader.hpp"
#include "net/peer_client.hpp"

namespace takas::net {

/// A request that waits for a connection or an answer.
struct PeerJob {
    std::string wire;  ///< the whole request
    PeerClient::Done done;
    std::chrono::steady_clock::time_point deadline;

    void end(PeerResult result) {
        if (auto tell = std::exchange(done, nullptr)) tell(std::move(result));
    }
};

class PeerConnection;

/// Who keeps the connections to one server.
class PeerConnectionOwner {
  public:
    virtual ~PeerConnectionOwner() = default;
    virtual void ready(const std::shared_ptr<PeerConnection>& connection) = 0;
    /// `was_open`: false when no connection came about.
    virtual void closed(PeerConnection& connection, bool was_open) = 0;
};

class PeerConnection : public std::enable_shared_from_this<PeerConnection> {
  public:
    using Clock = std::chrono::steady_clock;

    PeerConnection(boost::asio::io_context& io, const PeerClientOptions& options, PeerConnectionOwner& owner)
        : options_(options), owner_(&owner), resolver_(io), socket_(io) {}

    void connect(const std::string& host, const std::string& port);
    void begin(PeerJob job);
    /// Ends what takes too long.
    void check_deadline(Clock::time_point now);
    /// The owner hears no more of it.
    void abandon();

    std::size_t index_in_owner = 0;

  private:
    using Code = boost::system::error_code;

    void opened();
    void read();
    void on_read(const Code& ec, std::size_t bytes);
    void complete();
    void close();

    const PeerClientOptions& options_;
    PeerConnectionOwner* owner_;
    boost::asio::ip::tcp::resolver resolver_;
    boost::asio::ip::tcp::socket socket_;
    std::optional<PeerJob> job_;
    std::optional<ResponseReader> reader_;
    std::array<char, 8 * 1024> buffer_;
    Clock::time_point deadline_;
    bool is_open_ = false, is_closed_ = false, is_writing_ = false;
};

}  // namespace takas::net
