// Magnetic stripe tracks 1 and 2 (ISO/IEC 7813) as they stand in DE 45, DE 35 and tag 57: without sentinels and check
// character. A track is a secret: it can be held and taken apart here, never printed; its text is wiped when it goes.
//
//   track 2   PAN(12..19) ('=' | 'D') YYMM service(3) discretionary      at most 37 characters, digits
//   track 1   'B' PAN(12..19) '^' name(2..26) '^' YYMM service(3) discretionary      at most 76 characters
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.hpp"
#include "protocol/wire/format_error.hpp"

namespace takas::protocol::track {

inline constexpr std::size_t track1_max = 76;
inline constexpr std::size_t track2_max = 37;

/// The parts of a track: views into its text. The check digit of the PAN is not looked at here.
struct Parts {
    std::string_view pan{};
    std::string_view name{};          ///< track 1 only
    std::string_view expiry{};        ///< YYMM, a month that exists
    std::string_view service_code{};  ///< three digits
    std::string_view discretionary{};
};

wire::Decoded<Parts> parse_track2(std::string_view text);
wire::Decoded<Parts> parse_track1(std::string_view text);

/// The text of a track that was packed or built here; wiped when it goes.
class Text {
  public:
    Text() = default;
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;
    Text(Text&& other) noexcept;
    Text& operator=(Text&& other) noexcept;
    ~Text();

    /// The characters. Never log or store what this returns.
    std::string_view reveal() const { return {characters_.data(), size_}; }
    bool append(std::string_view more);
    bool append(char c) { return append(std::string_view(&c, 1)); }

    template <class Stream>
    friend Stream& operator<<(Stream&, const Text&) = delete;

  private:
    friend wire::Decoded<Text> unpack_track2(ByteView packed);
    void wipe();
    std::array<char, track1_max> characters_{};
    std::size_t size_ = 0;
};

/// Tag 57 and packed DE 35 that starts at the left: two characters an octet, D for the separator, F to fill up.
wire::Decoded<Text> unpack_track2(ByteView packed);
/// The octets of tag 57. The caller wipes them. Nothing else than what parse_track2 takes is packed.
wire::Decoded<Bytes> pack_track2(std::string_view text);

/// Writes a track of these parts. Refused: what parsing would refuse.
wire::Decoded<Text> build_track2(const Parts& parts, char separator = '=');
wire::Decoded<Text> build_track1(const Parts& parts);

}  // namespace takas::protocol::track
