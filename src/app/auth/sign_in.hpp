// Checks a user's password. After five failures in a row the user is locked for half an hour; the count and the lock
// are stored, so a restart forgives nobody. Unknown user, wrong password, locked and inactive users look alike from
// outside: the same error, one Argon2 hash and one commit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/auth/password_gate.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::auth {

inline constexpr std::int32_t max_failures_in_a_row = 5;
inline constexpr std::int64_t lock_duration_s = 30 * 60;

class SignIn {
  public:
    /// Hashes one password, to have something to compare with when there is no user.
    SignIn(ports::Store& store, const ports::Clock& clock, GateLimits limits = {});

    /// The user when the password is right. Errors: unauthenticated, too_many_requests (too many at once),
    /// unavailable and outcome_unknown (an attempt that cannot be counted is refused).
    Result<core::identity::User> check(TenantId tenant, std::string_view user_name, std::string_view password);

  private:
    using User = core::identity::User;
    Result<std::optional<User>> find(TenantId tenant, std::string_view user_name);
    bool is_locked(const User& user) const;
    Result<User> accept(User user, std::string_view password);
    std::unexpected<Error> refuse(std::optional<User> user);

    ports::Store& store_;
    const ports::Clock& clock_;
    PasswordGate gate_;
    std::string nobodys_hash_;
};

}  // namespace takas::app::auth
