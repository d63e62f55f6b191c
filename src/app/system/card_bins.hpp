// BINs that card schemes gave to institutions. No BIN of this server is a prefix of another: a card number must say
// whose it is.
#pragma once

#include <string>

#include "app/context/context.hpp"
#include "core/product/product.hpp"

namespace takas::app::system {

/// `bin.id` is given here. Errors: validation (currency, country), tenant_not_found, bin_exists.
Result<core::product::CardBin> create_card_bin(Context& context, core::product::CardBin bin);

/// Errors: bin_not_found.
Result<core::product::CardBin> find_card_bin(ports::Store& store, EntityId id);

/// Digits, length and owner never change; currency only while no range depends on it. Errors: bin_not_found,
/// validation, bin_in_use, concurrent_change.
Result<core::product::CardBin> change_card_bin(Context& context, EntityId id, const core::product::CardBin& change);

/// Errors: bin_not_found, bin_in_use (it has ranges), concurrent_change.
Result<void> delete_card_bin(Context& context, EntityId id);

}  // namespace takas::app::system
