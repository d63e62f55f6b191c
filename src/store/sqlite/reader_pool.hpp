// Connections for reading. Each scan has one to itself for as long as it runs; a few idle ones are kept. There is no
// upper bound, so that a scan within a scan cannot wait for itself: the server's threads are the bound.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "store/sqlite/connection.hpp"

namespace takas::store::sqlite {

class ReaderPool {
  public:
    ReaderPool(ConnectionOptions options, std::size_t max_idle) : options_(std::move(options)), max_idle_(max_idle) {}

    /// A connection for one scan; it goes back to the pool when the lease ends.
    class Lease {
      public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_) pool_->give_back(std::move(connection_));
        }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

      private:
        ReaderPool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    Result<Lease> take() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return Lease(*this, std::move(connection));
            }
        }
        auto opened = Connection::open(options_);
        if (!opened) return std::unexpected(std::move(opened.error()));
        return Lease(*this, std::move(*opened));
    }

  private:
    void give_back(std::unique_ptr<Connection> connection) {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < max_idle_) idle_.push_back(std::move(connection));
    }

    const ConnectionOptions options_;
    const std::size_t max_idle_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace takas::store::sqlite
