#include <algorithm>
#include <optional>

#include "protocol/track/track.hpp"

namespace takas::protocol::track {
namespace {

using wire::Fault;
using wire::Place;
using wire::refuse;

constexpr std::size_t pan_min = 12, pan_max = 19, name_min = 2, name_max = 26;
constexpr std::uint32_t track1_element = 45, track2_element = 35;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

/// The 64 characters that track 1 has (ISO/IEC 7811-6), without the ones that frame and separate its parts.
bool is_track1_character(char c) { return c >= ' ' && c <= '_' && c != '%' && c != '?' && c != '^'; }

struct Reader {
    std::string_view text;
    std::uint32_t element;
    std::size_t at = 0;

    std::unexpected<wire::FormatError> wrong(Fault fault) const {
        return refuse(fault, Place::data_element, element, at);
    }

    /// Everything before the next of `separators`, which is passed over. Nothing when there is none.
    std::optional<std::string_view> before(std::string_view separators) {
        const std::size_t end = text.find_first_of(separators, at);
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view part = text.substr(at, end - at);
        at = end + 1;
        return part;
    }

    /// Expiry, service code and what the issuer adds, up to the end.
    wire::Decoded<Parts> read_tail(Parts parts, bool (*allowed)(char)) {
        const std::string_view tail = text.substr(at);
        if (tail.size() < 7) return wrong(Fault::ends_early);
        if (!all_digits(tail.substr(0, 7))) return wrong(Fault::not_digits);
        parts.expiry = tail.substr(0, 4);
        const std::string_view month = parts.expiry.substr(2);
        if (month < "01" || month > "12") return wrong(Fault::wrong_date);
        parts.service_code = tail.substr(4, 3);
        parts.discretionary = tail.substr(7);
        if (!std::ranges::all_of(parts.discretionary, allowed)) return wrong(Fault::wrong_character);
        return parts;
    }

    wire::Decoded<std::string_view> read_pan(std::string_view separators) {
        const auto pan = before(separators);
        if (!pan) return wrong(Fault::no_separator);
        if (!all_digits(*pan)) return wrong(Fault::not_digits);
        if (pan->size() < pan_min || pan->size() > pan_max) return wrong(Fault::wrong_length);
        return *pan;
    }
};

}  // namespace

wire::Decoded<Parts> parse_track2(std::string_view text) {
    Reader reader{text, track2_element};
    if (text.size() > track2_max) return reader.wrong(Fault::too_long);
    const auto pan = reader.read_pan("=D");
    if (!pan) return std::unexpected(pan.error());
    return reader.read_tail({.pan = *pan}, is_digit);
}

wire::Decoded<Parts> parse_track1(std::string_view text) {
    Reader reader{text, track1_element};
    if (text.size() > track1_max) return reader.wrong(Fault::too_long);
    if (!text.starts_with('B')) return reader.wrong(Fault::wrong_tag);
    reader.at = 1;
    const auto pan = reader.read_pan("^");
    if (!pan) return std::unexpected(pan.error());
    const auto name = reader.before("^");
    if (!name) return reader.wrong(Fault::no_separator);
    if (name->size() < name_min || name->size() > name_max) return reader.wrong(Fault::wrong_length);
    if (!std::ranges::all_of(*name, is_track1_character)) return reader.wrong(Fault::wrong_character);
    return reader.read_tail({.pan = *pan, .name = *name}, is_track1_character);
}

}  // namespace takas::protocol::track
