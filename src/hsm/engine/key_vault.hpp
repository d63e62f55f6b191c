// What differs between HSMs: where the local master key (LMK) and the key-encryption keys live, and who opens and
// closes key blocks with them. The payment operations above it (payment_hsm.hpp) are the same for all.
//
// A record's key block is TR-31 version D under the LMK. Its header carries usage, algorithm, mode, version and
// exportability, its optional block LB the rest of what must not be exchanged (binding_of): a block put into another
// record, or a record whose columns were changed, does not open. Label and state are not bound: a label may be
// corrected, and whoever can change a state can delete the row as well.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "core/key/payment_key.hpp"
#include "crypto/payment/key_block.hpp"
#include "crypto/secret.hpp"
#include "hsm/engine/clear_key.hpp"

namespace takas::hsm {

using core::key::PaymentKey;
using crypto::payment::KeyBlockHeader;
using crypto::payment::UnwrappedKey;

class KeyVault {
  public:
    virtual ~KeyVault() = default;

    /// The key of a record in the clear. hsm_key_block_altered, hsm_lmk_not_loaded, hsm_unavailable. Key-encryption
    /// keys of a vault that keeps them inside are refused: hsm_key_usage_refused.
    virtual Result<OpenKey> open(const PaymentKey& key) = 0;

    /// Fills kcv and key_block of a draft from a clear key.
    virtual Result<PaymentKey> close(PaymentKey draft, const crypto::SecretBytes& clear) = 0;

    /// As close, with a fresh key that need not come into the process.
    virtual Result<PaymentKey> generate(PaymentKey draft) = 0;

    /// Opens a key block that came under a key-encryption key. hsm_key_block_invalid.
    virtual Result<UnwrappedKey> unwrap_under(const PaymentKey& kek, std::string_view key_block) = 0;

    /// Version B under a TDEA key, D under an AES key.
    virtual Result<std::string> wrap_under(const PaymentKey& kek, const KeyBlockHeader& header, ByteView clear) = 0;

    /// The same key under the newest LMK.
    virtual Result<PaymentKey> rewrap(const PaymentKey& key) = 0;

    /// Removes what the vault itself keeps of a key: its record is destroyed.
    virtual Result<void> forget(const PaymentKey& key) = 0;

    virtual std::string_view kind() const = 0;
    virtual std::string lmk_kcv() const = 0;
    virtual Result<void> check() = 0;
};

/// What a record's key block says about the record besides its TR-31 header, as the text of optional block LB.
std::string binding_of(const PaymentKey& key);

/// Whether two records have the same key block and the same columns bound into it.
bool says_the_same(const PaymentKey& a, const PaymentKey& b);

/// The header of a record's own key block, without the label.
KeyBlockHeader header_of(const PaymentKey& key);
/// The same with the label: what a block under the LMK must begin with.
KeyBlockHeader stored_header_of(const PaymentKey& key);

/// Whether the block's header is the record's. Error: hsm_key_block_altered.
Result<void> check_stored_header(const PaymentKey& key, const KeyBlockHeader& header);

/// Check value of a clear key; of an RSA key the first 10 hexadecimal digits of SHA-256 over its public half.
Result<std::string> kcv_of(core::key::KeyAlgorithm algorithm, ByteView clear);

/// A fresh key of the algorithm: TDEA with odd parity and different parts.
Result<crypto::SecretBytes> fresh_key(core::key::KeyAlgorithm algorithm);

/// Length fits the algorithm; a TDEA key is not a shorter one in disguise and has no weak part; no key is one octet
/// over and over. Error: `code`.
Result<void> check_key_bytes(core::key::KeyAlgorithm algorithm, ByteView clear, ErrorCode code);

/// The letter of X9.143: T (TDEA), A (AES), R (RSA).
char algorithm_letter(core::key::KeyAlgorithm algorithm);

/// A fault of the algorithms as this room's error; the detail carries no data.
Error error_of(crypto::payment::Fault fault, ErrorCode code);

}  // namespace takas::hsm
