// TR-31 key blocks whose protection key (KBPK) is inside a token. The two keys a block really lives under, KBEK and
// KBAK, are CMACs under the KBPK over short constants. A token gives CMACs out, not in as keys; but the CMAC of one
// block is that block, mixed with a constant subkey, enciphered in ECB mode, and deriving a key from enciphered data is
// a PKCS#11 mechanism. So KBEK and KBAK are made inside and stay there: this process sees the subkey (the KBPK
// enciphering zeros), from which neither the KBPK nor the two keys follow.
//
// Versions B (TDEA) and D (AES) are written; A and C, whose keys are variants (exclusive-or) of the KBPK, cannot be
// made inside a token and are refused.
#pragma once

#include <string>
#include <string_view>

#include "crypto/payment/key_block.hpp"
#include "hsm/pkcs11/token.hpp"

namespace takas::hsm::pkcs11 {

/// KBEK and KBAK of one KBPK, for as long as this lives.
class TokenKeyBlocks {
  public:
    /// `kbpk` of `algorithm`; AES-192 is refused: tokens do not agree on which octets a shorter derived key has.
    static Result<TokenKeyBlocks> make(Token& token, TokenKey kbpk, KeyAlgorithm algorithm);
    ~TokenKeyBlocks();
    TokenKeyBlocks(TokenKeyBlocks&& other) noexcept
        : token_(std::exchange(other.token_, nullptr)),
          version_(other.version_),
          encryption_(other.encryption_),
          authentication_(other.authentication_) {}
    TokenKeyBlocks& operator=(TokenKeyBlocks&&) = delete;

    /// `code` is the error for a block that does not open: altered, or of another key.
    Result<crypto::payment::UnwrappedKey> unwrap(std::string_view key_block, ErrorCode code) const;
    Result<std::string> wrap(crypto::payment::KeyBlockHeader header, ByteView clear) const;
    char version() const { return version_; }

  private:
    TokenKeyBlocks(Token& token, char version, TokenKey encryption, TokenKey authentication)
        : token_(&token), version_(version), encryption_(encryption), authentication_(authentication) {}
    Result<Bytes> mac_of(std::string_view header, ByteView content) const;

    Token* token_;
    char version_;
    TokenKey encryption_;
    TokenKey authentication_;
};

/// The block which, enciphered in ECB mode under a key, gives the CMAC of `data` (at most one block) under it.
/// `enciphered_zeros` is the block of zeros under that key (SP 800-38B section 6.1).
Bytes cmac_input_block(ByteView data, ByteView enciphered_zeros);

}  // namespace takas::hsm::pkcs11
