#include "protocol/ipm/message.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace takas::protocol::ipm {
namespace {

using wire::Fault;
using wire::Place;
using wire::refuse;

constexpr std::size_t tag_digits = 4, length_digits = 3, head = tag_digits + length_digits;

/// The number that a run of digits says; nothing for anything else.
std::optional<std::size_t> number_of(std::string_view digits) {
    std::size_t number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number;
}

std::string without_trailing_spaces(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

/// The PDS of one element, behind those that are there.
std::optional<wire::FormatError> append_pds(std::string_view text, int element, std::vector<Pds>& list) {
    const auto place = static_cast<std::uint32_t>(element);
    for (std::size_t at = 0; at < text.size();) {
        if (text.size() - at < head) return refuse(Fault::ends_early, Place::data_element, place, at).error();
        const auto number = number_of(text.substr(at, tag_digits));
        const auto length = number_of(text.substr(at + tag_digits, length_digits));
        if (!number || !length) return refuse(Fault::not_digits, Place::data_element, place, at).error();
        const auto tag = static_cast<std::uint32_t>(*number);
        at += head;
        if (text.size() - at < *length) return refuse(Fault::ends_early, Place::pds, tag, at).error();
        if (std::ranges::find(list, *number, &Pds::number) != list.end())
            return refuse(Fault::repeated, Place::pds, tag, at).error();
        list.push_back({static_cast<std::uint16_t>(*number), std::string(text.substr(at, *length))});
        at += *length;
    }
    return std::nullopt;
}

}  // namespace

wire::Decoded<std::vector<Pds>> read_pds(const iso8583::Message& message) {
    std::vector<Pds> list;
    for (const int element : pds_elements)
        if (const auto trouble = append_pds(message.value(element), element, list)) return std::unexpected(*trouble);
    return list;
}

wire::Decoded<std::array<std::string, pds_elements.size()>> write_pds(std::span<const Pds> list) {
    std::array<std::string, pds_elements.size()> contents;
    std::size_t element = 0;
    for (const Pds& pds : list) {
        if (pds.number > 9999) return refuse(Fault::wrong_tag, Place::pds, pds.number);
        if (pds.value.size() + head > iso8583::max_value)
            return refuse(Fault::above_max_length, Place::pds, pds.number);
        if (contents[element].size() + head + pds.value.size() > iso8583::max_value) ++element;
        if (element == contents.size()) return refuse(Fault::no_room, Place::pds, pds.number);
        contents[element] += fmt::format("{:04}{:03}{}", pds.number, pds.value.size(), pds.value);
    }
    return contents;
}

std::optional<CardAcceptor> parse_card_acceptor(std::string_view text) {
    constexpr std::size_t postcode = 10, state = 3, country = 3, tail = postcode + state + country;
    std::array<std::string_view, 3> parts;
    for (std::string_view& part : parts) {
        const std::size_t end = text.find('\\');
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        part = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    if (text.size() != tail || text.substr(postcode + state).contains(' ')) return std::nullopt;
    return CardAcceptor{without_trailing_spaces(parts[0]),         without_trailing_spaces(parts[1]),
                        without_trailing_spaces(parts[2]),         without_trailing_spaces(text.substr(0, postcode)),
                        std::string(text.substr(postcode, state)), std::string(text.substr(postcode + state))};
}

}  // namespace takas::protocol::ipm
