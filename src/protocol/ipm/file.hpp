// A clearing file as a whole: every record is decoded before the first one is used, so that a damaged file is refused
// whole and nothing of it is booked. A file that starts with a header (MTI 1644, function code 697) must end with a
// trailer (695) whose count (PDS 0306) and sum of amounts (PDS 0301), where it has them, are those of the file.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/ipm/message.hpp"
#include "protocol/ipm/records.hpp"

namespace takas::protocol::ipm {

/// A larger file is refused; one day's clearing of a large issuer is a tenth of it.
inline constexpr std::size_t max_file_bytes = std::size_t{2} << 30;

/// One record: its octets, without length and blocking, and the message in them.
struct Record {
    Bytes octets;
    std::vector<Pds> pds;
};

struct File {
    wire::TextEncoding encoding = wire::TextEncoding::cp500;
    std::vector<Record> records;
    std::int64_t amount_sum = 0;  ///< DE 4 of all records
    bool has_header = false;

    /// The message of a record; views into it.
    iso8583::Message message(std::size_t index) const;
};

/// Errors name the record, from 1.
wire::Decoded<File> read_file(ByteView octets, wire::TextEncoding encoding, Blocking blocking);

}  // namespace takas::protocol::ipm
