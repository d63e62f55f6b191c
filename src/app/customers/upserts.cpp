// Parts of a customer that are changed on their own: its segment, and its addresses, communications and
// identifications, of which there is at most one per type (customers.hpp).
#include "app/customers/customers.hpp"
#include "app/customers/owner_changed.hpp"
#include "app/customers/segments.hpp"
#include "core/customer/customer_rules.hpp"

namespace takas::app::customers {
namespace {

using core::customer::Address;
using core::customer::Communication;
using core::customer::CustomerSearch;
using core::customer::Findings;
using core::customer::Identification;

Result<Customer> get_seen(const Context& context, std::string_view customer_no, SeenVersion seen) {
    auto stored = get(context, customer_no);
    if (!stored) return stored;
    if (auto same = check_seen(seen, stored->version); !same) return std::unexpected(std::move(same.error()));
    return stored;
}

/// An entry of a type that is there replaces it and keeps its id; the others stay.
template <class Entry>
void merge(Context& context, std::vector<Entry>& stored, std::vector<Entry> wanted) {
    for (Entry& one : wanted) {
        const auto known = std::ranges::find(stored, one.type, &Entry::type);
        if (known == stored.end()) {
            one.id = context.next_id<EntityId>();
            stored.push_back(std::move(one));
        } else {
            one.id = known->id;
            *known = std::move(one);
        }
    }
}

/// Rows that are found by values the customer no longer has go, new ones come.
void move_search_rows(Context& context, const Customer& before, const Customer& after) {
    const auto old_rows = core::customer::search_rows(before), new_rows = core::customer::search_rows(after);
    const auto is_in = [](const std::vector<CustomerSearch>& rows, const CustomerSearch& one) {
        return std::ranges::any_of(
            rows, [&](const CustomerSearch& row) { return row.kind == one.kind && row.value == one.value; });
    };
    for (const CustomerSearch& row : old_rows)
        if (!is_in(new_rows, row)) context.unit.erase(row);
    for (const CustomerSearch& row : new_rows)
        if (!is_in(old_rows, row)) context.unit.insert(row);
}

/// The change is made again on what is stored by then when the customer moves before the commit.
Customer put_change(Context& context, const Customer& stored, Customer changed) {
    changed.version = stored.version + 1;
    changed.last_modification_time = context.now;
    context.unit.update(changed, stored.version);
    move_search_rows(context, stored, changed);
    tell_owners(context, changed.id);
    context.decides_again_on.push_back(ports::table_of<Customer>().name);
    return changed;
}

/// `list` is the customer's list of such entries, `check` says what is wrong with those that were sent.
template <class Entry, class Check>
Result<Customer> upsert(Context& context, std::string_view customer_no, std::vector<Entry> wanted, SeenVersion seen,
                        std::vector<Entry> Customer::* list, const Check& check) {
    const auto stored = get_seen(context, customer_no, seen);
    if (!stored) return stored;
    Customer sent;
    sent.type = stored->type;
    sent.*list = wanted;
    Findings findings;
    check(sent, findings);
    if (auto good = core::customer::result_of(std::move(findings)); !good)
        return std::unexpected(std::move(good.error()));
    Customer changed = *stored;
    merge(context, changed.*list, std::move(wanted));
    return put_change(context, *stored, std::move(changed));
}

}  // namespace

Result<Customer> set_segment(Context& context, std::string_view customer_no, EntityId segment_id, SeenVersion seen) {
    const auto stored = get_seen(context, customer_no, seen);
    if (!stored) return stored;
    if (auto there = depend_on_segment(context, segment_id); !there) return std::unexpected(std::move(there.error()));
    Customer changed = *stored;
    changed.segment_id = segment_id;
    return put_change(context, *stored, std::move(changed));
}

Result<Customer> upsert_addresses(Context& context, std::string_view customer_no, std::vector<Address> wanted,
                                  SeenVersion seen) {
    return upsert(
        context, customer_no, std::move(wanted), seen, &Customer::customer_addresses,
        [](const Customer& sent, Findings& findings) { core::customer::check_addresses(sent, "addresses", findings); });
}

Result<Customer> upsert_communications(Context& context, std::string_view customer_no,
                                       std::vector<Communication> wanted, SeenVersion seen) {
    return upsert(context, customer_no, std::move(wanted), seen, &Customer::customer_communications,
                  [](const Customer& sent, Findings& findings) {
                      core::customer::check_communications(sent, "communications", findings);
                  });
}

Result<Customer> upsert_identifications(Context& context, std::string_view customer_no,
                                        std::vector<Identification> wanted, SeenVersion seen) {
    return upsert(context, customer_no, std::move(wanted), seen, &Customer::customer_identifications,
                  [&](const Customer& sent, Findings& findings) {
                      core::customer::check_identifications(sent, date_of(context.now), "identifications", findings);
                  });
}

}  // namespace takas::app::customers
