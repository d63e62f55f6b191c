#include "api/cards/card_version.hpp"
#include "api/cards/change_dto.hpp"
#include "api/cards/endpoints.hpp"
#include "api/framework/forwarding.hpp"
#include "app/cards/settings.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using core::card::Card;

Result<CardDto> answer_of(const Result<Card>& card) {
    if (!card) return std::unexpected(card.error());
    return to_dto(*card);
}

Result<CardPolicyResponseDto> get_policy(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    if (auto told = tell_version(call, *id); !told) return std::unexpected(std::move(told.error()));
    const auto effective = app::cards::get_policy(call.context, *id);
    if (!effective) return std::unexpected(effective.error());
    return to_dto(*id, *effective);
}

Result<CardPolicyResponseDto> update_policy(Call& call, const CardPolicyAddRequestDto& body) {
    const auto effective = with_version(call, [&](auto* version) {
        return app::cards::set_policy(call.context, {body.token_id,
                                                     {body.domestic, body.international, body.require_3d_secure,
                                                      body.online_pin_required, body.active_from, body.active_to},
                                                     body.reset_to_product.value_or(false),
                                                     version});
    });
    if (!effective) return std::unexpected(effective.error());
    return to_dto(body.token_id, *effective);
}

Result<CardDto> update_phone(Call& call, const CardPhoneNumberUpdateRequestDto& body) {
    return answer_of(with_version(call, [&](auto* version) {
        return app::cards::set_phone(call.context, body.token_id, body.phone_number, version);
    }));
}

Result<UpdateDigitalSlipTypeResponseDto> update_slip_type(Call& call, const UpdateDigitalSlipTypeDto& body) {
    const auto card = with_version(call, [&](auto* version) {
        return app::cards::set_digital_slip_type(call.context, body.token_id, body.digital_slip_type, version);
    });
    if (!card) return std::unexpected(card.error());
    return UpdateDigitalSlipTypeResponseDto{card->token_id, card->digital_slip_type};
}

Result<UpdateCardAutoRenewalStatusResponseDto> update_auto_renewal(Call& call,
                                                                   const UpdateCardAutoRenewalStatusDto& body) {
    const auto results = app::cards::set_auto_renewal(call.context, body.token_ids, body.auto_renewal);
    UpdateCardAutoRenewalStatusResponseDto answer;
    for (std::size_t i = 0; i < results.size(); ++i) {
        auto& one = answer.results.emplace_back(body.token_ids[i], results[i].has_value());
        if (results[i]) continue;
        const ErrorCode code = results[i].error().code;
        one.error_code = error_row(code).public_code;
        one.error_message = text_of(code, call.context.language);
    }
    return answer;
}

Result<UpdateCustomerCardStatusResponseDto> update_customer_statuses(Call& call,
                                                                     const UpdateCustomerCardStatusRequestDto& body) {
    const auto outcomes = app::cards::change_customer_statuses(
        call.context,
        {body.customer_no, body.status, body.reason, text_or_empty(body.description), body.excluded_token_ids});
    if (!outcomes) return std::unexpected(outcomes.error());
    UpdateCustomerCardStatusResponseDto answer{body.customer_no, {}};
    for (const app::cards::StatusOutcome& one : *outcomes) {
        const bool is_success = one.result.has_value();
        auto& info = answer.updated_cards.emplace_back(one.before.token_id, one.before.masked_card_no,
                                                       one.before.status, one.before.status, is_success);
        if (is_success) {
            info.old_status = one.result->before.status, info.new_status = one.result->after.status;
        } else {
            info.error_code = error_row(one.result.error().code).public_code;
        }
    }
    return answer;
}

Result<IssuanceNewCardDto> renew(Call& call, const CardRenewalRequestDto& body) {
    const auto renewed = with_version(call, [&](auto* version) {
        return app::cards::renew_card(call.context, {.token_id = body.token_id,
                                                     .keeps_card_number = body.keep_card_number.value_or(true),
                                                     .personalized_name_line_1 = body.personalized_name_line_1,
                                                     .personalized_name_line_2 = body.personalized_name_line_2,
                                                     .delivery_address = body.delivery_address,
                                                     .card_product_code = body.card_product_code,
                                                     .reason = text_or_empty(body.reason),
                                                     .idempotency_key = idempotency_key_of(call),
                                                     .content = call.request().body,
                                                     .version = version});
    });
    if (!renewed) return std::unexpected(renewed.error());
    return IssuanceNewCardDto{renewed->issuance_id ? std::optional(renewed->issuance_id) : std::nullopt,
                              renewed->old_token_id, renewed->new_token_id, renewed->masked_card_no,
                              renewed->expire_date};
}

Result<CardDto> activate_renewal(Call& call, const ActivateRenewalRequestDto& body) {
    return answer_of(with_version(
        call, [&](auto* version) { return app::cards::activate_renewal(call.context, body.token_id, version); }));
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view tag = "Card";

constexpr std::array rows{
    with_etag(endpoint<&get_policy>(get, "/api/v1/issuing/card/{tokenId}/policy", "getCardPolicy", tag,
                                    "Get what a card may be used for", Permission::card_read, Idempotency::none,
                                    {card_not_found})),
    with_if_match(with_etag(endpoint<&update_policy>(put, "/api/v1/issuing/card/policy", "updateCardPolicy", tag,
                                                     "Change what a card may be used for", Permission::card_write,
                                                     Idempotency::none, {card_not_found, card_wrong_status}))),
    with_if_match(with_etag(endpoint<&update_phone>(put, "/api/v1/issuing/card/phone-number", "updateCardPhoneNumber",
                                                    tag, "Change the phone number of a card", Permission::card_write,
                                                    Idempotency::none, {card_not_found, card_wrong_status}))),
    with_if_match(with_etag(endpoint<&update_slip_type>(
        put, "/api/v1/issuing/card/digital-slip-type", "updateDigitalSlipType", tag, "Change how slips are sent",
        Permission::card_write, Idempotency::none, {card_not_found, card_wrong_status}))),
    endpoint<&update_auto_renewal>(put, "/api/v1/issuing/card/auto-renewal-status", "updateAutoRenewalStatus", tag,
                                   "Switch the automatic renewal of cards on or off; each card has its own result",
                                   Permission::card_write, Idempotency::none),
    endpoint<&update_customer_statuses>(put, "/api/v1/issuing/card/customer-card-statuses",
                                        "updateCustomerCardStatuses", tag,
                                        "Change the status of all cards of a customer; each card has its own result",
                                        Permission::card_write, Idempotency::none, {customer_not_found}),
    with_if_match(
        with_etag(endpoint<&renew>(post, "/api/v1/issuing/card/renew", "renewCard", tag, "Renew a card",
                                   Permission::card_write, Idempotency::accepted,
                                   {card_not_found, card_wrong_status, card_already_renewed, product_not_found,
                                    product_inactive, currency_mismatch, delivery_address_missing, bin_range_exhausted,
                                    child_card_not_allowed, card_not_linked, concurrent_change, outcome_unknown}))),
    with_if_match(with_etag(endpoint<&activate_renewal>(
        put, "/api/v1/issuing/card/activate-renewal", "activateCardRenewal", tag,
        "The renewed piece is in its holder's hands: the one before it ends", Permission::card_write, Idempotency::none,
        {card_not_found, card_wrong_status, card_not_renewed}))),
};

}  // namespace

std::span<const Endpoint> card_change_endpoints() { return rows; }

}  // namespace takas::api
