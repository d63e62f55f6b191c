// A card number. It is made only by parsing or drawing, its digits come out only through reveal(), and it is wiped when
// it goes. It cannot be logged, streamed or serialised: no operator or description exists for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace takas::core::card {

/// Why the clear digits are needed; reads as documentation at the call.
enum class RevealFor : std::uint8_t { encryption, lookup_hash, cardholder_reply, personalisation, hsm, payment };

class Pan {
  public:
    /// 12 to 19 digits with a right Luhn check digit (ISO/IEC 7812-1).
    static std::optional<Pan> parse(std::string_view digits);

    Pan(const Pan&) = default;
    Pan(Pan&&) = default;
    Pan& operator=(const Pan&) = default;
    Pan& operator=(Pan&&) = default;
    ~Pan();

    std::string_view reveal(RevealFor) const { return {digits_.data(), size_}; }
    std::size_t size() const { return size_; }

    /// First digits, asterisks, last four: eight digits for a BIN of eight, else six or the BIN when it is
    /// shorter (contract 1.2, PCI DSS 3.4.1). At least two digits stay hidden.
    std::string masked(std::size_t bin_digits) const;

  private:
    Pan() = default;
    std::array<char, 19> digits_{};
    std::uint8_t size_ = 0;
};

/// The mask of a number that need not be a right one: as Pan::masked, and nothing at all of fewer than 12 characters.
std::string masked_number(std::string_view digits, std::size_t bin_digits);

/// The Luhn check digit for a number without one (ISO/IEC 7812-1 annex B). Digits only.
char luhn_check_digit(std::string_view digits);
/// Digits, the last of which is the check digit of the others; false for anything else.
bool luhn_valid(std::string_view digits);

}  // namespace takas::core::card
