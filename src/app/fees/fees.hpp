// The fees of an institution, the same for the three families: made, changed, listed, deleted. Fills the context's
// unit; the caller commits it. Who a fee concerns beyond `tenant_wide` is said by links (app/controls/links).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/fees/family.hpp"
#include "app/fees/warning.hpp"
#include "app/ports/page.hpp"
#include "core/control/control.hpp"

namespace takas::app::fees {

template <class Fee>
struct Saved {
    Fee fee;
    Warnings warnings;
};

/// How many fees of one family an institution may have: all are kept in memory, compiled.
inline constexpr std::int64_t fees_max = 1'000;

/// `wanted` without id, version and times. Links for `fee.id` are made by the caller, in the same unit.
/// Errors: those of check_fee, fee_exists (the name), too_many_controls.
template <class Fee>
Result<Saved<Fee>> create_fee(Context& context, Fee wanted);

/// The rest of a creation: what other fees concern the same cases.
template <class Fee>
Result<void> warn_of_overlaps(const Context& context, Saved<Fee>& saved,
                              std::span<const core::control::ControlLink> links);

/// Errors: those of check_fee, fee_not_found, fee_exists, concurrent_change.
template <class Fee>
Result<Saved<Fee>> update_fee(Context& context, EntityId id, Fee wanted, SeenVersion seen);

/// Error: fee_not_found.
template <class Fee>
Result<Fee> get_fee(const Context& context, EntityId id);

/// In the order that is asked for, else by name.
template <class Fee>
Result<std::vector<Fee>> list_fees(const Context& context, const std::optional<std::string>& name_part,
                                   const ports::PageWish& wish);

/// With its links. What was charged stays. Errors: fee_not_found, concurrent_change.
template <class Fee>
Result<void> delete_fee(Context& context, EntityId id, SeenVersion seen);

}  // namespace takas::app::fees
