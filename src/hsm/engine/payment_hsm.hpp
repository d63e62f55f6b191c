// The payment operations of the port over a vault of keys: checks who may do what (operations.hpp), opens the keys,
// calls the algorithms of crypto/payment and says the outcome in the product's errors. Stateless but for its counters.
#pragma once

#include <atomic>
#include <functional>

#include "app/ports/hsm.hpp"
#include "hsm/engine/key_vault.hpp"
#include "hsm/engine/operations.hpp"

namespace takas::hsm {

namespace ports = app::ports;
using core::card::Pan;
using core::key::PinFormat;
using core::key::PinMethod;
using core::key::PinRules;

/// What the engine must know about institutions.
struct TenantPolicy {
    /// May this institution test transactions now? Then PINs are test PINs, and clear ones may be made and shown.
    std::function<bool(TenantId)> is_in_test;
    /// The operator has acknowledged that PINs of live institutions are handled by software (PCI PIN).
    bool is_software_acknowledged = false;
};

class PaymentHsm final : public ports::Hsm {
  public:
    PaymentHsm(KeyVault& vault, TenantPolicy policy) : vault_(vault), policy_(std::move(policy)) {}

    /// Operations refused because of a key's usage or mode, for the metrics.
    std::uint64_t refused_count() const { return guard_.refused_count(); }
    /// PIN blocks to be verified that did not open. To the caller they are wrong PINs; an operator sees here that a
    /// partner's key is out of step.
    std::uint64_t unreadable_pin_block_count() const { return unreadable_.load(std::memory_order_relaxed); }

    Result<PaymentKey> generate(PaymentKey draft) override;
    Result<PaymentKey> form_from_components(PaymentKey draft, std::span<const crypto::SecretBytes> components,
                                            std::string_view expected_kcv) override;
    Result<PaymentKey> import_block(PaymentKey draft, const PaymentKey& zmk, std::string_view key_block,
                                    std::string_view expected_kcv) override;
    Result<std::string> export_block(const PaymentKey& key, const PaymentKey& zmk,
                                     ports::KeyBlockVersion version) override;
    Result<Bytes> export_rsa_oaep(const PaymentKey& key, ByteView partner_spki) override;
    Result<Bytes> public_key(const PaymentKey& rsa_key) override;
    Result<PaymentKey> import_rsa_oaep(PaymentKey draft, const PaymentKey& rsa_key, ByteView wrapped,
                                       std::string_view expected_kcv) override;
    Result<std::string> export_card_key(const PaymentKey& imk, const ports::ChipCard& card,
                                        const PaymentKey& perso_kek) override;
    Result<PaymentKey> rewrap(const PaymentKey& key) override { return vault_.rewrap(key); }
    Result<void> forget(const PaymentKey& key) override { return vault_.forget(key); }

    Result<crypto::SecretBytes> cvv(const PaymentKey& cvk, const ports::CvvInput& input) override;
    Result<bool> verify_cvv(const PaymentKey& cvk, const ports::CvvInput& input, std::string_view presented) override;
    Result<bool> verify_dcvv(const PaymentKey& imk_dcvv, const ports::CvvInput& input, int pan_sequence_no,
                             std::string_view atc, std::string_view presented) override;
    Result<bool> verify_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no, ByteView track_template,
                             ByteView atc, ByteView unpredictable_no, std::string_view presented) override;
    Result<crypto::SecretBytes> generate_dcvv(const PaymentKey& imk_dcvv, const ports::CvvInput& input,
                                              int pan_sequence_no, std::string_view atc) override;
    Result<crypto::SecretBytes> generate_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no,
                                              ByteView track_template, ByteView atc,
                                              ByteView unpredictable_no) override;
    Result<bool> verify_cavv(const PaymentKey& cavk, const Pan& pan, std::string_view atn_last4,
                             std::string_view result_code, std::string_view second_factor_code,
                             std::string_view presented) override;

    Result<bool> verify_pin(const ports::EncipheredPin& pin, const Pan& pan,
                            const ports::PinReference& reference) override;
    Result<ports::NewPinReference> make_pin_reference(const ports::EncipheredPin& pin, const Pan& pan, PinMethod method,
                                                      const PaymentKey& pvk, std::int16_t pvki,
                                                      const PaymentKey& storage_key, const PinRules& rules) override;
    Result<ports::NewPinReference> generate_pin(std::size_t digits, const Pan& pan, PinMethod method,
                                                const PaymentKey& pvk, std::int16_t pvki, const PaymentKey& storage_key,
                                                const PinRules& rules) override;
    Result<Bytes> translate_pin(const ports::EncipheredPin& pin, const Pan& pan, PinFormat to_format,
                                const PaymentKey& to_key) override;
    Result<crypto::SecretBytes> reveal_pin(const ports::EncipheredPin& pin, const Pan& pan,
                                           ports::RevealPinFor purpose) override;
    Result<Bytes> encipher_pin(std::string_view clear_pin, const Pan& pan, PinFormat format,
                               const PaymentKey& key) override;

    Result<ports::ArqcAnswer> verify_arqc(const PaymentKey& imk_ac, const ports::ChipCard& card,
                                          const ports::ArqcInput& input, ByteView arqc,
                                          const std::optional<ports::ArpcInput>& answer) override;
    Result<Bytes> generate_arqc(const PaymentKey& imk_ac, const ports::ChipCard& card,
                                const ports::ArqcInput& input) override;
    Result<Bytes> script_command(const PaymentKey& imk_smi, const ports::ChipCard& card,
                                 const ports::ScriptContext& context, ByteView cla_ins_p1_p2, ByteView data) override;
    Result<Bytes> encipher_script_data(const PaymentKey& imk_smc, const ports::ChipCard& card,
                                       const ports::ScriptContext& context, ByteView data) override;
    Result<Bytes> pin_change_command(const ports::ScriptKeys& keys, const ports::ChipCard& card,
                                     const ports::ScriptContext& context, const ports::EncipheredPin& new_pin,
                                     const std::optional<ports::EncipheredPin>& current_pin) override;

    Result<Bytes> encrypt_data(const PaymentKey& dek, ports::DataCipher cipher, ByteView plaintext,
                               ByteView associated) override;
    Result<crypto::SecretBytes> decrypt_data(const PaymentKey& dek, ports::DataCipher cipher, ByteView ciphertext,
                                             ByteView associated) override;
    Result<Bytes> generate_mac(const PaymentKey& mac_key, const ports::MacForm& form, ByteView data) override;
    Result<bool> verify_mac(const PaymentKey& mac_key, const ports::MacForm& form, ByteView data,
                            ByteView mac) override;

    std::string_view kind() const override { return vault_.kind(); }
    std::string lmk_kcv() const override { return vault_.lmk_kcv(); }
    Result<void> check() override { return vault_.check(); }

  private:
    Result<OpenKey> open(Operation operation, const PaymentKey& key);
    Result<void> check_pair(Operation operation, const PaymentKey& key, const PaymentKey& other);
    Result<PaymentKey> close_received(PaymentKey draft, const crypto::SecretBytes& clear, std::string_view expected_kcv,
                                      ErrorCode code);
    Result<void> check_exportable(const PaymentKey& key);
    Result<void> check_pins_allowed(TenantId tenant);
    Result<void> check_in_test(TenantId tenant);
    Result<crypto::payment::SecretDigits> decipher(const ports::EncipheredPin& pin, const Pan& pan);
    Result<Bytes> mac_of(const PaymentKey& mac_key, const ports::MacForm& form, ByteView data, Operation operation);
    Result<bool> is_stored_pin(const ports::PinReference& reference, const Pan& pan, std::string_view digits);
    Result<ports::NewPinReference> reference_for(std::string_view clear_pin, const Pan& pan, PinMethod method,
                                                 const PaymentKey& pvk, std::int16_t pvki,
                                                 const PaymentKey& storage_key);

    KeyVault& vault_;
    TenantPolicy policy_;
    UsageGuard guard_;
    std::atomic<std::uint64_t> unreadable_ = 0;
};

}  // namespace takas::hsm
