#include "app/customers/customers.hpp"

#include "app/customers/owner_changed.hpp"
#include "app/customers/segments.hpp"
#include "app/events/payloads.hpp"
#include "app/ids/time_bounds.hpp"
#include "core/customer/customer_rules.hpp"
#include "core/text/latin.hpp"

namespace takas::app::customers {
namespace {

using core::customer::CustomerSearch;
using core::customer::Findings;
using core::customer::SearchKind;
using core::text::name_key;
using ports::Compare;
using ports::Condition;
using ports::where;

constexpr std::string_view customer_table = "customer";

Result<std::optional<Customer>> find(const Context& context, std::string_view customer_no) {
    return context.store().find<Customer>(
        {where<&Customer::tenant_id>(context.tenant_id), where<&Customer::customer_no>(customer_no)});
}

Result<void> check(const Customer& wanted, Instant now, std::string_view path) {
    Findings findings;
    core::customer::check_person(wanted, date_of(now), path, findings);
    core::customer::check_collections(wanted, date_of(now), path, findings);
    return core::customer::result_of(std::move(findings));
}

void give_ids(Context& context, Customer& c) {
    c.tenant_id = context.tenant_id;
    c.id = context.next_id<CustomerId>();
    for (auto& one : c.customer_identifications) one.id = context.next_id<EntityId>();
    for (auto& one : c.customer_addresses) one.id = context.next_id<EntityId>();
    for (auto& one : c.customer_communications) one.id = context.next_id<EntityId>();
}

Result<Customer> insert_new(Context& context, Customer c) {
    if (auto there = depend_on_segment(context, c.segment_id); !there) return std::unexpected(std::move(there.error()));
    give_ids(context, c);
    core::customer::set_keys(c);
    c.version = 1;
    c.creation_time = context.now;
    c.creator_id = context.user_id;
    c.last_modification_time.reset();
    context.unit.insert(c);
    for (auto& row : core::customer::search_rows(c)) context.unit.insert(std::move(row));
    context.unit.insert(events::customer_created(c));
    context.decides_again_on.push_back(customer_table);
    return c;
}

std::vector<Condition> conditions_of(const Context& context, const ListQuery& q) {
    std::vector<Condition> all{where<&Customer::tenant_id>(context.tenant_id)};
    if (q.customer_no) all.push_back(where<&Customer::customer_no>(*q.customer_no));
    if (q.name) all.push_back(where<&Customer::name_key>(Compare::starts_with, name_key(*q.name)));
    if (q.surname) all.push_back(where<&Customer::surname_key>(Compare::starts_with, name_key(*q.surname)));
    if (q.type) all.push_back(where<&Customer::type>(*q.type));
    if (q.segment_id) all.push_back(where<&Customer::segment_id>(*q.segment_id));
    ids::bound_by_time<&Customer::id, &Customer::creation_time>(all, q.created_from, q.created_to);
    return all;
}

/// How many customers may share one identification or communication before a list of them is cut.
constexpr std::int64_t sharing_max = 1000;

/// The customers that have the value, by id.
Result<std::vector<CustomerId>> found_by(const Context& context, SearchKind kind, std::string_view value) {
    const auto rows = context.store().list<CustomerSearch>(
        {{where<&CustomerSearch::tenant_id>(context.tenant_id), where<&CustomerSearch::kind>(kind),
          where<&CustomerSearch::value>(core::customer::search_form(value))},
         {},
         0,
         sharing_max});
    if (!rows) return std::unexpected(rows.error());
    std::vector<CustomerId> ids;
    for (const CustomerSearch& row : *rows) ids.push_back(row.customer_id);
    std::ranges::sort(ids);
    return ids;
}

/// The customers that all values given lead to.
Result<std::vector<CustomerId>> candidates(const Context& context, const ListQuery& q) {
    std::optional<std::vector<CustomerId>> ids;
    const auto narrow = [&](SearchKind kind, const std::optional<std::string>& value) -> Result<void> {
        if (!value) return {};
        auto found = found_by(context, kind, *value);
        if (!found) return std::unexpected(std::move(found.error()));
        if (!ids) {
            ids = std::move(*found);
        } else {
            std::erase_if(*ids, [&](CustomerId id) { return !std::ranges::binary_search(*found, id); });
        }
        return {};
    };
    if (auto done = narrow(SearchKind::identification, q.identification_value); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = narrow(SearchKind::communication, q.communication_info); !done)
        return std::unexpected(std::move(done.error()));
    return std::move(*ids);
}

/// Below zero, zero or above, as the stored order has it. The column is a required text or number.
int compare(const Field& column, const Customer& a, const Customer& b) {
    const void *of_a = member_of(column, &a), *of_b = member_of(column, &b);
    if (column.type->get_text) return column.type->get_text(of_a).compare(column.type->get_text(of_b));
    const auto x = column.type->get_integer(of_a), y = column.type->get_integer(of_b);
    return x < y ? -1 : x > y ? 1 : 0;
}

void sort(std::vector<Customer>& customers, const std::vector<ports::Order>& order) {
    std::ranges::sort(customers, [&](const Customer& a, const Customer& b) {
        for (const ports::Order& one : order) {
            const auto column = std::ranges::find(Describe<Customer>::fields, one.column, &Field::name);
            if (const int c = compare(*column, a, b); c != 0) return one.descending ? c > 0 : c < 0;
        }
        return a.id > b.id;
    });
}

/// Few customers share an identification or a phone: they are read one by one and put in order here.
Result<ports::PageOf<Customer>> list_found(const Context& context, const ListQuery& q) {
    if (!q.page.cursor.empty()) return fail_field("cursor", "This list has no cursor.", "Bu listenin imleci yoktur.");
    const auto ids = candidates(context, q);
    if (!ids) return std::unexpected(ids.error());
    std::vector<Customer> found;
    for (const CustomerId id : *ids) {
        auto conditions = conditions_of(context, q);
        conditions.push_back(where<&Customer::id>(id));
        auto customer = context.store().find<Customer>(std::move(conditions));
        if (!customer) return std::unexpected(std::move(customer.error()));
        if (*customer) found.push_back(std::move(**customer));
    }
    sort(found, q.page.order);
    const auto total = static_cast<std::int64_t>(found.size());
    const auto begin = found.begin() + std::min(q.page.skip, total);
    const auto end = begin + std::min(q.page.limit, static_cast<std::int64_t>(found.end() - begin));
    return ports::PageOf<Customer>{total, {std::make_move_iterator(begin), std::make_move_iterator(end)}, {}};
}

}  // namespace

Result<Customer> create(Context& context, Customer wanted, std::string_view path) {
    if (auto good = check(wanted, context.now, path); !good) return std::unexpected(std::move(good.error()));
    const auto known = find(context, wanted.customer_no);
    if (!known) return std::unexpected(known.error());
    if (*known) return fail(ErrorCode::customer_exists);
    return insert_new(context, std::move(wanted));
}

Result<Gotten> get_or_create(Context& context, Customer wanted) {
    if (auto good = check(wanted, context.now, ""); !good) return std::unexpected(std::move(good.error()));
    auto known = find(context, wanted.customer_no);
    if (!known) return std::unexpected(std::move(known.error()));
    if (*known) return Gotten{std::move(**known), false};
    auto made = insert_new(context, std::move(wanted));
    if (!made) return std::unexpected(std::move(made.error()));
    return Gotten{std::move(*made), true};
}

Result<Customer> get(const Context& context, std::string_view customer_no) {
    auto customer = find(context, customer_no);
    if (!customer) return std::unexpected(std::move(customer.error()));
    if (!*customer) return fail(ErrorCode::customer_not_found);
    return std::move(**customer);
}

Result<ports::PageOf<Customer>> list(const Context& context, const ListQuery& q) {
    if (q.identification_value || q.communication_info) return list_found(context, q);
    // By name in the order of names: the first page is found without reading all who are called so.
    const ports::Order usual = q.surname ? ports::Order{member_name<&Customer::surname_key>}
                               : q.name  ? ports::Order{member_name<&Customer::name_key>}
                                         : ports::Order{member_name<&Customer::id>, /*descending=*/true};
    return ports::page_of<Customer>(context.store(), conditions_of(context, q), q.page, usual);
}

Result<Customer> update(Context& context, std::string_view customer_no, const Customer& wanted, SeenVersion seen) {
    const auto stored = get(context, customer_no);
    if (!stored) return stored;
    if (auto same = check_seen(seen, stored->version); !same) return std::unexpected(std::move(same.error()));
    Customer changed = wanted;
    changed.tenant_id = stored->tenant_id, changed.id = stored->id, changed.customer_no = stored->customer_no;
    changed.customer_identifications = stored->customer_identifications;
    changed.customer_addresses = stored->customer_addresses;
    changed.customer_communications = stored->customer_communications;
    changed.creation_time = stored->creation_time, changed.creator_id = stored->creator_id;
    changed.last_modification_time = context.now;
    changed.version = stored->version + 1;

    Findings findings, of_collections;
    core::customer::check_person(changed, date_of(context.now), "", findings);
    if (changed.type != stored->type)
        core::customer::check_collections(changed, date_of(context.now), "", of_collections);
    if (!of_collections.errors.empty())  // the caller did not send the entries that stand in the way
        findings.errors.add("type", "The customer has entries that do not fit this type.",
                            "Müşterinin bu tipe uygun olmayan kayıtları var.");
    if (auto good = core::customer::result_of(std::move(findings)); !good)
        return std::unexpected(std::move(good.error()));
    if (changed.segment_id != stored->segment_id)
        if (auto there = depend_on_segment(context, changed.segment_id); !there)
            return std::unexpected(std::move(there.error()));
    core::customer::set_keys(changed);
    context.unit.update(changed, stored->version);
    tell_owners(context, changed.id);
    return changed;
}

}  // namespace takas::app::customers
