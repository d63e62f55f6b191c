#include "core/card/card_security.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace takas::core::card {
namespace {

std::int16_t remaining(std::int16_t count, bool is_blocked, std::int16_t limit) {
    if (is_blocked) return 0;
    return static_cast<std::int16_t>(std::max(std::max<int>(limit, 1) - count, 0));
}

TryOutcome enter(std::int16_t& count, bool& is_blocked, bool is_right, std::int16_t limit) {
    TryOutcome outcome;
    outcome.was_blocked = is_blocked;
    if (is_blocked) return outcome;
    if (is_right) {
        outcome.is_accepted = true;
        outcome.is_changed = count != 0;
        count = 0;
    } else {
        ++count;
        outcome.is_changed = true;
        outcome.is_blocked_now = is_blocked = count >= std::max<std::int16_t>(limit, 1);
    }
    outcome.remaining = remaining(count, is_blocked, limit);
    return outcome;
}

}  // namespace

TryOutcome enter_pin(CardSecurity& s, bool is_right, std::int16_t limit) {
    return enter(s.pin_try_count, s.is_pin_blocked, is_right, limit);
}

TryOutcome enter_cvv2(CardSecurity& s, bool is_right, std::int16_t limit) {
    return enter(s.cvv2_try_count, s.is_cvv2_blocked, is_right, limit);
}

std::int16_t remaining_pin_tries(const CardSecurity& s, std::int16_t limit) {
    return remaining(s.pin_try_count, s.is_pin_blocked, limit);
}

std::int16_t remaining_cvv2_tries(const CardSecurity& s, std::int16_t limit) {
    return remaining(s.cvv2_try_count, s.is_cvv2_blocked, limit);
}

void clear_pin_tries(CardSecurity& s) { s.pin_try_count = 0, s.is_pin_blocked = false; }

void clear_cvv2_tries(CardSecurity& s) { s.cvv2_try_count = 0, s.is_cvv2_blocked = false; }

void set_pin(CardSecurity& s, NewPin pin) {
    s.pin_method = pin.method;
    s.pin_key_id = pin.key_id;
    s.pvki = pin.pvki;
    s.pin_reference = std::move(pin.reference);
    s.pin_block_key_id = pin.block_key_id;
    s.pin_block = std::move(pin.block);
    ++s.pin_version;
    clear_pin_tries(s);
}

AtcVerdict check_atc(const CardSecurity& s, std::int32_t atc) {
    if (atc <= s.last_atc) return AtcVerdict::not_above;
    // The first one seen may be any: the chip was tested, or used offline, before.
    if (s.last_atc >= 0 && atc - s.last_atc > atc_gap_max) return AtcVerdict::too_far;
    return AtcVerdict::fresh;
}

void queue_script(CardSecurity& s, ScriptKind kind, Instant now) {
    using enum ScriptKind;
    const auto leave = [&](ScriptKind unwanted) {
        return std::erase_if(s.scripts, [&](const IssuerScript& one) { return one.kind == unwanted; }) > 0;
    };
    const bool new_pin_waits = std::ranges::find(s.scripts, pin_change, &IssuerScript::kind) != s.scripts.end();
    if (kind == application_unblock && leave(application_block)) return;
    if (kind == pin_unblock && new_pin_waits) return;  // which unblocks as well
    leave(kind);
    if (kind == application_block) leave(application_unblock);
    if (kind == pin_change) leave(pin_unblock);
    s.scripts.push_back({++s.script_no, kind, now});
}

bool send_scripts(CardSecurity& s, TransactionId transaction_id, std::int64_t last_script_no) {
    const auto goes = [&](const IssuerScript& one) { return one.script_no <= last_script_no; };
    if (std::ranges::none_of(s.scripts, goes)) return false;
    s.sent_scripts.clear();
    std::ranges::copy_if(s.scripts, std::back_inserter(s.sent_scripts), goes);
    s.sent_with = transaction_id;
    std::erase_if(s.scripts, goes);
    return true;
}

void remember_reply(CardSecurity& s, SecurityReply reply) {
    if (s.replies.size() >= security_replies_max) s.replies.erase(s.replies.begin());
    s.replies.push_back(std::move(reply));
}

}  // namespace takas::core::card
