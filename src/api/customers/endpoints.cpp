#include "api/customers/endpoints.hpp"

#include "api/customers/dto.hpp"
#include "api/framework/etag.hpp"
#include "app/customers/customers.hpp"

namespace takas::api {
namespace {

using core::customer::Customer;

template <class Dto>
Result<Dto> answer_of(Call& call, const Result<Customer>& customer) {
    if (!customer) return std::unexpected(customer.error());
    set_etag(call, customer->version);
    Dto dto;
    fill(dto, *customer);
    return dto;
}

Result<CustomerDetailDto> create_customer(Call& call, const CreateCustomerDto& body) {
    call.on_conflict("customer", ErrorCode::customer_exists);
    return answer_of<CustomerDetailDto>(call, app::customers::create(call.context, customer_of(body)));
}

Result<GottenCustomerDto> get_or_create_customer(Call& call, const CreateCustomerDto& body) {
    const auto gotten = app::customers::get_or_create(call.context, customer_of(body));
    if (!gotten) return std::unexpected(gotten.error());
    set_etag(call, gotten->customer.version);
    GottenCustomerDto dto;
    fill(dto, gotten->customer);
    dto.created = gotten->created;
    return dto;
}

Result<CustomerDetailDto> get_customer(Call& call) {
    return answer_of<CustomerDetailDto>(call, app::customers::get(call.context, call.path_value("customerNo")));
}

Result<CustomerDetailDto> update_customer(Call& call, const UpdateCustomerDto& body) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of<CustomerDetailDto>(
        call, app::customers::update(call.context, call.path_value("customerNo"), customer_of(body), *seen));
}

Result<CustomerDto> update_customer_segment(Call& call, const UpdateCustomerSegmentDto& body) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of<CustomerDto>(
        call, app::customers::set_segment(call.context, call.path_value("customerNo"), body.segment_id, *seen));
}

/// The entries of the types that were sent, in the order they were sent, as they are stored now.
template <class Entry>
std::vector<Entry> entries_of(const std::vector<Entry>& stored, const std::vector<Entry>& sent) {
    std::vector<Entry> answer;
    for (const Entry& one : sent) answer.push_back(*std::ranges::find(stored, one.type, &Entry::type));
    return answer;
}

/// `change` is the use case, `sent` what the body holds, `list` where the customer keeps it.
template <class Entry, class Change>
Result<std::vector<Entry>> upsert(Call& call, const std::string& customer_no, const std::vector<Entry>& sent,
                                  std::vector<Entry> Customer::* list, Change change) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const Result<Customer> changed = change(call.context, customer_no, sent, *seen);
    if (!changed) return std::unexpected(changed.error());
    set_etag(call, changed->version);
    return entries_of((*changed).*list, sent);
}

Result<std::vector<core::customer::Address>> upsert_addresses(Call& call, const UpsertAddressesDto& body) {
    return upsert(call, body.customer_no, body.addresses, &Customer::customer_addresses,
                  &app::customers::upsert_addresses);
}

Result<std::vector<core::customer::Communication>> upsert_communications(Call& call,
                                                                         const UpsertCommunicationsDto& body) {
    return upsert(call, body.customer_no, body.communications, &Customer::customer_communications,
                  &app::customers::upsert_communications);
}

Result<std::vector<core::customer::Identification>> upsert_identifications(Call& call,
                                                                           const UpsertIdentificationsDto& body) {
    return upsert(call, body.customer_no, body.identifications, &Customer::customer_identifications,
                  &app::customers::upsert_identifications);
}

constexpr std::array sort_columns{
    SortColumn{"id", "id"},
    SortColumn{"customerNo", "customer_no"},
    SortColumn{"type", "type"},
    SortColumn{"name", "name_key"},
    SortColumn{"surname", "surname_key"},
    SortColumn{"creationTime", "id"},  // ids rise with time
};

Result<Paged<CustomerDto>> list_customers(Call& call, const Query<CustomerListQuery>& query) {
    const CustomerListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::customers::list(
        call.context, {q.customer_no, q.name, q.surname, q.type, q.segment_id, q.identification_value,
                       q.communication_info, q.created_from, q.created_to, std::move(*wish)});
    if (!page) return std::unexpected(page.error());
    Paged<CustomerDto> answer{page->total_count, {}, page->next_cursor};
    for (const Customer& customer : page->rows) fill(answer.items.emplace_back(), customer);
    return answer;
}

using enum Method;

constexpr std::string_view tag = "Customer";

constexpr std::array rows{
    with_etag(endpoint<&create_customer>(
        post, "/api/v1/issuing/customer", "createCustomer", tag, "Create a customer", Permission::customer_write,
        Idempotency::accepted, {ErrorCode::customer_exists, ErrorCode::one_per_type, ErrorCode::segment_not_found})),
    with_etag(endpoint<&get_or_create_customer>(post, "/api/v1/issuing/customer/get-or-create", "getOrCreateCustomer",
                                                tag, "Get the customer with this number, or create it",
                                                Permission::customer_write, Idempotency::accepted,
                                                {ErrorCode::one_per_type, ErrorCode::segment_not_found})),
    endpoint<&list_customers>(get, "/api/v1/issuing/customer", "getCustomerList", tag, "List customers",
                              Permission::customer_read, Idempotency::none),
    with_etag(endpoint<&get_customer>(get, "/api/v1/issuing/customer/{customerNo}", "getCustomer", tag,
                                      "Get a customer", Permission::customer_read, Idempotency::none,
                                      {ErrorCode::customer_not_found})),
    with_if_match(with_etag(endpoint<&update_customer>(
        put, "/api/v1/issuing/customer/{customerNo}", "updateCustomer", tag, "Replace a customer's own fields",
        Permission::customer_write, Idempotency::none,
        {ErrorCode::customer_not_found, ErrorCode::concurrent_change, ErrorCode::segment_not_found}))),
    with_if_match(with_etag(endpoint<&update_customer_segment>(
        put, "/api/v1/issuing/customer/{customerNo}/segment", "updateCustomerSegment", tag,
        "Put a customer into a segment", Permission::customer_write, Idempotency::none,
        {ErrorCode::customer_not_found, ErrorCode::segment_not_found}))),
    with_if_match(with_etag(
        endpoint<&upsert_addresses>(post, "/api/v1/issuing/customer/addresses/upsert", "upsertCustomerAddresses", tag,
                                    "Add addresses, or replace those of the same type", Permission::customer_write,
                                    Idempotency::accepted, {ErrorCode::customer_not_found, ErrorCode::one_per_type}))),
    with_if_match(with_etag(endpoint<&upsert_communications>(
        post, "/api/v1/issuing/customer/communications/upsert", "upsertCustomerCommunications", tag,
        "Add communications, or replace those of the same type", Permission::customer_write, Idempotency::accepted,
        {ErrorCode::customer_not_found, ErrorCode::one_per_type}))),
    with_if_match(with_etag(endpoint<&upsert_identifications>(
        post, "/api/v1/issuing/customer/identifications/upsert", "upsertCustomerIdentifications", tag,
        "Add identifications, or replace those of the same type", Permission::customer_write, Idempotency::accepted,
        {ErrorCode::customer_not_found, ErrorCode::one_per_type}))),
};

}  // namespace

std::span<const Endpoint> customer_endpoints() { return rows; }

}  // namespace takas::api
