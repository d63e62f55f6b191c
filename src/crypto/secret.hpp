// Octets that must not be seen: keys, seeds, clear card numbers. They are wiped when they die, are moved and never
// copied, and cannot be printed, formatted or compared by accident; the only way to the octets is reveal().
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/bytes.hpp"

namespace takas::crypto {

class SecretBytes {
  public:
    SecretBytes() = default;
    /// `size_bytes` zero octets, to be filled through writable().
    explicit SecretBytes(std::size_t size_bytes) : bytes_(size_bytes) {}
    /// A copy of `bytes`; the caller wipes its own.
    explicit SecretBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    ~SecretBytes() { wipe(); }

    SecretBytes(SecretBytes&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;

    /// A second copy, said aloud.
    SecretBytes clone() const { return SecretBytes(ByteView(bytes_)); }

    /// The octets themselves. Never log or store what this returns.
    ByteView reveal() const { return bytes_; }
    std::span<std::uint8_t> writable() { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    /// Keeps the first `size_bytes` octets and wipes the rest.
    void shrink(std::size_t size_bytes);

    template <class Stream>
    friend Stream& operator<<(Stream&, const SecretBytes&) = delete;
    friend bool operator==(const SecretBytes&, const SecretBytes&) = delete;

  private:
    void wipe();
    std::vector<std::uint8_t> bytes_;
};

/// Takes the same time wherever the first difference is. Different lengths are unequal; the length is no secret.
bool constant_time_equal(ByteView a, ByteView b);

/// Overwrites octets in a way the compiler cannot leave out.
void wipe(std::span<std::uint8_t> bytes);

}  // namespace takas::crypto
