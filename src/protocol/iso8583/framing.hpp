// Messages on a TCP connection: each stands behind a header that says its length. The header's form is data, as a
// profile is. A reassembler takes whatever chunks the socket gives and hands out whole messages; it never holds more
// than one message, and after the first wrong header the connection has no use any more.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "protocol/iso8583/message.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::iso8583 {

enum class HeaderForm : std::uint8_t { binary2, binary4, ascii4, packed2 };

inline constexpr std::size_t tpdu_bytes = 5;

struct Framing {
    std::string_view name;
    HeaderForm form = HeaderForm::binary2;
    bool counts_itself = false;    ///< the length includes the octets that say it
    std::uint8_t zero_octets = 0;  ///< after the length, not counted
    bool has_tpdu = false;         ///< five octets in front of the message, counted
};

std::span<const Framing> framings();
/// nullptr when there is none of that name.
const Framing* find_framing(std::string_view name);

/// One message of a connection. Views until the next call of the reassembler.
struct Frame {
    ByteView tpdu;  ///< empty without one: 60, destination (2), source (2)
    ByteView message;
};

class Reassembler {
  public:
    explicit Reassembler(const Framing& framing, std::size_t max_message = max_message_bytes)
        : framing_(&framing), max_body_(max_message + (framing.has_tpdu ? tpdu_bytes : 0)) {}

    /// Takes octets from the front of `chunk`. A frame: there may be more in the chunk, call again. Nothing: the chunk
    /// is used up. An error stays for ever. Empty frames, which keep a connection alive, are passed over.
    wire::Decoded<std::optional<Frame>> next(ByteView& chunk);

    /// Octets of a message that is not whole yet: a connection that ends now was cut.
    std::size_t pending_bytes() const { return handed_out_ ? 0 : buffer_.size(); }

  private:
    std::size_t header_bytes() const;
    wire::Decoded<std::size_t> body_bytes(ByteView header) const;
    bool fill(ByteView& chunk, std::size_t wanted);
    wire::Decoded<std::optional<Frame>> frame_of(ByteView body);

    const Framing* framing_;
    std::size_t max_body_;
    Bytes buffer_;
    bool handed_out_ = false;
    std::optional<wire::FormatError> broken_;
};

/// The header to send in front of `body_bytes` octets (the TPDU, if there is one, and the message).
struct Header {
    std::array<std::uint8_t, 8> octets{};
    std::size_t size = 0;
    ByteView view() const { return ByteView(octets).first(size); }
};
/// Fault::too_long when the form cannot say it.
wire::Decoded<Header> write_header(const Framing& framing, std::size_t body_bytes);

}  // namespace takas::protocol::iso8583
