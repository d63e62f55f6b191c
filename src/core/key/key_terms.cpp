#include "core/key/key_terms.hpp"

namespace takas::core::key {
namespace {

using enum KeyUsage;
using enum KeyAlgorithm;
using enum Exportability;

// One row a line, however long: a table is read down its columns.
// clang-format off
constexpr std::array<KeyUsageRow, 20> rows{{
    {zmk,          "K0K1",     "BDEN", true,  true,  false, aes_256,   exportable,     "wraps keys on their way to and from another institution"},
    {zpk,          "P0",       "BDEN", true,  true,  false, tdea_2key, exportable,     "PIN blocks on their way to and from another institution"},
    {tmk,          "K0K1",     "BDEN", true,  true,  false, aes_256,   exportable,     "wraps keys on their way to a terminal"},
    {tpk,          "P0",       "BDEN", true,  true,  false, tdea_2key, exportable,     "PIN blocks from a terminal"},
    {pvk,          "V2V0",     "CGVN", true,  false, false, tdea_2key, exportable,     "PIN verification by Visa PVV"},
    {pvk_ibm,      "V1V0",     "CGVN", true,  false, false, tdea_2key, exportable,     "PIN verification by IBM 3624 offset"},
    {cvk,          "C0",       "CGVN", true,  false, false, tdea_2key, exportable,     "CVV, CVV2 and iCVV"},
    {cavk,         "C0",       "CGVN", true,  false, false, tdea_2key, exportable,     "CAVV by the CVV method"},
    {imk_ac,       "E0",       "XN",   true,  false, false, tdea_2key, exportable,     "chip cards: application cryptograms"},
    {imk_smi,      "E2",       "XN",   true,  false, false, tdea_2key, exportable,     "chip cards: integrity of issuer scripts"},
    {imk_smc,      "E1",       "XN",   true,  false, false, tdea_2key, exportable,     "chip cards: confidentiality of issuer scripts"},
    {imk_idn,      "E4",       "XN",   true,  false, false, tdea_2key, exportable,     "chip cards: dynamic numbers"},
    {imk_cvc3,     "E6",       "XN",   true,  false, false, tdea_2key, exportable,     "contactless magnetic stripe: CVC3"},
    {imk_dcvv,     "E6",       "XN",   true,  false, false, tdea_2key, exportable,     "contactless magnetic stripe: dCVV"},
    {bdk,          "B0",       "XN",   true,  true,  false, aes_128,   exportable,     "terminals with a key per transaction (DUKPT)"},
    {dek,          "D0",       "BDEN", true,  true,  false, aes_256,   exportable,     "card numbers and CVV2 on their way to and from another institution"},
    {mac,          "M6M3M1M0", "CGVN", true,  true,  false, aes_128,   exportable,     "message authentication"},
    {pin_storage,  "P0",       "BDEN", false, true,  false, aes_256,   non_exportable, "PIN blocks at rest"},
    {perso_kek,    "K0K1",     "BDEN", true,  true,  false, aes_256,   exportable,     "personalisation files"},
    {key_exchange, "K3",       "DBN",  false, false, true,  rsa_3072,  non_exportable, "our own RSA key pair of the key exchange"},
}};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].usage) != i) return false;
    return rows.size() == EnumNames<KeyUsage>::values.size();
}
static_assert(rows_follow_the_enum(), "one row per KeyUsage, in enum order");

}  // namespace

const KeyUsageRow& usage_row(KeyUsage usage) { return rows[static_cast<std::size_t>(usage)]; }
std::span<const KeyUsageRow> usage_rows() { return rows; }

std::size_t key_bytes(KeyAlgorithm algorithm) {
    constexpr std::array<std::size_t, 8> sizes{16, 24, 16, 24, 32, 256, 384, 512};
    return sizes[static_cast<std::size_t>(algorithm)];
}

bool allows(const KeyUsageRow& row, KeyAlgorithm algorithm) {
    return is_tdea(algorithm) ? row.tdea : is_aes(algorithm) ? row.aes : row.rsa;
}

bool allows(const KeyUsageRow& row, ModeOfUse mode) { return row.modes.contains(to_name(mode)); }

bool allows_tr31_usage(const KeyUsageRow& row, std::string_view code) {
    for (std::size_t i = 0; i < row.tr31_usages.size(); i += 2)
        if (row.tr31_usages.substr(i, 2) == code) return true;
    return false;
}

}  // namespace takas::core::key
