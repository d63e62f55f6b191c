// Reading the audit log: one list for each topic (contract 4.9).
#pragma once

#include <optional>
#include <string>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "core/audit/audit.hpp"

namespace takas::app::audit {

struct AuditQuery {
    core::audit::Topic topic{};
    std::optional<core::audit::Subject> subject{};
    std::optional<std::string> subject_key{};
    std::optional<Instant> from{}, to{};  ///< `to` excluded
    std::optional<std::string> user_name{};
    std::optional<core::audit::Action> action{};
    ports::PageWish page{};  ///< usual order: newest first
};
Result<ports::PageOf<core::audit::AuditRecord>> list(const Context& context, const AuditQuery& query);

}  // namespace takas::app::audit
