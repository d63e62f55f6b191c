// Sending a card on, inside a request that the caller wrote.
#include "api/vault/card_answers.hpp"
#include "api/vault/endpoints.hpp"
#include "api/vault/forward_dto.hpp"
#include "api/vault/paywall.hpp"
#include "app/vault/forward.hpp"

namespace takas::api {
namespace {

using namespace vault;
using enum ErrorCode;

void forward(std::shared_ptr<Call> call, ForwardBody body, Answer<WallAnswer<ForwardedDto>> answer) {
    app::vault::ForwardOrder order;
    order.source = {owner_of(body), body.unique_code, body.temp_card_token};
    order.reference = body.reference;
    order.url = body.url;
    order.content_type = body.content_type;
    order.body = body.body;
    for (const ForwardHeader& header : body.headers) order.headers.emplace_back(header.name, header.value);
    order.timeout_ms = body.timeout_ms;
    app::vault::forward_card(call->context, caller_of(*call), std::move(order),
                             [call, answer = std::move(answer)](Result<app::vault::ForwardAnswer> done) mutable {
                                 if (!done) return answer(std::unexpected(std::move(done.error())));
                                 answer(wall_answer(ForwardedDto{done->status, std::move(done->body)}));
                             });
}

constexpr std::array rows{
    begins_on_worker(wall_row<&forward>(
        forward_door, Method::post, "/paywall/card/forward", "forwardVaultCard",
        "Send a card to an allowed host inside a request; the answer comes back without it",
        {vault_host_refused, vault_host_failed, outcome_unknown, vault_reference_used, vault_card_detail_invalid,
         vault_card_expired, vault_card_unavailable, vault_unique_code_invalid, vault_unique_code_old,
         vault_card_not_found, vault_temp_card_not_found, vault_partner_not_found})),
};

}  // namespace

std::span<const Endpoint> vault_forward_endpoints() { return rows; }

}  // namespace takas::api
