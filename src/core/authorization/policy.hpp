// Which policy flags a transaction needs, and whether the card's policy has an objection. The need is a table over
// transaction code, terminal and entry mode; nothing else decides it. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/authorization/checks.hpp"
#include "core/authorization/codes.hpp"
#include "core/product/usage_policy.hpp"

namespace takas::core::authorization {

struct Facts;

/// What of a message decides the flags.
struct UsageInput {
    TransactionCode code{};
    PosEntryMode entry_mode{};
    TerminalType terminal{};
    bool has_cvv2 = false;  ///< a CVV2 was presented and verified
    bool is_moto = false;   ///< a mail or telephone order, whatever terminal and entry mode say
};

/// What acquirers know mail and telephone orders by: either is enough.
bool is_moto(CardholderPresence presence, TerminalType terminal);

/// All flags that must be allowed, none for a transaction that takes no money from the card at a merchant or machine
/// (inquiries, credits other than refunds, a completion of what was pre-authorized).
product::UsageSet usage_of(const UsageInput& input);

/// What a policy objects to, in the order in which it is asked. Stored: numbers never change meaning.
enum class PolicyObjection : std::uint8_t {
    none = 0,
    not_yet_active = 1,
    no_longer_active = 2,
    flag_first = 10,  ///< + Usage: the flag is off
    not_3d_secure = 30,
    no_online_pin = 31,
};

/// The rule Policy. `check.seen` is the objection; `check.wanted` holds the flags needed, side and source (explained by
/// explain_policy).
DeclineReason check_policy(const Facts& facts, Check& check);

/// "international: Ecommerce is off (card)".
std::string explain_policy(const Check& check);

}  // namespace takas::core::authorization
