// Keys under a PKCS#11 token. The LMK and all key-encryption keys (ZMK, TMK, personalisation) are objects of the token
// and never leave it; a record of such a key holds no key block but its name in the token ("P11:<id>"), whose label
// binds the record as a key block's header would. All other keys are key blocks under the LMK as with the software HSM;
// PKCS#11 knows no CVV, PVV or ARQC, so that they are unwrapped into this process, for one operation each, and wiped.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "hsm/engine/key_vault.hpp"
#include "hsm/pkcs11/token.hpp"
#include "hsm/pkcs11/token_key_block.hpp"

namespace takas::hsm::pkcs11 {

class TokenVault final : public KeyVault {
  public:
    /// `may_create`: a token without LMK gets one, made inside it. Errors carry a detail for the operator's eyes.
    static Result<std::unique_ptr<TokenVault>> open(const TokenSettings& settings, const crypto::SecretBytes& pin,
                                                    bool may_create);

    Result<OpenKey> open(const PaymentKey& key) override;
    Result<PaymentKey> close(PaymentKey draft, const crypto::SecretBytes& clear) override;
    Result<PaymentKey> generate(PaymentKey draft) override;
    Result<UnwrappedKey> unwrap_under(const PaymentKey& kek, std::string_view key_block) override;
    Result<std::string> wrap_under(const PaymentKey& kek, const KeyBlockHeader& header, ByteView clear) override;
    Result<PaymentKey> rewrap(const PaymentKey& key) override;
    Result<void> forget(const PaymentKey& key) override;
    std::string_view kind() const override { return "pkcs11"; }
    std::string lmk_kcv() const override { return lmk_kcv_; }
    Result<void> check() override { return token_->check(); }

  private:
    TokenVault(std::unique_ptr<Token> token, TokenKeyBlocks blocks, std::string lmk_kcv)
        : token_(std::move(token)), blocks_(std::move(blocks)), lmk_kcv_(std::move(lmk_kcv)) {}
    Result<TokenKeyBlocks> blocks_under(const PaymentKey& kek);
    Result<std::string> kcv_inside(TokenKey key);

    std::unique_ptr<Token> token_;
    TokenKeyBlocks blocks_;  ///< under the LMK; dies before the token
    std::string lmk_kcv_;
};

}  // namespace takas::hsm::pkcs11
