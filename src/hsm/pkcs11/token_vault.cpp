#include "hsm/pkcs11/token_vault.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/payment/cipher.hpp"
#include "hsm/engine/locked_memory.hpp"

namespace takas::hsm::pkcs11 {

using core::key::KeyUsage;
using crypto::SecretBytes;

namespace {

constexpr std::string_view lmk_label = "takas local master key";
constexpr std::string_view lmk_id = "takas-lmk";
constexpr KeyAlgorithm lmk_algorithm = KeyAlgorithm::aes_256;
constexpr std::string_view token_prefix = "P11:";
/// A sign-in costs a device more than an operation; some lock the PIN after a few that fail.
constexpr std::chrono::seconds reconnect_interval{5};
constexpr std::size_t kcv_bytes_aes = 5, kcv_bytes_tdea = 3;

bool is_kept_inside(KeyUsage usage) {
    return usage == KeyUsage::zmk || usage == KeyUsage::tmk || usage == KeyUsage::perso_kek;
}

std::string name_in_token(const PaymentKey& key) { return fmt::format("{}{}", token_prefix, key.id.value); }

/// Everything that a key block's header would bind.
std::string label_in_token(const PaymentKey& key) {
    return fmt::format("{} mode={} export={} version={}", binding_of(key), to_name(key.mode_of_use),
                       to_name(key.exportability), key.key_version_no);
}

/// A working key of one operation: when it dies, the ciphers' key schedules of this thread go with it.
class OperationKey final : public ClearKey {
  public:
    explicit OperationKey(SecretBytes bytes) : bytes_(std::move(bytes)) {}
    ~OperationKey() override { crypto::payment::forget_keys(); }
    OperationKey(const OperationKey&) = delete;
    OperationKey& operator=(const OperationKey&) = delete;
    ByteView reveal() const override { return bytes_.reveal(); }

  private:
    SecretBytes bytes_;
};

std::string upper_hex(ByteView bytes) {
    std::string text = hex_encode(bytes);
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

Result<std::string> kcv_inside(Token& token, TokenKey key) {
    const auto value = key.is_aes ? token.cmac(key, Bytes(16)) : token.encrypt_block(key, Bytes(8));
    if (!value) return std::unexpected(value.error());
    return upper_hex(ByteView(*value).first(key.is_aes ? kcv_bytes_aes : kcv_bytes_tdea));
}

std::unexpected<Error> stays_inside(const PaymentKey& key) {
    return fail(ErrorCode::hsm_key_usage_refused,
                fmt::format("key {} is a key-encryption key of the token: it does not leave it", key.id.value));
}

Result<TokenKeyBlocks> blocks_under(Token& token, const PaymentKey& kek) {
    const std::string name = name_in_token(kek);
    if (!is_kept_inside(kek.usage) || kek.key_block != name)
        return fail(ErrorCode::hsm_key_block_altered, "the record does not name a key of the token");
    const auto key = token.find(bytes_of(name), label_in_token(kek), core::key::is_aes(kek.algorithm));
    if (!key) return std::unexpected(key.error());
    if (!*key)
        return fail(ErrorCode::hsm_key_block_altered,
                    fmt::format("the token has no key {} that is what its record says", kek.id.value));
    return TokenKeyBlocks::make(token, **key, kek.algorithm);
}

}  // namespace

Result<TokenVault::ConnectionRef> TokenVault::connect(const TokenSettings& settings, const SecretBytes& pin,
                                                      bool may_create) {
    auto token = Token::open(settings, pin);
    if (!token) return std::unexpected(std::move(token.error()));
    auto lmk = (*token)->find(bytes_of(lmk_id), lmk_label, true);
    if (!lmk) return std::unexpected(std::move(lmk.error()));
    if (!*lmk && !may_create)
        return fail(ErrorCode::hsm_lmk_not_loaded,
                    "the token has no LMK, but the store was used with one: restore the token from its backup");
    if (!*lmk) {
        auto made = (*token)->generate(lmk_algorithm, bytes_of(lmk_id), lmk_label);
        if (!made) return std::unexpected(std::move(made.error()));
        *lmk = *made;
    }
    const auto mac = (*token)->cmac(**lmk, Bytes(16));
    if (!mac) return std::unexpected(mac.error());
    auto blocks = TokenKeyBlocks::make(**token, **lmk, lmk_algorithm);
    if (!blocks) return std::unexpected(std::move(blocks.error()));
    return std::make_shared<Connection>(std::move(*token), std::move(*blocks),
                                        upper_hex(ByteView(*mac).first(kcv_bytes_aes)));
}

Result<std::unique_ptr<TokenVault>> TokenVault::open(const TokenSettings& settings, const SecretBytes& pin,
                                                     bool may_create) {
    auto connection = connect(settings, pin, may_create);
    if (!connection) return std::unexpected(std::move(connection.error()));
    return std::unique_ptr<TokenVault>(new TokenVault(settings, pin.clone(), std::move(*connection)));
}

TokenVault::ConnectionRef TokenVault::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void TokenVault::reconnect(const ConnectionRef& lost) {
    const std::unique_lock one_at_a_time(reconnecting_, std::try_to_lock);
    if (!one_at_a_time || current() != lost) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_attempt_) return;
    next_attempt_ = now + reconnect_interval;
    if (lost->token->check()) return;  // busy, or of this one operation
    lost->token->abandon();
    auto fresh = connect(settings_, pin_, false);
    if (fresh && (*fresh)->lmk_kcv != lmk_kcv_) fresh = fail(ErrorCode::hsm_unavailable, "the token has another LMK");
    if (!fresh) {
        log::error("hsm_lost").add("detail", fresh.error().internal_detail);
        return;
    }
    log::warning("hsm_found_again").add("token", settings_.token_label);
    const std::lock_guard lock(mutex_);
    current_ = std::move(*fresh);
}

Result<void> TokenVault::check() {
    const auto connection = current();
    auto answers = watched(connection, connection->token->check());
    return answers || current() == connection ? answers : current()->token->check();
}

Result<std::unique_ptr<KeyVault>> open_token(const TokenSettings& settings, const SecretBytes& pin, bool may_create) {
    auto vault = TokenVault::open(settings, pin, may_create);
    if (!vault) return std::unexpected(std::move(vault.error()));
    return std::unique_ptr<KeyVault>(std::move(*vault));
}

Result<OpenKey> TokenVault::open(const PaymentKey& key) {
    if (is_kept_inside(key.usage)) return stays_inside(key);
    const auto connection = current();
    auto block = watched(connection, connection->blocks.unwrap(key.key_block, ErrorCode::hsm_key_block_altered));
    if (!block) return std::unexpected(std::move(block.error()));
    if (auto same = check_stored_header(key, block->header); !same) return std::unexpected(std::move(same.error()));
    return std::make_shared<const OperationKey>(std::move(block->key));
}

Result<PaymentKey> TokenVault::close(PaymentKey draft, const SecretBytes& clear) {
    auto kcv = kcv_of(draft.algorithm, clear.reveal());
    if (!kcv) return std::unexpected(std::move(kcv.error()));
    draft.kcv = std::move(*kcv);
    const auto connection = current();
    if (is_kept_inside(draft.usage)) {
        const std::string name = name_in_token(draft);
        auto made = watched(connection, connection->token->create(draft.algorithm, bytes_of(name),
                                                                  label_in_token(draft), clear.reveal()));
        if (!made) return std::unexpected(std::move(made.error()));
        draft.key_block = name;
        return draft;
    }
    auto block = watched(connection, connection->blocks.wrap(stored_header_of(draft), clear.reveal()));
    if (!block) return std::unexpected(std::move(block.error()));
    draft.key_block = std::move(*block);
    return draft;
}

Result<PaymentKey> TokenVault::generate(PaymentKey draft) {
    if (!is_kept_inside(draft.usage)) {
        const auto clear = fresh_key(draft.algorithm);
        if (!clear) return std::unexpected(clear.error());
        return close(std::move(draft), *clear);
    }
    const std::string name = name_in_token(draft);
    const auto connection = current();
    const auto made =
        watched(connection, connection->token->generate(draft.algorithm, bytes_of(name), label_in_token(draft)));
    if (!made) return std::unexpected(made.error());
    auto kcv = kcv_inside(*connection->token, *made);
    if (!kcv) return std::unexpected(std::move(kcv.error()));
    draft.kcv = std::move(*kcv);
    draft.key_block = name;
    return draft;
}

Result<UnwrappedKey> TokenVault::unwrap_under(const PaymentKey& kek, std::string_view key_block) {
    const auto connection = current();
    const auto blocks = watched(connection, blocks_under(*connection->token, kek));
    if (!blocks) return std::unexpected(blocks.error());
    return watched(connection, blocks->unwrap(key_block, ErrorCode::hsm_key_block_invalid));
}

Result<std::string> TokenVault::wrap_under(const PaymentKey& kek, const KeyBlockHeader& header, ByteView clear) {
    const auto connection = current();
    const auto blocks = watched(connection, blocks_under(*connection->token, kek));
    if (!blocks) return std::unexpected(blocks.error());
    return watched(connection, blocks->wrap(header, clear));
}

Result<PaymentKey> TokenVault::rewrap(const PaymentKey& key) {
    if (is_kept_inside(key.usage)) return key;
    const auto clear = open(key);
    if (!clear) return std::unexpected(clear.error());
    return close(key, SecretBytes((*clear)->reveal()));
}

Result<void> TokenVault::forget(const PaymentKey& key) {
    if (!is_kept_inside(key.usage)) return {};
    const auto connection = current();
    Token& token = *connection->token;
    const auto inside =
        watched(connection, token.find_by_id(bytes_of(name_in_token(key)), core::key::is_aes(key.algorithm)));
    if (!inside) return std::unexpected(inside.error());
    return *inside ? token.destroy(**inside) : Result<void>();
}

}  // namespace takas::hsm::pkcs11
