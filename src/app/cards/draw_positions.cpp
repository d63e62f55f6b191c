#include "app/cards/draw_positions.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardNumber;
using ports::where;

/// Gaps are rare (a commit that failed, a crash between drawing and committing); this many are found at a time.
constexpr std::size_t gaps_max = 10'000;

}  // namespace

DrawPositions::DrawPositions() : state_(std::make_shared<State>()) {}

DrawPositions::Position DrawPositions::lease(const std::shared_ptr<State>& state, EntityId bin_range_id,
                                             std::int64_t draw_no) {
    state->ranges[bin_range_id].leased.insert(draw_no);
    // The deleter gives the position back; there is nothing to delete.
    return {draw_no, std::shared_ptr<const void>(state.get(), [state, bin_range_id, draw_no](const void*) {
                const std::lock_guard lock(state->mutex);
                state->ranges[bin_range_id].leased.erase(draw_no);
            })};
}

Result<DrawPositions::Range*> DrawPositions::loaded(State& state, ports::Store& store, EntityId bin_range_id) {
    Range& range = state.ranges[bin_range_id];
    if (range.is_loaded) return &range;
    if (auto caught_up = catch_up(store, bin_range_id, range); !caught_up)
        return std::unexpected(std::move(caught_up.error()));
    range.is_loaded = true;
    return &range;
}

Result<void> DrawPositions::catch_up(ports::Store& store, EntityId bin_range_id, Range& range) {
    const auto highest = store.list<CardNumber>({{where<&CardNumber::bin_range_id>(bin_range_id)},
                                                 {{member_name<&CardNumber::draw_no>, /*descending=*/true}},
                                                 0,
                                                 1});
    if (!highest) return std::unexpected(highest.error());
    if (!highest->empty()) range.next = std::max(range.next, highest->front().draw_no + 1);
    return {};
}

/// Walks the stored positions in order and notes what is missing between them.
Result<void> DrawPositions::find_gaps(ports::Store& store, EntityId bin_range_id, Range& range) {
    CardNumber row;
    std::int64_t expected = 0;
    const auto note_until = [&](std::int64_t end) {
        for (; expected < end && range.gaps.size() < gaps_max; ++expected)
            if (!range.leased.contains(expected)) range.gaps.push_back(expected);
        expected = end;
    };
    const ports::Query query{{where<&CardNumber::bin_range_id>(bin_range_id)},
                             {{member_name<&CardNumber::draw_no>}},
                             0,
                             std::numeric_limits<std::int64_t>::max()};
    auto done = store.scan(ports::table_of<CardNumber>(), query,
                           {[&]() -> void* { return &(row = {}); },
                            [&] {
                                note_until(row.draw_no);
                                expected = row.draw_no + 1;
                                return range.gaps.size() < gaps_max;
                            }});
    if (!done) return done;
    note_until(range.next);
    std::ranges::reverse(range.gaps);
    return {};
}

Result<DrawPositions::Position> DrawPositions::next(ports::Store& store, EntityId bin_range_id, std::int64_t size) {
    const std::lock_guard lock(state_->mutex);
    auto range = loaded(*state_, store, bin_range_id);
    if (!range) return std::unexpected(std::move(range.error()));
    if ((*range)->next < size) return lease(state_, bin_range_id, (*range)->next++);
    if ((*range)->gaps.empty()) {
        const auto stored = store.count_of<CardNumber>(std::array{where<&CardNumber::bin_range_id>(bin_range_id)});
        if (!stored) return std::unexpected(stored.error());
        if (*stored >= size) return fail(ErrorCode::bin_range_exhausted);
        if (auto found = find_gaps(store, bin_range_id, **range); !found)
            return std::unexpected(std::move(found.error()));
    }
    if ((*range)->gaps.empty()) return fail(ErrorCode::bin_range_exhausted, "the last positions are being used");
    const std::int64_t draw_no = (*range)->gaps.back();
    (*range)->gaps.pop_back();
    return lease(state_, bin_range_id, draw_no);
}

Result<std::int64_t> DrawPositions::high_water(ports::Store& store, EntityId bin_range_id) {
    const std::lock_guard lock(state_->mutex);
    Range& range = state_->ranges[bin_range_id];
    if (auto done = catch_up(store, bin_range_id, range); !done) return std::unexpected(std::move(done.error()));
    return range.next;
}

Result<void> DrawPositions::skip_drawn_elsewhere(ports::Store& store, EntityId bin_range_id) {
    const std::lock_guard lock(state_->mutex);
    return catch_up(store, bin_range_id, state_->ranges[bin_range_id]);
}

}  // namespace takas::app::cards
