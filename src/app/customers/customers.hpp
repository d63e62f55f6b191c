// The customers of an institution: create, find, list, change. Fills the context's unit; the caller commits it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::customers {

using core::customer::Customer;

/// `wanted` is what the caller sent: ids, times and version are given here. The customer is in the unit afterwards.
/// `path` stands before field names in refusals: "" or "customer.".
/// Errors: validation, one_per_type, customer_exists, segment_not_found.
Result<Customer> create(Context& context, Customer wanted, std::string_view path = "");

struct Gotten {
    Customer customer;
    bool created = false;
};
/// The customer of that number as it is, or a new one. Two callers at once both get the one that was stored.
Result<Gotten> get_or_create(Context& context, Customer wanted);

/// Error: customer_not_found.
Result<Customer> get(const Context& context, std::string_view customer_no);

struct ListQuery {
    std::optional<std::string> customer_no{}, name{}, surname{};  ///< number exactly, names by their beginning
    std::optional<core::customer::CustomerType> type{};
    std::optional<EntityId> segment_id{};
    std::optional<std::string> identification_value{}, communication_info{};
    std::optional<Instant> created_from{}, created_to{};  ///< to: not included
    ports::PageWish page{};                               ///< usual order: newest first
};
/// By identification or communication at most a thousand, and no cursor: ask for them at once.
Result<ports::PageOf<Customer>> list(const Context& context, const ListQuery& query);

/// Replaces everything but the number and the collections by what `wanted` says.
/// Errors: validation, customer_not_found, segment_not_found, concurrent_change.
Result<Customer> update(Context& context, std::string_view customer_no, const Customer& wanted, SeenVersion seen = {});

/// Segment 0 takes the customer out of its segment.
/// Errors: customer_not_found, segment_not_found, concurrent_change.
Result<Customer> set_segment(Context& context, std::string_view customer_no, EntityId segment_id,
                             SeenVersion seen = {});

/// An entry of a type that the customer has replaces it and keeps its id, one of another type is added; the customer's
/// other entries stay. The whole customer is answered.
/// Errors: validation, one_per_type, customer_not_found, concurrent_change.
Result<Customer> upsert_addresses(Context& context, std::string_view customer_no,
                                  std::vector<core::customer::Address> wanted, SeenVersion seen = {});
Result<Customer> upsert_communications(Context& context, std::string_view customer_no,
                                       std::vector<core::customer::Communication> wanted, SeenVersion seen = {});
Result<Customer> upsert_identifications(Context& context, std::string_view customer_no,
                                        std::vector<core::customer::Identification> wanted, SeenVersion seen = {});

}  // namespace takas::app::customers
