// A token that was signed in to, and the few things this room does with it. Sessions are kept and lent, one to a thread
// at a time: a PKCS#11 session has one operation under way. Keys are made so that they cannot leave: sensitive, not
// extractable.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "core/key/key_terms.hpp"
#include "crypto/secret.hpp"
#include "hsm/pkcs11/module.hpp"
#include "hsm/pkcs11/open_token.hpp"

namespace takas::hsm::pkcs11 {

using core::key::KeyAlgorithm;

/// An object in the token and its cipher.
struct TokenKey {
    CK_OBJECT_HANDLE handle = 0;
    bool is_aes = true;
};

class Token {
  public:
    static Result<std::unique_ptr<Token>> open(const TokenSettings& settings, const crypto::SecretBytes& pin);
    ~Token();
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    /// A key of the token by its CKA_ID and CKA_LABEL, both; nothing when there is none.
    Result<std::optional<TokenKey>> find(ByteView id, std::string_view label, bool is_aes);
    /// By its CKA_ID, whatever the label: to remove it.
    Result<std::optional<TokenKey>> find_by_id(ByteView id, bool is_aes);
    Result<TokenKey> generate(KeyAlgorithm algorithm, ByteView id, std::string_view label);
    /// Puts a clear key into the token; the caller wipes its own copy.
    Result<TokenKey> create(KeyAlgorithm algorithm, ByteView id, std::string_view label, ByteView clear);
    Result<void> destroy(TokenKey key);

    /// One block: 16 octets with AES, 8 with TDEA.
    Result<Bytes> encrypt_block(TokenKey key, ByteView block);
    Result<Bytes> cmac(TokenKey key, ByteView data);
    Result<Bytes> cbc_encrypt(TokenKey key, ByteView iv, ByteView data);
    Result<crypto::SecretBytes> cbc_decrypt(TokenKey key, ByteView iv, ByteView data);

    /// A key whose value is `data` enciphered under `key` in ECB mode, made inside the token: a session object that
    /// lives until destroy() or the end of this Token. `for_mac`: it computes CMACs, otherwise it enciphers.
    Result<TokenKey> derive(TokenKey key, KeyAlgorithm algorithm, ByteView data, bool for_mac);

    /// Whether the token answers.
    Result<void> check();
    /// It does not: its sessions are void, and their numbers may be given again. Everything fails from here on.
    void abandon();

  private:
    /// A session for one operation; it goes back when this dies.
    class Loan {
      public:
        Loan(Token& token, CK_SESSION_HANDLE session) : token_(&token), session_(session) {}
        Loan(Loan&& other) noexcept : token_(std::exchange(other.token_, nullptr)), session_(other.session_) {}
        Loan& operator=(Loan&&) = delete;
        ~Loan() {
            if (token_ != nullptr) token_->give_back(session_);
        }
        CK_SESSION_HANDLE session() const { return session_; }

      private:
        Token* token_;
        CK_SESSION_HANDLE session_;
    };

    Token(std::shared_ptr<Module> module, CK_SLOT_ID slot, CK_SESSION_HANDLE keeper)
        : module_(std::move(module)), slot_(slot), keeper_(keeper) {}
    CK_FUNCTION_LIST& calls() const { return module_->calls(); }
    Result<CK_SESSION_HANDLE> open_session() const;
    Result<Loan> borrow();
    void give_back(CK_SESSION_HANDLE session);
    Result<std::optional<TokenKey>> find(std::vector<CK_ATTRIBUTE> wanted, bool is_aes);

    std::shared_ptr<Module> module_;
    CK_SLOT_ID slot_;
    CK_SESSION_HANDLE keeper_;  ///< stays open: it keeps the sign-in and the derived session objects
    std::mutex keeper_mutex_;   ///< derived objects are made in the keeper's session
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<CK_SESSION_HANDLE> idle_;
    std::size_t open_count_ = 0;
    std::atomic<bool> is_abandoned_ = false;
};

}  // namespace takas::hsm::pkcs11
