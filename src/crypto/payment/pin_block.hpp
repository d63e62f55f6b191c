// PIN blocks of ISO 9564-1: formats 0 to 4 made, read, enciphered and translated. Reading costs the same work whatever
// is wrong, looks at every nibble without branching on it, and has one answer, Fault::pin_block_refused: nobody learns
// which check failed. Clear blocks stay inside this room except for tests and tools; callers hand in keys.
//
//   format 0   0 L P P P P P/F ... F F      xor  0 0 0 0 PAN12           TDES, bound to the PAN
//   format 1   1 L P P P P P/R ... R R                                   TDES, random tail, not bound
//   format 2   2 L P P P P P/F ... F F                                   offline PIN to the chip only
//   format 3   3 L P P P P P/X ... X X      xor  0 0 0 0 PAN12           TDES, X random A to F
//   format 4   4 L P P P P P/A ... A A R16  AES, xor M PAN..., AES       bound to the PAN
//   PAN12: the 12 rightmost digits before the check digit.  L: 4 to C.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

enum class PinFormat : std::uint8_t { iso0 = 0, iso1 = 1, iso2 = 2, iso3 = 3, iso4 = 4 };

constexpr std::size_t pin_block_bytes(PinFormat format) { return format == PinFormat::iso4 ? 16 : 8; }
/// Whether the block can only be read with the PAN it was made for.
constexpr bool is_bound_to_pan(PinFormat format) {
    return format == PinFormat::iso0 || format == PinFormat::iso3 || format == PinFormat::iso4;
}

/// A PIN block of 8 or 16 octets, clear or enciphered. Wiped when it dies.
class PinBlock {
  public:
    PinBlock() = default;
    /// `size_bytes` (at most 16) zero octets, to be filled through writable().
    explicit PinBlock(std::size_t size_bytes) : size_(size_bytes) {}
    ByteView reveal() const { return bytes_.reveal().first(size_); }
    std::span<std::uint8_t> writable() { return bytes_.writable().first(size_); }
    std::size_t size() const { return size_; }

  private:
    SecretArray<16> bytes_;
    std::size_t size_ = 0;
};

/// The clear block of formats 0 to 3 with fresh random filler where the format has one; for format 4 the clear PIN
/// field. `pan` of 12 to 19 digits (unused by formats 1 and 2).
Outcome<PinBlock> clear_pin_block(PinFormat format, std::string_view pin, std::string_view pan);
/// The PIN in a clear block of formats 0 to 3, or in a clear PIN field of format 4.
Outcome<SecretDigits> pin_in_clear_block(PinFormat format, ByteView clear_block, std::string_view pan);
/// Format 4: M (PAN length minus 12), the PAN, zeros; 1 to 19 digits, below 12 filled with zeros on the left.
Outcome<AesBlock> pan_field_of_format_4(std::string_view pan);

/// Formats 0, 1 and 3 under a TDES key of 16 or 24 octets, format 4 under an AES key. Format 2 is refused: it is never
/// sent under a PIN key.
Outcome<PinBlock> encipher_pin(PinFormat format, std::string_view pin, std::string_view pan, CipherKey key);
Outcome<SecretDigits> decipher_pin(PinFormat format, ByteView block, std::string_view pan, CipherKey key);

/// As decipher_pin, for a caller that verifies next: whatever is wrong, there is a PIN (0000) to go on with, so that
/// the verification costs the same. The answer is "wrong" unless is_usable.
struct ReadPin {
    SecretDigits pin;
    bool is_usable = false;
};
ReadPin read_pin(PinFormat format, ByteView block, std::string_view pan, CipherKey key);

/// What may become what (ISO 9564-1 clause 9, PCI PIN 3-3): formats 0, 3 and 4 into one another while the PAN stays the
/// same; format 1 into 0, 3 or 4 (and itself); nothing bound to a PAN into format 1; format 2 only as a last step
/// into the chip; and no new PAN but for 0, 3 and 4 of the issuer when it gives a cardholder a new card.
enum class TranslationPurpose : std::uint8_t { transport, issuer_pan_change, to_chip };
bool is_translation_permitted(PinFormat from, PinFormat to, bool pan_changes,
                              TranslationPurpose purpose = TranslationPurpose::transport);

struct PinTranslation {
    PinFormat format_in{};
    CipherKey key_in;
    PinFormat format_out{};
    CipherKey key_out;
    std::string_view pan;      ///< the PAN of the block that comes in
    std::string_view new_pan;  ///< empty: the same PAN
};
/// Under the policy; the clear PIN exists only inside.
Outcome<PinBlock> translate_pin(const PinTranslation& translation, ByteView block,
                                TranslationPurpose purpose = TranslationPurpose::transport);

}  // namespace takas::crypto::payment
