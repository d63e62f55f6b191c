// Exchange rates of an institution: one, or a source's whole list at once. A rate is valid from an instant on, until
// its end or until the next one (core/money/rate_table.hpp); what was valid once is never changed, what has not begun
// may be replaced. All rates of a call are taken or none.
#pragma once

#include <vector>

#include "app/context/context.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

/// A rate that is further than this from the last one of its pair and source, or whose sides are further than this from
/// its middle, has to be confirmed: it is a slipped decimal point more often than a devaluation.
inline constexpr int rate_jump_max_percent = 50;
inline constexpr int rate_days_ahead_max = 366;

/// Counts from the answer on. The same rate again changes nothing.
/// Errors: validation, tenant_not_found, already_exists (another rate of that pair began at that instant).
Result<core::identity::ExchangeRate> set_exchange_rate(Context& context, const core::identity::ExchangeRate& rate,
                                                       bool is_confirmed);

/// All of one institution, source and time; each pair once. Errors as above, with paths as "rates[3].sellRate".
Result<void> set_exchange_rates(Context& context, const std::vector<core::identity::ExchangeRate>& rates,
                                bool is_confirmed);

}  // namespace takas::app::system
