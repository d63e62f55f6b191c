// Small secrets on the stack: derived keys, clear blocks, PINs, card codes. Fixed capacity, so that no operation of an
// authorization allocates; wiped when they die; moved and never copied, and never printed. Longer secrets are
// crypto::SecretBytes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "crypto/secret.hpp"

namespace takas::crypto::payment {

/// crypto::wipe for objects of a known small size, without a call: the barrier makes the compiler believe that somebody
/// looks at the zeros.
inline void wipe_here(void* object, std::size_t size_bytes) {
    std::memset(object, 0, size_bytes);
    asm volatile("" : : "r"(object) : "memory");
}

/// Exactly Size octets.
template <std::size_t Size>
class SecretArray {
  public:
    SecretArray() = default;
    ~SecretArray() { wipe_here(bytes_.data(), Size); }
    SecretArray(SecretArray&& other) noexcept : bytes_(other.bytes_) { wipe_here(other.bytes_.data(), Size); }
    SecretArray& operator=(SecretArray&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            wipe_here(other.bytes_.data(), Size);
        }
        return *this;
    }
    SecretArray(const SecretArray&) = delete;
    SecretArray& operator=(const SecretArray&) = delete;

    /// The octets themselves. Never log or store what this returns.
    ByteView reveal() const { return bytes_; }
    std::span<std::uint8_t, Size> writable() { return bytes_; }
    static constexpr std::size_t size() { return Size; }

    template <class Stream>
    friend Stream& operator<<(Stream&, const SecretArray&) = delete;
    friend bool operator==(const SecretArray&, const SecretArray&) = delete;

  private:
    std::array<std::uint8_t, Size> bytes_{};
};

/// A double-length TDES key: ICC master keys, session keys, TDES DUKPT keys.
using DoubleKey = SecretArray<16>;
/// One cipher block of TDES, and of AES.
using DesBlock = std::array<std::uint8_t, 8>;
using AesBlock = std::array<std::uint8_t, 16>;

/// Up to 16 decimal digits that are secret: a PIN, a CVV, a PVV.
class SecretDigits {
  public:
    static constexpr std::size_t max_digits = 16;

    SecretDigits() = default;
    /// Copies at most max_digits characters; the caller wipes its own and answers for their being digits.
    explicit SecretDigits(std::string_view digits)
        : size_(static_cast<std::uint8_t>(std::min(digits.size(), max_digits))) {
        std::ranges::copy(digits.substr(0, size_), bytes_.begin());
    }
    ~SecretDigits() { wipe_here(bytes_.data(), max_digits); }
    SecretDigits(SecretDigits&& other) noexcept : bytes_(other.bytes_), size_(other.size_) { other.clear(); }
    SecretDigits& operator=(SecretDigits&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            size_ = other.size_;
            other.clear();
        }
        return *this;
    }
    SecretDigits(const SecretDigits&) = delete;
    SecretDigits& operator=(const SecretDigits&) = delete;
    SecretDigits clone() const { return SecretDigits(reveal()); }

    /// The digits themselves. Never log or store what this returns.
    std::string_view reveal() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    /// Beyond max_digits nothing is added.
    void push_back(char digit) {
        if (size_ < max_digits) bytes_[size_++] = static_cast<std::uint8_t>(digit);
    }
    void clear() {
        wipe_here(bytes_.data(), max_digits);
        size_ = 0;
    }
    /// Whether the presented digits are these, in a time that does not depend on where they differ.
    bool matches(std::string_view presented) const {
        return constant_time_equal(bytes_of(reveal()), bytes_of(presented));
    }

    template <class Stream>
    friend Stream& operator<<(Stream&, const SecretDigits&) = delete;
    friend bool operator==(const SecretDigits&, const SecretDigits&) = delete;

  private:
    std::array<std::uint8_t, max_digits> bytes_{};
    std::uint8_t size_ = 0;
};

}  // namespace takas::crypto::payment
