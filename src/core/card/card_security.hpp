// What a card's secrets are checked against, and how often that failed: the PIN's reference value, the try counters,
// the chip's last transaction counter, the issuer scripts that wait for it. One record a card, owned by the account's
// lane, so that counters are exact however many ask at once. Pure: the HSM's verdicts come in as values; no PIN, CVV or
// key is ever part of it (the PIN block is enciphered under the PIN storage key, AES in ISO 9564 format 4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/key/pin_terms.hpp"

namespace takas::core::card {

/// What an issuer script tells the chip (EMV Book 3, 6.5; EMV CPS).
enum class ScriptKind : std::uint8_t {
    application_block = 0,
    application_unblock = 1,
    pin_unblock = 2,  ///< PIN CHANGE/UNBLOCK without a new PIN: the chip's own try counter
    pin_change = 3,
};

struct IssuerScript {
    std::int64_t script_no = 0;  ///< 1, 2, 3 ... per card
    ScriptKind kind{};
    Instant queued_at;
    friend bool operator==(const IssuerScript&, const IssuerScript&) = default;
};

/// A command that was done under an Idempotency-Key, in the commit of what it did: its twin gets this answer.
struct SecurityReply {
    std::string request;  ///< what came under which key, as a keyed digest (app/cards/command_mark.hpp)
    bool is_accepted = false;
    std::int16_t remaining_try_count = 0;
    friend bool operator==(const SecurityReply&, const SecurityReply&) = default;
};

struct CardSecurity {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;

    std::optional<key::PinMethod> pin_method;  ///< none: no PIN is set
    EntityId pin_key_id;                       ///< the PVK the reference was made with
    std::int16_t pvki = 1;                     ///< its index, part of a PVV and of the magnetic stripe
    std::string pin_reference;     ///< PVV (4 digits) or offset (PIN's length); says nothing without the key
    EntityId pin_block_key_id;     ///< the PIN storage key
    Blob pin_block;                ///< the PIN under it; empty when none is set
    std::int64_t pin_version = 0;  ///< moves with every new PIN: verdicts on an older one do not count

    std::int16_t pin_try_count = 0;
    bool is_pin_blocked = false;
    std::int16_t cvv2_try_count = 0;
    bool is_cvv2_blocked = false;

    std::string service_code;      ///< as on the card (ISO/IEC 7813), three digits
    std::string emv_profile_code;  ///< how its chip makes cryptograms; "" has none
    std::int32_t last_atc = -1;    ///< highest application transaction counter of a good cryptogram; -1: none yet
    std::int32_t previous_last_atc =
        -1;  ///< of the chip before the renewed one, while both work (core/card/renewal.hpp)
    std::vector<IssuerScript> scripts;
    std::int64_t script_no = 0;              ///< of the last one queued
    std::vector<IssuerScript> sent_scripts;  ///< in the answer of `sent_with`, whose repeat gets them again
    TransactionId sent_with;

    std::vector<SecurityReply> replies;  ///< the newest last
    std::int64_t version = 1;            ///< moves with every change
    friend bool operator==(const CardSecurity&, const CardSecurity&) = default;
};

/// Remembered replies: twins come within seconds of each other.
inline constexpr std::size_t security_replies_max = 8;
/// A counter that jumps further is not this chip's: no card makes so many offline or lost transactions in a row.
inline constexpr std::int32_t atc_gap_max = 500;

// Entries of a secret. `limit` is the product's; a limit below 1 counts as 1.

struct TryOutcome {
    bool is_accepted = false;     ///< right, and not blocked
    bool was_blocked = false;     ///< before this entry: right or wrong no longer matters
    bool is_blocked_now = false;  ///< by this entry: the moment to tell
    bool is_changed = false;      ///< the counter moved
    std::int16_t remaining = 0;
    friend bool operator==(const TryOutcome&, const TryOutcome&) = default;
};

TryOutcome enter_pin(CardSecurity& security, bool is_right, std::int16_t limit);
TryOutcome enter_cvv2(CardSecurity& security, bool is_right, std::int16_t limit);
std::int16_t remaining_pin_tries(const CardSecurity& security, std::int16_t limit);
std::int16_t remaining_cvv2_tries(const CardSecurity& security, std::int16_t limit);
/// Both lift the block as well.
void clear_pin_tries(CardSecurity& security);
void clear_cvv2_tries(CardSecurity& security);

/// What the HSM made of a new PIN.
struct NewPin {
    key::PinMethod method{};
    EntityId key_id;
    std::int16_t pvki = 1;
    std::string reference;
    EntityId block_key_id;
    Blob block;
};
/// The card has this PIN from now on; its tries begin anew.
void set_pin(CardSecurity& security, NewPin pin);
inline bool has_pin(const CardSecurity& security) { return security.pin_method.has_value(); }

// The chip.

enum class AtcVerdict : std::uint8_t {
    fresh,
    not_above,  ///< seen before, or lower than one seen before: a replay
    too_far,
};
AtcVerdict check_atc(const CardSecurity& security, std::int32_t atc);

/// Puts a script behind those that wait; at most one of each kind does. Those it makes pointless leave: an unblock ends
/// a block that the chip never heard of and needs not go out itself, a new PIN replaces an older one.
void queue_script(CardSecurity& security, ScriptKind kind, Instant now);
/// Those that wait, up to this number, go out with this transaction's answer. False when there are none.
bool send_scripts(CardSecurity& security, TransactionId transaction_id, std::int64_t last_script_no);

// Twins.

void remember_reply(CardSecurity& security, SecurityReply reply);

}  // namespace takas::core::card

namespace takas {

template <>
struct EnumNames<core::card::ScriptKind> {
    using E = core::card::ScriptKind;
    static constexpr std::string_view name = "IssuerScriptKind";
    static constexpr std::array values{named(E::application_block, "ApplicationBlock"),
                                       named(E::application_unblock, "ApplicationUnblock"),
                                       named(E::pin_unblock, "PinUnblock"), named(E::pin_change, "PinChange")};
};
template <>
struct Describe<core::card::IssuerScript> {
    using T = core::card::IssuerScript;
    static constexpr std::string_view name = "IssuerScript";
    static constexpr auto& fields = columns<&T::script_no, &T::kind, &T::queued_at>;
};
template <>
struct Describe<core::card::SecurityReply> {
    using T = core::card::SecurityReply;
    static constexpr std::string_view name = "SecurityReply";
    static constexpr auto& fields = columns<&T::request, &T::is_accepted, &T::remaining_try_count>;
};
template <>
struct Describe<core::card::CardSecurity> {
    using T = core::card::CardSecurity;
    static constexpr std::string_view name = "CardSecurity";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::token_id, &T::pin_method, &T::pin_key_id, &T::pvki,
                &T::pin_reference, &T::pin_block_key_id, &T::pin_block, &T::pin_version, &T::pin_try_count,
                &T::is_pin_blocked, &T::cvv2_try_count, &T::is_cvv2_blocked, &T::service_code, &T::emv_profile_code,
                &T::last_atc, &T::previous_last_atc, &T::scripts, &T::script_no, &T::sent_scripts, &T::sent_with,
                &T::replies, &T::version>;
};

}  // namespace takas
