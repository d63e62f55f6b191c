// For tests: a SoftHSM2 token in a folder of its own, made and thrown away with it. Not part of the server.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "hsm/pkcs11/token_vault.hpp"

namespace takas::hsm::pkcs11 {

inline constexpr const char* softhsm_module = "/usr/lib/softhsm/libsofthsm2.so";

class PrivateToken {
  public:
    static constexpr const char* label = "takas-test";

    PrivateToken() {
        std::string name = (std::filesystem::temp_directory_path() / "takas-token-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        std::filesystem::create_directory(folder_ / "tokens");
        std::ofstream(folder_ / "softhsm2.conf")
            << "directories.tokendir = " << (folder_ / "tokens").string() << "\nobjectstore.backend = file\n"
            << "log.level = ERROR\nslots.removable = false\n";
        ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
        initialise();
    }
    ~PrivateToken() {
        ::unsetenv("SOFTHSM2_CONF");
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    PrivateToken(const PrivateToken&) = delete;
    PrivateToken& operator=(const PrivateToken&) = delete;

    static TokenSettings settings() { return {softhsm_module, label}; }
    static crypto::SecretBytes pin() { return crypto::SecretBytes(bytes_of("24680")); }
    const std::filesystem::path& folder() const { return folder_; }

  private:
    static CK_BYTE* text(const char* octets) {
        return reinterpret_cast<CK_BYTE*>(const_cast<char*>(octets));  // PKCS#11 reads only
    }

    static void initialise() {
        const auto module = Module::load(softhsm_module);
        ASSERT_TRUE(module) << module.error().internal_detail;
        CK_FUNCTION_LIST& calls = (*module)->calls();
        CK_SLOT_ID slots[8];
        CK_ULONG count = 8;
        ASSERT_EQ(calls.C_GetSlotList(CK_FALSE, slots, &count), CKR_OK);
        ASSERT_GE(count, 1);
        std::string padded = label;
        padded.resize(32, ' ');
        ASSERT_EQ(calls.C_InitToken(slots[0], text("13579"), 5, text(padded.c_str())), CKR_OK);
        const auto slot = (*module)->slot_of(label);
        ASSERT_TRUE(slot) << slot.error().internal_detail;
        CK_SESSION_HANDLE session = 0;
        ASSERT_EQ(calls.C_OpenSession(*slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
        ASSERT_EQ(calls.C_Login(session, CKU_SO, text("13579"), 5), CKR_OK);
        ASSERT_EQ(calls.C_InitPIN(session, text("24680"), 5), CKR_OK);
        ASSERT_EQ(calls.C_Logout(session), CKR_OK);
        ASSERT_EQ(calls.C_CloseSession(session), CKR_OK);
    }

    std::filesystem::path folder_;
};

}  // namespace takas::hsm::pkcs11
