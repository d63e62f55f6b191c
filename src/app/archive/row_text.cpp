#include "app/archive/row_text.hpp"

#include <algorithm>

#include "protocol/json/codec.hpp"

namespace takas::app::archive {
namespace {

bool has_no_name(const Type& type, const void* member) {
    return type.kind == Kind::enumeration && !type.optional &&
           std::ranges::find(type.enum_names, type.get_integer(member), &EnumName::value) == type.enum_names.end();
}

}  // namespace

void append_row(std::string& out, std::span<const Field> fields, const void* record) {
    char separator = '{';
    for (const Field& field : fields) {
        const void* member = member_of(field, record);
        out += separator;
        separator = ',';
        out.append("\"").append(field.name).append("\":");
        if (has_no_name(*field.type, member))
            out += std::to_string(field.type->get_integer(member));
        else
            protocol::json::write(out, *field.type, member, protocol::json::storage_write);
    }
    out += "}\n";
}

}  // namespace takas::app::archive
