#include "app/authorize/own_rate.hpp"

namespace takas::app::authorize {

using core::money::RateSide;
using core::money::RateTerms;

RateSide rate_side(core::authorization::TransactionCode code) {
    return core::authorization::code_row(code).movement == core::authorization::Movement::credit ? RateSide::buy
                                                                                                 : RateSide::sell;
}

std::optional<RateTerms> own_rate(const catalog::Catalog& catalog, TenantId tenant_id,
                                  core::authorization::TransactionCode code, core::money::Currency transaction_currency,
                                  core::money::Currency account_currency, const core::card::Card* card, Instant at) {
    const RateSide side = rate_side(code);
    const auto base = catalog.rate(tenant_id, transaction_currency, account_currency, at, side);
    if (!base) return std::nullopt;
    RateTerms terms{base->rate_e9, 0, side};
    if (card) terms.markup_bps = catalog.usage_policies().currency_markup_bps(card->tenant_id, card->card_product_code);
    return terms;
}

}  // namespace takas::app::authorize
