// The sending end of a streaming answer: other threads put bytes in, the connection's thread takes them out. Keeps the
// worker alive but not the connection, which says when it is gone.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "net/http_worker.hpp"

namespace takas::net {

class HttpConnection;

class HttpStream final : public ResponseStream {
  public:
    HttpStream(std::shared_ptr<HttpWorker> worker, std::weak_ptr<HttpConnection> connection, std::size_t bytes_max)
        : worker_(std::move(worker)), connection_(std::move(connection)), bytes_max_(bytes_max) {}

    bool write(std::string_view bytes) override;
    std::size_t unsent_bytes() const override;
    bool is_open() const override;
    void end() override;

    // The connection's side, on its thread.
    struct Taken {
        std::string bytes;
        bool is_last = false;
    };
    /// What waits; the bytes count as unsent until `sent` is called.
    Taken take();
    void sent();
    void close();

  private:
    void wake();

    const std::shared_ptr<HttpWorker> worker_;
    const std::weak_ptr<HttpConnection> connection_;
    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::string waiting_;
    std::size_t taken_bytes_ = 0;
    bool is_open_ = true;
    bool is_ended_ = false;  ///< closes behind what waits
    bool is_woken_ = false;
};

}  // namespace takas::net
