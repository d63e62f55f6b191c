#include "api/framework/header_parameters.hpp"

#include <string.h>

#include <algorithm>

#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[octet >> 4];
        out += "0123456789ABCDEF"[octet & 15];
    }
}

}  // namespace

std::string header_name_of(const Field& field) {
    std::string name(field.camel.view());
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

bool is_repeated(const net::HttpRequest& request, std::string_view name) {
    return std::ranges::count_if(request.headers, [name](const net::Header& header) {
               return net::equals_ignoring_case(header.name, name);
           }) > 1;
}

Result<void> read_headers(const net::HttpRequest& request, const Type& type, void* object) {
    std::string as_query;
    for (const Field& field : type.fields()) {
        const std::string name = header_name_of(field);
        const std::string_view value = request.header(name);
        if (is_repeated(request, name)) return fail_field(name, "It comes twice.", "İki kez geliyor.");
        if (value.empty() && field.is_required) return fail(ErrorCode::vault_header_missing, "header " + name);
        if (value.empty()) continue;
        if (!as_query.empty()) as_query += '&';
        append_escaped(as_query, field.camel.view());
        as_query += '=';
        std::string plain(value);
        // True and FALSE, as other platforms print them.
        if (field.type->kind == Kind::boolean || (field.type->inner && field.type->inner->kind == Kind::boolean))
            std::ranges::transform(plain, plain.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
        append_escaped(as_query, plain);
        ::explicit_bzero(plain.data(), plain.size());
    }
    auto done = protocol::json::decode_query_into(as_query, type, object);
    ::explicit_bzero(as_query.data(), as_query.size());  // a card number may be among them
    return done;
}

}  // namespace takas::api
