#include "app/card_security/card_view.hpp"

#include <fmt/format.h>

namespace takas::app::card_security {

using core::product::CardBrand;
using core::product::ProductType;

Result<CardView> look_at_card(lane::Lanes& lanes, AccountId account_id, TenantId tenant_id, TokenId token_id) {
    Result<CardView> view = fail(ErrorCode::card_not_found);
    const bool is_readable = lanes.look(account_id, tenant_id, [&](lane::Work& work) {
        const auto card = work.card(token_id);
        if (!card) {
            view = std::unexpected(card.error());
            return;
        }
        if (!*card || (*card)->tenant_id != tenant_id) return;
        auto security = work.security(token_id);
        if (!security) {
            view = std::unexpected(std::move(security.error()));
            return;
        }
        const core::card::Card& c = **card;
        view = CardView{tenant_id,
                        c.account_id,
                        token_id,
                        c.pan_sealed,
                        c.expire_date,
                        c.card_product_code,
                        c.product_type,
                        c.brand,
                        c.pan_sequence_no,
                        c.renewed_at.value_or(c.creation_time),
                        std::move(*security),
                        c.previous_expire_date,
                        c.previous_pan_sequence_no,
                        c.pan_sequence_no,
                        c.creation_time};
    });
    if (!is_readable) return fail(ErrorCode::unavailable, "the account cannot be read");
    return view;
}

std::string_view service_code_of(const CardView& card) {
    if (!card.security.service_code.empty()) return card.security.service_code;
    const bool has_chip = card.form == ProductType::emv || card.form == ProductType::hce;
    return has_chip ? "201" : "101";  // international, with or without a chip; no restrictions (ISO/IEC 7813)
}

std::string_view emv_profile_of(const CardView& card) {
    if (!card.security.emv_profile_code.empty()) return card.security.emv_profile_code;
    switch (card.brand) {
        case CardBrand::visa:
            return "VISA_CVN18";
        case CardBrand::master_card:
            return "MASTERCARD_CVN20";
        default:
            return "CCD";
    }
}

std::string expiry_text(core::card::Expiry expiry) { return fmt::format("{:04}", expiry.value); }

}  // namespace takas::app::card_security
