// Small forms whose code lives in the domain and in notification: numbers, currencies, rates, tokens, signatures.
#include <fmt/format.h>

#include "app/webhooks/signature.hpp"
#include "base/decimal.hpp"
#include "base/encoding.hpp"
#include "core/card/pan.hpp"
#include "core/money/conversion_rate.hpp"
#include "crypto/jwt.hpp"
#include "forms_protocol.hpp"
#include "protocol/arn/arn.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::vectors {
namespace {

std::string text_of_optional(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "nothing";
}

std::vector<crypto::VerificationKey> keys_of(Value jwks) {
    std::vector<crypto::VerificationKey> keys;
    const auto octets = [](Value jwk, std::string_view name) {
        auto bytes = base64url_decode(text(jwk, name));
        if (!bytes) throw Failure(fmt::format("{} is no base64url", name));
        return std::move(*bytes);
    };
    // A key that the product does not take is not there: what it signed is refused.
    const auto add = [&](Result<crypto::VerificationKey> key) {
        if (key) keys.push_back(std::move(*key));
    };
    const auto list = member(jwks, "keys");
    if (!list) throw Failure("the file has no keys");
    for (const Value jwk : *list) {
        const std::string kid(text(jwk, "kid"));
        const std::string_view kty = text(jwk, "kty");
        if (kty == "RSA") add(crypto::VerificationKey::rsa(kid, octets(jwk, "n"), octets(jwk, "e")));
        if (kty == "EC") add(crypto::VerificationKey::p256(kid, octets(jwk, "x"), octets(jwk, "y")));
        if (kty == "OKP") add(crypto::VerificationKey::ed25519(kid, octets(jwk, "x")));
    }
    return keys;
}

/// The digits shown are a subset of those that may be, at the same places.
bool shows_no_more(std::string_view mask, std::string_view allowed) {
    if (mask.size() != allowed.size()) return false;
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i] != '*' && mask[i] != allowed[i]) return false;
    return true;
}

}  // namespace

void check_arn(const Case& c) {
    const std::string_view digits = text(c.in, "arn");
    const auto arn = protocol::arn::parse(digits);
    if (expects_error(c)) return expect_refused("the ARN", !arn.has_value());
    expect_text("valid", boolean(c.out, "valid") ? "true" : "false", arn ? "true" : "false");
    if (!arn) return;
    expect_text_if_given(c.out, "format_code", arn->format_code);
    expect_text_if_given(c.out, "bin", arn->bin);
    expect_text_if_given(c.out, "julian_yddd", arn->julian_yddd);
    expect_text_if_given(c.out, "film_locator", arn->film_locator);
    expect_text_if_given(c.out, "check_digit", std::string_view(&arn->check_digit, 1));
    const auto built = protocol::arn::build(arn->format_code, arn->bin, arn->julian_yddd, arn->film_locator);
    expect_true("built again", built && std::string_view(built->data(), built->size()) == digits);
}

void check_luhn(const Case& c) {
    const std::string_view digits = text(c.in, "pan");
    expect_text("valid", boolean(c.out, "valid") ? "true" : "false", core::card::luhn_valid(digits) ? "true" : "false");
    if (!has(c.out, "check_digit_for_prefix") || digits.empty()) return;
    const char check_digit = core::card::luhn_check_digit(digits.substr(0, digits.size() - 1));
    expect_text("check_digit_for_prefix", text(c.out, "check_digit_for_prefix"), std::string_view(&check_digit, 1));
}

void check_conversion_rate(const Case& c) {
    const auto rate = core::money::ConversionRate::parse(text(c.in, "de10"));
    if (expects_error(c)) return expect_refused("the rate", !rate.has_value());
    if (!rate) throw Failure("the rate was refused");
    expect_text("de10", text(c.in, "de10"), rate->wire_text());
    if (has(c.out, "rate")) {
        // 1.50 and 1.5 are the same rate.
        const auto expected = parse_decimal(text(c.out, "rate")), got = parse_decimal(rate->text());
        if (!expected || expected != got) expect_text("rate", text(c.out, "rate"), rate->text());
    }
    const std::int64_t minor = integer(c.in, "amount_minor");
    const int from = static_cast<int>(integer(c.in, "from_minor_units"));
    const int to = static_cast<int>(integer(c.in, "to_minor_units"));
    using enum core::money::Rounding;
    expect_text_if_given(c.out, "converted_half_up", text_of_optional(rate->convert(minor, from, to, half_up)));
    expect_text_if_given(c.out, "converted_half_even", text_of_optional(rate->convert(minor, from, to, half_even)));
}

void check_currency(const Case& c) {
    const auto* const currency = protocol::reference::currency_by_alpha(text(c.in, "code"));
    if (expects_error(c)) return expect_refused("the code", currency == nullptr);
    if (currency == nullptr) throw Failure("the currency is unknown");
    expect_text("numeric", text(c.out, "numeric"), fmt::format("{:03}", currency->numeric));
    const std::string digits = currency->minor_units ? std::to_string(*currency->minor_units) : "null";
    const auto expected = c.out.find("minor_units");
    if (expected) expect_text("minor_units", expected->text(), digits);
}

void check_jwt(const Case& c) {
    const auto rules = member(c.file, "policy"), jwks = member(c.file, "jwks");
    if (!rules || !jwks) throw Failure("the file has no policy and jwks");
    const crypto::JwtPolicy policy{.issuer = std::string(text(*rules, "issuer")),
                                   .audience = std::string(text(*rules, "audience")),
                                   .now = Instant::from_seconds(integer(*rules, "now")),
                                   .tolerance_s = integer(*rules, "clock_tolerance_s"),
                                   .typ = std::string(text(*rules, "typ"))};
    const auto verified = crypto::verify_jwt(text(c.in, "token"), keys_of(*jwks), policy);
    expect_text("accept", boolean(c.out, "accept") ? "true" : "false", verified ? "true" : "false");
}

void check_pan_masking(const Case& c) {
    const std::string_view number = text(c.in, "pan");
    if (expects_error(c)) return expect_refused("the number", !core::card::Pan::parse(number));
    const std::string mask = core::card::masked_number(number, static_cast<std::size_t>(integer(c.in, "bin_length")));
    if (has(c.out, "masked") && !shows_no_more(mask, text(c.out, "masked")))
        throw Failure(fmt::format("masked: expected {} or less, got {}", text(c.out, "masked"), mask));
    std::int64_t shown = 0;
    for (const char digit : mask) shown += digit != '*' ? 1 : 0;
    if (has(c.out, "max_clear_digits") && shown > integer(c.out, "max_clear_digits"))
        throw Failure(fmt::format("{} digits are clear", shown));
}

void check_standard_webhooks(const Case& c) {
    const std::string_view id = text(c.in, "webhook-id"), time = text(c.in, "webhook-timestamp");
    const std::string_view body = text(c.in, "body");
    const auto given = [&](std::string_view name) { return !text_or(c.in, name, "").empty(); };
    const auto shared =
        given("secret") ? app::webhooks::standard_signature(text(c.in, "secret"), id, time, body) : std::nullopt;
    if (expects_error(c)) return expect_refused("the secret", !shared.has_value());
    std::string expected(text(c.out, "webhook-signature"));
    if (!given("ed25519_seed_hex")) return expect_text("webhook-signature", expected, shared.value_or("nothing"));
    const auto key = crypto::SigningKey::from_seed(crypto::SecretBytes(ByteView(hex(c.in, "ed25519_seed_hex"))));
    if (!key) throw Failure("the seed was refused");
    const std::string own = app::webhooks::standard_signature(*key, id, time, body);
    // A header may carry both, a space between them.
    const std::string both = shared.value_or("") + " " + own;
    expect_text("webhook-signature", expected, expected.contains(' ') ? both : own);
    if (!has(c.out, "public_key_base64")) return;
    std::string wanted(text(c.out, "public_key_base64"));
    if (!wanted.starts_with("whpk_")) wanted.insert(0, "whpk_");
    expect_text("public_key_base64", wanted, app::webhooks::standard_public_key(*key));
}

}  // namespace takas::vectors
