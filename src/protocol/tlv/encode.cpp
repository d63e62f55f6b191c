#include <stdexcept>

#include "protocol/tlv/tlv.hpp"

namespace takas::protocol::tlv {
namespace {

void append_tag(Bytes& octets, Tag tag) {
    for (int shift = 24; shift >= 0; shift -= 8)
        if (shift == 0 || tag >> shift != 0) octets.push_back(static_cast<std::uint8_t>(tag >> shift));
}

/// The length field of a value.
struct Length {
    std::array<std::uint8_t, 4> octets{};
    std::size_t size = 1;
};

Length length_field(std::size_t value_size) {
    if (value_size < 0x80) return {{static_cast<std::uint8_t>(value_size)}, 1};
    std::size_t count = 1;
    while (value_size >> (8 * count) != 0) ++count;
    Length field{{static_cast<std::uint8_t>(0x80 + count)}, count + 1};
    for (std::size_t i = 0; i < count; ++i)
        field.octets[i + 1] = static_cast<std::uint8_t>(value_size >> (8 * (count - 1 - i)));
    return field;
}

void require(bool condition) {
    if (!condition) throw std::length_error("a TLV object outside its limits");  // a mistake of the caller
}

}  // namespace

Writer& Writer::add(Tag tag, ByteView value) {
    require(value.size() <= max_bytes);
    append_tag(octets_, tag);
    const Length length = length_field(value.size());
    octets_.insert(octets_.end(), length.octets.begin(),
                   length.octets.begin() + static_cast<std::ptrdiff_t>(length.size));
    octets_.insert(octets_.end(), value.begin(), value.end());
    return *this;
}

Writer& Writer::open(Tag tag) {
    require(open_count_ + 1 < max_depth);
    append_tag(octets_, tag);
    open_[open_count_++] = octets_.size();
    return *this;
}

Writer& Writer::close() {
    require(open_count_ > 0);
    const std::size_t begin = open_[--open_count_];
    const Length length = length_field(octets_.size() - begin);
    octets_.insert(octets_.begin() + static_cast<std::ptrdiff_t>(begin), length.octets.begin(),
                   length.octets.begin() + static_cast<std::ptrdiff_t>(length.size));
    return *this;
}

Bytes encode(const Tree& tree) {
    Writer writer;
    std::array<std::uint16_t, max_depth> ends{};  // of the templates that are open
    std::size_t open = 0;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        while (open > 0 && ends[open - 1] == i) writer.close(), --open;
        const Object& object = tree[i];
        if (is_constructed(object.tag)) {
            writer.open(object.tag);
            ends[open++] = object.end;
        } else {
            writer.add(object.tag, tree.value(object));
        }
    }
    while (open-- > 0) writer.close();
    return writer.octets();
}

}  // namespace takas::protocol::tlv
