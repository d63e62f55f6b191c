// BINs and BIN ranges of an institution. BINs are entered by the operator (app/system); the institution cuts ranges out
// of its own. Two ranges of one BIN never overlap, also when two callers make them at once: every change of a range
// moves the BIN's version, so one of the two meets a moved version, runs again and sees the other's range.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::products {

using core::product::CardBin;
using core::product::CardBinRange;

struct BinQuery {
    std::optional<core::product::CardBrand> brand{};
    std::optional<std::string> bin{};  ///< its first digits
    ports::PageWish page{};            ///< usual order: by digits
};
Result<ports::PageOf<CardBin>> list_bins(const Context& context, const BinQuery& query);

/// A range with what is known of its use.
struct RangeUse {
    CardBinRange range;
    std::int64_t drawn = 0;  ///< one above the highest position in use
    std::int64_t remaining_count = 0;
};

/// Error: range_not_found.
Result<RangeUse> get_range(const Context& context, EntityId id);
/// Of one BIN, or of all.
Result<std::vector<RangeUse>> list_ranges(const Context& context, std::optional<EntityId> bin_id,
                                          std::vector<ports::Order> order = {}, std::int64_t skip = 0,
                                          std::int64_t limit = 1000);

struct WantedRange {
    EntityId bin_id;
    std::string name;
    std::string start_range;
    std::string end_range;
    std::optional<core::product::Allocation> allocation;  ///< random unless told
    bool is_active = true;
};
/// Errors: validation, bin_not_found, range_overlap.
Result<RangeUse> create_range(Context& context, const WantedRange& wanted);
/// Errors: as create_range, range_not_found, range_in_use (numbers that are drawn must stay inside; their BIN and their
/// allocation stay as they are).
Result<RangeUse> update_range(Context& context, EntityId id, const WantedRange& wanted);

}  // namespace takas::app::products
