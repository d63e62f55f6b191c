#include "core/authorization/policy.hpp"

#include <gtest/gtest.h>

#include "core/authorization/decide.hpp"
#include "core/authorization/facts.hpp"

namespace takas::core::authorization {
namespace {

using product::CardPolicy;
using product::PolicyFlags;
using product::Side;
using product::Usage;
using product::UsageSet;

struct Row {
    const char* what;
    TransactionCode code;
    PosEntryMode mode;
    TerminalType terminal;
    bool has_cvv2;
    UsageSet needed;
};

using enum TransactionCode;
using Mode = PosEntryMode;
using Terminal = TerminalType;

const Row rows[] = {
    {"chip at a shop", purchase, Mode::chip, Terminal::pos, false, {Usage::pos}},
    {"nothing is said", purchase, Mode::unknown, Terminal::unknown, false, {Usage::pos}},
    {"stripe", purchase, Mode::magnetic_stripe, Terminal::pos, false, {Usage::pos}},
    {"QR code", purchase, Mode::qr_code, Terminal::soft_pos, false, {Usage::pos}},
    {"stripe of a chip card", purchase, Mode::fallback, Terminal::pos, false, {Usage::pos, Usage::fallback}},
    {"contactless", purchase, Mode::contactless_chip, Terminal::pos, false, {Usage::pos, Usage::contactless}},
    {"contactless stripe",
     purchase,
     Mode::contactless_magnetic_stripe,
     Terminal::pos,
     false,
     {Usage::pos, Usage::contactless}},
    {"shop on the web", purchase, Mode::e_commerce, Terminal::ecommerce, true, {Usage::ecommerce}},
    {"without CVV2",
     purchase,
     Mode::e_commerce,
     Terminal::ecommerce,
     false,
     {Usage::ecommerce, Usage::ecommerce_without_cvv2}},
    {"typed in on the web",
     purchase,
     Mode::manual_entry,
     Terminal::virtual_pos,
     false,
     {Usage::ecommerce, Usage::ecommerce_without_cvv2}},
    {"wallet", purchase, Mode::pan_token_entry, Terminal::ecommerce, false, {Usage::ecommerce}},
    {"subscription", purchase, Mode::credential_on_file, Terminal::ecommerce, false, {Usage::credential_on_file}},
    {"telephone order", purchase, Mode::manual_entry, Terminal::moto, false, {Usage::moto}},
    {"typed in somewhere", purchase, Mode::manual_entry, Terminal::unknown, false, {Usage::moto}},
    {"typed in at a shop", purchase, Mode::manual_entry, Terminal::pos, false, {Usage::pos}},
    {"ATM", cash_withdrawal, Mode::chip, Terminal::atm, false, {Usage::cash_withdrawal}},
    {"contactless ATM",
     cash_withdrawal,
     Mode::contactless_chip,
     Terminal::atm,
     false,
     {Usage::cash_withdrawal, Usage::contactless}},
    {"counter", cash_advance, Mode::chip, Terminal::branch, false, {Usage::cash_advance}},
    {"cashback", purchase_with_cashback, Mode::chip, Terminal::pos, false, {Usage::pos, Usage::cash_advance}},
    {"casino", quasi_cash, Mode::chip, Terminal::pos, false, {Usage::pos, Usage::cash_advance}},
    {"hotel", pre_authorization, Mode::chip, Terminal::pos, false, {Usage::pos}},
    {"hotel's bill", pre_authorization_completion, Mode::chip, Terminal::pos, false, {}},
    {"refund", refund, Mode::contactless_chip, Terminal::pos, false, {Usage::refund}},
    {"money sent", original_credit, Mode::e_commerce, Terminal::ecommerce, false, {}},
    {"balance", balance_inquiry, Mode::chip, Terminal::atm, false, {}},
    {"is the card good", account_verification, Mode::e_commerce, Terminal::ecommerce, true, {Usage::ecommerce}},
};

TEST(usage_of, is_a_table_over_code_terminal_and_entry_mode) {
    for (const Row& row : rows)
        EXPECT_EQ(usage_of({row.code, row.mode, row.terminal, row.has_cvv2}).value, row.needed.value) << row.what;
}

TEST(usage_of, is_moto_by_presence_or_terminal_whatever_the_entry_mode) {
    using enum CardholderPresence;
    for (const auto presence : {present, not_present_unspecified, recurring, electronic_order}) {
        EXPECT_FALSE(is_moto(presence, Terminal::pos));
        EXPECT_TRUE(is_moto(presence, Terminal::moto));
    }
    EXPECT_TRUE(is_moto(mail_order, Terminal::pos));
    EXPECT_TRUE(is_moto(telephone_order, Terminal::virtual_pos));
    const auto moto = [](Mode mode, Terminal terminal) { return usage_of({purchase, mode, terminal, true, true}); };
    EXPECT_EQ(moto(Mode::manual_entry, Terminal::pos), UsageSet{Usage::moto});
    EXPECT_EQ(moto(Mode::manual_entry, Terminal::virtual_pos), UsageSet{Usage::moto});
    EXPECT_EQ(moto(Mode::credential_on_file, Terminal::moto), (UsageSet{Usage::moto, Usage::credential_on_file}));
    EXPECT_EQ(moto(Mode::e_commerce, Terminal::moto), (UsageSet{Usage::moto, Usage::ecommerce}));
    EXPECT_EQ(usage_of({refund, Mode::manual_entry, Terminal::moto, false, true}), UsageSet{Usage::refund});
}

Facts message(const Row& row) {
    Facts f;
    f.decided_at = *parse_instant("2026-11-21T12:00:00Z");
    f.business_date = date_of(f.decided_at);
    f.code = row.code;
    f.transaction_amount_minor = row.code == account_verification ? 0 : 100;
    f.transaction_currency = f.account_currency = {949};
    f.card_found = true;
    f.card_status = card::CardStatus::active;
    f.card_expiry = {3101};
    f.posted_minor = 10'000;
    f.terminal_type = row.terminal;
    f.pos_entry_mode = row.mode;
    f.cvv2 = row.has_cvv2 ? Verdict::passed : Verdict::not_performed;
    return f;
}

Check policy_of(const Decision& d) { return d.checks[static_cast<std::size_t>(Rule::policy)]; }

CardPolicy one_off(Side side, Usage usage) {
    PolicyFlags flags;
    using Member = std::optional<bool> PolicyFlags::*;
    constexpr std::array<Member, product::usage_count> members{&PolicyFlags::pos,
                                                               &PolicyFlags::contactless,
                                                               &PolicyFlags::ecommerce,
                                                               &PolicyFlags::moto,
                                                               &PolicyFlags::ecommerce_without_cvv2,
                                                               &PolicyFlags::cash_withdrawal,
                                                               &PolicyFlags::cash_advance,
                                                               &PolicyFlags::refund,
                                                               &PolicyFlags::credential_on_file,
                                                               &PolicyFlags::fallback};
    flags.*members[static_cast<std::size_t>(usage)] = false;
    CardPolicy policy;
    (side == Side::domestic ? policy.domestic : policy.international) = flags;
    return policy;
}

/// Every flag on every side, for every kind of message on every side: refused exactly when the message needs the flag
/// and stands on the flag's side, whether product or card has it.
TEST(policy, every_flag_refuses_what_needs_it_on_its_side_only) {
    int refused = 0;
    for (const Side flag_side : {Side::domestic, Side::international})
        for (std::size_t i = 0; i < product::usage_count; ++i)
            for (const Side side : {Side::domestic, Side::international})
                for (const bool is_of_card : {false, true})
                    for (const Row& row : rows) {
                        const auto usage = static_cast<Usage>(i);
                        product::UsagePolicy policy;
                        if (is_of_card)
                            override_by(policy, one_off(flag_side, usage));
                        else
                            policy = usage_policy(one_off(flag_side, usage));
                        Facts f = message(row);
                        f.policy = terms_of(policy, side);
                        const Decision d = decide(f);
                        const bool is_refused = row.needed.has(usage) && side == flag_side;
                        refused += is_refused ? 1 : 0;
                        const auto reason = d.reason;
                        EXPECT_EQ(reason == DeclineReason::policy_refused, is_refused) << row.what << " flag " << i;
                        if (!is_refused) continue;
                        EXPECT_EQ(d.response_code, ResponseCode::transaction_not_permitted_cardholder);
                        const std::string text = explain(Rule::policy, policy_of(d), 2);
                        EXPECT_EQ(text, std::string(side == Side::domestic ? "domestic: " : "international: ") +
                                            std::string(to_name(usage)) +
                                            (is_of_card ? " is off (card)" : " is off (product)"));
                    }
    EXPECT_GT(refused, 100);
}

TEST(policy, what_the_card_says_counts_before_what_the_product_says) {
    CardPolicy of_product = one_off(Side::domestic, Usage::pos), of_card;
    of_card.domestic = PolicyFlags{};
    of_card.domestic->pos = true;
    Facts f = message(rows[0]);
    product::UsagePolicy policy = usage_policy(of_product);
    f.policy = terms_of(policy, Side::domestic);
    EXPECT_EQ(decide(f).reason, DeclineReason::policy_refused);
    override_by(policy, of_card);
    f.policy = terms_of(policy, Side::domestic);
    EXPECT_TRUE(decide(f).approved);
    EXPECT_TRUE(policy.is_open());
}

TEST(policy, is_skipped_when_there_is_none_and_names_what_it_allowed) {
    Facts f = message(rows[5]);
    EXPECT_EQ(policy_of(decide(f)).outcome, Outcome::skipped);
    EXPECT_EQ(explain(Rule::policy, policy_of(decide(f)), 2), "everything is allowed");
    f.policy = terms_of(usage_policy(one_off(Side::international, Usage::moto)), Side::domestic);
    EXPECT_EQ(policy_of(decide(f)).outcome, Outcome::passed);
    EXPECT_EQ(explain(Rule::policy, policy_of(decide(f)), 2), "domestic: Pos, Contactless");
}

TEST(policy, has_a_first_and_a_last_day) {
    CardPolicy period;
    period.active_from = make_date(2026, 11, 21);
    period.active_to = make_date(2026, 11, 22);
    Facts f = message(rows[0]);
    f.policy = terms_of(usage_policy(period), Side::domestic);
    f.policy_from = period.active_from, f.policy_to = period.active_to;
    const auto on = [&](unsigned day) {
        f.business_date = *make_date(2026, 11, day);
        return decide(f);
    };
    EXPECT_EQ(on(20).reason, DeclineReason::policy_refused);
    EXPECT_EQ(explain(Rule::policy, policy_of(on(20)), 2), "before activeFrom");
    EXPECT_TRUE(on(21).approved);
    EXPECT_TRUE(on(22).approved);
    EXPECT_EQ(explain(Rule::policy, policy_of(on(23)), 2), "after activeTo");
    f.code = refund;  // money that comes back is not refused for the day it comes on
    EXPECT_TRUE(on(23).approved);
}

TEST(policy, asks_for_3d_secure_on_the_web_and_for_a_pin_at_chips) {
    CardPolicy strict;
    strict.require_3d_secure = strict.online_pin_required = true;
    const auto decided = [&](const Row& row, Verdict cavv, Verdict pin) {
        Facts f = message(row);
        f.policy = terms_of(usage_policy(strict), Side::international);
        f.cavv = cavv, f.pin = pin;
        return decide(f);
    };
    const Row &chip = rows[0], &contactless = rows[5], &web = rows[7], &subscription = rows[11];
    const auto none = Verdict::not_performed, good = Verdict::passed;
    EXPECT_EQ(explain(Rule::policy, policy_of(decided(web, none, none)), 2),
              "international: Ecommerce needs 3-D Secure");
    EXPECT_TRUE(decided(web, good, none).approved);
    EXPECT_TRUE(decided(subscription, none, none).approved);
    EXPECT_EQ(explain(Rule::policy, policy_of(decided(chip, none, none)), 2),
              "international: the chip needs an online PIN");
    EXPECT_TRUE(decided(chip, none, good).approved);
    EXPECT_TRUE(decided(contactless, none, none).approved);
}

TEST(policy, is_decided_again_from_stored_facts) {
    Facts f = message(rows[8]);
    f.policy = terms_of(usage_policy(one_off(Side::international, Usage::ecommerce)), Side::international);
    f.policy_from = make_date(2020, 1, 1);
    const auto again = decode_facts(encode_facts(f));
    ASSERT_TRUE(again);
    EXPECT_EQ(decide(*again), decide(f));
    EXPECT_EQ(decide(*again).reason, DeclineReason::policy_refused);
}

/// The message's MOTO is stored with the policy's terms: facts from before are decided as they were.
TEST(policy, moto_is_decided_again_as_it_was) {
    Facts f = message({"", purchase, Mode::credential_on_file, Terminal::moto, false, {}});
    f.policy = terms_of(usage_policy(one_off(Side::domestic, Usage::moto)), Side::domestic);
    const auto older = decode_facts(encode_facts(f));
    ASSERT_TRUE(older);
    EXPECT_TRUE(decide(*older).approved);
    f.policy.value |= PolicyTerms::is_moto;
    const auto again = decode_facts(encode_facts(f));
    ASSERT_TRUE(again);
    EXPECT_EQ(decide(*again), decide(f));
    EXPECT_EQ(decide(*again).reason, DeclineReason::policy_refused);
}

/// Version 1 is what was stored before policies were enforced, and what is stored still for a card without one.
TEST(policy, facts_without_one_keep_the_form_of_version_1) {
    Facts f = message(rows[0]);
    std::string stored = encode_facts(f);
    const auto again = decode_facts(stored);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->format_version, 1);
    EXPECT_TRUE(decide(*again).approved);
    EXPECT_EQ(policy_of(decide(*again)).outcome, Outcome::skipped);
    EXPECT_FALSE(decode_facts(stored.substr(0, stored.size() - 1)));
    f.policy = terms_of({}, Side::domestic);
    EXPECT_EQ(decode_facts(encode_facts(f))->format_version, 2);
    EXPECT_GE(encode_facts(f).size(), stored.size() + 4);
    f.control_response = ResponseCode::restricted_card;
    EXPECT_EQ(decode_facts(encode_facts(f))->format_version, facts_version);
    EXPECT_EQ(decode_facts(encode_facts(f))->control_response, f.control_response);
    constexpr char version_4_as_varint = 8;
    stored[0] = version_4_as_varint;
    EXPECT_FALSE(decode_facts(stored));
}

}  // namespace
}  // namespace takas::core::authorization
