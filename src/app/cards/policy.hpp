// What a card may be used for: its own flags where it has them, else its product's, and from which of the two each one
// comes. What neither says is allowed, as at the product. How a transaction is held against it: core/authorization.
#pragma once

#include <array>
#include <optional>

#include "app/cards/cards.hpp"

namespace takas::app::cards {

enum class PolicySource : std::uint8_t { product, card };

/// One per flag of PolicyFlags, in the same order.
struct FlagSources {
    PolicySource pos{}, contactless{}, ecommerce{}, moto{}, ecommerce_without_cvv2{}, cash_withdrawal{}, cash_advance{},
        refund{}, credential_on_file{}, fallback{};
};
struct PolicySources {
    FlagSources domestic, international;
    PolicySource require_3d_secure{}, online_pin_required{}, active_from{}, active_to{};
};
struct EffectivePolicy {
    core::product::CardPolicy policy;  ///< every flag has a value; the dates where there are any
    PolicySources sources;
};

EffectivePolicy effective_policy(const std::optional<core::product::CardPolicy>& of_card,
                                 const std::optional<core::product::CardPolicy>& of_product);

/// Error: card_not_found.
Result<EffectivePolicy> get_policy(const Context& context, TokenId token_id);

struct PolicyChange {
    TokenId token_id;
    core::product::CardPolicy wanted;  ///< what is absent stays
    bool resets = false;               ///< the card's own flags go first: as the product again, but for `wanted`
    CardVersion* version = nullptr;    ///< the caller's
};
/// Errors: validation, card_not_found, card_wrong_status (closed), concurrent_change (not the version seen).
Result<EffectivePolicy> set_policy(Context& context, const PolicyChange& change);

}  // namespace takas::app::cards

namespace takas {

template <>
struct EnumNames<app::cards::PolicySource> {
    using E = app::cards::PolicySource;
    static constexpr std::string_view name = "PolicySource";
    static constexpr std::array values{named(E::product, "Product"), named(E::card, "Card")};
};
template <>
struct Describe<app::cards::FlagSources> {
    using T = app::cards::FlagSources;
    static constexpr std::string_view name = "PolicyFlagSources";
    static constexpr std::array fields{
        field<&T::pos>("Purchases at a terminal").required(),
        field<&T::contactless>("Contactless").required(),
        field<&T::ecommerce>("E-commerce").required(),
        field<&T::moto>("Mail and telephone orders").required(),
        field<&T::ecommerce_without_cvv2>("E-commerce without CVV2").required(),
        field<&T::cash_withdrawal>("Cash at an ATM").required(),
        field<&T::cash_advance>("Cash advance").required(),
        field<&T::refund>("Refunds").required(),
        field<&T::credential_on_file>("Stored credentials").required(),
        field<&T::fallback>("Magnetic stripe fallback").required(),
    };
};
template <>
struct Describe<app::cards::PolicySources> {
    using T = app::cards::PolicySources;
    static constexpr std::string_view name = "PolicySources";
    static constexpr std::array fields{
        field<&T::domestic>("Of each flag at home").required(),
        field<&T::international>("Of each flag abroad").required(),
        field<&T::require_3d_secure>("Of require3dSecure").required(),
        field<&T::online_pin_required>("Of onlinePinRequired").required(),
        field<&T::active_from>("Of activeFrom").required(),
        field<&T::active_to>("Of activeTo").required(),
    };
};

}  // namespace takas
