// Keys under a PKCS#11 token. The LMK and all key-encryption keys (ZMK, TMK, personalisation) are objects of the token
// and never leave it; a record of such a key holds no key block but its name in the token ("P11:<id>"), whose label
// binds the record as a key block's header would. All other keys are key blocks under the LMK as with the software HSM;
// PKCS#11 knows no CVV, PVV or ARQC, so that they are unwrapped into this process, for one operation each, and wiped.
#pragma once

#include <chrono>
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
    /// Also tries to come back to a token that was away.
    Result<void> check() override;

  private:
    /// One sign-in: the token's sessions and the keys derived in them.
    struct Connection {
        std::unique_ptr<Token> token;
        TokenKeyBlocks blocks;  ///< under the LMK; dies before the token
        std::string lmk_kcv;
    };
    using ConnectionRef = std::shared_ptr<Connection>;
    static Result<ConnectionRef> connect(const TokenSettings& settings, const crypto::SecretBytes& pin,
                                         bool may_create);

    TokenVault(TokenSettings settings, crypto::SecretBytes pin, ConnectionRef first)
        : settings_(std::move(settings)), pin_(std::move(pin)), lmk_kcv_(first->lmk_kcv), current_(std::move(first)) {}
    ConnectionRef current() const;
    /// The result as it is; when the token did not answer, the next caller may find it again.
    template <class T>
    Result<T> watched(const ConnectionRef& connection, Result<T> result) {
        if (!result && result.error().code == ErrorCode::hsm_unavailable) reconnect(connection);
        return result;
    }
    void reconnect(const ConnectionRef& lost);

    const TokenSettings settings_;
    const crypto::SecretBytes pin_;
    const std::string lmk_kcv_;
    mutable std::mutex mutex_;
    ConnectionRef current_;
    std::mutex reconnecting_;
    std::chrono::steady_clock::time_point next_attempt_{};
};

}  // namespace takas::hsm::pkcs11
