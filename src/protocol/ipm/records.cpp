#include "protocol/ipm/records.hpp"

#include <algorithm>
#include <array>

namespace takas::protocol::ipm {
namespace {

using wire::Fault;

constexpr std::size_t length_bytes = 4;

bool all_filler(ByteView octets) {
    return std::ranges::all_of(octets, [](std::uint8_t octet) { return octet == filler; });
}

}  // namespace

std::unexpected<wire::FormatError> RecordReader::wrong(Fault fault) {
    broken_ = wire::FormatError{fault, wire::Place::message, 0, static_cast<std::uint32_t>(at_), record_};
    return std::unexpected(*broken_);
}

/// The next octets of the file, without what blocking has put between them.
wire::Decoded<ByteView> RecordReader::take(std::size_t count) {
    if (blocking_ == Blocking::none) {
        if (file_.size() - at_ < count) return wrong(Fault::ends_early);
        at_ += count;
        return file_.subspan(at_ - count, count);
    }
    joined_.clear();
    std::size_t missing = count;
    while (true) {
        const std::size_t in_block = at_ % block_bytes;
        const std::size_t here = std::min(missing, block_payload_bytes - in_block);
        if (file_.size() - at_ < here) return wrong(Fault::ends_early);
        const ByteView part = file_.subspan(at_, here);
        at_ += here;
        missing -= here;
        if (at_ % block_bytes == block_payload_bytes) {
            if (file_.size() - at_ < block_bytes - block_payload_bytes) return wrong(Fault::ends_early);
            if (!all_filler(file_.subspan(at_, block_bytes - block_payload_bytes))) return wrong(Fault::wrong_filler);
            at_ += block_bytes - block_payload_bytes;
        }
        if (missing == 0 && joined_.empty()) return part;
        joined_.insert(joined_.end(), part.begin(), part.end());
        if (missing == 0) return ByteView(joined_);
    }
}

/// After the end mark: nothing, or filler up to the end of the block.
std::optional<wire::FormatError> RecordReader::check_end() {
    const ByteView rest = file_.subspan(at_);
    if (blocking_ == Blocking::none)
        return rest.empty() ? std::nullopt : std::optional(wrong(Fault::octets_left_over).error());
    if (file_.size() % block_bytes != 0) return wrong(Fault::ends_early).error();
    if (rest.size() >= block_bytes) return wrong(Fault::octets_left_over).error();
    if (!all_filler(rest)) return wrong(Fault::wrong_filler).error();
    return std::nullopt;
}

wire::Decoded<std::optional<ByteView>> RecordReader::next() {
    if (broken_) return std::unexpected(*broken_);
    if (ended_) return std::nullopt;
    ++record_;
    if (at_ == file_.size()) return wrong(Fault::no_terminator);
    const auto head = take(length_bytes);
    if (!head) return std::unexpected(head.error());
    std::size_t length = 0;
    for (const std::uint8_t octet : *head) length = length << 8 | octet;
    if (length == 0) {
        ended_ = true;
        if (const auto trouble = check_end()) return std::unexpected(*trouble);
        return std::nullopt;
    }
    if (length > max_record_bytes) return wrong(Fault::too_long);
    const auto record = take(length);
    if (!record) return std::unexpected(record.error());
    return *record;
}

void RecordWriter::write(ByteView octets) {
    if (blocking_ == Blocking::none) {
        file_.insert(file_.end(), octets.begin(), octets.end());
        return;
    }
    while (!octets.empty()) {
        const std::size_t here = std::min(octets.size(), block_payload_bytes - in_block_);
        file_.insert(file_.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(here));
        octets = octets.subspan(here);
        in_block_ += here;
        if (in_block_ != block_payload_bytes) continue;
        file_.insert(file_.end(), block_bytes - block_payload_bytes, filler);
        in_block_ = 0;
    }
}

wire::Decoded<void> RecordWriter::add(ByteView record) {
    if (record.empty()) return wire::refuse(Fault::empty);
    if (record.size() > max_record_bytes) return wire::refuse(Fault::too_long);
    std::array<std::uint8_t, length_bytes> head{};
    for (std::size_t i = 0; i < length_bytes; ++i)
        head[i] = static_cast<std::uint8_t>(record.size() >> (8 * (length_bytes - 1 - i)));
    write(head);
    write(record);
    return {};
}

Bytes RecordWriter::finish() {
    write(std::array<std::uint8_t, length_bytes>{});
    if (in_block_ != 0) file_.insert(file_.end(), block_bytes - in_block_, filler);
    in_block_ = 0;
    return std::move(file_);
}

}  // namespace takas::protocol::ipm
