#include "protocol/iso8583/framing.hpp"

#include <algorithm>

namespace takas::protocol::iso8583 {
namespace {

using wire::Fault;
using wire::Place;

constexpr std::uint8_t tpdu_id = 0x60;

constexpr Framing list[] = {
    {.name = "len2_be", .form = HeaderForm::binary2},
    {.name = "len4_be", .form = HeaderForm::binary4},
    {.name = "len4_ascii", .form = HeaderForm::ascii4},
    {.name = "len2_bcd", .form = HeaderForm::packed2},
    {.name = "len2_be_incl", .form = HeaderForm::binary2, .counts_itself = true},
    {.name = "len2_be_tpdu", .form = HeaderForm::binary2, .has_tpdu = true},
    {.name = "visa_len2_00", .form = HeaderForm::binary2, .zero_octets = 2},
};

constexpr std::size_t length_bytes(HeaderForm form) {
    return form == HeaderForm::binary2 || form == HeaderForm::packed2 ? 2 : 4;
}

/// Ten times more for each digit or 256 times for each octet; nothing when a digit is none.
std::optional<std::size_t> length_of(HeaderForm form, ByteView octets) {
    std::size_t length = 0;
    for (const std::uint8_t octet : octets.first(length_bytes(form))) {
        if (form == HeaderForm::binary2 || form == HeaderForm::binary4) {
            length = length * 256 + octet;
        } else if (form == HeaderForm::ascii4) {
            if (octet < '0' || octet > '9') return std::nullopt;
            length = length * 10 + (octet - '0');
        } else {
            if (octet >> 4 > 9 || (octet & 0xF) > 9) return std::nullopt;
            length = length * 100 + (octet >> 4) * 10U + (octet & 0xFU);
        }
    }
    return length;
}

}  // namespace

std::span<const Framing> framings() { return list; }

const Framing* find_framing(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &Framing::name);
    return found != std::end(list) ? found : nullptr;
}

std::size_t Reassembler::header_bytes() const { return length_bytes(framing_->form) + framing_->zero_octets; }

wire::Decoded<std::size_t> Reassembler::body_bytes(ByteView header) const {
    const std::size_t own = framing_->counts_itself ? length_bytes(framing_->form) : 0;
    const auto length = length_of(framing_->form, header);
    if (!length) return wire::refuse(Fault::not_digits, Place::frame);
    for (const std::uint8_t octet : header.subspan(length_bytes(framing_->form)))
        if (octet != 0) return wire::refuse(Fault::wrong_filler, Place::frame);
    if (*length < own) return wire::refuse(Fault::wrong_length, Place::frame);
    const std::size_t body = *length - own;
    if (body > max_body_) return wire::refuse(Fault::too_long, Place::frame);
    if (framing_->has_tpdu && body != 0 && body <= tpdu_bytes) return wire::refuse(Fault::wrong_length, Place::frame);
    return body;
}

/// Brings the buffer to `wanted` octets; false when the chunk did not have enough.
bool Reassembler::fill(ByteView& chunk, std::size_t wanted) {
    const std::size_t take = std::min(chunk.size(), wanted - std::min(wanted, buffer_.size()));
    buffer_.insert(buffer_.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(take));
    chunk = chunk.subspan(take);
    return buffer_.size() >= wanted;
}

wire::Decoded<std::optional<Frame>> Reassembler::frame_of(ByteView body) {
    if (!framing_->has_tpdu) return Frame{{}, body};
    if (body[0] != tpdu_id) {
        broken_ = wire::FormatError{Fault::wrong_tag, Place::frame, 0, 0, 0};
        return std::unexpected(*broken_);
    }
    return Frame{body.first(tpdu_bytes), body.subspan(tpdu_bytes)};
}

wire::Decoded<std::optional<Frame>> Reassembler::next(ByteView& chunk) {
    if (broken_) return std::unexpected(*broken_);
    if (handed_out_) buffer_.clear();
    handed_out_ = false;
    const std::size_t header = header_bytes();
    while (true) {
        const bool from_chunk = buffer_.empty() && chunk.size() >= header;
        if (!from_chunk && !fill(chunk, header)) return std::nullopt;
        const auto body = body_bytes(from_chunk ? chunk.first(header) : ByteView(buffer_).first(header));
        if (!body) {
            broken_ = body.error();
            return std::unexpected(*broken_);
        }
        const std::size_t whole = header + *body;
        if (from_chunk && chunk.size() >= whole) {  // as a rule: nothing is copied
            const ByteView octets = chunk.subspan(header, *body);
            chunk = chunk.subspan(whole);
            if (*body == 0) continue;
            return frame_of(octets);
        }
        if (!fill(chunk, whole)) return std::nullopt;
        if (*body == 0) {
            buffer_.clear();
            continue;
        }
        handed_out_ = true;
        return frame_of(ByteView(buffer_).subspan(header));
    }
}

wire::Decoded<Header> write_header(const Framing& framing, std::size_t body_bytes) {
    Header header;
    header.size = length_bytes(framing.form);
    std::size_t length = body_bytes + (framing.counts_itself ? header.size : 0);
    for (std::size_t i = header.size; i > 0; --i) {
        std::uint8_t& octet = header.octets[i - 1];
        switch (framing.form) {
            case HeaderForm::binary2:
            case HeaderForm::binary4:
                octet = static_cast<std::uint8_t>(length);
                length /= 256;
                break;
            case HeaderForm::ascii4:
                octet = static_cast<std::uint8_t>('0' + length % 10);
                length /= 10;
                break;
            case HeaderForm::packed2:
                octet = static_cast<std::uint8_t>(length / 10 % 10 << 4 | length % 10);
                length /= 100;
                break;
        }
    }
    if (length != 0) return wire::refuse(Fault::too_long, Place::frame);
    header.size += framing.zero_octets;
    return header;
}

}  // namespace takas::protocol::iso8583
