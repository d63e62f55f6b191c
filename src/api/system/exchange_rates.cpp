#include "app/system/exchange_rates.hpp"

#include "api/system/handlers.hpp"
#include "api/system/paged_list.hpp"

namespace takas::api::system {

using core::identity::ExchangeRate;

namespace {

constexpr std::array sortable{SortColumn{"tenantId", member_name<&ExchangeRate::tenant_id>},
                              SortColumn{"sourceCurrency", member_name<&ExchangeRate::source_currency>},
                              SortColumn{"targetCurrency", member_name<&ExchangeRate::target_currency>},
                              SortColumn{"validFrom", member_name<&ExchangeRate::valid_from>}};

CurrencyExchangeRateDto to_dto(const ExchangeRate& rate) {
    return {{rate.source_currency, rate.target_currency, rate.rate, rate.buy_rate, rate.sell_rate},
            rate.tenant_id,
            rate.valid_from,
            rate.valid_to,
            rate.source};
}

/// `times` has the institution, source and validity.
ExchangeRate rate_of(const CurrencyRateDto& dto, const ExchangeRate& times) {
    ExchangeRate rate = times;
    rate.source_currency = dto.source_currency;
    rate.target_currency = dto.target_currency;
    rate.rate = dto.rate;
    rate.buy_rate = dto.buy_rate;
    rate.sell_rate = dto.sell_rate;
    return rate;
}

/// What the rates of a body have in common.
ExchangeRate times_of(const Call& call, TenantId tenant_id, std::string source, std::optional<Instant> valid_from,
                      std::optional<Instant> valid_to) {
    ExchangeRate times;
    times.tenant_id = tenant_id;
    times.valid_from = valid_from.value_or(call.context.now);
    times.valid_to = valid_to;
    times.source = std::move(source);
    return times;
}

}  // namespace

Result<CurrencyExchangeRateDto> create_exchange_rate(Call& call, const CreateUpdateCurrencyExchangeRateDto& dto) {
    const ExchangeRate times = times_of(call, dto.tenant_id, dto.source.value_or(""), dto.valid_from, dto.valid_to);
    auto rate = app::system::set_exchange_rate(call.context, rate_of(dto, times), dto.is_confirmed.value_or(false));
    if (!rate) return std::unexpected(std::move(rate.error()));
    return to_dto(*rate);
}

Result<CurrencyExchangeRateTableDto> set_exchange_rate_table(Call& call,
                                                             const UpdateCurrencyExchangeRateTableDto& dto) {
    const ExchangeRate times = times_of(call, dto.tenant_id, dto.source, dto.valid_from, dto.valid_to);
    std::vector<ExchangeRate> rates;
    rates.reserve(dto.rates.size());
    for (const CurrencyRateDto& one : dto.rates) rates.push_back(rate_of(one, times));
    auto done = app::system::set_exchange_rates(call.context, rates, dto.is_confirmed.value_or(false));
    if (!done) return std::unexpected(std::move(done.error()));
    return CurrencyExchangeRateTableDto{times.tenant_id, times.source, times.valid_from, times.valid_to,
                                        static_cast<std::int32_t>(rates.size())};
}

Result<Paged<CurrencyExchangeRateDto>> list_exchange_rates(Call& call, const Query<ExchangeRateListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&ExchangeRate::tenant_id>(conditions, query.value.tenant_id);
    filter<&ExchangeRate::source_currency>(conditions, query.value.source_currency);
    filter<&ExchangeRate::target_currency>(conditions, query.value.target_currency);
    filter<&ExchangeRate::source>(conditions, query.value.source);
    filter<&ExchangeRate::valid_from>(conditions, query.value.valid_from_start, app::ports::Compare::greater_or_equal);
    filter<&ExchangeRate::valid_from>(conditions, query.value.valid_from_end, app::ports::Compare::less_or_equal);
    return paged_list<ExchangeRate, ExchangeRateListQuery, CurrencyExchangeRateDto>(
        call.context.store(), query.value, std::move(conditions), sortable, to_dto);
}

}  // namespace takas::api::system
