#include "protocol/tlv/tlv.hpp"

namespace takas::protocol::tlv {

using wire::Fault;
using wire::Place;
using wire::refuse;

/// Reads objects one level at a time; a level ends where its template ends.
struct Decoder {
    ByteView octets;
    Tree& tree;
    std::size_t at = 0;

    wire::Decoded<Tag> read_tag(std::size_t end) {
        const std::size_t begin = at;
        Tag tag = octets[at++];
        if (tag == 0x00) return refuse(Fault::wrong_tag, Place::message, 0, begin);
        if ((tag & 0x1F) != 0x1F) return tag;
        for (std::size_t more = 1; more < sizeof(Tag); ++more) {
            if (at == end) return refuse(Fault::ends_early, Place::tag, tag, begin);
            const std::uint8_t octet = octets[at++];
            if (more == 1 && octet == 0x80) return refuse(Fault::wrong_tag, Place::tag, tag, begin);
            tag = tag << 8 | octet;
            if ((octet & 0x80) == 0) return tag;
        }
        return refuse(Fault::wrong_tag, Place::tag, tag, begin);
    }

    wire::Decoded<std::size_t> read_length(Tag tag, std::size_t end) {
        const auto wrong = [&](Fault fault) { return refuse(fault, Place::tag, tag, at); };
        if (at == end) return wrong(Fault::ends_early);
        const std::uint8_t first = octets[at++];
        if (first < 0x80) return first;
        if (first == 0x80) return wrong(Fault::indefinite_length);
        if (first > 0x83) return wrong(Fault::above_max_length);
        const std::size_t count = first & 0x7FU;
        if (end - at < count) return wrong(Fault::ends_early);
        std::size_t length = 0;
        for (std::size_t i = 0; i < count; ++i) length = length << 8 | octets[at++];
        const std::size_t smallest = count == 1 ? 0x80 : std::size_t{1} << (8 * (count - 1));
        if (length < smallest) return wrong(Fault::length_not_minimal);
        return length;
    }

    /// Everything up to `end` at this depth. Recursion is bounded by max_depth.
    std::optional<wire::FormatError> read_level(std::size_t end, std::uint8_t depth) {
        while (at < end) {
            const auto tag = read_tag(end);
            if (!tag) return tag.error();
            const auto length = read_length(*tag, end);
            if (!length) return length.error();
            if (end - at < *length) return refuse(Fault::ends_early, Place::tag, *tag, at).error();
            if (tree.size_ == max_objects) return refuse(Fault::too_many, Place::tag, *tag, at).error();
            Object& object = tree.objects_[tree.size_++];
            object = {*tag, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(*length), 0, depth};
            if (is_constructed(*tag)) {
                if (depth + 1U == max_depth) return refuse(Fault::too_deep, Place::tag, *tag, at).error();
                if (const auto trouble = read_level(at + *length, static_cast<std::uint8_t>(depth + 1))) return trouble;
            } else {
                at += *length;
            }
            object.end = static_cast<std::uint16_t>(tree.size_);
        }
        return std::nullopt;
    }
};

wire::Decoded<Tree> decode(ByteView octets) {
    if (octets.size() > max_bytes) return refuse(Fault::too_long);
    // In the caller's place, and not cleared first: only what was read is looked at, and two and a half kilobytes cost
    // more than reading them.
    [[clang::uninitialized]] wire::Decoded<Tree> tree(std::in_place);
    tree->octets_ = octets;
    Decoder decoder{octets, *tree};
    if (const auto trouble = decoder.read_level(octets.size(), 0)) tree = std::unexpected(*trouble);
    return tree;
}

std::optional<ByteView> Tree::find(Tag tag) const {
    for (std::size_t i = 0; i < size_; i = objects_[i].end)
        if (objects_[i].tag == tag) return value(objects_[i]);
    return std::nullopt;
}

}  // namespace takas::protocol::tlv
