#include "protocol/tlv/chip_data.hpp"

#include <algorithm>

#include "protocol/wire/packed.hpp"

namespace takas::protocol::tlv {
namespace {

using enum ValueForm;
using wire::Fault;
using wire::Place;
using wire::refuse;

constexpr std::array table{
    ChipTag{0x9F02, &ChipData::amount_authorized, 6, 6, packed_digits},
    ChipTag{0x9F03, &ChipData::amount_other, 6, 6, packed_digits},
    ChipTag{0x9F26, &ChipData::application_cryptogram, 8, 8, octets},
    ChipTag{0x9F27, &ChipData::cryptogram_information, 1, 1, octets},
    ChipTag{0x9F10, &ChipData::issuer_application_data, 1, 32, octets},
    ChipTag{0x9F37, &ChipData::unpredictable_number, 4, 4, octets},
    ChipTag{0x9F36, &ChipData::application_transaction_counter, 2, 2, octets},
    ChipTag{0x95, &ChipData::terminal_verification_results, 5, 5, octets},
    ChipTag{0x9A, &ChipData::transaction_date, 3, 3, packed_digits},
    ChipTag{0x9C, &ChipData::transaction_type, 1, 1, packed_digits},
    ChipTag{0x5F2A, &ChipData::transaction_currency, 2, 2, packed_digits},
    ChipTag{0x9F1A, &ChipData::terminal_country, 2, 2, packed_digits},
    ChipTag{0x82, &ChipData::application_interchange_profile, 2, 2, octets},
    ChipTag{0x9F33, &ChipData::terminal_capabilities, 3, 3, octets},
    ChipTag{0x9F34, &ChipData::cvm_results, 3, 3, octets},
    ChipTag{0x9F35, &ChipData::terminal_type, 1, 1, packed_digits},
    ChipTag{0x9F1E, &ChipData::interface_device_serial, 8, 8, octets},
    ChipTag{0x84, &ChipData::dedicated_file_name, 5, 16, octets},
    ChipTag{0x9F09, &ChipData::application_version, 2, 2, octets},
    ChipTag{0x9F41, &ChipData::transaction_sequence_counter, 2, 4, packed_digits},
    ChipTag{0x9F53, &ChipData::transaction_category, 1, 1, octets},
    ChipTag{0x5F34, &ChipData::pan_sequence_number, 1, 1, packed_digits},
    ChipTag{0x57, &ChipData::track2, 1, 19, octets},
    ChipTag{0x5A, &ChipData::pan, 1, 10, octets},
    ChipTag{0x5F24, &ChipData::expiration_date, 3, 3, packed_digits},
    ChipTag{0x9F6E, &ChipData::form_factor, 4, 32, octets},
    ChipTag{0x9F5B, &ChipData::script_results, 1, 50, octets},
    ChipTag{0x8A, &ChipData::response_code, 2, 2, octets},
    ChipTag{0x91, &ChipData::issuer_authentication, 8, 16, octets},
};

}  // namespace

std::span<const ChipTag> chip_tags() { return table; }

wire::Decoded<ChipData> read_chip_data(ByteView octets) {
    if (octets.empty()) return refuse(Fault::empty);
    [[clang::uninitialized]] const auto tree = decode(octets);  // as there: large, and written before it is read
    if (!tree) return std::unexpected(tree.error());
    ChipData data;
    for (std::size_t i = 0; i < tree->size(); i = (*tree)[i].end) {
        const Object& object = (*tree)[i];
        const auto* const row = std::ranges::find(table, object.tag, &ChipTag::tag);
        if (row == table.end()) continue;
        const auto wrong = [&](Fault fault) { return refuse(fault, Place::tag, object.tag, object.value_begin); };
        const ByteView value = tree->value(object);
        if (value.size() < row->min_bytes || value.size() > row->max_bytes) return wrong(Fault::wrong_length);
        if (row->form == packed_digits && !wire::packed_right(value, value.size() * 2, wire::Nibbles::digits))
            return wrong(Fault::not_digits);
        if (!(data.*row->member).empty()) return wrong(Fault::repeated);
        data.*row->member = value;
    }
    return data;
}

Bytes write_chip_data(const ChipData& data) {
    Writer writer;
    for (const ChipTag& row : table)
        if (const ByteView value = data.*row.member; !value.empty()) writer.add(row.tag, value);
    return writer.octets();
}

}  // namespace takas::protocol::tlv
