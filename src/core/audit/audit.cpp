#include "core/audit/audit.hpp"

namespace takas::core::audit {
namespace {

void add(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

void add(std::string& out, std::int64_t number) { add(out, std::to_string(number)); }

void add_optional(std::string& out, const std::optional<std::string>& text) {
    if (text)
        add(out, *text);
    else
        out += '-';
}

}  // namespace

std::string canonical_text(const AuditRecord& r) {
    std::string out = "audit 1 ";
    add(out, r.tenant_id.value);
    add(out, static_cast<std::int64_t>(r.subject));
    add(out, r.subject_key);
    add(out, r.record_no);
    add(out, r.id.value);
    add(out, static_cast<std::int64_t>(r.topic));
    add(out, static_cast<std::int64_t>(r.action));
    add(out, r.service_name);
    add(out, static_cast<std::int64_t>(r.property_changes.size()));
    for (const PropertyChange& one : r.property_changes) {
        add(out, one.property_name);
        add_optional(out, one.old_value);
        add_optional(out, one.new_value);
    }
    for (const std::string& text : {r.user_id, r.user_name, r.client_ip_address, r.correlation_id}) add(out, text);
    add(out, r.execution_time.value);
    add(out, r.previous_hash.bytes);
    return out;
}

}  // namespace takas::core::audit
