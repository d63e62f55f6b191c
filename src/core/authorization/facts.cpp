#include "core/authorization/facts.hpp"

#include "core/authorization/compact.hpp"

namespace takas::core::authorization {
namespace {

/// How many fields of the description a version lacks at its end.
constexpr std::size_t fields_lacking(std::int64_t version) { return version == 1 ? 7 : version == 2 ? 3 : 0; }

/// The oldest version that can say it: most cards have no policy and most transactions no fee, and the fields behind
/// would say nothing.
std::uint8_t version_for(const Facts& facts) {
    if (facts.control_response || facts.velocity_response || facts.fee_tax_minor != 0) return facts_version;
    return (facts.policy.value & PolicyTerms::is_set) != 0 ? 2 : 1;
}

}  // namespace

PolicyTerms terms_of(const product::UsagePolicy& policy, product::Side side) {
    std::uint32_t bits = PolicyTerms::is_set | policy.refused_on(side).value;
    bits |= static_cast<std::uint32_t>(policy.of_card_on(side).value) << PolicyTerms::of_card_shift;
    if (policy.requires_3d_secure) bits |= PolicyTerms::requires_3d_secure;
    if (policy.requires_online_pin) bits |= PolicyTerms::requires_online_pin;
    if (side == product::Side::international) bits |= PolicyTerms::is_abroad;
    return {bits};
}

void encode_facts(const Facts& facts, std::string& out) {
    const std::uint8_t version = version_for(facts);
    put_varint(out, version);
    const auto rest = std::span<const Field>(Describe<Facts>::fields).subspan(1);
    put_fields(out, rest.first(rest.size() - fields_lacking(version)), &facts);
}

std::string encode_facts(const Facts& facts) {
    std::string out;
    out.reserve(96);
    encode_facts(facts, out);
    return out;
}

std::optional<Facts> decode_facts(std::string_view bytes) {
    Facts facts;
    const auto all = std::span<const Field>(Describe<Facts>::fields);
    if (!take_fields(bytes, all.first(1), &facts)) return std::nullopt;
    if (!take_fields(bytes, all.subspan(1, all.size() - 1 - fields_lacking(facts.format_version)), &facts))
        return std::nullopt;
    if (!bytes.empty() || facts.format_version < 1 || facts.format_version > facts_version) return std::nullopt;
    return facts;
}

}  // namespace takas::core::authorization
