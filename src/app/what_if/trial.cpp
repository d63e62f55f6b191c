#include "app/what_if/trial.hpp"

#include "app/authorize/authorizer.hpp"
#include "app/authorize/gather.hpp"
#include "app/authorize/own_rate.hpp"
#include "app/lane/lanes.hpp"

namespace takas::app::what_if {

namespace authorization = core::authorization;

Result<Trial> Trial::of(const Context& context, TokenId token_id, TransactionId original_id) {
    const auto place = context.services.authorizer.directory().by_token(context.tenant_id, token_id);
    if (!place) return std::unexpected(place.error());
    if (!*place) return fail(ErrorCode::card_not_found);
    Trial trial(context);
    bool is_seen = false;
    context.services.lanes.look((*place)->account_id, context.tenant_id,
                                [&](lane::Work& work) {
                                    const auto card = work.card(token_id);
                                    const auto usage = work.usage(token_id);
                                    if (!card || !*card || !usage) return;
                                    if (original_id) {
                                        auto original = work.transaction(original_id);
                                        if (!original) return;
                                        trial.original_ = std::move(*original);
                                    }
                                    trial.card_ = **card;
                                    trial.account_ = work.account();
                                    trial.usage_ = **usage;
                                    is_seen = true;
                                },
                                lane::Sight::of_all);
    if (!is_seen) return fail(ErrorCode::unavailable);
    return trial;
}

Result<Decided> Trial::decide(const Request& request, Instant at) const {
    const catalog::Catalog& catalog = services_.catalog;
    Decided out;
    out.facts = authorize::facts_of(catalog, {tenant_id_, card_.token_id, request, account_, &card_,
                                              original_ ? &*original_ : nullptr, at, request.stated_expiry});
    out.policy = std::make_unique<authorize::PolicyStage>(services_.catalog, usage_);
    if (authorize::uses_own_rate(request, account_.currency))
        out.policy->rate = authorize::own_rate(catalog, tenant_id_, request.code, request.transaction_currency,
                                               account_.currency, &card_, at);
    const bool is_considered =
        out.policy->consider(request, card_, out.facts.original_found ? &*original_ : nullptr, out.facts);
    if (!is_considered) return fail(ErrorCode::unavailable);
    out.decision = authorization::decide(out.facts);
    return out;
}

}  // namespace takas::app::what_if
