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
    return {rate.tenant_id, rate.source_currency, rate.target_currency, rate.rate, rate.valid_from, rate.source};
}

}  // namespace

Result<CurrencyExchangeRateDto> create_exchange_rate(Call& call, const CreateUpdateCurrencyExchangeRateDto& dto) {
    auto rate = app::system::create_exchange_rate(call.context,
                                                  {dto.tenant_id, dto.source_currency, dto.target_currency, dto.rate,
                                                   dto.valid_from.value_or(call.context.now), dto.source.value_or("")});
    if (!rate) return std::unexpected(std::move(rate.error()));
    return to_dto(*rate);
}

Result<Paged<CurrencyExchangeRateDto>> list_exchange_rates(Call& call, const Query<ExchangeRateListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&ExchangeRate::tenant_id>(conditions, query.value.tenant_id);
    filter<&ExchangeRate::source_currency>(conditions, query.value.source_currency);
    filter<&ExchangeRate::target_currency>(conditions, query.value.target_currency);
    return paged_list<ExchangeRate, ExchangeRateListQuery, CurrencyExchangeRateDto>(
        call.context.store(), query.value, std::move(conditions), sortable, to_dto);
}

}  // namespace takas::api::system
