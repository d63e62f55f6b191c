// A text as its readers may see it: characters, each with the octets of the original that it comes from. One text has
// several views: as it stands, and with its escapes (percent, JSON, HTML) taken off, once or more. Pure. Holds what may
// be a card number: wiped when it goes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace takas::app::vault {

struct Seen {
    char32_t character;
    std::uint32_t begin, end;  ///< in the original
};

class TextView {
  public:
    TextView() = default;
    explicit TextView(std::size_t characters_max) { seen_.reserve(characters_max); }
    TextView(TextView&&) noexcept = default;
    TextView& operator=(TextView&& other) noexcept;
    TextView(const TextView&) = delete;
    TextView& operator=(const TextView&) = delete;
    ~TextView();

    void add(Seen one) { seen_.push_back(one); }  ///< never more than `characters_max`
    void clear() { seen_.clear(); }               ///< the room stays
    std::size_t size() const { return seen_.size(); }
    const Seen& operator[](std::size_t at) const { return seen_[at]; }
    std::span<const Seen> from(std::size_t at) const { return std::span(seen_).subspan(at); }

  private:
    void wipe();
    std::vector<Seen> seen_;
};

/// UTF-8 taken together; an octet that is none stands for itself.
TextView view_of(std::string_view text);
/// %35, \u0035, \x35, \/ and the like, &#53; &#x35; &nbsp; as what they mean; what they give may be escaped again.
TextView unescaped(const TextView& view);
/// What runs of base64 or base64url (RFC 4648) hold, in octets, when the first digit is number `offset` (0 to 3) of its
/// run; a run goes on behind line ends. Between runs stands a line feed.
TextView base64_decoded(const TextView& view, std::size_t offset);
/// Each octet as its two hexadecimal digits: packed decimals become readable.
TextView nibbles(const TextView& octets);

inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
/// Also in full width and in Arabic. -1: it is none.
int digit_value(char32_t c);
/// Nothing that words or numbers are made of; whatever is not ASCII counts as such.
bool is_separator(char32_t c);

}  // namespace takas::app::vault
