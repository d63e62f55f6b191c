#include "app/audit/audit_log.hpp"

#include "app/ports/tables.hpp"

namespace takas::app::audit {

using core::audit::AuditRecord;
using ports::Compare;
using ports::where;

Result<ports::PageOf<AuditRecord>> list(const Context& context, const AuditQuery& q) {
    std::vector conditions{where<&AuditRecord::tenant_id>(context.tenant_id), where<&AuditRecord::topic>(q.topic)};
    if (q.subject) conditions.push_back(where<&AuditRecord::subject>(*q.subject));
    if (q.subject_key) conditions.push_back(where<&AuditRecord::subject_key>(*q.subject_key));
    // Ids rise with time and lists have indexes by them: they lead to the period, the times decide at its borders.
    if (q.from) {
        conditions.push_back(where<&AuditRecord::id>(Compare::greater_or_equal,
                                                     ids::first_id_at(q.from->plus_seconds(-ids::id_slack_s))));
        conditions.push_back(where<&AuditRecord::execution_time>(Compare::greater_or_equal, *q.from));
    }
    if (q.to) {
        conditions.push_back(
            where<&AuditRecord::id>(Compare::less, ids::first_id_at(q.to->plus_seconds(ids::id_slack_s))));
        conditions.push_back(where<&AuditRecord::execution_time>(Compare::less, *q.to));
    }
    if (q.user_name) conditions.push_back(where<&AuditRecord::user_name>(*q.user_name));
    if (q.action) conditions.push_back(where<&AuditRecord::action>(*q.action));
    return ports::page_of<AuditRecord>(context.store(), std::move(conditions), q.page,
                                       {member_name<&AuditRecord::id>, /*descending=*/true});
}

}  // namespace takas::app::audit
