// What a card may be used for, in the form in which it is asked at every transaction: the flags of product and card
// brought together (contract 4.2). A flag that the card has counts, then the product's; what neither says is allowed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/product/product.hpp"

namespace takas::core::product {

/// One flag of PolicyFlags. The number is a bit of a UsageSet: stored with decisions, never changes meaning.
enum class Usage : std::uint8_t {
    pos = 0,
    contactless = 1,
    ecommerce = 2,
    moto = 3,
    ecommerce_without_cvv2 = 4,
    cash_withdrawal = 5,
    cash_advance = 6,
    refund = 7,
    credential_on_file = 8,
    fallback = 9,
};
inline constexpr std::size_t usage_count = 10;

/// Some of the flags.
struct UsageSet {
    std::uint16_t value = 0;

    constexpr UsageSet() = default;
    constexpr explicit UsageSet(std::uint16_t bits) : value(bits) {}
    constexpr UsageSet(std::initializer_list<Usage> all) {
        for (const Usage one : all) add(one);
    }
    constexpr void add(Usage one) { value = static_cast<std::uint16_t>(value | bit(one)); }
    constexpr void set(Usage one, bool is_in) {
        value = static_cast<std::uint16_t>(is_in ? value | bit(one) : value & ~bit(one));
    }
    constexpr bool has(Usage one) const { return (value & bit(one)) != 0; }
    constexpr bool is_empty() const { return value == 0; }
    friend constexpr bool operator==(UsageSet, UsageSet) = default;

  private:
    static constexpr unsigned bit(Usage one) { return 1U << static_cast<unsigned>(one); }
};

/// At home or abroad: where the terminal stands, seen from the country of the card's BIN.
enum class Side : std::uint8_t { domestic = 0, international = 1 };

/// The effective policy.
struct UsagePolicy {
    std::array<UsageSet, 2> refused{};  ///< by side
    std::array<UsageSet, 2> of_card{};  ///< by side: flags that the card itself has, whatever they say
    bool requires_3d_secure = false;
    bool requires_online_pin = false;
    std::optional<Date> active_from;
    std::optional<Date> active_to;  ///< the last day

    UsageSet refused_on(Side side) const { return refused[static_cast<std::size_t>(side)]; }
    UsageSet of_card_on(Side side) const { return of_card[static_cast<std::size_t>(side)]; }
    /// Nothing is refused and nothing asked for: every transaction is allowed.
    bool is_open() const;
    friend bool operator==(const UsagePolicy&, const UsagePolicy&) = default;
};

/// The value of one flag, as it was given.
std::optional<bool> flag_of(const std::optional<PolicyFlags>& flags, Usage usage);

UsagePolicy usage_policy(const CardPolicy& of_product);
/// What the card says goes above what is there.
void override_by(UsagePolicy& policy, const CardPolicy& of_card);

}  // namespace takas::core::product

namespace takas {
template <>
struct EnumNames<core::product::Side> {
    using E = core::product::Side;
    static constexpr std::string_view name = "PolicySide";
    static constexpr std::array values{named(E::domestic, "Domestic"), named(E::international, "International")};
};
template <>
struct EnumNames<core::product::Usage> {
    using E = core::product::Usage;
    static constexpr std::string_view name = "PolicyFlag";
    static constexpr std::array values{named(E::pos, "Pos"),
                                       named(E::contactless, "Contactless"),
                                       named(E::ecommerce, "Ecommerce"),
                                       named(E::moto, "Moto"),
                                       named(E::ecommerce_without_cvv2, "EcommerceWithoutCvv2"),
                                       named(E::cash_withdrawal, "CashWithdrawal"),
                                       named(E::cash_advance, "CashAdvance"),
                                       named(E::refund, "Refund"),
                                       named(E::credential_on_file, "CredentialOnFile"),
                                       named(E::fallback, "Fallback")};
};
}  // namespace takas
