// See copy_value.hpp.
#include "store/memory/copy_value.hpp"

namespace takas::store::memory {

void copy_fields(std::span<const Field> fields, const void* from, void* to) {
    for (const Field& field : fields) copy_value(*field.type, member_of(field, from), field.member(to));
}

void copy_value(const Type& type, const void* from, void* to) {
    if (type.optional) {
        if (const void* value = type.value(from)) copy_value(*type.inner, value, type.emplace(to));
        return;
    }
    if (type.get_integer) return type.set_integer(to, type.get_integer(from));
    if (type.get_text) return type.set_text(to, type.get_text(from));
    switch (type.kind) {
        case Kind::decimal:
            *static_cast<Decimal*>(to) = *static_cast<const Decimal*>(from);
            return;
        case Kind::string_map: {
            using Map = std::map<std::string, std::string>;
            *static_cast<Map*>(to) = *static_cast<const Map*>(from);
            return;
        }
        case Kind::list:
            for (std::size_t i = 0; i < type.size(from); ++i)
                copy_value(*type.inner, type.at(from, i), type.push_back(to));
            return;
        default:
            copy_fields(type.fields(), from, to);
    }
}

}  // namespace takas::store::memory
