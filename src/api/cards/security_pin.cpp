#include "api/cards/security_dto.hpp"
#include "api/cards/security_endpoints.hpp"
#include "api/framework/forwarding.hpp"
#include "app/card_security/pin.hpp"
#include "app/card_security/pin_message.hpp"
#include "app/card_security/surrogate.hpp"
#include "base/encoding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::card_security::Entered;
using app::card_security::PresentedPin;
using core::key::PinFormat;

Result<PresentedPin> read_block(const std::string& hex, PinFormat format, const std::optional<std::string>& key,
                                std::string path) {
    const std::size_t digits = format == PinFormat::iso4 ? 32 : 16;
    if (format != PinFormat::iso0 && format != PinFormat::iso3 && format != PinFormat::iso4)
        return fail_field("pinBlockFormat", "Allowed: Iso0, Iso3, Iso4.", "İzin verilenler: Iso0, Iso3, Iso4.");
    const auto octets = hex.size() == digits ? hex_decode(hex) : std::nullopt;
    if (!octets)
        return fail_field(std::move(path), "16 hexadecimal digits are needed; 32 of an Iso4 block.",
                          "16 onaltılık basamak gerekli; Iso4 için 32.");
    return PresentedPin{crypto::SecretBytes(*octets), format, text_or_empty(key)};
}

Result<PresentedPin> read_block(const VerifyOrSetPinRequestDto& body) {
    auto pin = read_block(body.pin_block, body.pin_block_format, body.key_check_value, "pinBlock");
    if (!pin || !body.pin_block_card_no) return pin;
    if (!crypto::constant_time_equal(bytes_of(*body.pin_block_card_no),
                                     bytes_of(app::card_security::surrogate_number(body.token_id))))
        return fail_field("pinBlockCardNo", "This is not the card's surrogate number.", "Kartın vekil numarası değil.");
    pin->has_surrogate = true;
    return pin;
}

Result<SecurityStateDto> state_of(TokenId token_id, const Result<Entered>& done) {
    if (!done) return std::unexpected(done.error());
    return SecurityStateDto{token_id, done->remaining_try_count};
}

Result<SecretVerifiedDto> verify(Call& call, const VerifyOrSetPinRequestDto& body) {
    const auto pin = read_block(body);
    if (!pin) return std::unexpected(pin.error());
    const auto done = app::card_security::verify_pin(call.context, body.token_id, *pin, idempotency_key_of(call));
    if (!done) return std::unexpected(done.error());
    return SecretVerifiedDto{done->is_accepted, done->remaining_try_count};
}

Result<SecurityStateDto> set(Call& call, const VerifyOrSetPinRequestDto& body) {
    const auto pin = read_block(body);
    if (!pin) return std::unexpected(pin.error());
    return state_of(body.token_id,
                    app::card_security::set_pin(call.context, body.token_id, *pin, idempotency_key_of(call)));
}

Result<SecurityStateDto> change(Call& call, const ChangePinRequestDto& body) {
    const auto before = read_block(body.old_pin_block, body.pin_block_format, body.key_check_value, "oldPinBlock");
    if (!before) return std::unexpected(before.error());
    const auto after = read_block(body.new_pin_block, body.pin_block_format, body.key_check_value, "newPinBlock");
    if (!after) return std::unexpected(after.error());
    return state_of(body.token_id, app::card_security::change_pin(call.context, body.token_id, *before, *after,
                                                                  idempotency_key_of(call)));
}

Result<SecurityStateDto> unblock(Call& call, const PinRequestDto& body) {
    return state_of(body.token_id,
                    app::card_security::unblock_pin(call.context, body.token_id, idempotency_key_of(call)));
}

Result<SecurityStateDto> set_random(Call& call, const PinRequestDto& body) {
    return state_of(body.token_id,
                    app::card_security::set_random_pin(call.context, body.token_id, idempotency_key_of(call)));
}

Result<PinSentDto> send_sms(Call& call, const PinRequestDto& body) {
    const auto done = app::card_security::send_pin(call.context, body.token_id, idempotency_key_of(call));
    if (!done) return std::unexpected(done.error());
    return PinSentDto{body.token_id, true};
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view tag = "CardSecurity";
constexpr auto permission = Permission::card_pin;

constexpr std::array rows{
    endpoint<&verify>(post, "/api/v1/issuing/card/pin/verify", "verifyPin", tag, "Verify a PIN", permission,
                      Idempotency::accepted,
                      {card_not_found, card_wrong_status, pin_not_set, hsm_key_not_found, hsm_pin_not_allowed,
                       hsm_unavailable, outcome_unknown}),
    endpoint<&set>(post, "/api/v1/issuing/card/pin/set", "setPin", tag, "Set a PIN", permission, Idempotency::accepted,
                   {card_not_found, card_wrong_status, hsm_key_not_found, hsm_pin_block_invalid, hsm_pin_length,
                    hsm_pin_weak, hsm_pin_not_allowed, hsm_unavailable, outcome_unknown}),
    endpoint<&change>(
        post, "/api/v1/issuing/card/pin/change", "changePin", tag, "Replace the PIN by another one", permission,
        Idempotency::accepted,
        {card_not_found, card_wrong_status, pin_not_set, pin_wrong, pin_blocked, hsm_key_not_found,
         hsm_pin_block_invalid, hsm_pin_length, hsm_pin_weak, hsm_pin_not_allowed, hsm_unavailable, outcome_unknown}),
    endpoint<&unblock>(post, "/api/v1/issuing/card/pin/unblock", "unblockPin", tag,
                       "Lift the PIN's block: tries begin anew", permission, Idempotency::accepted,
                       {card_not_found, card_wrong_status, outcome_unknown}),
    endpoint<&set_random>(
        post, "/api/v1/issuing/card/pin/set-random", "setRandomPin", tag, "Set a PIN that nobody has seen", permission,
        Idempotency::accepted,
        {card_not_found, card_wrong_status, hsm_key_not_found, hsm_pin_not_allowed, hsm_unavailable, outcome_unknown}),
    endpoint<&send_sms>(post, "/api/v1/issuing/card/pin/send-sms", "sendPinViaSms", tag,
                        "Send the PIN to the card's phone number", permission, Idempotency::accepted,
                        {card_not_found, card_wrong_status, pin_not_set, pin_blocked, phone_missing, message_not_sent,
                         hsm_key_not_found, hsm_pin_not_allowed, hsm_unavailable, outcome_unknown}),
};

}  // namespace

std::span<const Endpoint> pin_endpoints() { return rows; }

}  // namespace takas::api
