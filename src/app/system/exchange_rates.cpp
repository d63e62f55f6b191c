#include "app/system/exchange_rates.hpp"

#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"

namespace takas::app::system {

using core::identity::ExchangeRate;

Result<ExchangeRate> create_exchange_rate(Context& context, const ExchangeRate& rate) {
    FieldErrors errors;
    check_currency(rate.source_currency, "sourceCurrency", errors);
    check_currency(rate.target_currency, "targetCurrency", errors);
    if (rate.source_currency == rate.target_currency)
        errors.add("targetCurrency", "Two different currencies are needed.", "İki farklı para birimi gerekli.");
    if (const auto rate_e9 = rescale(rate.rate, 9); !rate_e9 || *rate_e9 <= 0)
        errors.add("rate", "A number above 0 with at most 9 decimals is needed.",
                   "En çok 9 ondalıklı, sıfırdan büyük bir sayı gerekli.");
    if (!errors.empty()) return std::move(errors).as_error();
    if (auto tenant = find_tenant(context.store(), rate.tenant_id); !tenant)
        return std::unexpected(std::move(tenant.error()));
    context.unit.insert(rate);
    auto done = commit_now(context, {});
    if (!done) return std::unexpected(std::move(done.error()));
    return rate;
}

}  // namespace takas::app::system
