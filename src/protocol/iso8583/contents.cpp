#include "protocol/iso8583/contents.hpp"

#include "protocol/tlv/tlv.hpp"
#include "protocol/track/track.hpp"

namespace takas::protocol::iso8583 {
namespace {

using wire::Fault;
using Trouble = std::optional<wire::FormatError>;

constexpr int pan = 2, processing_code = 3, amount = 4, transmission_time = 7, stan = 11, local_time = 12,
              local_date = 13, track2 = 35, track1 = 45, chip_data = 55;
constexpr std::size_t pan_digits_min = 12;

wire::FormatError wrong(Fault fault, int field) {
    return {fault, wire::Place::data_element, static_cast<std::uint32_t>(field), 0, 0};
}

/// Two digits within bounds.
bool within(std::string_view two_digits, std::string_view first, std::string_view last) {
    return two_digits >= first && two_digits <= last;
}

bool is_date(std::string_view mmdd) {
    return within(mmdd.substr(0, 2), "01", "12") && within(mmdd.substr(2, 2), "01", "31");
}

bool is_time(std::string_view hhmmss) {
    return within(hhmmss.substr(0, 2), "00", "23") && within(hhmmss.substr(2, 2), "00", "59") &&
           within(hhmmss.substr(4, 2), "00", "59");
}

Trouble check_presence(const Message& message) {
    if (!message.has(stan)) return wrong(Fault::missing_part, stan);
    const std::string_view mti = message.mti();
    const bool moves_money = mti[1] == '1' || mti[1] == '2', asks = mti[2] == '0' || mti[2] == '2';
    if (!moves_money || !asks) return std::nullopt;
    for (const int field : {processing_code, amount})
        if (!message.has(field)) return wrong(Fault::missing_part, field);
    if (!message.has(pan) && !message.has(track2) && !message.has(track1)) return wrong(Fault::missing_part, pan);
    return std::nullopt;
}

Trouble check_times(const Message& message) {
    std::array<char, 16> space{};
    if (const auto at = message.value(transmission_time, space); !at.empty() && !(is_date(at) && is_time(at.substr(4))))
        return wrong(Fault::wrong_date, transmission_time);
    // 1987: hhmmss. 1993: YYMMDDhhmmss.
    if (const auto at = message.value(local_time, space); !at.empty()) {
        const bool right = at.size() == 12 ? is_date(at.substr(2)) && is_time(at.substr(6)) : is_time(at);
        if (!right) return wrong(Fault::wrong_date, local_time);
    }
    if (const auto on = message.value(local_date, space); !on.empty() && !is_date(on))
        return wrong(Fault::wrong_date, local_date);
    return std::nullopt;
}

Trouble check_track2(const Message& message) {
    track::Text text;
    std::array<char, track::track2_max> space;  // NOLINT: written before it is read
    text.append(message.value(track2, space));
    for (char& c : space) static_cast<volatile char&>(c) = 0;
    const auto parts = track::parse_track2(text.reveal());
    return parts ? Trouble() : Trouble(wrong(parts.error().fault, track2));
}

}  // namespace

std::optional<wire::FormatError> check_contents(const Message& message) {
    if (auto trouble = check_presence(message)) return trouble;
    if (auto trouble = check_times(message)) return trouble;
    if (message.has(pan) && message.size(pan) < pan_digits_min) return wrong(Fault::wrong_length, pan);
    if (message.has(track2))
        if (auto trouble = check_track2(message)) return trouble;
    if (!message.has(chip_data)) return std::nullopt;
    const auto tree = tlv::decode(message.octets(chip_data));
    return tree ? Trouble() : Trouble(wrong(tree.error().fault, chip_data));
}

}  // namespace takas::protocol::iso8583
