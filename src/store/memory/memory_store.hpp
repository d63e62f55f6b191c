// The store port over plain memory, for simulation and tests. Same answers as the SQL stores, no durability. Either a
// thread of its own settles queued units, or a simulator does it step by step and may inject faults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "app/ports/store.hpp"

namespace takas::store::memory {

struct MemoryOptions {
    bool manual_step = false;               ///< no thread: units wait until step() is called
    std::size_t max_queued_units = 16'384;  ///< as the SQLite store
};

/// What goes wrong with one stepped unit.
enum class Fault : std::uint8_t {
    none,
    unavailable,      ///< nothing is written and the caller knows
    unknown_lost,     ///< nothing is written and the caller does not know
    unknown_written,  ///< all is written and the caller does not know
};

class MemoryStore final : public app::ports::Store {
  public:
    explicit MemoryStore(MemoryOptions options = {});
    /// Settles what is queued.
    ~MemoryStore() override;

    void commit(app::ports::Unit unit, Done done) override;
    Result<void> scan(const app::ports::Table& table, const app::ports::Query& query, const Sink& sink) override;
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                               std::int64_t at_most) override;
    bool writable() const override;

    /// Settles the oldest queued unit and calls its `done`; false when none was queued.
    bool step(Fault fault = Fault::none);
    /// While not writable every settled unit is `unavailable`.
    void set_writable(bool writable);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::store::memory
