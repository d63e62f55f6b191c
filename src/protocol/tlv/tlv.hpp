// BER-TLV as EMV writes it (ISO 8825-1, EMV Book 3 annex B): the octets of field 55, of scripts and of templates.
// Decoding copies nothing and allocates nothing; the order of the objects is kept. Strict: definite lengths in as few
// octets as they need, constructed objects that hold whole objects, no octets left over. Any text that decodes is
// encoded to the same octets again.
//
//   object = tag (1..4 octets) length (00..7F | 81 xx | 82 xx xx | 83 xx xx xx) value
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::tlv {

/// The octets of a tag as one number: 9F26 is 0x9F26.
using Tag = std::uint32_t;

inline constexpr std::size_t max_bytes = 65'536;
inline constexpr std::size_t max_objects = 128;  ///< field 55 holds 255 octets, an object at least two
inline constexpr std::size_t max_depth = 8;  ///< levels; under the deepest EMV template, 6F A5 BF0C 61, is the fifth

constexpr bool is_constructed(Tag tag) {
    while (tag > 0xFF) tag >>= 8;
    return (tag & 0x20) != 0;
}

/// One object. Objects stand in the order of the octets, a template before what it holds.
struct Object {
    Tag tag = 0;
    std::uint32_t value_begin = 0, value_size = 0;
    std::uint16_t end = 0;   ///< index of the first object behind this one and all it holds
    std::uint8_t depth = 0;  ///< 0 at the top
};

/// Decoded octets, which must outlive it.
class Tree {
  public:
    std::size_t size() const { return size_; }
    const Object& operator[](std::size_t index) const { return objects_[index]; }
    std::span<const Object> objects() const { return {objects_.data(), size_}; }
    ByteView value(const Object& object) const { return octets_.subspan(object.value_begin, object.value_size); }
    /// The value of the first object of that tag at the top; nothing when there is none.
    std::optional<ByteView> find(Tag tag) const;

  private:
    friend wire::Decoded<Tree> decode(ByteView octets);
    friend struct Decoder;
    ByteView octets_;
    std::array<Object, max_objects> objects_;
    std::size_t size_ = 0;
};

/// No octets are no objects.
wire::Decoded<Tree> decode(ByteView octets);

/// Appends objects to octets. Templates are opened, filled and closed; a mistake in that is an exception.
class Writer {
  public:
    /// A primitive object, or a template whose content is already octets.
    Writer& add(Tag tag, ByteView value);
    Writer& open(Tag tag);
    Writer& close();
    const Bytes& octets() const { return octets_; }

  private:
    Bytes octets_;
    std::array<std::size_t, max_depth> open_{};  ///< where the content of each open template begins
    std::size_t open_count_ = 0;
};

/// The octets of the tree, written anew from tags and values.
Bytes encode(const Tree& tree);

}  // namespace takas::protocol::tlv
