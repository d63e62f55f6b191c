#include "core/authorization/policy.hpp"

#include <bit>

#include "core/authorization/facts.hpp"

namespace takas::core::authorization {
namespace {

using product::Side;
using product::Usage;
using product::UsageSet;

/// What a transaction code asks for.
struct CodeNeed {
    TransactionCode code;
    bool is_by_channel;  ///< and what the way in which the card was read asks for
    UsageSet flags;
};
/// Codes without a row need nothing: no money leaves the card, or it was allowed before.
constexpr std::array code_needs{
    CodeNeed{TransactionCode::unknown, true, {}},
    CodeNeed{TransactionCode::purchase, true, {}},
    CodeNeed{TransactionCode::cash_withdrawal, false, {Usage::cash_withdrawal}},
    CodeNeed{TransactionCode::cash_advance, false, {Usage::cash_advance}},
    CodeNeed{TransactionCode::purchase_with_cashback, true, {Usage::cash_advance}},
    CodeNeed{TransactionCode::quasi_cash, true, {Usage::cash_advance}},
    CodeNeed{TransactionCode::account_funding, true, {}},
    CodeNeed{TransactionCode::pre_authorization, true, {}},
    CodeNeed{TransactionCode::refund, false, {Usage::refund}},
    CodeNeed{TransactionCode::account_verification, true, {}},
    CodeNeed{TransactionCode::account_transfer, true, {}},
    CodeNeed{TransactionCode::bill_payment, true, {}},
};

enum class Channel : std::uint8_t {
    of_terminal,      ///< the terminal says which
    ecommerce,        ///< card data typed in: CVV2 stands for the card
    ecommerce_token,  ///< a cryptogram or a wallet's server stands for the card
    stored,           ///< the merchant has kept the card data
};

/// What the entry mode (DE 22) says.
struct EntryNeed {
    PosEntryMode mode;
    Channel channel;
    UsageSet flags;
};
/// Modes without a row: the terminal says it.
constexpr std::array entry_needs{
    EntryNeed{PosEntryMode::contactless_chip, Channel::of_terminal, {Usage::contactless}},
    EntryNeed{PosEntryMode::contactless_magnetic_stripe, Channel::of_terminal, {Usage::contactless}},
    EntryNeed{PosEntryMode::fallback, Channel::of_terminal, {Usage::fallback}},
    EntryNeed{PosEntryMode::e_commerce, Channel::ecommerce, {}},
    EntryNeed{PosEntryMode::pan_token_entry, Channel::ecommerce_token, {}},
    EntryNeed{PosEntryMode::new_generation_payment, Channel::ecommerce_token, {}},
    EntryNeed{PosEntryMode::credential_on_file, Channel::stored, {}},
};

Usage usage_of_terminal(TerminalType terminal, PosEntryMode mode) {
    switch (terminal) {
        case TerminalType::ecommerce:
        case TerminalType::virtual_pos:
            return Usage::ecommerce;
        case TerminalType::moto:
            return Usage::moto;
        case TerminalType::unknown:
            // Typed in, nobody says where: the card was not there.
            return mode == PosEntryMode::manual_entry ? Usage::moto : Usage::pos;
        default:
            return Usage::pos;
    }
}

void add_channel(UsageSet& flags, Channel channel, const UsageInput& input) {
    if (input.is_moto) {
        flags.add(Usage::moto);
        // In place of the terminal, beside what the entry mode asks for: no flag goes away by saying MOTO.
        if (channel == Channel::of_terminal) return;
    }
    if (channel == Channel::stored) return flags.add(Usage::credential_on_file);
    if (channel == Channel::ecommerce_token) return flags.add(Usage::ecommerce);
    const Usage usage =
        channel == Channel::ecommerce ? Usage::ecommerce : usage_of_terminal(input.terminal, input.entry_mode);
    flags.add(usage);
    if (usage == Usage::ecommerce && !input.has_cvv2) flags.add(Usage::ecommerce_without_cvv2);
}

constexpr unsigned side_bit = 12, source_bit = 13;

DeclineReason refuse(Check& check, PolicyObjection objection) {
    check.outcome = Outcome::failed;
    check.seen = static_cast<std::int64_t>(objection);
    return DeclineReason::policy_refused;
}

PolicyObjection objection_to(Usage usage) {
    return static_cast<PolicyObjection>(static_cast<unsigned>(PolicyObjection::flag_first) +
                                        static_cast<unsigned>(usage));
}

/// Contact chips: a contactless card is left without PIN on purpose, up to its limits.
bool is_read_by_contact(PosEntryMode mode) {
    return mode == PosEntryMode::chip || mode == PosEntryMode::chip_unreliable_cvv;
}

std::string names_of(UsageSet flags) {
    std::string out;
    for (std::size_t i = 0; i < product::usage_count; ++i) {
        if (!flags.has(static_cast<Usage>(i))) continue;
        if (!out.empty()) out += ", ";
        out += to_name(static_cast<Usage>(i));
    }
    return out;
}

}  // namespace

bool is_moto(CardholderPresence presence, TerminalType terminal) {
    return presence == CardholderPresence::mail_order || presence == CardholderPresence::telephone_order ||
           terminal == TerminalType::moto;
}

UsageSet usage_of(const UsageInput& input) {
    for (const CodeNeed& need : code_needs) {
        if (need.code != input.code) continue;
        UsageSet flags = need.flags;
        Channel channel = Channel::of_terminal;
        for (const EntryNeed& entry : entry_needs) {
            if (entry.mode != input.entry_mode) continue;
            channel = entry.channel;
            // A refund gives money back, however the card was read.
            if (input.code != TransactionCode::refund)
                flags.value = static_cast<std::uint16_t>(flags.value | entry.flags.value);
        }
        if (need.is_by_channel) add_channel(flags, channel, input);
        return flags;
    }
    return {};
}

DeclineReason check_policy(const Facts& f, Check& check) {
    if ((f.policy.value & PolicyTerms::is_set) == 0) {
        check.outcome = Outcome::skipped;
        return DeclineReason::none;
    }
    const UsageSet needed = usage_of({f.code, f.pos_entry_mode, f.terminal_type, f.cvv2 == Verdict::passed,
                                      (f.policy.value & PolicyTerms::is_moto) != 0});
    const bool is_abroad = f.policy.side() == Side::international;
    check.wanted = needed.value | (is_abroad ? 1LL << side_bit : 0);
    if (code_row(f.code).movement != Movement::credit) {
        if (f.policy_from && f.business_date < *f.policy_from) return refuse(check, PolicyObjection::not_yet_active);
        if (f.policy_to && *f.policy_to < f.business_date) return refuse(check, PolicyObjection::no_longer_active);
    }
    const UsageSet off(static_cast<std::uint16_t>(needed.value & f.policy.refused().value));
    if (!off.is_empty()) {
        const auto usage = static_cast<Usage>(std::countr_zero(off.value));
        if (f.policy.of_card().has(usage)) check.wanted |= 1LL << source_bit;
        return refuse(check, objection_to(usage));
    }
    if ((f.policy.value & PolicyTerms::requires_3d_secure) != 0 && needed.has(Usage::ecommerce) &&
        f.cavv != Verdict::passed)
        return refuse(check, PolicyObjection::not_3d_secure);
    if ((f.policy.value & PolicyTerms::requires_online_pin) != 0 && is_read_by_contact(f.pos_entry_mode) &&
        !needed.is_empty() && f.code != TransactionCode::refund && f.pin != Verdict::passed)
        return refuse(check, PolicyObjection::no_online_pin);
    check.outcome = Outcome::passed;
    return DeclineReason::none;
}

std::string explain_policy(const Check& check) {
    if (check.outcome == Outcome::skipped) return "everything is allowed";
    const UsageSet needed(static_cast<std::uint16_t>(check.wanted & 0x3FF));
    const bool is_abroad = (check.wanted & (1LL << side_bit)) != 0,
               is_of_card = (check.wanted & (1LL << source_bit)) != 0;
    const std::string side = is_abroad ? "international: " : "domestic: ";
    switch (static_cast<PolicyObjection>(check.seen)) {
        case PolicyObjection::none:
            return side + (needed.is_empty() ? "no flag is needed" : names_of(needed));
        case PolicyObjection::not_yet_active:
            return "before activeFrom";
        case PolicyObjection::no_longer_active:
            return "after activeTo";
        case PolicyObjection::not_3d_secure:
            return side + "Ecommerce needs 3-D Secure";
        case PolicyObjection::no_online_pin:
            return side + "the chip needs an online PIN";
        default:
            break;
    }
    const auto usage = static_cast<Usage>(check.seen - static_cast<std::int64_t>(PolicyObjection::flag_first));
    return side + std::string(to_name(usage)) + (is_of_card ? " is off (card)" : " is off (product)");
}

}  // namespace takas::core::authorization
