// A PKCS#11 module: the vendor's shared library, loaded once for the whole process however many use it, initialised
// before the first and finalised after the last. Only this room includes the PKCS#11 header.
#pragma once

#include <p11-kit/pkcs11.h>

#include <memory>
#include <string>

#include "base/error.hpp"

namespace takas::hsm::pkcs11 {

class Module {
  public:
    /// Errors: hsm_unavailable, with a detail for the operator's eyes.
    static Result<std::shared_ptr<Module>> load(const std::string& path);
    ~Module();
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    CK_FUNCTION_LIST& calls() const { return *functions_; }

    /// The slot whose token has this label.
    Result<CK_SLOT_ID> slot_of(const std::string& token_label) const;
    bool knows(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism) const;

  private:
    Module(std::string path, void* library, CK_FUNCTION_LIST* functions)
        : path_(std::move(path)), library_(library), functions_(functions) {}
    std::string path_;
    void* library_;
    CK_FUNCTION_LIST* functions_;
};

/// "C_SignInit: 0x00000070": what the token said, as an error.
std::unexpected<Error> token_failure(std::string_view call, CK_RV answer);

}  // namespace takas::hsm::pkcs11
