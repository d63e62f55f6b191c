// Octets that are worked on in place and wiped afterwards; on the stack when they are few, which is nearly always. For
// this room's .cpp files.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

class Scratch {
  public:
    /// The content is not zeroed.
    explicit Scratch(std::size_t size_bytes) : size_(size_bytes) {
        if (size_bytes > few_.size()) many_ = SecretBytes(size_bytes);
    }
    ~Scratch() {
        if (many_.empty()) wipe_here(few_.data(), size_);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::span<std::uint8_t> bytes() { return many_.empty() ? std::span(few_).first(size_) : many_.writable(); }

  private:
    std::array<std::uint8_t, 256> few_;
    SecretBytes many_;
    std::size_t size_;
};

}  // namespace takas::crypto::payment
