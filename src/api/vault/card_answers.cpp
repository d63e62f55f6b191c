#include "api/vault/card_answers.hpp"

#include "app/catalog/catalog.hpp"
#include "app/vault/checks.hpp"

namespace takas::api::vault {

using app::vault::Brand;
using app::vault::CardScope;

namespace {

/// The contract's top-level CardTypeId of an e-commerce card is its brand.
int brand_number(Brand brand) {
    switch (brand) {
        case Brand::visa:
            return 0;
        case Brand::mastercard:
            return 1;
        case Brand::amex:
            return 2;
        case Brand::troy:
            return 3;
        default:
            return 9;
    }
}

}  // namespace

StoredCardDto dto_of(const Call& call, const app::vault::StoredCard& card, ShownIn where, bool with_details) {
    const auto& content = card.content;
    const bool is_ecom = card.row.scope == CardScope::ecom, is_listed = where == ShownIn::list;
    const std::string_view known_digits = is_ecom ? content.first(8) : std::string_view(content.first_digits);
    const auto bin = call.context.services.vault->bins.find(known_digits);
    StoredCardDto dto;
    dto.scope = static_cast<std::int32_t>(card.row.scope);
    dto.name = content.nickname;
    dto.card_bin = is_ecom ? app::vault::shown_first(content) : content.first(8);
    dto.card_last_four = content.last_four();
    dto.card_holder_name = is_listed ? content.holder : app::vault::masked_name(content.holder);
    if (is_ecom) {
        const Brand brand = app::vault::brand_of(content.number);
        dto.card_number = app::vault::masked_number(content);
        dto.card_type_id = brand_number(brand);
        dto.card_type = app::vault::name_of(brand);
    } else {
        dto.identity = app::vault::masked_identity(content.identity);
        dto.card_type_id = bin ? bin->card_type_id : 0;
        dto.card_type = bin ? bin->card_type : std::string();
    }
    if (is_listed) {
        const Date today = call.context.services.catalog.local_date(call.context.tenant_id, call.context.now);
        dto.expired = app::vault::is_expired(content.year, content.month, today);
        dto.insert_date_time_utc = card.row.creation_time;
    }
    dto.month = content.month;
    dto.year = content.year;
    dto.unique_code = card.unique_code;
    if (with_details && bin) fill_details(dto.details.emplace(), *bin);
    return dto;
}

app::vault::OwnerWish owner_of(const OwnerFields& body) {
    return {body.partner_based, body.partner_identity, body.relational_id1, body.relational_id2, body.relational_id3};
}

}  // namespace takas::api::vault
