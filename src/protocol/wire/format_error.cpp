#include "protocol/wire/format_error.hpp"

#include <fmt/format.h>

namespace takas::protocol::wire {
namespace {

std::string name_of(const FormatError& error) {
    switch (error.place) {
        case Place::message:
            return "the message";
        case Place::data_element:
            return fmt::format("DE {}", error.number);
        case Place::tag:
            return fmt::format("tag {:02X}", error.number);
        case Place::pds:
            return fmt::format("PDS {:04}", error.number);
        case Place::frame:
            return "the frame";
    }
    return "the message";
}

}  // namespace

std::string_view sentence(Fault fault) {
    switch (fault) {
        case Fault::ends_early:
            return "ends too early";
        case Fault::octets_left_over:
            return "is followed by octets that belong to nothing";
        case Fault::too_long:
            return "is longer than allowed";
        case Fault::empty:
            return "is empty";
        case Fault::not_digits:
            return "has something else than digits where digits belong";
        case Fault::wrong_character:
            return "holds a character that does not belong there";
        case Fault::wrong_mti:
            return "has a message type that this profile does not have";
        case Fault::wrong_bitmap:
            return "has a bitmap that cannot be read";
        case Fault::unknown_part:
            return "is not defined in this profile";
        case Fault::zero_length:
            return "says that its length is zero";
        case Fault::above_max_length:
            return "says a length above its maximum";
        case Fault::wrong_length:
            return "has another length than it must have";
        case Fault::indefinite_length:
            return "has an indefinite length";
        case Fault::length_not_minimal:
            return "has a length in more octets than it needs";
        case Fault::wrong_tag:
            return "has a tag that cannot be one";
        case Fault::repeated:
            return "is there twice";
        case Fault::too_deep:
            return "is nested too deep";
        case Fault::too_many:
            return "has too many parts";
        case Fault::wrong_filler:
            return "has other filler than its form prescribes";
        case Fault::no_terminator:
            return "has no end mark";
        case Fault::no_separator:
            return "has no separator";
        case Fault::wrong_date:
            return "holds a date that does not exist";
        case Fault::wrong_check_digit:
            return "has a wrong check digit";
        case Fault::missing_part:
            return "is missing";
        case Fault::count_differs:
            return "has another count than the trailer says";
        case Fault::amount_differs:
            return "has another sum than the trailer says";
        case Fault::no_room:
            return "does not fit into the space given for it";
    }
    return "cannot be read";
}

std::string describe(const FormatError& error) {
    std::string text = error.record != 0 ? fmt::format("record {}: ", error.record) : std::string{};
    text += name_of(error);
    text += ' ';
    text += sentence(error.fault);
    if (error.offset != 0) text += fmt::format(" (octet {})", error.offset);
    return text;
}

}  // namespace takas::protocol::wire
