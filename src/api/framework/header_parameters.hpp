// Parameters that travel as request headers: each field of a described struct is a header of the field's published name
// in lower case. Read by the rules of the query string: strict UTF-8, bounds, charset; "" is no value.
#pragma once

#include <string>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "net/http_message.hpp"

namespace takas::api {

/// "relationalid1" of RelationalId1.
std::string header_name_of(const Field& field);

/// Two values for one name: which of them counts should nobody have to guess.
bool is_repeated(const net::HttpRequest& request, std::string_view name);

/// Errors: vault_header_missing when a required one is not there; validation when one comes twice, and with all other
/// field errors.
Result<void> read_headers(const net::HttpRequest& request, const Type& type, void* object);

}  // namespace takas::api
