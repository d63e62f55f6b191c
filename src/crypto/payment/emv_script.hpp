// Issuer scripts: commands to the card with a MAC (secure messaging, EMV Book 2 section 9), enciphered data and the PIN
// CHANGE / UNBLOCK command. The command comes out ready for tag 86.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/emv_profile.hpp"

namespace takas::crypto::payment {

/// The transaction that the script answers.
struct ScriptContext {
    ByteView atc;   ///< 9F36, 2 octets; unused where the profile takes none
    ByteView arqc;  ///< 9F26, 8 octets
};

/// The issuer's master keys that a PIN change needs, 16 octets each. `ac` is used by Visa's PIN block only.
struct ScriptKeys {
    ByteView ac;
    ByteView smi;
    ByteView smc;
};

/// 8 octets over header, ATC, ARQC and data, or what the profile takes of these. `header` is CLA INS P1 P2 Lc, 5
/// octets; `data` as it is sent (enciphered).
Outcome<DesBlock> script_mac(const EmvProfile& profile, ByteView imk_smi, const CardIdentity& card,
                             const ScriptContext& context, ByteView header, ByteView data = {});

/// `data` of 1 to 240 octets.
Outcome<Bytes> encipher_script_data(const EmvProfile& profile, ByteView imk_smc, const CardIdentity& card,
                                    const ScriptContext& context, ByteView data);

/// CLA INS P1 P2 (4 octets) || Lc || data || MAC: a whole command, Lc made here. `data` of at most 240 octets.
Outcome<Bytes> script_command(const EmvProfile& profile, ByteView imk_smi, const CardIdentity& card,
                              const ScriptContext& context, ByteView cla_ins_p1_p2, ByteView data = {});

/// Without a PIN: what the most used scripts start with.
inline constexpr std::array<std::uint8_t, 4> application_block_command{0x84, 0x1E, 0x00, 0x00};
inline constexpr std::array<std::uint8_t, 4> application_unblock_command{0x84, 0x18, 0x00, 0x00};
inline constexpr std::array<std::uint8_t, 4> card_block_command{0x84, 0x16, 0x00, 0x00};
inline constexpr std::array<std::uint8_t, 4> pin_unblock_command{0x84, 0x24, 0x00, 0x00};

/// PIN CHANGE: header || enciphered PIN block || MAC. `current_pin` only for Visa's variant that needs it (P2 = 01),
/// otherwise empty. Fault::profile_lacks_operation when the profile has no such variant.
Outcome<Bytes> pin_change_command(const EmvProfile& profile, const ScriptKeys& keys, const CardIdentity& card,
                                  const ScriptContext& context, std::string_view new_pin,
                                  std::string_view current_pin = {});

}  // namespace takas::crypto::payment
