// What the key commands share: a server without doors, the institution they work for, and how a key is shown.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/keys/keys.hpp"
#include "core/identity/identity.hpp"
#include "main/keys_command.hpp"
#include "main/server.hpp"

namespace takas::main {

struct KeysSession {
    std::unique_ptr<Server> server;
    std::shared_ptr<const core::identity::Tenant> tenant;  ///< nullptr when the order names none
    std::string operator_name;                             ///< "os:<user>": who runs the command

    app::Context context() const;
};

/// Errors: what starting a server says (SQLite: one at a time), tenant_not_found.
Result<KeysSession> open_keys_session(const Settings& settings, const KeysOrder& order, bool needs_tenant = true);

/// The order's usage, algorithm and so on; validation names what is not possible and what is.
Result<app::keys::KeyOrder> key_order(const KeysOrder& order);

/// One line about a key, with its check value.
void print_key(const core::key::PaymentKey& key);

/// One component of several custodians: the first brings the order, the last one forms the key.
Result<std::optional<core::key::PaymentKey>> add_component(const Settings& settings, KeysSession& session,
                                                           const KeysOrder& order);

}  // namespace takas::main
