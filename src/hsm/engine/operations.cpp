#include "hsm/engine/operations.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/log.hpp"

namespace takas::hsm {

using core::key::KeyState;
using core::key::KeyUsage;
using core::key::PaymentKey;

namespace {

using enum KeyUsage;
using enum Operation;

template <KeyUsage... Usages>
constexpr std::array<KeyUsage, sizeof...(Usages)> keys{Usages...};

// One row a line, however long: a table is read down its columns.
// clang-format off
constexpr std::array<OperationRow, static_cast<std::size_t>(count_)> rows{{
    {wrap_key,           "wrap_key",           keys<zmk, tmk, perso_kek>,                               "BEN",  true},
    {unwrap_key,         "unwrap_key",         keys<zmk, tmk, perso_kek>,                               "BDN",  false},
    {wrap_for_perso,     "wrap_for_perso",     keys<perso_kek>,                                         "BEN",  true},
    {unwrap_by_rsa,      "unwrap_by_rsa",      keys<key_exchange>,                                      "BDN",  false},
    {show_public_key,    "show_public_key",    keys<key_exchange>,                                      "BDN",  true},
    {generate_cvv,       "generate_cvv",       keys<cvk>,                                               "CGN",  false},
    {verify_cvv,         "verify_cvv",         keys<cvk>,                                               "CVN",  false},
    {verify_dcvv,        "verify_dcvv",        keys<imk_dcvv>,                                          "XN",   false},
    {verify_cvc3,        "verify_cvc3",        keys<imk_cvc3>,                                          "XN",   false},
    {verify_cavv,        "verify_cavv",        keys<cavk>,                                              "CVN",  false},
    {decipher_pin,       "decipher_pin",       keys<zpk, tpk, pin_storage, bdk>,                        "BDXN", false},
    {encipher_pin,       "encipher_pin",       keys<zpk, tpk, pin_storage>,                             "BEN",  true},
    {store_pin,          "store_pin",          keys<pin_storage>,                                       "BEN",  true},
    {make_pin_reference, "make_pin_reference", keys<pvk, pvk_ibm>,                                      "CGN",  true},
    {verify_pin,         "verify_pin",         keys<pvk, pvk_ibm>,                                      "CVN",  false},
    {verify_arqc,        "verify_arqc",        keys<imk_ac>,                                            "XN",   false},
    {protect_script,     "protect_script",     keys<imk_smi>,                                           "XN",   false},
    {encipher_script,    "encipher_script",    keys<imk_smc>,                                           "XN",   false},
    {derive_card_key,    "derive_card_key",    keys<imk_ac, imk_smi, imk_smc, imk_idn, imk_cvc3, imk_dcvv>, "XN", false},
    {encrypt_data,       "encrypt_data",       keys<dek>,                                               "BEN",  true},
    {decrypt_data,       "decrypt_data",       keys<dek>,                                               "BDN",  false},
    {generate_mac,       "generate_mac",       keys<mac>,                                               "CGN",  true},
    {verify_mac,         "verify_mac",         keys<mac>,                                               "CVN",  false},
}};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].operation) != i) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per Operation, in enum order");

}  // namespace

const OperationRow& operation_row(Operation operation) { return rows[static_cast<std::size_t>(operation)]; }

Result<void> UsageGuard::check(Operation operation, const PaymentKey& key) {
    const OperationRow& row = operation_row(operation);
    if (key.state == KeyState::destroyed || key.key_block.empty())
        return fail(ErrorCode::hsm_key_not_usable, "the key is destroyed");
    if (std::ranges::find(row.usages, key.usage) == row.usages.end()) return refuse(operation, key, "usage");
    if (!row.modes.contains(to_name(key.mode_of_use))) return refuse(operation, key, "mode of use");
    if (row.needs_active && key.state != KeyState::active)
        return fail(ErrorCode::hsm_key_not_usable, "the key is replaced: it makes nothing new");
    return {};
}

std::unexpected<Error> UsageGuard::refuse(Operation operation, const PaymentKey& key, std::string_view why) {
    refused_.fetch_add(1, std::memory_order_relaxed);
    const std::string_view name = operation_row(operation).name;
    log::warning("hsm_key_usage_refused")
        .add("operation", name)
        .add("why", why)
        .add("tenant_id", key.tenant_id)
        .add("key_id", key.id)
        .add("key_usage", key.usage)
        .add("mode_of_use", key.mode_of_use);
    return fail(ErrorCode::hsm_key_usage_refused,
                std::string(name) + " with a key " + std::string(to_name(key.usage)) + ": " + std::string(why));
}

}  // namespace takas::hsm
