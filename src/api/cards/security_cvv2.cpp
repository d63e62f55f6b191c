#include "api/cards/security_dto.hpp"
#include "api/cards/security_endpoints.hpp"
#include "api/framework/forwarding.hpp"
#include "app/card_security/cvv2.hpp"
#include "base/encoding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

Result<SecurityStateDto> reset_counters(Call& call, const Cvv2RequestDto& body) {
    const auto done = app::card_security::reset_cvv2_counters(call.context, body.token_id, idempotency_key_of(call));
    if (!done) return std::unexpected(done.error());
    return SecurityStateDto{body.token_id, done->remaining_try_count};
}

Result<SecretVerifiedDto> verify(Call& call, const VerifCvv2RequestDto& body) {
    auto octets = base64_decode(body.encrypted_cvv2);
    if (!octets) return fail_field("encryptedCvv2", "This is not base64.", "Geçerli bir base64 değil.");
    app::card_security::PresentedCvv2 presented{std::move(*octets), text_or_empty(body.key_check_value), std::nullopt};
    if (body.expire_date) {
        presented.expire_date = core::card::make_expiry(*body.expire_date);
        if (!presented.expire_date)
            return fail_field("expireDate", "YYMM is expected.", "YYMM biçiminde tarih bekleniyor.");
    }
    const auto done = app::card_security::verify_cvv2(call.context, body.token_id, presented, idempotency_key_of(call));
    if (!done) return std::unexpected(done.error());
    return SecretVerifiedDto{done->is_accepted, done->remaining_try_count};
}

Result<Cvv2AndResponseDto> get_with_expire_date(Call& call, const Cvv2RequestDto& body) {
    const auto cvv2 = app::card_security::get_cvv2(call.context, body.token_id);
    if (!cvv2) return std::unexpected(cvv2.error());
    return Cvv2AndResponseDto{base64_encode(cvv2->cvv2.octets), cvv2->expire_date, cvv2->cvv2.key_check_value};
}

Result<CardDetokenizeResponseDto> detokenize(Call& call, const CardDetokenizeRequestDto& body) {
    const auto number = app::card_security::detokenize(call.context, body.token_id);
    if (!number) return std::unexpected(number.error());
    return CardDetokenizeResponseDto{body.token_id, base64_encode(number->octets), number->key_check_value};
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view tag = "CardSecurity";

constexpr std::array rows{
    endpoint<&reset_counters>(post, "/api/v1/issuing/card/cvv2/reset-counters", "resetCvv2Counters", tag,
                              "Lift the CVV2's block: tries begin anew", Permission::card_cvv2, Idempotency::accepted,
                              {card_not_found, outcome_unknown}),
    endpoint<&verify>(post, "/api/v1/issuing/card/cvv2/verify", "verifyCvv2", tag, "Verify a CVV2",
                      Permission::card_cvv2, Idempotency::accepted,
                      {card_not_found, card_wrong_status, hsm_key_not_found, hsm_unavailable, outcome_unknown}),
    endpoint<&get_with_expire_date>(post, "/api/v1/issuing/card/cvv2/get-with-expire-date", "getCvv2WithExpireDate",
                                    tag, "Get CVV2 and expiry, encrypted", Permission::card_cvv2, Idempotency::none,
                                    {card_not_found, card_wrong_status, hsm_key_not_found, hsm_unavailable}),
    endpoint<&detokenize>(post, "/api/v1/issuing/card/detokenize", "detokenizeCard", tag,
                          "Get the card number, encrypted", Permission::card_detokenize, Idempotency::none,
                          {card_not_found, hsm_key_not_found, hsm_unavailable}),
};

}  // namespace

std::span<const Endpoint> cvv2_endpoints() { return rows; }

}  // namespace takas::api
