// Why octets were not a message. Every codec of this floor answers with this type: a fault, the part of the message it
// was found in and where. It never carries a value from the message, so it may be logged and shown.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace takas::protocol::wire {

enum class Fault : std::uint8_t {
    ends_early,
    octets_left_over,
    too_long,
    empty,
    not_digits,
    wrong_character,
    wrong_mti,
    wrong_bitmap,
    unknown_part,
    zero_length,
    above_max_length,
    wrong_length,
    indefinite_length,
    length_not_minimal,
    wrong_tag,
    repeated,
    too_deep,
    too_many,
    wrong_filler,
    no_terminator,
    no_separator,
    wrong_date,
    wrong_check_digit,
    missing_part,
    count_differs,
    amount_differs,
    no_room,
};

/// What the number of an error counts.
enum class Place : std::uint8_t { message, data_element, tag, pds, frame };

struct FormatError {
    Fault fault = Fault::ends_early;
    Place place = Place::message;
    std::uint32_t number = 0;  ///< data element, tag or PDS number
    std::uint32_t offset = 0;  ///< octets before the trouble, from the start of what was read
    std::uint32_t record = 0;  ///< 1 for the first record of a file; 0 outside files

    friend bool operator==(const FormatError&, const FormatError&) = default;
};

template <class T>
using Decoded = std::expected<T, FormatError>;

inline std::unexpected<FormatError> refuse(Fault fault, Place place = Place::message, std::uint32_t number = 0,
                                           std::size_t offset = 0) {
    return std::unexpected(FormatError{fault, place, number, static_cast<std::uint32_t>(offset), 0});
}

/// "holds a character that does not belong there": the predicate of a sentence about the part.
std::string_view sentence(Fault fault);

/// "DE 4 holds a character that does not belong there (octet 37)", for logs and answers to a counterpart.
std::string describe(const FormatError& error);

}  // namespace takas::protocol::wire
