#include "api/customers/endpoints.hpp"

#include "api/customers/dto.hpp"
#include "app/customers/customers.hpp"

namespace takas::api {
namespace {

using core::customer::Customer;

template <class Dto>
Result<Dto> answer_of(const Result<Customer>& customer) {
    if (!customer) return std::unexpected(customer.error());
    Dto dto;
    fill(dto, *customer);
    return dto;
}

Result<CustomerDetailDto> create_customer(Call& call, const CreateCustomerDto& body) {
    call.on_conflict("customer", ErrorCode::customer_exists);
    return answer_of<CustomerDetailDto>(app::customers::create(call.context, customer_of(body)));
}

Result<GottenCustomerDto> get_or_create_customer(Call& call, const CreateCustomerDto& body) {
    const auto gotten = app::customers::get_or_create(call.context, customer_of(body));
    if (!gotten) return std::unexpected(gotten.error());
    GottenCustomerDto dto;
    fill(dto, gotten->customer);
    dto.created = gotten->created;
    return dto;
}

Result<CustomerDetailDto> get_customer(Call& call) {
    return answer_of<CustomerDetailDto>(app::customers::get(call.context, call.path_value("customerNo")));
}

Result<CustomerDetailDto> update_customer(Call& call, const UpdateCustomerDto& body) {
    return answer_of<CustomerDetailDto>(
        app::customers::update(call.context, call.path_value("customerNo"), customer_of(body)));
}

constexpr std::array sort_columns{
    SortColumn{"id", "id"},     SortColumn{"customerNo", "customer_no"}, SortColumn{"type", "type"},
    SortColumn{"name", "name"}, SortColumn{"surname", "surname"},        SortColumn{"creationTime", "creation_time"},
};

Result<Paged<CustomerDto>> list_customers(Call& call, const Query<CustomerListQuery>& query) {
    const CustomerListQuery& q = query.value;
    auto order = parse_sorting(q.sorting, sort_columns);
    if (!order) return std::unexpected(std::move(order.error()));
    const auto page =
        app::customers::list(call.context, {q.customer_no, q.name, q.surname, q.type, q.segment_id,
                                            q.identification_value, q.communication_info, q.created_from, q.created_to,
                                            std::move(*order), q.skip_count, q.max_result_count});
    if (!page) return std::unexpected(page.error());
    Paged<CustomerDto> answer{page->total_count, {}};
    for (const Customer& customer : page->customers) fill(answer.items.emplace_back(), customer);
    return answer;
}

using enum Method;

constexpr std::string_view tag = "Customer";

constexpr std::array rows{
    endpoint<&create_customer>(post, "/api/v1/issuing/customer", "createCustomer", tag, "Create a customer",
                               Permission::customer_write, Idempotency::accepted,
                               {ErrorCode::customer_exists, ErrorCode::one_per_type, ErrorCode::segment_not_found}),
    endpoint<&get_or_create_customer>(post, "/api/v1/issuing/customer/get-or-create", "getOrCreateCustomer", tag,
                                      "Get the customer with this number, or create it", Permission::customer_write,
                                      Idempotency::accepted, {ErrorCode::one_per_type, ErrorCode::segment_not_found}),
    endpoint<&list_customers>(get, "/api/v1/issuing/customer", "getCustomerList", tag, "List customers",
                              Permission::customer_read, Idempotency::none),
    endpoint<&get_customer>(get, "/api/v1/issuing/customer/{customerNo}", "getCustomer", tag, "Get a customer",
                            Permission::customer_read, Idempotency::none, {ErrorCode::customer_not_found}),
    endpoint<&update_customer>(
        put, "/api/v1/issuing/customer/{customerNo}", "updateCustomer", tag, "Replace a customer's own fields",
        Permission::customer_write, Idempotency::none,
        {ErrorCode::customer_not_found, ErrorCode::concurrent_change, ErrorCode::segment_not_found}),
};

}  // namespace

std::span<const Endpoint> customer_endpoints() { return rows; }

}  // namespace takas::api
