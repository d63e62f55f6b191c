#include "core/authorization/compact.hpp"

#include <array>

namespace takas::core::authorization {

void put_varint(std::string& out, std::int64_t value) {
    auto zigzag = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    if (zigzag < 0x80) return out.push_back(static_cast<char>(zigzag));
    std::array<char, 10> octets;
    std::size_t size = 0;
    for (; zigzag >= 0x80; zigzag >>= 7) octets[size++] = static_cast<char>(zigzag | 0x80);
    octets[size++] = static_cast<char>(zigzag);
    out.append(octets.data(), size);
}

std::optional<std::int64_t> take_varint(std::string_view& in) {
    std::uint64_t zigzag = 0;
    for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<std::uint8_t>(in.front());
        in.remove_prefix(1);
        zigzag |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return static_cast<std::int64_t>((zigzag >> 1) ^ (0 - (zigzag & 1)));
    }
    return std::nullopt;
}

void put_text(std::string& out, std::string_view text) {
    put_varint(out, static_cast<std::int64_t>(text.size()));
    out.append(text);
}

std::optional<std::string_view> take_text(std::string_view& in) {
    const auto size = take_varint(in);
    if (!size || *size < 0 || static_cast<std::uint64_t>(*size) > in.size()) return std::nullopt;
    const auto text = in.substr(0, static_cast<std::size_t>(*size));
    in.remove_prefix(text.size());
    return text;
}

void put_fields(std::string& out, std::span<const Field> fields, const void* object) {
    for (const Field& f : fields) {
        const void* member = member_of(f, object);
        const Type* type = f.type;
        if (type->optional) {
            member = type->value(member);
            put_varint(out, member ? 1 : 0);
            if (!member) continue;
            type = type->inner;
        }
        if (type->kind == Kind::text)
            put_text(out, type->get_text(member));
        else
            put_varint(out, type->get_integer(member));
    }
}

bool take_fields(std::string_view& in, std::span<const Field> fields, void* object) {
    for (const Field& f : fields) {
        void* member = f.member(object);
        const Type* type = f.type;
        if (type->optional) {
            const auto present = take_varint(in);
            if (!present) return false;
            if (*present == 0) continue;
            member = type->emplace(member);
            type = type->inner;
        }
        if (type->kind == Kind::text) {
            const auto text = take_text(in);
            if (!text) return false;
            type->set_text(member, *text);
            continue;
        }
        const auto value = take_varint(in);
        if (!value || *value < type->min || *value > type->max) return false;
        type->set_integer(member, *value);
    }
    return true;
}

}  // namespace takas::core::authorization
