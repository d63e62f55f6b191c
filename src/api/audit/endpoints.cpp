#include "api/audit/endpoints.hpp"

#include <charconv>

#include "api/audit/dto.hpp"
#include "app/audit/audit_log.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::audit::AuditQuery;
using core::audit::AuditRecord;
using core::audit::Subject;
using core::audit::Topic;

constexpr std::array sort_columns{SortColumn{"id", "id"}, SortColumn{"executionTime", "id"}};

Result<AuditQuery> query_of(const AuditListFields& fields, Topic topic) {
    auto wish = page_wish(fields, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    AuditQuery query;
    query.topic = topic;
    query.from = fields.start_date, query.to = fields.end_date;
    query.user_name = fields.user_name;
    query.action = fields.action;
    query.page = std::move(*wish);
    return query;
}

void narrow(AuditQuery& query, Subject subject, std::string key) {
    query.subject = subject;
    query.subject_key = std::move(key);
}

void fill(AuditItemFields& item, const AuditRecord& r) {
    item.id = r.id;
    item.action = r.action;
    item.service_name = r.service_name;
    item.property_changes = r.property_changes;
    item.user_id = optional_text(r.user_id), item.user_name = optional_text(r.user_name);
    item.client_ip_address = optional_text(r.client_ip_address);
    item.correlation_id = optional_text(r.correlation_id);
    item.execution_time = r.execution_time;
}

TokenId token_of(const AuditRecord& r) {
    TokenId id;
    std::from_chars(r.subject_key.data(), r.subject_key.data() + r.subject_key.size(), id.value);
    return id;
}

void name_subject(AuditLogCardListItemDto& item, const AuditRecord& r) { item.token_id = token_of(r); }

void name_subject(AuditLogProductListItemDto& item, const AuditRecord& r) {
    item.subject = r.subject;
    (r.subject == Subject::product ? item.product_code : item.subject_id) = r.subject_key;
}

void name_subject(AuditLogPolicyListItemDto& item, const AuditRecord& r) {
    item.subject = r.subject;
    if (r.subject == Subject::card)
        item.token_id = token_of(r);
    else
        (r.subject == Subject::product ? item.product_code : item.subject_id) = r.subject_key;
}

template <class Item>
Result<Paged<Item>> answer_of(Call& call, const AuditQuery& query) {
    const auto page = app::audit::list(call.context, query);
    if (!page) return std::unexpected(page.error());
    Paged<Item> answer{page->total_count, {}, page->next_cursor};
    for (const AuditRecord& record : page->rows) {
        Item& item = answer.items.emplace_back();
        fill(item, record);
        name_subject(item, record);
    }
    return answer;
}

Result<Paged<AuditLogCardListItemDto>> list_card_audits(Call& call, const Query<AuditCardListQuery>& query) {
    auto q = query_of(query.value, Topic::card);
    if (!q) return std::unexpected(std::move(q.error()));
    if (const auto id = query.value.token_id) narrow(*q, Subject::card, std::to_string(id->value));
    return answer_of<AuditLogCardListItemDto>(call, *q);
}

Result<Paged<AuditLogProductListItemDto>> list_product_audits(Call& call, const Query<AuditProductListQuery>& query) {
    const AuditProductListQuery& wanted = query.value;
    auto q = query_of(wanted, Topic::product);
    if (!q) return std::unexpected(std::move(q.error()));
    q->subject = wanted.subject;
    q->subject_key = wanted.subject_id;
    if (wanted.product_code) narrow(*q, Subject::product, *wanted.product_code);
    return answer_of<AuditLogProductListItemDto>(call, *q);
}

Result<Paged<AuditLogPolicyListItemDto>> list_policy_audits(Call& call, const Query<AuditPolicyListQuery>& query) {
    const AuditPolicyListQuery& wanted = query.value;
    if (wanted.token_id && wanted.product_code)
        return fail_field("productCode", "Either tokenId or productCode is expected.",
                          "tokenId ve productCode alanlarından yalnızca biri beklenir.");
    auto q = query_of(wanted, Topic::policy);
    if (!q) return std::unexpected(std::move(q.error()));
    q->subject = wanted.subject;
    q->subject_key = wanted.subject_id;
    if (wanted.token_id) narrow(*q, Subject::card, std::to_string(wanted.token_id->value));
    if (wanted.product_code) narrow(*q, Subject::product, *wanted.product_code);
    return answer_of<AuditLogPolicyListItemDto>(call, *q);
}

using enum Method;

constexpr std::array rows{
    endpoint<&list_card_audits>(get, "/api/v1/issuing/audit-log/card", "getCardAuditLog", "AuditLog",
                                "List changes of cards", Permission::audit_read, Idempotency::none),
    endpoint<&list_product_audits>(get, "/api/v1/issuing/audit-log/product", "getProductAuditLog", "AuditLog",
                                   "List changes of products, groups, arts and BIN ranges", Permission::audit_read,
                                   Idempotency::none),
    endpoint<&list_policy_audits>(
        get, "/api/v1/issuing/audit-log/policy", "getPolicyAuditLog", "AuditLog",
        "List changes of what cards and products may be used for, of controls, fees and taxes", Permission::audit_read,
        Idempotency::none),
};

}  // namespace

std::span<const Endpoint> audit_endpoints() { return rows; }

}  // namespace takas::api
