#include "app/system/users.hpp"

#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"
#include "crypto/password.hpp"

namespace takas::app::system {

using core::identity::User;
using ports::where;

Result<User> make_user(Context& context, TenantId tenant, const NewUser& fresh) {
    auto hash = crypto::hash_password(fresh.password);
    if (!hash) return std::unexpected(std::move(hash.error()));
    User user;
    user.tenant_id = tenant;
    user.user_id = context.next_id<UserId>();
    user.user_uuid = auth::random_uuid(context.services.random);
    user.user_name = fresh.user_name;
    user.password_hash = std::move(*hash);
    user.roles = fresh.roles;
    user.creation_time = context.now;
    return user;
}

Result<User> create_user(Context& context, TenantId tenant, const NewUser& fresh) {
    if (auto found = find_tenant(context.store(), tenant); !found) return std::unexpected(std::move(found.error()));
    FieldErrors errors;
    check_password(fresh.password, fresh.user_name, "password", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (auto known = check_roles(context.store(), tenant, fresh.roles); !known)
        return std::unexpected(std::move(known.error()));
    auto user = make_user(context, tenant, fresh);
    if (!user) return user;
    context.unit.insert(*user);
    auto done = commit_now(context, {{"user_account", ErrorCode::user_exists}});
    if (!done) return std::unexpected(std::move(done.error()));
    return user;
}

Result<User> find_user(ports::Store& store, UserId id) {
    auto user = store.find<User>({where<&User::user_id>(id)});
    if (!user) return std::unexpected(std::move(user.error()));
    if (!*user) return fail(ErrorCode::user_not_found);
    return std::move(**user);
}

Result<User> change_user(Context& context, UserId id, const UserChange& change) {
    auto user = find_user(context.store(), id);
    if (!user) return user;
    const std::int64_t version = user->version++;
    if (change.roles && user->user_uuid == context.user_id && *change.roles != user->roles)
        return fail_field("roles", "Nobody can change their own roles.", "Kullanıcı kendi rollerini değiştiremez.");
    if (change.roles) {
        if (auto known = check_roles(context.store(), user->tenant_id, *change.roles); !known)
            return std::unexpected(std::move(known.error()));
        user->roles = *change.roles;
    }
    if (change.is_active && *change.is_active != user->is_active) {
        if (!*change.is_active && user->user_uuid == context.user_id)
            return fail_field("isActive", "Nobody can deactivate themselves.",
                              "Kullanıcı kendi hesabını pasif yapamaz.");
        user->is_active = *change.is_active;
        if (!user->is_active) user->tokens_valid_after = context.now;
    }
    context.unit.update(*user, version);
    auto done = commit_now(context, {});
    if (!done) return std::unexpected(std::move(done.error()));
    return user;
}

Result<void> set_password(Context& context, UserId id, const std::string& password) {
    auto user = find_user(context.store(), id);
    if (!user) return std::unexpected(std::move(user.error()));
    FieldErrors errors;
    check_password(password, user->user_name, "password", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    auto hash = crypto::hash_password(password);
    if (!hash) return std::unexpected(std::move(hash.error()));
    const std::int64_t version = user->version++;
    user->password_hash = std::move(*hash);
    user->failed_login_count = 0;
    user->locked_until.reset();
    user->tokens_valid_after = context.now;
    context.unit.update(std::move(*user), version);
    return commit_now(context, {});
}

}  // namespace takas::app::system
