// Everything a decision is made from, as plain values. `decide` sees nothing else: no store, key, socket or clock. The
// facts are stored with the transaction, so that any decision can be made again, years later, with the same outcome.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.hpp"
#include "core/authorization/codes.hpp"
#include "core/card/card.hpp"
#include "core/money/money.hpp"
#include "core/product/usage_policy.hpp"

namespace takas::core::authorization {

/// What was found under the message key.
enum class Duplicate : std::uint8_t {
    none = 0,
    other_content = 1,  ///< the key is known with other content; the same content is answered without deciding again
};

/// A verdict of the HSM or of a stage that looks at secrets. `decide` knows only the outcome.
/// Uncheckable: it was there, and nothing here can say whether it is right; so it refuses, and is no guess.
enum class Verdict : std::uint8_t { not_performed = 0, passed = 1, failed = 2, blocked = 3, uncheckable = 4 };

/// The policy's terms for the side of the transaction, as bits: all clear when the policy has nothing to say.
struct PolicyTerms {
    std::uint32_t value = 0;

    static constexpr std::uint32_t requires_3d_secure = 1U << 10, requires_online_pin = 1U << 11, is_abroad = 1U << 12,
                                   is_set = 1U << 13,
                                   is_moto = 1U << 14;  ///< of the message; clear in facts from before it was looked at
    static constexpr unsigned of_card_shift = 16;       ///< above: which flags the card itself has

    product::UsageSet refused() const { return product::UsageSet(static_cast<std::uint16_t>(value & 0x3FF)); }
    product::UsageSet of_card() const { return product::UsageSet(static_cast<std::uint16_t>(value >> of_card_shift)); }
    product::Side side() const {
        return (value & is_abroad) != 0 ? product::Side::international : product::Side::domestic;
    }
    friend bool operator==(PolicyTerms, PolicyTerms) = default;
};
PolicyTerms terms_of(const product::UsagePolicy& policy, product::Side side);

/// 1: before policies were enforced; such facts have none of the fields from `policy_from` on.
/// 2: before controls had response codes of their own and fees had taxes; none from `control_response` on.
inline constexpr std::uint8_t facts_version = 3;

struct Facts {
    std::uint8_t format_version = facts_version;
    Instant decided_at;
    Date business_date;  ///< the tenant's calendar date

    // The message.
    TransactionCode code{};
    TransactionFlowCode flow_code{};
    std::int64_t transaction_amount_minor = 0;
    money::Currency transaction_currency;
    std::uint8_t transaction_digits = 2;                ///< minor unit digits of the currency
    std::optional<std::int64_t> network_billing_minor;  ///< billing amount the network sent, in the account's currency
    std::optional<card::Expiry> stated_expiry;
    bool is_partial_approval_allowed = false;
    bool is_forced = false;  ///< an advice: it happened already, funds are not a reason to refuse it
    Duplicate duplicate{};

    // The card.
    bool card_found = false;
    card::CardStatus card_status{};
    card::Expiry card_expiry;

    // The account, as its owner holds it at this moment.
    money::Currency account_currency;
    std::uint8_t account_digits = 2;
    std::int64_t posted_minor = 0;
    std::int64_t held_minor = 0;
    std::int64_t credit_limit_minor = 0;
    std::optional<std::int64_t> rate_e9;  ///< transaction currency to account currency, when they differ

    // Verdicts, filled by the card-security stage; not performed until a check exists.
    Verdict cvv{}, cvv2{}, pin{}, arqc{}, cavv{};
    PolicyTerms policy;
    Verdict authorization_control{};
    Verdict velocity_amount{}, velocity_count{};
    std::int64_t fee_minor = 0;

    // The original transaction, for completions, increments and linked refunds.
    bool original_wanted = false;
    bool original_found = false;
    TransactionCode original_code{};
    TransactionResult original_result{};
    TransactionState original_state{};
    std::int64_t original_remaining_minor = 0;
    std::int64_t original_held_minor = 0;
    std::int64_t original_refunded_minor = 0;

    // What the policy is asked with; filled only for a card whose policy is not open.
    std::optional<Date> policy_from, policy_to;
    TerminalType terminal_type{};
    PosEntryMode pos_entry_mode{};

    // What the controls and fees came to (core/control); filled only where one of them had something to say.
    std::optional<ResponseCode> control_response, velocity_response;  ///< of the one that refused, when it has its own
    std::int64_t fee_tax_minor = 0;                                   ///< the part of fee_minor that is tax
};

/// A compact, self-delimiting form: one zigzag varint per field, in the order of the description; absent optionals are
/// marked. About 60 bytes.
std::string encode_facts(const Facts& facts);
void encode_facts(const Facts& facts, std::string& out);
/// Nothing when the bytes are no facts of a known format.
std::optional<Facts> decode_facts(std::string_view bytes);

}  // namespace takas::core::authorization

namespace takas {

template <>
struct EnumNames<core::authorization::Duplicate> {
    using E = core::authorization::Duplicate;
    static constexpr std::string_view name = "Duplicate";
    static constexpr std::array values{named(E::none, "None"), named(E::other_content, "OtherContent")};
};
template <>
struct EnumNames<core::authorization::Verdict> {
    using E = core::authorization::Verdict;
    static constexpr std::string_view name = "Verdict";
    static constexpr std::array values{named(E::not_performed, "NotPerformed"), named(E::passed, "Passed"),
                                       named(E::failed, "Failed"), named(E::blocked, "Blocked"),
                                       named(E::uncheckable, "Uncheckable")};
};
template <>
struct Describe<core::authorization::Facts> {
    using T = core::authorization::Facts;
    static constexpr std::string_view name = "Facts";
    static constexpr auto& fields =
        columns<&T::format_version, &T::decided_at, &T::business_date, &T::code, &T::flow_code,
                &T::transaction_amount_minor, &T::transaction_currency, &T::transaction_digits,
                &T::network_billing_minor, &T::stated_expiry, &T::is_partial_approval_allowed, &T::is_forced,
                &T::duplicate, &T::card_found, &T::card_status, &T::card_expiry, &T::account_currency,
                &T::account_digits, &T::posted_minor, &T::held_minor, &T::credit_limit_minor, &T::rate_e9, &T::cvv,
                &T::cvv2, &T::pin, &T::arqc, &T::cavv, &T::policy, &T::authorization_control, &T::velocity_amount,
                &T::velocity_count, &T::fee_minor, &T::original_wanted, &T::original_found, &T::original_code,
                &T::original_result, &T::original_state, &T::original_remaining_minor, &T::original_held_minor,
                &T::original_refunded_minor, &T::policy_from, &T::policy_to, &T::terminal_type, &T::pos_entry_mode,
                &T::control_response, &T::velocity_response, &T::fee_tax_minor>;
};

}  // namespace takas
