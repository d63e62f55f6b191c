// Argon2id through libargon2.
#include "crypto/password.hpp"

#include <argon2.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "crypto/random.hpp"

namespace takas::crypto {
namespace {

struct Costs {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    std::uint32_t lanes;
    friend bool operator==(const Costs&, const Costs&) = default;
};

constexpr Costs costs_today{19456, 2, 1};
/// A stored string may not make one sign-in more expensive than this.
constexpr Costs costs_limit{65536, 10, 4};
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t max_phc_bytes = 256;

/// Takes "<name><number>" off the front of `text`.
std::optional<std::uint32_t> take_number(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name)) return std::nullopt;
    text.remove_prefix(name.size());
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<Costs> costs_of(std::string_view phc) {
    if (phc.size() > max_phc_bytes) return std::nullopt;
    if (take_number(phc, "$argon2id$v=") != ARGON2_VERSION_13) return std::nullopt;
    const auto memory_kib = take_number(phc, "$m=");
    const auto passes = take_number(phc, ",t=");
    const auto lanes = take_number(phc, ",p=");
    if (!memory_kib || !passes || !lanes || !phc.starts_with('$')) return std::nullopt;
    return Costs{*memory_kib, *passes, *lanes};
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    if (password.size() > max_password_bytes)
        return fail(ErrorCode::internal, "password hash: the password is too long");
    std::array<std::uint8_t, salt_bytes> salt;
    random_fill(salt);
    std::array<char, max_phc_bytes> phc{};
    const int outcome =
        argon2id_hash_encoded(costs_today.passes, costs_today.memory_kib, costs_today.lanes, password.data(),
                              password.size(), salt.data(), salt.size(), hash_bytes, phc.data(), phc.size());
    if (outcome != ARGON2_OK) return fail(ErrorCode::unavailable, argon2_error_message(outcome));
    return std::string(phc.data());
}

Result<bool> verify_password(std::string_view password, std::string_view phc) {
    const auto costs = costs_of(phc);
    if (!costs || costs->memory_kib > costs_limit.memory_kib || costs->passes > costs_limit.passes ||
        costs->lanes > costs_limit.lanes) {
        return fail(ErrorCode::internal, "password check: the stored hash is no acceptable Argon2id string");
    }
    if (password.size() > max_password_bytes) return false;
    const int outcome = argon2id_verify(std::string(phc).c_str(), password.data(), password.size());
    if (outcome == ARGON2_OK) return true;
    if (outcome == ARGON2_VERIFY_MISMATCH) return false;
    const bool no_memory = outcome == ARGON2_MEMORY_ALLOCATION_ERROR || outcome == ARGON2_THREAD_FAIL;
    return fail(no_memory ? ErrorCode::unavailable : ErrorCode::internal, argon2_error_message(outcome));
}

bool password_needs_rehash(std::string_view phc) { return costs_of(phc) != costs_today; }

}  // namespace takas::crypto
