#include "app/ids/id_source.hpp"

#include <algorithm>

namespace takas::app::ids {
namespace {

constexpr int sequence_bits = 9;
constexpr int node_bits = 4;
constexpr std::int64_t epoch_ms = 1'735'689'600'000;  // 2025-01-01T00:00:00Z

std::int64_t milliseconds(Instant time) { return std::max<std::int64_t>(time.value / 1000 - epoch_ms, 1); }

}  // namespace

IdSource::IdSource(const ports::Clock& clock, int node, std::int64_t above)
    : clock_(clock),
      node_bits_(std::int64_t{node} << sequence_bits),
      last_(((above >> (sequence_bits + node_bits)) + 1) << sequence_bits) {}

std::int64_t IdSource::next_value() {
    const std::int64_t now = milliseconds(clock_.now()) << sequence_bits;
    std::int64_t last = last_.load(std::memory_order_relaxed);
    std::int64_t next = 0;
    do {
        next = std::max(now, last + 1);
    } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
    const std::int64_t sequence = next & ((1 << sequence_bits) - 1);
    return ((next >> sequence_bits) << (sequence_bits + node_bits)) | node_bits_ | sequence;
}

std::int64_t first_id_at(Instant time) { return milliseconds(time) << (sequence_bits + node_bits); }

Instant time_of_id(std::int64_t id) { return {((id >> (sequence_bits + node_bits)) + epoch_ms) * 1000}; }

}  // namespace takas::app::ids
