#include "app/transactions/conversion_view.hpp"

#include "app/transactions/transaction_view.hpp"
#include "core/authorization/decide.hpp"
#include "core/control/policy_record.hpp"

namespace takas::app::transactions {

namespace authorization = core::authorization;

namespace {

std::optional<ConversionSource> source_of(const authorization::CardTransaction& t) {
    if (t.transaction_currency == t.billing_currency) return std::nullopt;
    const auto facts = authorization::decode_facts(t.facts.bytes);
    // A card's own fee is decided by nobody: the institution converts it.
    if (!facts)
        return t.code == authorization::TransactionCode::fee ? std::optional(ConversionSource::institution)
                                                             : std::nullopt;
    // A rule before it may have declined, and nothing need be converted of an amount of zero.
    const authorization::Decision decision = authorization::decide(*facts);
    const auto rule = static_cast<std::size_t>(authorization::Rule::currency_conversion);
    if (decision.checks[rule].outcome != authorization::Outcome::passed) return std::nullopt;
    return facts->network_billing_minor ? ConversionSource::network : ConversionSource::institution;
}

}  // namespace

ConversionView conversion_of(const authorization::CardTransaction& t) {
    ConversionView view{source_of(t), {}, {}};
    if (view.source != ConversionSource::institution || !t.policy_record) return view;
    const auto record = core::control::decode_policy_record(t.policy_record->bytes);
    if (!record || !record->rate) return view;
    view.base_rate = rate_view(record->rate->base_rate_e9);
    view.markup_bps = static_cast<std::int32_t>(record->rate->markup_bps);
    return view;
}

}  // namespace takas::app::transactions
