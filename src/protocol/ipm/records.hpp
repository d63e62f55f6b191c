// The records of a clearing file (VBS), with or without 1014 blocking. Reads from octets in memory, one record at a
// time, without copying where a record lies in one block.
//
//   file    = { length(4, big endian) record } 00000000
//   blocked = { 1012 octets of the file, 40 40 }, the last block filled up with 40
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::ipm {

inline constexpr std::size_t block_bytes = 1014, block_payload_bytes = 1012;
inline constexpr std::uint8_t filler = 0x40;
/// Above the longest message a clearing file may hold.
inline constexpr std::size_t max_record_bytes = 16'384;

enum class Blocking : std::uint8_t { none, blocked_1014 };

class RecordReader {
  public:
    RecordReader(ByteView file, Blocking blocking) : file_(file), blocking_(blocking) {}

    /// The next record, a view until the next call; nothing after the last one, when the end mark and the filler behind
    /// it were right. Refused: anything else. The error says which record; it stays for ever.
    wire::Decoded<std::optional<ByteView>> next();

  private:
    wire::Decoded<ByteView> take(std::size_t count);
    std::optional<wire::FormatError> check_end();
    std::unexpected<wire::FormatError> wrong(wire::Fault fault);

    ByteView file_;
    Blocking blocking_;
    std::size_t at_ = 0;
    std::uint32_t record_ = 0;
    Bytes joined_;  ///< of a record that lies in two blocks or more
    bool ended_ = false;
    std::optional<wire::FormatError> broken_;
};

/// Builds a file. finish() writes the end mark and fills the last block.
class RecordWriter {
  public:
    explicit RecordWriter(Blocking blocking) : blocking_(blocking) {}
    /// 1 to max_record_bytes octets; Fault::empty or too_long otherwise, and nothing is written.
    wire::Decoded<void> add(ByteView record);
    Bytes finish();

  private:
    void write(ByteView octets);
    Blocking blocking_;
    Bytes file_;
    std::size_t in_block_ = 0;
};

}  // namespace takas::protocol::ipm
