// An ISO 8583 message, decoded and to be encoded. Decoding checks everything that a profile says about the octets and
// keeps only where each field lies: no copy, no allocation; the octets must outlive the message. A field's value is the
// same text in every profile: characters, digits without padding, the separator of track 2 as it was written ('D' where
// digits are packed), and the octets themselves for b fields.
//
//   message = MTI(4 digits) bitmap [second bitmap, when bit 1 is set] fields in the order of their numbers
//   field   = [length, LL or LLL] content
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "protocol/iso8583/profile.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::iso8583 {

/// Above any message of the profiles here; a longer one is refused unread.
inline constexpr std::size_t max_message_bytes = 16'384;
/// The longest value of one field: LLL.
inline constexpr std::size_t max_value = 999;

/// Fields 1 to 128 that a message has.
class FieldSet {
  public:
    bool has(int field) const { return (words_[word(field)] & bit(field)) != 0; }
    void add(int field) { words_[word(field)] |= bit(field); }
    bool any_above_64() const { return words_[1] != 0; }
    std::uint64_t word_at(std::size_t index) const { return words_[index]; }
    void set_word(std::size_t index, std::uint64_t word) { words_[index] = word; }

  private:
    static std::size_t word(int field) { return field > 64 ? 1 : 0; }
    /// Field 1 and field 65 are the highest bits, as on the wire.
    static std::uint64_t bit(int field) { return std::uint64_t{1} << (63 - (field - 1) % 64); }
    std::array<std::uint64_t, 2> words_{};
};

class Message {
  public:
    std::string_view mti() const { return {mti_.data(), mti_.size()}; }
    /// 2 to 128.
    bool has(int field) const { return fields_.has(field); }
    /// The content as it lies on the wire, without its length; empty when the message does not have the field.
    ByteView octets(int field) const;
    /// Digits, characters or octets of the value.
    std::size_t size(int field) const { return slots_[static_cast<std::size_t>(field)].units; }
    /// The value. It may lie in `space`, which has room for max_value characters, or in the message itself.
    std::string_view value(int field, std::span<char> space) const;
    std::string value(int field) const;
    const Profile& profile() const { return *profile_; }

  private:
    friend struct Decoder;
    friend wire::Decoded<Message> decode(ByteView, const Profile&);
    struct Slot {
        std::uint16_t begin = 0, units = 0;
    };
    const Profile* profile_ = nullptr;
    ByteView octets_;
    std::array<char, 4> mti_{};
    FieldSet fields_;
    std::array<Slot, max_field + 1> slots_{};
};

/// Refused: a message type the profile does not have, a field it does not have, a length outside the field's bounds, a
/// character outside its alphabet, octets missing or left over. The error names the field, never its value.
wire::Decoded<Message> decode(ByteView octets, const Profile& profile);

/// What a message is to say. Holds views: the values must live until it is encoded.
class Content {
  public:
    explicit Content(std::string_view mti) : mti_(mti) {}
    /// Field 2 to 128; the value as in Message::value, with '=' or 'D' in a z field that is packed. Again: replaced.
    Content& set(int field, std::string_view value);
    std::string_view mti() const { return mti_; }
    const FieldSet& fields() const { return fields_; }
    std::string_view value(int field) const { return values_[static_cast<std::size_t>(field)]; }

  private:
    std::string_view mti_;
    FieldSet fields_;
    std::array<std::string_view, max_field + 1> values_{};
};

/// Writes to the front of `out` and says how many octets. Refused: whatever decode would refuse, and no room.
wire::Decoded<std::size_t> encode(const Content& content, const Profile& profile, std::span<std::uint8_t> out);
wire::Decoded<Bytes> encode(const Content& content, const Profile& profile);

/// Four digits of this version and of a class that the standard has.
bool is_mti(std::string_view mti, char version);

}  // namespace takas::protocol::iso8583
