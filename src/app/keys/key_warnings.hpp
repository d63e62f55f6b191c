// What an operator should hear about payment keys at the start of a server: replaced keys that cards still need, live
// institutions that have nothing but the keys of the sandbox. The inventory names the former too.
#pragma once

#include <functional>
#include <vector>

#include "app/keys/key_directory.hpp"

namespace takas::app::keys {

/// A key that no longer makes anything new, and how many cards' PINs cannot be checked without it.
struct NeededKey {
    KeyRef key;
    std::int64_t card_count = 0;
};

/// Replaced or destroyed PIN verification and PIN storage keys that cards were made with.
Result<std::vector<NeededKey>> needed_old_keys(ports::Store& store, const KeyDirectory& directory, TenantId tenant_id);

/// Active keys, but only such as the sandbox makes by itself.
bool has_only_test_keys(const KeyDirectory& directory, TenantId tenant_id);

/// One line for each; `is_in_test` says of an institution that its keys are test keys.
Result<void> log_key_warnings(ports::Store& store, const KeyDirectory& directory,
                              const std::function<bool(TenantId)>& is_in_test);

}  // namespace takas::app::keys
