#include "api/cards/security_dto.hpp"
#include "api/cards/security_endpoints.hpp"
#include "app/card_security/key_exchange.hpp"
#include "base/encoding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::card_security::WantedExchange;

Result<PublicKeyDto> get_public_key(Call& call) {
    const auto key = app::card_security::public_key(call.context);
    if (!key) return std::unexpected(key.error());
    return PublicKeyDto{base64_encode(key->spki), KeyType::rsa, key->algorithm, std::nullopt, std::nullopt};
}

Result<WantedExchange> wish_of(const PublicKeyDto& body) {
    if (body.key_type != KeyType::zpk && body.key_type != KeyType::dek)
        return fail_field("keyType", "Allowed: Zpk, Dek.", "İzin verilenler: Zpk, Dek.");
    if (body.public_key.has_value() == body.encrypted_key.has_value())
        return fail_field("publicKey", "Either publicKey or encryptedKey is needed.",
                          "publicKey veya encryptedKey alanlarından biri gerekli.");
    WantedExchange wanted;
    wanted.usage = body.key_type == KeyType::zpk ? core::key::KeyUsage::zpk : core::key::KeyUsage::dek;
    if (body.algorithm && !core::key::is_rsa(*body.algorithm)) wanted.algorithm = body.algorithm;
    wanted.key_check_value = text_or_empty(body.key_check_value);
    const bool gives_key = body.encrypted_key.has_value();
    auto octets = base64_decode(gives_key ? *body.encrypted_key : *body.public_key);
    if (!octets)
        return fail_field(gives_key ? "encryptedKey" : "publicKey", "This is not base64.", "Geçerli bir base64 değil.");
    (gives_key ? wanted.wrapped_key : wanted.partner_spki) = std::move(*octets);
    return wanted;
}

Result<IntegrationKeyExchangeResponseDto> exchange(Call& call, const PublicKeyDto& body) {
    const auto wanted = wish_of(body);
    if (!wanted) return std::unexpected(wanted.error());
    const auto done = app::card_security::exchange_key(call.context, *wanted);
    if (!done) return std::unexpected(done.error());
    IntegrationKeyExchangeResponseDto out{body.key_type, done->key.algorithm, std::nullopt, done->key.kcv,
                                          done->valid_until};
    if (!done->wrapped_key.empty()) out.encrypted_key = base64_encode(done->wrapped_key);
    return out;
}

using enum ErrorCode;

constexpr std::string_view tag = "CardSecurity";

constexpr std::array rows{
    endpoint<&exchange>(Method::post, "/api/v1/issuing/integration/key-exchange", "exchangeKey", tag,
                        "Exchange the PIN key or the data key", Permission::key_exchange, Idempotency::accepted,
                        {hsm_key_not_found, hsm_public_key_refused, hsm_kcv_mismatch, hsm_key_block_invalid,
                         hsm_unavailable, concurrent_change, outcome_unknown}),
    endpoint<&get_public_key>(Method::get, "/api/v1/issuing/integration/public-key", "getPublicKey", tag,
                              "Get our public key, to wrap a key under it", Permission::key_exchange, Idempotency::none,
                              {hsm_key_not_found, hsm_unavailable}),
};

}  // namespace

std::span<const Endpoint> key_exchange_endpoints() { return rows; }

}  // namespace takas::api
