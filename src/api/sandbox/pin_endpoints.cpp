// Generate Pin Block and Extract Clear Pin: the terminal of Transaction Testing, and its chip.
#include "api/sandbox/endpoints.hpp"
#include "api/sandbox/pin_dto.hpp"
#include "app/card_security/command.hpp"
#include "app/card_security/surrogate.hpp"
#include "app/card_security/test_chip.hpp"
#include "app/card_security/test_pin.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/catalog/catalog.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"

namespace takas::api {
namespace {

using core::card::Pan;
using core::key::KeyUsage;

Result<Pan> pan_of(const app::Context& context, std::optional<TokenId> token_id, const std::string& card_no) {
    if (token_id.has_value() != card_no.empty())
        return fail_field("tokenId", "Either tokenId or cardNo is needed.",
                          "tokenId veya cardNo alanlarından biri gerekli.");
    if (!token_id) {
        auto pan = Pan::parse(card_no);
        if (!pan)
            return fail_field("cardNo", "This is not a card number: its check digit does not fit.",
                              "Geçerli bir kart numarası değil: kontrol basamağı uyuşmuyor.");
        return std::move(*pan);
    }
    const auto card = app::cards::get_card(context, *token_id);
    if (!card) return std::unexpected(card.error());
    return context.services.pan_vault.open(card->pan_sealed, *token_id);
}

Result<KeyUsage> usage_of(std::optional<KeyType> type) {
    switch (type.value_or(KeyType::zpk)) {
        case KeyType::zpk:
            return KeyUsage::zpk;
        case KeyType::tpk:
            return KeyUsage::tpk;
        default:
            return fail_field("keyType", "Allowed: Zpk, Tpk.", "İzin verilenler: Zpk, Tpk.");
    }
}

Result<void> check_for_tests(const app::Context& context) {
    const auto tenant = context.services.catalog.tenant(context.tenant_id);
    if (tenant && tenant->sandbox_enabled) return {};
    return fail(ErrorCode::sandbox_disabled);
}

void log_use(log::Level level, const app::Context& context, std::string_view event) {
    log::Event(level, event)
        .add("tenant_id", context.tenant_id)
        .add("user_id", context.user_id)
        .add("correlation_id", context.correlation_id);
}

std::string upper_hex(ByteView octets) {
    std::string hex = hex_encode(octets);
    for (char& c : hex)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return hex;
}

Result<PinBlockResponse> make_pin_block(Call& call, const PinBlockRequest& body) {
    const app::Context& context = call.context;
    if (auto good = check_for_tests(context); !good) return std::unexpected(std::move(good.error()));
    const auto usage = usage_of(body.key_type);
    if (!usage) return std::unexpected(usage.error());
    if (body.use_surrogate && !body.token_id)
        return fail_field("useSurrogate", "tokenId is needed.", "tokenId gerekli.");
    auto pan = pan_of(context, body.token_id, body.card_no);
    if (!pan) return std::unexpected(pan.error());
    std::optional<std::string> surrogate;
    if (body.use_surrogate) {
        surrogate = app::card_security::surrogate_number(*body.token_id);
        pan = Pan::parse(*surrogate).value();
    }
    const auto block = app::card_security::make_pin_block(context, *pan, body.pin, *usage, body.format);
    if (!block) return std::unexpected(block.error());
    log_use(log::Level::info, context, "test_pin_block_made");
    return PinBlockResponse{upper_hex(block->octets), std::move(surrogate), block->key_check_value};
}

Result<ClearPinResponse> open_pin_block(Call& call, const ClearPinRequest& body) {
    const app::Context& context = call.context;
    if (auto good = check_for_tests(context); !good) return std::unexpected(std::move(good.error()));
    const auto usage = usage_of(body.key_type);
    if (!usage) return std::unexpected(usage.error());
    const auto octets = hex_decode(body.pin_block);
    if (!octets || (octets->size() != 8 && octets->size() != 16))
        return fail_field("pinBlock", "16 hexadecimal digits are needed; 32 of an Iso4 block.",
                          "16 onaltılık basamak gerekli; Iso4 için 32.");
    const auto pan = pan_of(context, body.token_id, body.card_no);
    if (!pan) return std::unexpected(pan.error());
    const auto pin = app::card_security::open_pin_block(context, *pan, *octets, *usage, body.format);
    if (!pin) return std::unexpected(pin.error());
    log_use(log::Level::warning, context, "test_pin_shown");
    return ClearPinResponse{std::string(text_of(pin->reveal()))};
}

Result<ChipDataResponse> make_chip_data(Call& call, const ChipDataRequest& body) {
    namespace security = app::card_security;
    const app::Context& context = call.context;
    if (auto good = check_for_tests(context); !good) return std::unexpected(std::move(good.error()));
    security::TestChipData wanted;
    FieldErrors errors;
    if (const auto digits = app::transactions::read_currency(body.transaction_currency, "transactionCurrency", errors))
        wanted.amount_minor =
            app::transactions::read_amount(body.transaction_amount, *digits, "transactionAmount", errors).value_or(0);
    if (!errors.empty()) return std::move(errors).as_error();
    const auto card = app::cards::get_card(context, body.token_id);
    if (!card) return std::unexpected(card.error());
    const auto view =
        security::look_at_card(context.services.lanes, card->account_id, context.tenant_id, body.token_id);
    if (!view) return std::unexpected(view.error());
    constexpr std::int64_t always_the_same = 0x12345678;
    wanted.atc = body.atc;
    wanted.currency = body.transaction_currency;
    wanted.code = body.transaction_code;
    wanted.unpredictable_number = static_cast<std::uint32_t>(body.unpredictable_number.value_or(always_the_same));
    const auto data = security::make_chip_data(context, *view, wanted);
    if (!data) return std::unexpected(data.error());
    const auto track = security::make_contactless_track(context, *view, wanted);
    if (!track && track.error().code != ErrorCode::hsm_key_not_found) return std::unexpected(track.error());
    ChipDataResponse out{upper_hex(*data), std::nullopt};
    if (track && !track->empty()) {
        out.contactless_track2 = text_of(track->reveal());  // begins with the whole card number
        security::log_disclosure(context, "card_number_shown", body.token_id, true);
    }
    return out;
}

using enum ErrorCode;

constexpr std::string_view tag = "TransactionTesting";
constexpr auto permission = Permission::transaction_test;

constexpr std::array rows{
    endpoint<&make_pin_block>(
        Method::post, "/api/v1/sandbox/pin-block", "generatePinBlock", tag, "Generate a PIN block from a clear PIN",
        permission, Idempotency::none,
        {sandbox_disabled, card_not_found, hsm_key_not_found, hsm_pin_block_invalid, hsm_unavailable}),
    endpoint<&open_pin_block>(
        Method::post, "/api/v1/sandbox/clear-pin", "extractClearPin", tag, "Extract the clear PIN of a PIN block",
        permission, Idempotency::none,
        {sandbox_disabled, card_not_found, hsm_key_not_found, hsm_pin_block_invalid, hsm_unavailable}),
    endpoint<&make_chip_data>(
        Method::post, "/api/v1/sandbox/chip-data", "makeChipData", tag,
        "Make the chip data of a test card's transaction", permission, Idempotency::none,
        {sandbox_disabled, card_not_found, hsm_key_not_found, hsm_profile_unknown, hsm_unavailable}),
};

}  // namespace

std::span<const Endpoint> sandbox_pin_endpoints() { return rows; }

}  // namespace takas::api
