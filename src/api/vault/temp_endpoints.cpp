// TempToken for the merchant's server, TempCard for the browser.
#include "api/vault/endpoints.hpp"
#include "api/vault/temp_dto.hpp"
#include "app/vault/checks.hpp"
#include "app/vault/temp_cards.hpp"

namespace takas::api {
namespace {

using namespace vault;
using app::vault::CardScope;
using enum ErrorCode;

Result<PaymentAnswer<TempTokenDto>> give_token(Call& call, const TempTokenBody& body) {
    app::vault::TempTokenWish wish{body.client_card_save, body.three_d_session, body.client_sdk, body.expiry_min};
    if (body.scope_based) {
        wish.client_card_save = body.scope == 1;
        wish.three_d_session = body.scope == 2;
        wish.client_sdk = body.scope == 3;
    }
    auto given = app::vault::make_temp_token(call.context, caller_of(call), wish);
    if (!given) return std::unexpected(std::move(given.error()));
    return payment_answer(TempTokenDto{given->id,
                                       std::move(given->token),
                                       expiry_text(given->expires_at),
                                       {given->client_card_save, given->three_d_session}});
}

Result<PaymentAnswer<TempTokenDto>> create_temp_token(Call& call, const TempTokenBody& body) {
    return give_token(call, body);
}
Result<PaymentAnswer<TempTokenDto>> create_temp_token_sdk(Call& call, const TempTokenSdkBody& body) {
    return give_token(call, body);
}

/// The fields of one type of card beside those of the other: nobody knows which was meant.
bool has_both(const TempCardBody& body) {
    const bool is_ecom = !body.card_number.empty() || !body.card_cvv.empty();
    const bool is_insurance =
        !body.card_no_first.empty() || !body.card_no_last.empty() || !body.identity_number.empty();
    return is_ecom && is_insurance;
}

Result<PaymentAnswer<TempCardDto>> create_temp_card(Call& call, const TempCardBody& body) {
    const bool is_ecom = body.card_type == static_cast<int>(CardScope::ecom);
    if (!is_ecom && body.card_type != static_cast<int>(CardScope::insurance)) return fail(vault_card_type_unexpected);
    if (has_both(body)) return fail(vault_card_detail_invalid, "fields of both types");
    app::vault::TempCardWish wish;
    wish.scope = is_ecom ? CardScope::ecom : CardScope::insurance;
    wish.content.holder = body.card_owner_name;
    if (is_ecom) {
        wish.content.number = body.card_number;
        wish.content.month = app::vault::month_of(body.card_expiry_month);
        wish.content.year = app::vault::year_of(body.card_expiry_year);
        wish.cvv = body.card_cvv;
    } else {
        wish.content.first_digits = body.card_no_first;
        wish.content.last = body.card_no_last;
        wish.content.identity = body.identity_number;
    }
    wish.expiry_min = body.expiry_min;
    auto given = app::vault::make_temp_card(call.context, caller_of(call), std::move(wish));
    if (!given) return std::unexpected(std::move(given.error()));
    return payment_answer(TempCardDto{given->id, std::move(given->token), expiry_text(given->expires_at)});
}

constexpr std::array rows{
    payment_row<&create_temp_token>(temp_token_door, Method::post, "/api/paywall/temptoken", "createTempToken",
                                    "Give a page a token for its card fields", {vault_lifetime_unexpected}),
    payment_row<&create_temp_token_sdk>(temp_token_door, Method::post, "/api/paywall/temptoken/sdk",
                                        "createTempTokenSdk", "The same for a client SDK", {vault_lifetime_unexpected}),
    payment_row<&create_temp_card>(temp_card_door, Method::post, "/api/paywall/tempcard", "createTempCard",
                                   "Turn a card into a temporary token, from a browser",
                                   {vault_holder_invalid, vault_number_invalid, vault_truncation_refused,
                                    vault_month_invalid, vault_year_invalid, vault_card_expired, vault_identity_invalid,
                                    vault_card_detail_invalid, vault_card_type_unexpected, vault_lifetime_unexpected}),
};

}  // namespace

std::span<const Endpoint> vault_temp_endpoints() { return rows; }

}  // namespace takas::api
