// What an institution sells: BINs given by schemes, ranges card numbers are drawn from, products cards follow, groups
// of products, pictures on cards.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/money/money.hpp"

namespace takas::core::product {

enum class CardDci : std::uint8_t { debit, prepaid, credit };
enum class CardBrand : std::uint8_t { visa, master_card, troy, jcb, diners, union_pay, amex, proprietary_domestic };
enum class ProductType : std::uint8_t { emv, magnetic, virtual_card, hce };
enum class Allocation : std::uint8_t { random, sequential };
enum class ProductStatus : std::uint8_t { active, passive };

struct CardBin {
    TenantId tenant_id;
    EntityId id;
    std::string bin;  ///< 6 to 8 digits
    CardBrand brand{};
    CardDci card_dci{};
    std::string card_type;
    std::int16_t length = 16;  ///< digits of a card number
    money::Currency currency;
    std::string country;  ///< ISO 3166-1 alpha-2
    bool is_active = true;
    std::int64_t version = 1;  ///< moves with every change of the BIN or of one of its ranges: ranges never overlap
};

/// Account numbers first, first + 1 ... that are drawn in an order of their own.
struct RangeSegment {
    std::int64_t first = 0;
    std::int64_t count = 0;
    friend bool operator==(RangeSegment, RangeSegment) = default;
};

/// A slice of a BIN: account numbers (the digits between BIN and check digit) from start_range to end_range. Card
/// numbers are drawn at positions 0, 1, 2 ...; how many were drawn is known from the card numbers themselves.
struct CardBinRange {
    TenantId tenant_id;
    EntityId id;
    EntityId bin_id;
    std::string bin;
    std::string name;
    std::string start_range;
    std::string end_range;
    Allocation allocation{};
    bool is_active = true;
    std::vector<RangeSegment> segments;  ///< in drawing order; a widened range gets further ones
    std::int64_t version = 1;
};

struct CardArt {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string code;
    std::string front_image;
    std::string back_image;
    std::string description;
    std::int64_t version = 1;  ///< moves when a product begins to show it, too
    std::string name_key;      ///< of the name (core/text): what lists search and sort by
};

enum class ImageSide : std::uint8_t { front, back };

/// A picture of an art, as it was uploaded.
struct CardArtImage {
    TenantId tenant_id;
    EntityId art_id;
    ImageSide side{};
    std::string media_type;  ///< "image/png", "image/jpeg"
    std::int64_t width_pixels = 0, height_pixels = 0;
    Blob content;
    Instant uploaded_at;
};

struct CardProductGroup {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string description;
    std::int64_t version = 1;
    std::string name_key;  ///< of the name (core/text): what lists search and sort by
};

struct CardProductPhysical {
    ProductType physical_type{};
    std::optional<std::string> service_code;
    std::optional<std::string> perso_office_code;
    std::optional<std::string> courier_code;
    std::optional<EntityId> card_art_id;
    std::optional<std::string> emv_profile_code;
    std::optional<std::int16_t> pvki;
    bool is_default = false;
};

struct ContactlessLimit {
    money::Currency currency;
    std::optional<Decimal> single_transaction_limit;
    std::optional<Decimal> pinless_limit;
    std::optional<Decimal> cumulative_pinless_amount;
    std::optional<std::int32_t> cumulative_pinless_count;
};

/// One side of the usage matrix; absent = as the product, or allowed (contract 4.2).
struct PolicyFlags {
    std::optional<bool> pos, contactless, ecommerce, moto, ecommerce_without_cvv2, cash_withdrawal, cash_advance,
        refund, credential_on_file, fallback;
};

struct CardPolicy {
    std::optional<PolicyFlags> domestic;
    std::optional<PolicyFlags> international;
    std::optional<bool> require_3d_secure;
    std::optional<bool> online_pin_required;
    std::optional<Date> active_from;
    std::optional<Date> active_to;
};

struct CardProduct {
    TenantId tenant_id;
    std::string code;
    std::string name;
    CardDci card_dci{};
    CardBrand brand{};
    EntityId bin_range_id;
    money::Currency currency;
    std::int16_t validity_period_months = 60;
    EntityId card_art_id;
    EntityId product_group_id;
    std::string description;
    std::vector<CardProductPhysical> physicals;
    std::optional<ContactlessLimit> contactless_limit;
    bool auto_renewal = false;
    std::int16_t renewal_days_before = 30;
    std::int16_t pin_try_limit = 3;
    std::int16_t cvv2_try_limit = 3;
    std::int16_t pin_length = 4;
    bool is_noname_allowed = false;
    bool is_child_card_allowed = false;
    std::int32_t max_card_per_customer = 0;  ///< 0: no limit
    bool activate_on_create = false;
    bool account_per_card = false;
    std::optional<CardPolicy> policy;
    ProductStatus status{};
    std::int64_t version = 1;
    Instant creation_time;
    std::string name_key;                  ///< of the name (core/text): what lists search and sort by
    std::int16_t currency_markup_bps = 0;  ///< on the institution's own exchange rates, to its favour
};

}  // namespace takas::core::product

namespace takas {

template <>
struct EnumNames<core::product::CardDci> {
    using E = core::product::CardDci;
    static constexpr std::string_view name = "CardDci";
    static constexpr std::array values{named(E::debit, "Debit"), named(E::prepaid, "Prepaid"),
                                       named(E::credit, "Credit")};
};
template <>
struct EnumNames<core::product::CardBrand> {
    using E = core::product::CardBrand;
    static constexpr std::string_view name = "CardBrand";
    static constexpr std::array values{
        named(E::visa, "Visa"),     named(E::master_card, "MasterCard"),
        named(E::troy, "Troy"),     named(E::jcb, "JCB"),
        named(E::diners, "Diners"), named(E::union_pay, "UnionPay"),
        named(E::amex, "Amex"),     named(E::proprietary_domestic, "ProprietaryDomestic")};
};
template <>
struct EnumNames<core::product::ProductType> {
    using E = core::product::ProductType;
    static constexpr std::string_view name = "ProductType";
    static constexpr std::array values{named(E::emv, "Emv"), named(E::magnetic, "Magnetic"),
                                       named(E::virtual_card, "Virtual"), named(E::hce, "Hce")};
};
template <>
struct EnumNames<core::product::Allocation> {
    using E = core::product::Allocation;
    static constexpr std::string_view name = "Allocation";
    static constexpr std::array values{named(E::random, "Random"), named(E::sequential, "Sequential")};
};
template <>
struct EnumNames<core::product::ProductStatus> {
    using E = core::product::ProductStatus;
    static constexpr std::string_view name = "ProductStatus";
    static constexpr std::array values{named(E::active, "Active"), named(E::passive, "Passive")};
};

template <>
struct Describe<core::product::CardBin> {
    using T = core::product::CardBin;
    static constexpr std::string_view name = "CardBin";
    static constexpr auto& fields = columns<&T::tenant_id, &T::id, &T::bin, &T::brand, &T::card_dci, &T::card_type,
                                            &T::length, &T::currency, &T::country, &T::is_active, &T::version>;
};
template <>
struct Describe<core::product::RangeSegment> {
    using T = core::product::RangeSegment;
    static constexpr std::string_view name = "RangeSegment";
    static constexpr auto& fields = columns<&T::first, &T::count>;
};
template <>
struct Describe<core::product::CardBinRange> {
    using T = core::product::CardBinRange;
    static constexpr std::string_view name = "CardBinRange";
    static constexpr auto& fields = columns<&T::tenant_id, &T::id, &T::bin_id, &T::bin, &T::name, &T::start_range,
                                            &T::end_range, &T::allocation, &T::is_active, &T::segments, &T::version>;
};
template <>
struct Describe<core::product::CardArt> {
    using T = core::product::CardArt;
    static constexpr std::string_view name = "CardArt";
    static constexpr auto& fields = columns<&T::tenant_id, &T::id, &T::name, &T::code, &T::front_image, &T::back_image,
                                            &T::description, &T::version, &T::name_key>;
};
template <>
struct EnumNames<core::product::ImageSide> {
    using E = core::product::ImageSide;
    static constexpr std::string_view name = "CardArtImageSide";
    static constexpr std::array values{named(E::front, "Front"), named(E::back, "Back")};
};
template <>
struct Describe<core::product::CardArtImage> {
    using T = core::product::CardArtImage;
    static constexpr std::string_view name = "CardArtImage";
    static constexpr auto& fields = columns<&T::tenant_id, &T::art_id, &T::side, &T::media_type, &T::width_pixels,
                                            &T::height_pixels, &T::content, &T::uploaded_at>;
};
template <>
struct Describe<core::product::CardProductGroup> {
    using T = core::product::CardProductGroup;
    static constexpr std::string_view name = "CardProductGroup";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::description, &T::version, &T::name_key>;
};
template <>
struct Describe<core::product::CardProductPhysical> {
    using T = core::product::CardProductPhysical;
    static constexpr std::string_view name = "CardProductPhysicalDto";
    static constexpr std::array fields{
        field<&T::physical_type>("Form of the card").required().example("Emv"),
        field<&T::service_code>("Service code in the magnetic stripe (ISO/IEC 7813)")
            .length(3, 3)
            .only(digits_charset)
            .example("201"),
        field<&T::perso_office_code>("Personalisation office").length(1, 20),
        field<&T::courier_code>("Courier").length(1, 20),
        field<&T::card_art_id>("Card art of this form"),
        field<&T::emv_profile_code>("EMV personalisation profile").length(1, 20),
        field<&T::pvki>("PIN verification key index").range(0, 9),
        field<&T::is_default>("Used when a card is ordered without naming a form"),
    };
};
template <>
struct Describe<core::product::ContactlessLimit> {
    using T = core::product::ContactlessLimit;
    static constexpr std::string_view name = "ContactlessLimitDto";
    static constexpr std::array fields{
        field<&T::currency>("ISO 4217 numeric code").required().range(1, 999).example("949"),
        field<&T::single_transaction_limit>("Largest single contactless transaction")
            .range(0, 999'999'999)
            .example("1500.00"),
        field<&T::pinless_limit>("Largest contactless transaction without a PIN").range(0, 999'999'999),
        field<&T::cumulative_pinless_amount>("Sum of contactless transactions without a PIN").range(0, 999'999'999),
        field<&T::cumulative_pinless_count>("Number of contactless transactions without a PIN").range(0, 1000),
    };
};
template <>
struct Describe<core::product::PolicyFlags> {
    using T = core::product::PolicyFlags;
    static constexpr std::string_view name = "PolicyFlags";
    static constexpr std::array fields{
        field<&T::pos>("Purchases at a terminal"),
        field<&T::contactless>("Contactless"),
        field<&T::ecommerce>("E-commerce"),
        field<&T::moto>("Mail and telephone orders"),
        field<&T::ecommerce_without_cvv2>("E-commerce without CVV2"),
        field<&T::cash_withdrawal>("Cash at an ATM"),
        field<&T::cash_advance>("Cash advance"),
        field<&T::refund>("Refunds"),
        field<&T::credential_on_file>("Stored credentials"),
        field<&T::fallback>("Magnetic stripe fallback"),
    };
};
template <>
struct Describe<core::product::CardPolicy> {
    using T = core::product::CardPolicy;
    static constexpr std::string_view name = "CreateCardPolicyDto";
    static constexpr std::array fields{
        field<&T::domestic>("What the card may do at home"),
        field<&T::international>("What the card may do abroad"),
        field<&T::require_3d_secure>("E-commerce only with 3-D Secure"),
        field<&T::online_pin_required>("Chip transactions need an online PIN"),
        field<&T::active_from>("First day on which the card may be used"),
        field<&T::active_to>("Last day on which the card may be used"),
    };
};
template <>
struct Describe<core::product::CardProduct> {
    using T = core::product::CardProduct;
    static constexpr std::string_view name = "CardProduct";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::code, &T::name, &T::card_dci, &T::brand, &T::bin_range_id, &T::currency,
                &T::validity_period_months, &T::card_art_id, &T::product_group_id, &T::description, &T::physicals,
                &T::contactless_limit, &T::auto_renewal, &T::renewal_days_before, &T::pin_try_limit, &T::cvv2_try_limit,
                &T::pin_length, &T::is_noname_allowed, &T::is_child_card_allowed, &T::max_card_per_customer,
                &T::activate_on_create, &T::account_per_card, &T::policy, &T::status, &T::version, &T::creation_time,
                &T::name_key, &T::currency_markup_bps>;
};

}  // namespace takas
