// Exchange rates of an institution. A rate is valid from an instant on, until a newer one is; what was valid once is
// never changed.
#pragma once

#include "app/context/context.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

/// Counts from the answer on. Errors: validation, tenant_not_found, already_exists (same pair and validFrom).
Result<core::identity::ExchangeRate> create_exchange_rate(Context& context, const core::identity::ExchangeRate& rate);

}  // namespace takas::app::system
