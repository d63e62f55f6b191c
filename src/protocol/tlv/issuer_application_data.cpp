#include "protocol/tlv/issuer_application_data.hpp"

namespace takas::protocol::tlv {
namespace {

using wire::Fault;

constexpr std::size_t full_bytes = 32;

std::unexpected<wire::FormatError> wrong(Fault fault, std::size_t offset) {
    return wire::refuse(fault, wire::Place::tag, 0x9F10, offset);
}

wire::Decoded<IssuerApplicationData> read_visa_format2(ByteView octets) {
    if (octets.size() != full_bytes) return wrong(Fault::wrong_length, octets.size());
    return IssuerApplicationData{.derivation_key_index = octets[2],
                                 .cryptogram_version = octets[1],
                                 .card_verification_results = octets.subspan(3, 5),
                                 .discretionary = octets.subspan(8)};
}

/// The first octet counts what the scheme prescribes: DKI, CVN, then the CVR behind its own length, then whatever the
/// scheme adds. What follows that is the issuer's, behind a length of its own.
wire::Decoded<IssuerApplicationData> read_counted(ByteView octets) {
    const std::size_t counted = octets[0];
    if (counted < 4 || counted + 1 > octets.size()) return wrong(Fault::wrong_length, 0);
    IssuerApplicationData data{.derivation_key_index = octets[1], .cryptogram_version = octets[2]};
    const ByteView scheme = octets.subspan(3, counted - 2);
    const std::size_t cvr = scheme[0] + std::size_t{1};
    if (cvr < 4 || cvr > scheme.size()) return wrong(Fault::wrong_length, 3);
    data.card_verification_results = scheme.first(cvr);
    data.counters = scheme.subspan(cvr);
    const ByteView rest = octets.subspan(counted + 1);
    if (rest.empty()) return data;
    if (rest[0] + std::size_t{1} != rest.size()) return wrong(Fault::octets_left_over, counted + 1);
    data.discretionary = rest.subspan(1);
    return data;
}

wire::Decoded<IssuerApplicationData> read_mastercard(ByteView octets) {
    const std::size_t size = octets.size();
    if (size != 10 && (size < 18 || size > 28)) return wrong(Fault::wrong_length, size);
    IssuerApplicationData data{.derivation_key_index = octets[0],
                               .cryptogram_version = octets[1],
                               .card_verification_results = octets.subspan(2, 6),
                               .data_authentication_code = octets.subspan(8, 2)};
    if (size > 10) {
        data.counters = octets.subspan(10, 8);
        data.discretionary = octets.subspan(18);
    }
    return data;
}

wire::Decoded<IssuerApplicationData> read_ccd(ByteView octets) {
    if (octets.size() != full_bytes) return wrong(Fault::wrong_length, octets.size());
    if (octets[0] != 0x0F || octets[1] >> 4 != 0xA || octets[16] != 0x0F) return wrong(Fault::wrong_tag, 0);
    return IssuerApplicationData{.derivation_key_index = octets[2],
                                 .cryptogram_version = octets[1],
                                 .card_verification_results = octets.subspan(3, 5),
                                 .counters = octets.subspan(8, 8),
                                 .discretionary = octets.subspan(17)};
}

}  // namespace

wire::Decoded<IssuerApplicationData> read_issuer_application_data(IadLayout layout, ByteView octets) {
    if (octets.size() < 7 || octets.size() > full_bytes) return wrong(Fault::wrong_length, octets.size());
    switch (layout) {
        case IadLayout::visa:
            return octets[0] == 0x1F && octets[1] >> 4 == 2 ? read_visa_format2(octets) : read_counted(octets);
        case IadLayout::interac:
            return read_counted(octets);
        case IadLayout::mastercard:
            return read_mastercard(octets);
        case IadLayout::ccd:
            return read_ccd(octets);
    }
    return wrong(Fault::wrong_tag, 0);
}

}  // namespace takas::protocol::tlv
