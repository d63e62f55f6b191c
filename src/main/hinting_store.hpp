// A store that says when events were committed, so that webhooks leave at once instead of at the next poll. Everything
// else it hands to the store behind it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "app/ports/store.hpp"

namespace takas::main {

class HintingStore final : public app::ports::Store {
  public:
    explicit HintingStore(std::shared_ptr<app::ports::Store> behind) : behind_(std::move(behind)) {}

    /// Called after each commit with events, on the store's thread; must be cheap. Empty: nobody is told any more, and
    /// no call is under way when this returns.
    void on_events(std::function<void()> hint);

    void commit(app::ports::Unit unit, Done done) override;
    Result<void> scan(const app::ports::Table& table, const app::ports::Query& query, const Sink& sink) override {
        return behind_->scan(table, query, sink);
    }
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                               std::int64_t at_most) override {
        return behind_->count(table, conditions, at_most);
    }
    Result<void> wait_until_readable(std::chrono::milliseconds patience) override {
        return behind_->wait_until_readable(patience);
    }
    bool writable() const override { return behind_->writable(); }
    std::uint64_t placement_of(AccountId account_id) const override { return behind_->placement_of(account_id); }
    app::ports::TimeSlices* time_slices() override { return behind_->time_slices(); }

  private:
    struct Hook {
        std::mutex mutex;
        std::function<void()> hint;
    };
    std::shared_ptr<app::ports::Store> behind_;
    std::shared_ptr<Hook> hook_ = std::make_shared<Hook>();  ///< shared with commits that may outlive this
};

}  // namespace takas::main
