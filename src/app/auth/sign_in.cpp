#include "app/auth/sign_in.hpp"

#include "app/ports/tables.hpp"
#include "crypto/password.hpp"

namespace takas::app::auth {

using core::identity::User;
using ports::CommitOutcome;
using ports::where;

namespace {

/// Another server or an operator may change the user between our read and our write.
constexpr int max_attempts = 4;

std::unexpected<Error> cannot_count(CommitOutcome outcome) {
    return fail(outcome == CommitOutcome::unknown ? ErrorCode::outcome_unknown : ErrorCode::unavailable,
                "the outcome of a sign-in could not be stored");
}

}  // namespace

SignIn::SignIn(ports::Store& store, const ports::Clock& clock, GateLimits limits)
    : store_(store), clock_(clock), gate_(limits), nobodys_hash_(crypto::hash_password("nobody").value_or("")) {}

Result<User> SignIn::check(TenantId tenant, std::string_view user_name, std::string_view password) {
    const auto ticket = gate_.enter(std::to_string(tenant.value) + ':' + std::string(user_name));
    if (!ticket) return fail(ErrorCode::too_many_requests, "too many passwords are being checked");
    auto user = find(tenant, user_name);
    if (!user) return std::unexpected(std::move(user.error()));

    const auto matches = crypto::verify_password(password, *user ? (*user)->password_hash : nobodys_hash_);
    if (!matches) return std::unexpected(matches.error());
    if (!*matches || !*user || is_locked(**user) || !(*user)->is_active) return refuse(std::move(*user));
    return accept(std::move(**user), password);
}

Result<std::optional<User>> SignIn::find(TenantId tenant, std::string_view user_name) {
    return store_.find<User>({where<&User::tenant_id>(tenant), where<&User::user_name>(user_name)});
}

bool SignIn::is_locked(const User& user) const { return user.locked_until && *user.locked_until > clock_.now(); }

/// Forgets the failures before this success, and renews a hash that was made with cheaper costs.
Result<User> SignIn::accept(User user, std::string_view password) {
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        const bool rehash = crypto::password_needs_rehash(user.password_hash);
        if (user.failed_login_count == 0 && !user.locked_until && !rehash) return user;
        User changed = user;
        changed.failed_login_count = 0;
        changed.locked_until.reset();
        if (rehash) {
            auto hash = crypto::hash_password(password);
            if (!hash) return std::unexpected(std::move(hash.error()));
            changed.password_hash = std::move(*hash);
        }
        ++changed.version;
        ports::Unit unit;
        unit.update(changed, user.version);
        const auto done = store_.commit_and_wait(std::move(unit));
        if (done.outcome == CommitOutcome::committed) return changed;
        if (done.outcome != CommitOutcome::version_moved) return cannot_count(done.outcome);

        auto again = find(user.tenant_id, user.user_name);
        if (!again) return std::unexpected(std::move(again.error()));
        const bool same_password = *again && (*again)->password_hash == user.password_hash;
        if (!same_password || is_locked(**again) || !(*again)->is_active) return refuse(std::move(*again));
        user = std::move(**again);
    }
    return fail(ErrorCode::unavailable, "the user changes too often");
}

/// Counts the failure. What cannot be counted (no such user, locked, inactive) writes as much, so that it takes as
/// long.
std::unexpected<Error> SignIn::refuse(std::optional<User> user) {
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        ports::Unit unit;
        if (user && user->is_active && !is_locked(*user)) {
            User changed = *user;
            changed.locked_until.reset();
            if (++changed.failed_login_count >= max_failures_in_a_row) {
                changed.failed_login_count = 0;
                changed.locked_until = clock_.now().plus_seconds(lock_duration_s);
            }
            ++changed.version;
            unit.update(std::move(changed), user->version);
        } else {
            unit.upsert(ports::Meta{"sign_in_refused_at", to_text(clock_.now())});
        }
        const auto done = store_.commit_and_wait(std::move(unit));
        if (done.outcome == CommitOutcome::committed) return fail(ErrorCode::unauthenticated, "sign-in refused");
        if (done.outcome != CommitOutcome::version_moved) return cannot_count(done.outcome);

        auto again = find(user->tenant_id, user->user_name);
        if (!again) return std::unexpected(std::move(again.error()));
        user = std::move(*again);
    }
    return fail(ErrorCode::unavailable, "the user changes too often");
}

}  // namespace takas::app::auth
