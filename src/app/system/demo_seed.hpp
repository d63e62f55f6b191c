// The demo institution: what `takas serve --demo` finds on an empty store, so that the published guide can be followed
// at once. Its passwords are public; the composition root refuses it unless the server listens on loopback only.
//
//   operator / operator, client id operator    the platform's operator
//   demo / demo, client id demo                administrator of "Demo Bank", where transactions may be tested
//
// The BINs belong to no issuer: they are all zeros behind the scheme's first digits, as in the schemes' own test decks.
// The lower tenth of each is taken by a range; the guide and the tests may define ranges above it.
#pragma once

#include <array>
#include <string_view>

#include "app/context/context.hpp"
#include "core/product/product.hpp"

namespace takas::app::system {

inline constexpr std::string_view demo_tenant_code = "demo";
inline constexpr std::string_view demo_group_name = "Consumer";
inline constexpr std::string_view demo_prepaid_code = "DEMO-PREPAID";  ///< Troy, TRY, virtual and chip
inline constexpr std::string_view demo_virtual_code = "DEMO-VIRTUAL";  ///< MasterCard, TRY, virtual only

struct DemoBin {
    std::string_view bin;
    core::product::CardBrand brand;
    core::product::CardDci card_dci;
    std::string_view range_name;
};

inline constexpr std::array<DemoBin, 3> demo_bins{{
    {"97920000", core::product::CardBrand::troy, core::product::CardDci::prepaid, "Demo Troy"},
    {"52000000", core::product::CardBrand::master_card, core::product::CardDci::prepaid, "Demo MasterCard"},
    {"40000000", core::product::CardBrand::visa, core::product::CardDci::debit, "Demo Visa"},
}};

/// Seven digits stand between an eight-digit BIN and the check digit of sixteen.
inline constexpr std::string_view demo_range_start = "0000000";
inline constexpr std::string_view demo_range_end = "0999999";

/// Creates what is described above in one commit; a store that has a demo institution is left as it is.
/// Errors: tenant_exists when the store belongs to another platform.
Result<void> seed_demo(Context& context);

}  // namespace takas::app::system
