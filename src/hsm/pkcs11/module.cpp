#include "hsm/pkcs11/module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace takas::hsm::pkcs11 {
namespace {

std::mutex modules_mutex;

/// Path -> who has it loaded.
std::map<std::string, std::weak_ptr<Module>>& modules() {
    static std::map<std::string, std::weak_ptr<Module>> loaded;
    return loaded;
}

std::string trimmed(const unsigned char* text, std::size_t size) {
    std::string out(reinterpret_cast<const char*>(text), size);
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

}  // namespace

std::unexpected<Error> token_failure(std::string_view call, CK_RV answer) {
    return fail(ErrorCode::hsm_unavailable, fmt::format("PKCS#11 {}: {:#010x}", call, answer));
}

Result<std::shared_ptr<Module>> Module::load(const std::string& path) {
    const std::lock_guard lock(modules_mutex);
    if (auto known = modules()[path].lock()) return known;
    void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        return fail(ErrorCode::hsm_unavailable, fmt::format("cannot load the PKCS#11 module {}", path));
    const auto get_functions = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (get_functions == nullptr || get_functions(&functions) != CKR_OK || functions == nullptr) {
        ::dlclose(library);
        return fail(ErrorCode::hsm_unavailable, path + " is no PKCS#11 module");
    }
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    const CK_RV answer = functions->C_Initialize(&arguments);
    if (answer != CKR_OK && answer != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        ::dlclose(library);
        return token_failure("C_Initialize", answer);
    }
    std::shared_ptr<Module> module(new Module(path, library, functions));
    modules()[path] = module;
    return module;
}

Module::~Module() {
    const std::lock_guard lock(modules_mutex);
    functions_->C_Finalize(nullptr);
    ::dlclose(library_);
}

Result<CK_SLOT_ID> Module::slot_of(const std::string& token_label) const {
    CK_ULONG count = 0;
    if (const CK_RV answer = calls().C_GetSlotList(CK_TRUE, nullptr, &count); answer != CKR_OK)
        return token_failure("C_GetSlotList", answer);
    std::vector<CK_SLOT_ID> slots(count);
    if (const CK_RV answer = calls().C_GetSlotList(CK_TRUE, slots.data(), &count); answer != CKR_OK)
        return token_failure("C_GetSlotList", answer);
    slots.resize(std::min<std::size_t>(count, slots.size()));
    for (const CK_SLOT_ID slot : slots) {
        CK_TOKEN_INFO info{};
        if (calls().C_GetTokenInfo(slot, &info) == CKR_OK && trimmed(info.label, sizeof info.label) == token_label)
            return slot;
    }
    return fail(ErrorCode::hsm_unavailable, fmt::format("{} has no token labelled \"{}\"", path_, token_label));
}

bool Module::knows(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism) const {
    CK_MECHANISM_INFO info{};
    return calls().C_GetMechanismInfo(slot, mechanism, &info) == CKR_OK;
}

}  // namespace takas::hsm::pkcs11
