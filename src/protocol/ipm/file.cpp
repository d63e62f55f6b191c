#include "protocol/ipm/file.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace takas::protocol::ipm {
namespace {

using wire::Fault;
using wire::FormatError;
using wire::Place;

constexpr std::uint16_t file_amount_pds = 301, file_count_pds = 306;
constexpr int amount_element = 4, function_element = 24;
/// So that the sum of twelve-digit amounts stays within 63 bits.
constexpr std::size_t max_records = 9'000'000;

std::optional<std::int64_t> number_of(std::string_view digits) {
    std::int64_t number = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, trouble] = std::from_chars(digits.data(), end, number);
    if (digits.empty() || digits[0] == '-' || trouble != std::errc{} || stop != end) return std::nullopt;
    return number;
}

bool is_control(const iso8583::Message& message, std::string_view function) {
    return message.mti() == "1644" && message.value(function_element) == function;
}

std::unexpected<FormatError> at_record(FormatError error, std::size_t record) {
    error.record = static_cast<std::uint32_t>(record);
    return std::unexpected(error);
}

/// Where the trailer says a number, the file must have it.
template <class Right>
std::optional<FormatError> objection(const File& file, std::uint16_t pds_number, Fault fault, Right is_right) {
    const auto record = static_cast<std::uint32_t>(file.records.size());
    const std::vector<Pds>& list = file.records.back().pds;
    const auto pds = std::ranges::find(list, pds_number, &Pds::number);
    if (pds == list.end()) return std::nullopt;
    const auto said = number_of(pds->value);
    if (!said) return FormatError{Fault::not_digits, Place::pds, pds_number, 0, record};
    if (is_right(*said)) return std::nullopt;
    return FormatError{fault, Place::pds, pds_number, 0, record};
}

std::optional<FormatError> check_trailer(const File& file) {
    const std::size_t size = file.records.size();
    if (size < 2 || !is_control(file.message(size - 1), "695"))
        return FormatError{Fault::no_terminator, Place::message, 0, 0, static_cast<std::uint32_t>(size)};
    // Some senders do not count header and trailer. A lost record is noticed either way.
    const auto count = static_cast<std::int64_t>(size);
    if (auto trouble = objection(file, file_count_pds, Fault::count_differs,
                                 [&](std::int64_t said) { return said == count || said == count - 2; }))
        return trouble;
    return objection(file, file_amount_pds, Fault::amount_differs,
                     [&](std::int64_t said) { return said == file.amount_sum; });
}

}  // namespace

iso8583::Message File::message(std::size_t index) const {
    return iso8583::decode(records[index].octets, profile(encoding)).value();  // read_file has decoded it before
}

wire::Decoded<File> read_file(ByteView octets, wire::TextEncoding encoding, Blocking blocking) {
    if (octets.size() > max_file_bytes) return wire::refuse(Fault::too_long);
    RecordReader reader(octets, blocking);
    File file;
    file.encoding = encoding;
    while (true) {
        const auto record = reader.next();
        if (!record) return std::unexpected(record.error());
        if (!*record) break;
        const std::size_t number = file.records.size() + 1;
        if (number > max_records) return at_record({.fault = Fault::too_many}, number);
        const auto message = iso8583::decode(**record, profile(encoding));
        if (!message) return at_record(message.error(), number);
        auto pds = read_pds(*message);
        if (!pds) return at_record(pds.error(), number);
        file.amount_sum += number_of(message->value(amount_element)).value_or(0);
        if (number == 1) file.has_header = is_control(*message, "697");
        file.records.push_back({Bytes((*record)->begin(), (*record)->end()), std::move(*pds)});
    }
    if (file.records.empty()) return wire::refuse(Fault::empty);
    if (file.has_header)
        if (const auto trouble = check_trailer(file)) return std::unexpected(*trouble);
    return file;
}

}  // namespace takas::protocol::ipm
