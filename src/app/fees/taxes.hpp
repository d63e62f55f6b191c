// The taxes of an institution: all active ones are on every fee. Fills the context's unit; the caller commits it.
#pragma once

#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "core/fee/fee.hpp"

namespace takas::app::fees {

using core::fee::Tax;

/// What the demo institution has, and any in Türkiye: banking and insurance transactions tax.
inline constexpr std::string_view bsmv_name = "BSMV";

/// `wanted` without id and version. Errors: validation (the rate), tax_exists (the name), too_many_controls: there are
/// core::fee::tax_max_count.
Result<Tax> create_tax(Context& context, Tax wanted);

/// By name.
Result<std::vector<Tax>> list_taxes(const Context& context);

/// Error: tax_not_found.
Result<Tax> get_tax(const Context& context, EntityId id);

/// Errors: validation (the rate), tax_not_found, tax_exists, concurrent_change.
Result<Tax> update_tax(Context& context, EntityId id, Tax wanted, SeenVersion seen);

/// What was charged stays. Errors: tax_not_found, concurrent_change.
Result<void> delete_tax(Context& context, EntityId id, SeenVersion seen);

}  // namespace takas::app::fees
