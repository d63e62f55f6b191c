#include "core/audit/differences.hpp"

#include <algorithm>
#include <string>

namespace takas::core::audit {
namespace {

struct Property {
    std::string path;
    std::string value;
    bool is_masked = false;
};
using Properties = std::vector<Property>;

bool is_among(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::string name_of(const Type& type, std::int64_t value) {
    for (const EnumName& row : type.enum_names)
        if (row.value == value) return std::string(row.name);
    return std::to_string(value);
}

/// "" for what is no text of its own.
std::string text_of(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            return type.get_integer(value) != 0 ? "true" : "false";
        case Kind::integer:
            return std::to_string(type.get_integer(value));
        case Kind::enumeration:
            return name_of(type, type.get_integer(value));
        case Kind::text:
        case Kind::raw_json:
            return std::string(type.get_text(value));
        case Kind::date:
            return to_text(Date{static_cast<std::int32_t>(type.get_integer(value))});
        case Kind::instant:
            return to_text(Instant{type.get_integer(value)});
        case Kind::decimal:
            return to_text(*static_cast<const Decimal*>(value));
        case Kind::blob:
        case Kind::object:
        case Kind::list:
        case Kind::string_map:
            break;
    }
    return {};
}

void read(Properties& out, const std::string& path, const Type& type, const void* value, bool is_masked);

void read_fields(Properties& out, const std::string& prefix, std::span<const Field> fields, const void* object,
                 bool is_masked) {
    for (const Field& field : fields)
        if (field.sensitivity != Sensitivity::secret)
            read(out, prefix + std::string(field.camel.view()), *field.type, member_of(field, object),
                 is_masked || field.sensitivity == Sensitivity::masked);
}

void read(Properties& out, const std::string& path, const Type& type, const void* value, bool is_masked) {
    if (type.optional) {
        const void* held = type.value(value);
        if (held) read(out, path, *type.inner, held, is_masked);
    } else if (type.kind == Kind::object) {
        read_fields(out, path + ".", type.fields(), value, is_masked);
    } else if (type.kind == Kind::list) {
        for (std::size_t i = 0; i < type.size(value); ++i)
            read(out, path + "[" + std::to_string(i) + "]", *type.inner, type.at(value, i), is_masked);
    } else if (std::string text = text_of(type, value); !text.empty()) {
        out.push_back({path, std::move(text), is_masked});
    }
}

Properties properties_of(std::span<const Field> fields, const void* record, const Reading& reading) {
    Properties out;
    if (!record) return out;
    for (const Field& field : fields) {
        if (field.sensitivity == Sensitivity::secret || is_among(reading.left_out, field.name)) continue;
        const bool is_masked = field.sensitivity == Sensitivity::masked || is_among(reading.masked, field.name);
        read(out, std::string(field.camel.view()), *field.type, member_of(field, record), is_masked);
    }
    return out;
}

/// Of something new or gone, what it never had is not told: that is most of a record.
bool is_none(const Property& one) { return one.value == "false" || one.value == "0"; }

const Property* find(const Properties& all, const std::string& path) {
    const auto found = std::ranges::find(all, path, &Property::path);
    return found == all.end() ? nullptr : &*found;
}

std::optional<std::string> shown(const Property* property) {
    if (!property) return std::nullopt;
    return property->is_masked ? std::string(masked_value) : property->value;
}

}  // namespace

std::vector<PropertyChange> differences(std::span<const Field> fields, const void* before, const void* now,
                                        const Reading& reading) {
    Properties old_values = properties_of(fields, before, reading);
    Properties new_values = properties_of(fields, now, reading);
    if (!before) std::erase_if(new_values, is_none);
    if (!now) std::erase_if(old_values, is_none);
    std::vector<PropertyChange> changes;
    for (const Property& one : old_values) {
        const Property* after = find(new_values, one.path);
        if (!after || after->value != one.value) changes.push_back({one.path, shown(&one), shown(after)});
    }
    for (const Property& one : new_values)
        if (!find(old_values, one.path)) changes.push_back({one.path, std::nullopt, shown(&one)});
    return changes;
}

}  // namespace takas::core::audit
