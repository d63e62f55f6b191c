#include "core/authorization/facts.hpp"

namespace takas::core::authorization {
namespace {

void put_varint(std::string& out, std::int64_t value) {
    auto zigzag = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
    for (; zigzag >= 0x80; zigzag >>= 7) out.push_back(static_cast<char>(zigzag | 0x80));
    out.push_back(static_cast<char>(zigzag));
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

/// How many fields of the description a version lacks at its end.
constexpr std::size_t fields_lacking(std::int64_t version) { return version == 1 ? 7 : version == 2 ? 3 : 0; }

}  // namespace

PolicyTerms terms_of(const product::UsagePolicy& policy, product::Side side) {
    std::uint32_t bits = PolicyTerms::is_set | policy.refused_on(side).value;
    bits |= static_cast<std::uint32_t>(policy.of_card_on(side).value) << PolicyTerms::of_card_shift;
    if (policy.requires_3d_secure) bits |= PolicyTerms::requires_3d_secure;
    if (policy.requires_online_pin) bits |= PolicyTerms::requires_online_pin;
    if (side == product::Side::international) bits |= PolicyTerms::is_abroad;
    return {bits};
}

/// The oldest version that can say it: most cards have no policy and most transactions no fee, and the fields behind
/// would say nothing.
std::uint8_t version_for(const Facts& facts) {
    if (facts.control_response || facts.velocity_response || facts.fee_tax_minor != 0) return facts_version;
    return (facts.policy.value & PolicyTerms::is_set) != 0 ? 2 : 1;
}

void encode_facts(const Facts& facts, std::string& out) {
    const std::uint8_t version = version_for(facts);
    put_varint(out, version);
    const auto rest = std::span<const Field>(Describe<Facts>::fields).subspan(1);
    for (const Field& f : rest.first(rest.size() - fields_lacking(version))) {
        const void* member = member_of(f, &facts);
        const Type* type = f.type;
        if (type->optional) {
            member = type->value(member);
            put_varint(out, member ? 1 : 0);
            if (!member) continue;
            type = type->inner;
        }
        put_varint(out, type->get_integer(member));
    }
}

std::string encode_facts(const Facts& facts) {
    std::string out;
    out.reserve(96);
    encode_facts(facts, out);
    return out;
}

std::optional<Facts> decode_facts(std::string_view bytes) {
    Facts facts;
    std::size_t left = std::size(Describe<Facts>::fields);
    for (const Field& f : Describe<Facts>::fields) {
        if (left-- == fields_lacking(facts.format_version)) break;
        void* member = f.member(&facts);
        const Type* type = f.type;
        if (type->optional) {
            const auto present = take_varint(bytes);
            if (!present) return std::nullopt;
            if (*present == 0) continue;
            member = type->emplace(member);
            type = type->inner;
        }
        const auto value = take_varint(bytes);
        if (!value || *value < type->min || *value > type->max) return std::nullopt;
        type->set_integer(member, *value);
    }
    if (!bytes.empty() || facts.format_version < 1 || facts.format_version > facts_version) return std::nullopt;
    return facts;
}

}  // namespace takas::core::authorization
