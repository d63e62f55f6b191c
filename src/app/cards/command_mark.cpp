#include "app/cards/command_mark.hpp"

#include <algorithm>

#include "app/secrets/secret_box.hpp"

namespace takas::app::cards {
namespace {

constexpr std::size_t name_digits = 32, content_digits = 16;

}  // namespace

CommandMark::CommandMark(const Context& context, std::string_view operation, std::string_view key,
                         std::string_view content) {
    if (key.empty()) return;
    const auto& box = context.services.secret_box;
    const std::string tenant = std::to_string(context.tenant_id.value);
    text_ = box.keyed_name({"command", tenant, operation, key}).substr(0, name_digits) +
            box.keyed_name({"command content", tenant, operation, key, content}).substr(0, content_digits);
}

Result<const core::card::SecurityReply*> CommandMark::find(const core::card::CardSecurity& security) const {
    if (!is_set()) return nullptr;
    const std::string_view name = std::string_view(text_).substr(0, name_digits);
    const auto found = std::ranges::find_if(
        security.replies, [&](const core::card::SecurityReply& one) { return one.request.starts_with(name); });
    if (found == security.replies.end()) return nullptr;
    if (found->request != text_) return fail(ErrorCode::idempotency_conflict);
    return &*found;
}

}  // namespace takas::app::cards
