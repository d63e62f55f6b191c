#include "hsm/pkcs11/token.hpp"

#include <chrono>

namespace takas::hsm::pkcs11 {

using crypto::SecretBytes;

namespace {

/// As many threads as a server lets wait for the store; tokens commonly allow hundreds.
constexpr std::size_t sessions_max = 16;
constexpr std::chrono::seconds session_patience{5};
constexpr std::size_t longest_mac_bytes = 16;

/// PKCS#11 takes pointers to what it only reads.
template <class T>
void* readable(const T* p) {
    return const_cast<T*>(p);
}

CK_BYTE* octets_of(ByteView bytes) { return const_cast<CK_BYTE*>(bytes.data()); }

/// Attribute values must outlive the template that points to them.
struct KeyTemplate {
    CK_OBJECT_CLASS object_class = CKO_SECRET_KEY;
    CK_KEY_TYPE type;
    CK_ULONG size_bytes;
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    std::vector<CK_ATTRIBUTE> rows;

    explicit KeyTemplate(KeyAlgorithm algorithm)
        : type(core::key::is_aes(algorithm)           ? CKK_AES
               : algorithm == KeyAlgorithm::tdea_2key ? CKK_DES2
                                                      : CKK_DES3),
          size_bytes(core::key::key_bytes(algorithm)) {}

    void add(CK_ATTRIBUTE_TYPE attribute, const void* value, std::size_t size) {
        rows.push_back({attribute, const_cast<void*>(value), size});
    }
    void add(CK_ATTRIBUTE_TYPE attribute, bool value) { add(attribute, value ? &yes : &no, sizeof(CK_BBOOL)); }
    void add_class_and_type() {
        add(CKA_CLASS, &object_class, sizeof object_class);
        add(CKA_KEY_TYPE, &type, sizeof type);
    }
    /// Only AES keys have lengths of their choice.
    void add_length() {
        if (type == CKK_AES) add(CKA_VALUE_LEN, &size_bytes, sizeof size_bytes);
    }
    void add_place(bool is_in_token) {
        add(CKA_TOKEN, is_in_token);
        add(CKA_PRIVATE, true);
        add(CKA_SENSITIVE, true);
        add(CKA_EXTRACTABLE, false);
    }
};

struct Mechanisms {
    CK_MECHANISM_TYPE generate, ecb, cbc, cmac, derive;
};

Mechanisms mechanisms_of(bool is_aes, CK_KEY_TYPE type = CKK_AES) {
    if (is_aes) return {CKM_AES_KEY_GEN, CKM_AES_ECB, CKM_AES_CBC, CKM_AES_CMAC, CKM_AES_ECB_ENCRYPT_DATA};
    return {type == CKK_DES2 ? CKM_DES2_KEY_GEN : CKM_DES3_KEY_GEN, CKM_DES3_ECB, CKM_DES3_CBC, CKM_DES3_CMAC,
            CKM_DES3_ECB_ENCRYPT_DATA};
}

CK_MECHANISM mechanism(CK_MECHANISM_TYPE type, ByteView parameter = {}) {
    return {type, octets_of(parameter), parameter.size()};
}

}  // namespace

Result<std::unique_ptr<Token>> Token::open(const TokenSettings& settings, const SecretBytes& pin) {
    auto module = Module::load(settings.module_path);
    if (!module) return std::unexpected(std::move(module.error()));
    const auto slot = (*module)->slot_of(settings.token_label);
    if (!slot) return std::unexpected(slot.error());
    for (const CK_MECHANISM_TYPE needed :
         {CKM_AES_KEY_GEN, CKM_AES_ECB, CKM_AES_CBC, CKM_AES_CMAC, CKM_AES_ECB_ENCRYPT_DATA})
        if (!(*module)->knows(*slot, needed))
            return fail(ErrorCode::hsm_unavailable,
                        "the token lacks a mechanism that key blocks need (AES CMAC, "
                        "AES ECB and CBC, AES ECB ENCRYPT DATA)");
    CK_SESSION_HANDLE keeper = 0;
    CK_FUNCTION_LIST& calls = (*module)->calls();
    constexpr CK_FLAGS flags = CKF_SERIAL_SESSION | CKF_RW_SESSION;
    if (const CK_RV answer = calls.C_OpenSession(*slot, flags, nullptr, nullptr, &keeper); answer != CKR_OK)
        return token_failure("C_OpenSession", answer);
    const CK_RV answer = calls.C_Login(keeper, CKU_USER, octets_of(pin.reveal()), pin.size());
    if (answer != CKR_OK && answer != CKR_USER_ALREADY_LOGGED_IN) {
        calls.C_CloseSession(keeper);
        return token_failure("C_Login", answer);
    }
    return std::unique_ptr<Token>(new Token(std::move(*module), *slot, keeper));
}

void Token::abandon() {
    std::unique_lock lock(mutex_);
    is_abandoned_ = true;
    // What is under way ends first: its session's number may be that of somebody's next session.
    returned_.wait_for(lock, session_patience, [this] { return idle_.size() == open_count_; });
    idle_.clear();
    calls().C_CloseAllSessions(slot_);
}

Token::~Token() {
    if (is_abandoned_) return;
    for (const CK_SESSION_HANDLE session : idle_) calls().C_CloseSession(session);
    calls().C_CloseSession(keeper_);
}

Result<CK_SESSION_HANDLE> Token::open_session() const {
    CK_SESSION_HANDLE session = 0;
    const CK_RV answer = calls().C_OpenSession(slot_, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session);
    if (answer != CKR_OK) return token_failure("C_OpenSession", answer);
    return session;
}

Result<Token::Loan> Token::borrow() {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, session_patience,
                            [this] { return is_abandoned_ || !idle_.empty() || open_count_ < sessions_max; }))
        return fail(ErrorCode::hsm_unavailable, "every session with the token is busy");
    if (is_abandoned_) return fail(ErrorCode::hsm_unavailable, "the token did not answer");
    if (!idle_.empty()) {
        const CK_SESSION_HANDLE session = idle_.back();
        idle_.pop_back();
        return Loan(*this, session);
    }
    const auto session = open_session();
    if (!session) return std::unexpected(session.error());
    ++open_count_;
    return Loan(*this, *session);
}

void Token::give_back(CK_SESSION_HANDLE session) {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(session);
    }
    returned_.notify_all();
}

Result<std::optional<TokenKey>> Token::find(std::vector<CK_ATTRIBUTE> wanted, bool is_aes) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    const CK_SESSION_HANDLE session = loan->session();
    if (const CK_RV answer = calls().C_FindObjectsInit(session, wanted.data(), wanted.size()); answer != CKR_OK)
        return token_failure("C_FindObjectsInit", answer);
    CK_OBJECT_HANDLE found[2];
    CK_ULONG count = 0;
    const CK_RV answer = calls().C_FindObjects(session, found, 2, &count);
    calls().C_FindObjectsFinal(session);
    if (answer != CKR_OK) return token_failure("C_FindObjects", answer);
    if (count > 1) return fail(ErrorCode::hsm_unavailable, "the token has two keys of one name");
    if (count == 0) return std::nullopt;
    return TokenKey{found[0], is_aes};
}

Result<std::optional<TokenKey>> Token::find(ByteView id, std::string_view label, bool is_aes) {
    static constexpr CK_OBJECT_CLASS secret_key = CKO_SECRET_KEY;
    static constexpr CK_BBOOL yes = CK_TRUE;
    return find({{CKA_CLASS, readable(&secret_key), sizeof secret_key},
                 {CKA_TOKEN, readable(&yes), sizeof yes},
                 {CKA_ID, octets_of(id), id.size()},
                 {CKA_LABEL, readable(label.data()), label.size()}},
                is_aes);
}

Result<std::optional<TokenKey>> Token::find_by_id(ByteView id, bool is_aes) {
    static constexpr CK_OBJECT_CLASS secret_key = CKO_SECRET_KEY;
    static constexpr CK_BBOOL yes = CK_TRUE;
    return find({{CKA_CLASS, readable(&secret_key), sizeof secret_key},
                 {CKA_TOKEN, readable(&yes), sizeof yes},
                 {CKA_ID, octets_of(id), id.size()}},
                is_aes);
}

Result<TokenKey> Token::generate(KeyAlgorithm algorithm, ByteView id, std::string_view label) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    KeyTemplate wanted(algorithm);
    wanted.add_length();
    wanted.add_place(true);
    for (const CK_ATTRIBUTE_TYPE use : {CKA_DERIVE, CKA_ENCRYPT, CKA_SIGN}) wanted.add(use, true);
    wanted.add(CKA_ID, id.data(), id.size());
    wanted.add(CKA_LABEL, label.data(), label.size());
    const bool is_aes = core::key::is_aes(algorithm);
    CK_MECHANISM how = mechanism(mechanisms_of(is_aes, wanted.type).generate);
    CK_OBJECT_HANDLE key = 0;
    const CK_RV answer = calls().C_GenerateKey(loan->session(), &how, wanted.rows.data(), wanted.rows.size(), &key);
    if (answer != CKR_OK) return token_failure("C_GenerateKey", answer);
    return TokenKey{key, is_aes};
}

Result<TokenKey> Token::create(KeyAlgorithm algorithm, ByteView id, std::string_view label, ByteView clear) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    KeyTemplate wanted(algorithm);
    wanted.add_class_and_type();
    wanted.add_place(true);
    for (const CK_ATTRIBUTE_TYPE use : {CKA_DERIVE, CKA_ENCRYPT, CKA_SIGN}) wanted.add(use, true);
    wanted.add(CKA_ID, id.data(), id.size());
    wanted.add(CKA_LABEL, label.data(), label.size());
    wanted.add(CKA_VALUE, clear.data(), clear.size());
    CK_OBJECT_HANDLE key = 0;
    const CK_RV answer = calls().C_CreateObject(loan->session(), wanted.rows.data(), wanted.rows.size(), &key);
    if (answer != CKR_OK) return token_failure("C_CreateObject", answer);
    return TokenKey{key, core::key::is_aes(algorithm)};
}

Result<void> Token::destroy(TokenKey key) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    const CK_RV answer = calls().C_DestroyObject(loan->session(), key.handle);
    if (answer != CKR_OK) return token_failure("C_DestroyObject", answer);
    return {};
}

Result<Bytes> Token::encrypt_block(TokenKey key, ByteView block) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    CK_MECHANISM how = mechanism(mechanisms_of(key.is_aes).ecb);
    if (const CK_RV answer = calls().C_EncryptInit(loan->session(), &how, key.handle); answer != CKR_OK)
        return token_failure("C_EncryptInit", answer);
    Bytes out(block.size());
    CK_ULONG size = out.size();
    const CK_RV answer = calls().C_Encrypt(loan->session(), octets_of(block), block.size(), out.data(), &size);
    if (answer != CKR_OK || size != out.size()) return token_failure("C_Encrypt", answer);
    return out;
}

Result<Bytes> Token::cmac(TokenKey key, ByteView data) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    CK_MECHANISM how = mechanism(mechanisms_of(key.is_aes).cmac);
    if (const CK_RV answer = calls().C_SignInit(loan->session(), &how, key.handle); answer != CKR_OK)
        return token_failure("C_SignInit", answer);
    Bytes out(longest_mac_bytes);
    CK_ULONG size = out.size();
    const CK_RV answer = calls().C_Sign(loan->session(), octets_of(data), data.size(), out.data(), &size);
    if (answer != CKR_OK) return token_failure("C_Sign", answer);
    out.resize(size);
    return out;
}

Result<Bytes> Token::cbc_encrypt(TokenKey key, ByteView iv, ByteView data) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    CK_MECHANISM how = mechanism(mechanisms_of(key.is_aes).cbc, iv);
    if (const CK_RV answer = calls().C_EncryptInit(loan->session(), &how, key.handle); answer != CKR_OK)
        return token_failure("C_EncryptInit", answer);
    Bytes out(data.size());
    CK_ULONG size = out.size();
    const CK_RV answer = calls().C_Encrypt(loan->session(), octets_of(data), data.size(), out.data(), &size);
    if (answer != CKR_OK || size != out.size()) return token_failure("C_Encrypt", answer);
    return out;
}

Result<SecretBytes> Token::cbc_decrypt(TokenKey key, ByteView iv, ByteView data) {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    CK_MECHANISM how = mechanism(mechanisms_of(key.is_aes).cbc, iv);
    if (const CK_RV answer = calls().C_DecryptInit(loan->session(), &how, key.handle); answer != CKR_OK)
        return token_failure("C_DecryptInit", answer);
    SecretBytes out(data.size());
    CK_ULONG size = out.size();
    const CK_RV answer = calls().C_Decrypt(loan->session(), octets_of(data), data.size(), out.writable().data(), &size);
    if (answer != CKR_OK || size != out.size()) return token_failure("C_Decrypt", answer);
    return out;
}

Result<TokenKey> Token::derive(TokenKey key, KeyAlgorithm algorithm, ByteView data, bool for_mac) {
    const std::lock_guard lock(keeper_mutex_);
    if (is_abandoned_) return fail(ErrorCode::hsm_unavailable, "the token did not answer");
    KeyTemplate wanted(algorithm);
    wanted.add_class_and_type();
    wanted.add_length();
    wanted.add_place(false);
    if (for_mac) {
        wanted.add(CKA_SIGN, true);
    } else {
        wanted.add(CKA_ENCRYPT, true);
        wanted.add(CKA_DECRYPT, true);
    }
    CK_KEY_DERIVATION_STRING_DATA parameter{octets_of(data), data.size()};
    CK_MECHANISM how{mechanisms_of(key.is_aes).derive, &parameter, sizeof parameter};
    CK_OBJECT_HANDLE derived = 0;
    const CK_RV answer =
        calls().C_DeriveKey(keeper_, &how, key.handle, wanted.rows.data(), wanted.rows.size(), &derived);
    if (answer != CKR_OK) return token_failure("C_DeriveKey", answer);
    return TokenKey{derived, key.is_aes};
}

Result<void> Token::check() {
    const auto loan = borrow();
    if (!loan) return std::unexpected(loan.error());
    CK_SESSION_INFO info{};
    const CK_RV answer = calls().C_GetSessionInfo(loan->session(), &info);
    if (answer != CKR_OK) return token_failure("C_GetSessionInfo", answer);
    if (info.state != CKS_RW_USER_FUNCTIONS) return fail(ErrorCode::hsm_unavailable, "the token has signed us out");
    return {};
}

}  // namespace takas::hsm::pkcs11
