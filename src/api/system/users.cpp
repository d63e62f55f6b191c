#include "app/system/users.hpp"

#include "api/system/handlers.hpp"
#include "api/system/paged_list.hpp"

namespace takas::api::system {

using app::ports::Compare;
using core::identity::User;

namespace {

constexpr std::array sortable{SortColumn{"id", member_name<&User::user_id>},
                              SortColumn{"userName", member_name<&User::user_name>},
                              SortColumn{"creationTime", member_name<&User::creation_time>}};

UserDto to_dto(const User& user) {
    return {user.user_id, user.tenant_id, user.user_uuid,    user.user_name,
            user.roles,   user.is_active, user.locked_until, user.creation_time};
}

Result<UserDto> to_dto(Result<User> user) {
    if (!user) return std::unexpected(std::move(user.error()));
    return to_dto(*user);
}

Result<UserId> id_of(const Call& call) { return call.path_id<UserId>("id", ErrorCode::user_not_found); }

}  // namespace

Result<UserDto> create_user(Call& call, const CreateUserDto& dto) {
    return to_dto(app::system::create_user(call.context, dto.tenant_id, {dto.user_name, dto.password, dto.roles}));
}

Result<Paged<UserDto>> list_users(Call& call, const Query<UserListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&User::tenant_id>(conditions, query.value.tenant_id);
    filter<&User::user_name>(conditions, query.value.user_name, Compare::starts_with);
    filter<&User::is_active>(conditions, query.value.is_active);
    return paged_list<User, UserListQuery, UserDto>(call.context.store(), query.value, std::move(conditions), sortable,
                                                    to_dto);
}

Result<UserDto> get_user(Call& call) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::find_user(call.context.store(), *id));
}

Result<UserDto> update_user(Call& call, const UpdateUserDto& dto) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::change_user(call.context, *id, {dto.roles, dto.is_active}));
}

Result<NoContent> set_password(Call& call, const SetPasswordDto& dto) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    auto done = app::system::set_password(call.context, *id, dto.password);
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

Result<NoContent> delete_user(Call& call) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    auto user = app::system::change_user(call.context, *id, {.roles = {}, .is_active = false});
    if (!user) return std::unexpected(std::move(user.error()));
    return NoContent{};
}

}  // namespace takas::api::system
