// The classes of customers that an institution defines. Fills the context's unit; the caller commits it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::customers {

using core::customer::CustomerSegment;

struct SegmentWish {
    std::string name;
    std::string description;
};

/// Error: already_exists (the name).
Result<CustomerSegment> create_segment(Context& context, const SegmentWish& wanted);

struct SegmentQuery {
    std::optional<std::string> name{};  ///< in part
    ports::PageWish page{};             ///< usual order: by name
};
Result<ports::PageOf<CustomerSegment>> list_segments(const Context& context, const SegmentQuery& query);

/// Errors: not_found, already_exists (the name), concurrent_change.
Result<CustomerSegment> update_segment(Context& context, EntityId id, const SegmentWish& wanted, SeenVersion seen = {});

/// Errors: not_found, segment_in_use, concurrent_change.
Result<void> delete_segment(Context& context, EntityId id, SeenVersion seen = {});

/// A customer is about to be put into the segment, which must be there and stay. Nothing to do for none.
/// Error: segment_not_found.
Result<void> depend_on_segment(Context& context, EntityId id);

}  // namespace takas::app::customers
