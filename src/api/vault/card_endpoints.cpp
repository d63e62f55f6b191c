// Stored cards of e-commerce and insurance: create, list, change, delete, and from a temporary card.
#include "api/vault/card_answers.hpp"
#include "api/vault/endpoints.hpp"
#include "api/vault/paywall.hpp"

namespace takas::api {
namespace {

using namespace vault;
using app::vault::CardContent;
using app::vault::CardScope;
using app::vault::StoredCard;
using enum ErrorCode;
using enum Method;

Result<WallAnswer<StoredCardDto>> created(const Call& call, const Result<StoredCard>& card, bool with_details) {
    if (!card) return std::unexpected(card.error());
    return wall_answer(dto_of(call, *card, ShownIn::creation, with_details));
}

/// What the forms of both kinds of card say.
template <class Form>
CardContent content_of(const Form& form) {
    CardContent content;
    content.holder = form.holder_name;
    content.nickname = form.nickname;
    content.month = form.month;
    content.year = form.year;
    return content;
}

Result<WallAnswer<StoredCardDto>> create_card(Call& call, const NewCardBody& body) {
    CardContent content = content_of(body.card);
    content.number = body.card.number;
    return created(
        call,
        app::vault::store_card(call.context, caller_of(call), owner_of(body), CardScope::ecom, std::move(content)),
        body.include_details);
}

Result<WallAnswer<StoredCardDto>> create_insurance_card(Call& call, const NewInsuranceCardBody& body) {
    CardContent content = content_of(body.card);
    content.first_digits = body.card.card_bin;
    content.last = body.card.card_last_four;
    content.identity = body.card.identity;
    return created(
        call,
        app::vault::store_card(call.context, caller_of(call), owner_of(body), CardScope::insurance, std::move(content)),
        body.include_details);
}

Result<WallAnswer<StoredCardDto>> tokenize(Call& call, const TokenizationBody& body) {
    return created(call,
                   app::vault::store_temp_card(call.context, caller_of(call), owner_of(body), body.card.card_token,
                                               body.card.nickname),
                   body.include_details);
}

template <CardScope Scope>
Result<WallAnswer<std::vector<StoredCardDto>>> list(Call& call, const Headers<CardListHeaders>& headers) {
    const CardListHeaders& asked = headers.value;
    const app::vault::OwnerWish owner{!asked.partner_identity.empty(), asked.partner_identity, asked.relational_id1,
                                      asked.relational_id2, asked.relational_id3};
    const auto cards = app::vault::list_cards(call.context, caller_of(call), owner, Scope);
    if (!cards) return std::unexpected(cards.error());
    std::vector<StoredCardDto> dtos;
    for (const StoredCard& card : *cards) dtos.push_back(dto_of(call, card, ShownIn::list, asked.include_details));
    return wall_answer(std::move(dtos));
}

template <CardScope Scope>
Result<WallAnswer<Text>> update(Call& call, const UpdateCardBody& body) {
    auto done = app::vault::change_card(call.context, caller_of(call), owner_of(body), Scope, body.unique_code,
                                        {body.nickname, body.year, body.month});
    if (!done) return std::unexpected(std::move(done.error()));
    return wall_answer(Text());
}

template <CardScope Scope>
Result<WallAnswer<Nothing>> remove(Call& call, const DeleteCardBody& body) {
    auto done = app::vault::delete_card(call.context, caller_of(call), owner_of(body), Scope, body.unique_code);
    if (!done) return std::unexpected(std::move(done.error()));
    return wall_done();
}

constexpr std::string_view ecom = "/paywall/card", insurance = "/paywall/card/insurance";
constexpr ErrorList of_new{vault_holder_invalid,   vault_number_invalid,   vault_truncation_refused,
                           vault_month_invalid,    vault_year_invalid,     vault_card_expired,
                           vault_identity_invalid, vault_partner_not_found};
constexpr ErrorList of_known{vault_unique_code_invalid, vault_unique_code_old, vault_card_not_found,
                             vault_month_invalid,       vault_year_invalid,    vault_partner_not_found};

constexpr std::array rows{
    wall_row<&create_card>(cards_door, post, ecom, "createVaultCard", "Keep a card", of_new, Idempotency::accepted),
    wall_row<&list<CardScope::ecom>>(cards_door, get, ecom, "getVaultCards", "The cards of an owner",
                                     {vault_partner_not_found}),
    wall_row<&update<CardScope::ecom>>(cards_door, put, ecom, "updateVaultCard", "Change a card's nickname and expiry",
                                       of_known),
    wall_row<&remove<CardScope::ecom>>(cards_door, del, ecom, "deleteVaultCard", "Remove a card", of_known),
    wall_row<&tokenize>(cards_door, post, "/paywall/card/tokenization", "tokenizeVaultCard",
                        "Keep the card that a browser gave; its token is used up",
                        {vault_temp_card_not_found, vault_partner_not_found, vault_card_expired},
                        Idempotency::accepted),
    wall_row<&create_insurance_card>(cards_door, post, insurance, "createVaultInsuranceCard",
                                     "Keep an insurer's card: truncated number and identity", of_new,
                                     Idempotency::accepted),
    wall_row<&list<CardScope::insurance>>(cards_door, get, insurance, "getVaultInsuranceCards",
                                          "The insurance cards of an owner", {vault_partner_not_found}),
    wall_row<&update<CardScope::insurance>>(cards_door, put, insurance, "updateVaultInsuranceCard",
                                            "Change an insurance card's nickname and expiry", of_known),
    wall_row<&remove<CardScope::insurance>>(cards_door, del, insurance, "deleteVaultInsuranceCard",
                                            "Remove an insurance card", of_known),
};

}  // namespace

std::span<const Endpoint> vault_card_endpoints() { return rows; }

}  // namespace takas::api
