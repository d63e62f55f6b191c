// The cipher calls of one operation and nothing else, straight on OpenSSL with contexts kept: what the payment
// algorithms are measured against. What the calls give is thrown away.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace takas::bench {

/// A context that is kept, with its key as long as it lasts.
class BareCipher {
  public:
    BareCipher(const char* name, bool encrypts);
    ~BareCipher();
    BareCipher(const BareCipher&) = delete;
    BareCipher& operator=(const BareCipher&) = delete;
    void set_key(std::span<const std::uint8_t> key);
    /// Over `data` in place.
    void run(std::span<std::uint8_t> data);

  private:
    EVP_CIPHER_CTX* context_;
};

/// Each does what its name says to fixed keys and data, `count` times. Keys that last are set up once, derived ones in
/// every round.
void bare_cvv(std::size_t count);
void bare_pvv(std::size_t count);
void bare_arqc(std::size_t count);
void bare_translate(std::size_t count);

}  // namespace takas::bench
