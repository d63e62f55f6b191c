#include "core/authorization/changes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "core/ledger/book.hpp"

namespace takas::core::authorization {
namespace {

/// One card account driven by random transactions; every invariant of the books is checked after each step.
class Program {
  public:
    Program() {
        account_.account_id = {7};
        account_.tenant_id = {2};
        account_.currency = {949};
        card_.token_id = {11};
        card_.account_id = account_.account_id;
        card_.status = card::CardStatus::active;
        card_.expire_date = {9901};
        record({ledger::post(account_, ledger::ContraAccount::funding, 100'000, {{next_id_++}, {}, {}})});
    }

    CardTransaction authorize(TransactionCode code, std::int64_t amount, TransactionFlowCode flow,
                              TransactionId original_id) {
        Request r;
        r.code = code;
        r.flow_code = flow;
        r.transaction_amount_minor = amount;
        r.transaction_currency = account_.currency;
        r.original_transaction_id = original_id;
        const auto it = transactions_.find(original_id);
        const CardTransaction* original = it == transactions_.end() ? nullptr : &it->second;
        Facts f;
        f.code = code;
        f.flow_code = flow;
        f.transaction_amount_minor = amount;
        f.transaction_currency = f.account_currency = account_.currency;
        f.card_found = true;
        f.card_status = card_.status;
        f.card_expiry = card_.expire_date;
        f.posted_minor = account_.posted_minor;
        f.held_minor = account_.held_minor;
        f.original_wanted = bool(original_id);
        if (original) {
            f.original_found = true;
            f.original_code = original->code;
            f.original_result = original->result;
            f.original_state = original->state;
            f.original_remaining_minor = original->remaining_minor;
            f.original_held_minor = original->held_minor;
            f.original_refunded_minor = original->refunded_minor;
        }
        const auto before = account_.available_minor();
        auto c = changes(r, f, decide(f), {{next_id_++}, "123456"}, &card_, account_, original);
        if (c.transaction.result == TransactionResult::declined) EXPECT_EQ(account_.available_minor(), before);
        record(c.entries);
        transactions_[c.transaction.transaction_id] = c.transaction;
        if (c.original) transactions_[c.original->transaction_id] = *c.original;
        check();
        return c.transaction;
    }

    DeclineReason reverse_it(TransactionId id, ReversalType type, std::optional<std::int64_t> amount) {
        const CardTransaction t = transactions_.at(id);
        const ReversalRequest request{type, amount, {}};
        const auto outcome = decide_reversal(t, request);
        if (outcome.reason != DeclineReason::none) return outcome.reason;
        const auto it = transactions_.find(t.original_transaction_id);
        auto c = reverse(t, request, outcome, account_, it == transactions_.end() ? nullptr : &it->second);
        record(c.entries);
        transactions_[id] = c.transaction;
        if (c.original) transactions_[c.original->transaction_id] = *c.original;
        check();
        return DeclineReason::none;
    }

    bool can_expire(TransactionId id) const {
        const CardTransaction& t = transactions_.at(id);
        return t.held_minor > 0 && t.result == TransactionResult::approved &&
               (t.state == TransactionState::pending || t.state == TransactionState::partially_reversed);
    }

    void expire(TransactionId id) {
        auto c = expire_hold(transactions_.at(id), {}, account_);
        record(c.entries);
        transactions_[id] = c.transaction;
        check();
    }

    const ledger::CardAccount& account() const { return account_; }
    const std::map<TransactionId, CardTransaction>& transactions() const { return transactions_; }

  private:
    void record(const std::vector<ledger::LedgerEntry>& entries) {
        for (const auto& e : entries) {
            EXPECT_EQ(e.entry_no, ++entry_no_);
            if (e.kind == ledger::EntryKind::posting)
                posted_ += e.amount_minor, contra_[e.contra] -= e.amount_minor;
            else
                held_ += e.amount_minor;
            EXPECT_EQ(e.posted_after_minor, posted_);
            EXPECT_EQ(e.held_after_minor, held_);
        }
    }

    void check() const {
        std::int64_t open_holds = 0, contra = 0;
        for (const auto& [id, t] : transactions_) {
            open_holds += t.held_minor;
            EXPECT_GE(t.remaining_minor, 0);
            EXPECT_GE(t.held_minor, 0);
            EXPECT_GE(t.refunded_minor, 0);
            // What was refunded of a hold that ended is booked back, exactly as long as it is refunded.
            if (t.state == TransactionState::expired)
                EXPECT_EQ(t.remaining_minor + t.refunded_minor, -(t.posted_minor + t.fee_minor));
        }
        for (const auto& [name, sum] : contra_) contra += sum;
        EXPECT_EQ(account_.held_minor, open_holds);
        EXPECT_EQ(account_.held_minor, held_);
        EXPECT_EQ(account_.posted_minor, posted_);
        EXPECT_EQ(posted_ + contra, 0);
    }

    ledger::CardAccount account_;
    card::Card card_;
    std::map<TransactionId, CardTransaction> transactions_;
    std::map<ledger::ContraAccount, std::int64_t> contra_;
    std::int64_t posted_ = 0, held_ = 0, entry_no_ = 0, next_id_ = 1;
};

constexpr auto by_authorization = TransactionFlowCode::authorization;

TEST(changes, a_purchase_is_held_and_a_void_gives_it_back) {
    Program p;
    const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
    EXPECT_EQ(t.state, TransactionState::pending);
    EXPECT_EQ(t.auth_no, "123456");
    EXPECT_EQ(p.account().available_minor(), 96'000);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::void_transaction, {}), DeclineReason::none);
    EXPECT_EQ(p.account().available_minor(), 100'000);
    EXPECT_EQ(p.transactions().at(t.transaction_id).result, TransactionResult::voided);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::reversal, {}), DeclineReason::original_not_reversible);
}

TEST(changes, a_single_message_is_posted_and_its_reversal_posts_back) {
    Program p;
    const auto t = p.authorize(TransactionCode::cash_withdrawal, 4000, TransactionFlowCode::financial, {});
    EXPECT_EQ(p.account().posted_minor, 96'000);
    EXPECT_EQ(p.account().held_minor, 0);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::partial_reversal, 1500), DeclineReason::none);
    EXPECT_EQ(p.account().posted_minor, 97'500);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::partial_reversal, 2501), DeclineReason::amount_invalid);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::reversal, {}), DeclineReason::none);
    EXPECT_EQ(p.account().posted_minor, 100'000);
}

TEST(changes, a_completion_replaces_the_pre_authorization_and_its_increments) {
    Program p;
    const auto pre = p.authorize(TransactionCode::pre_authorization, 10'000, by_authorization, {});
    p.authorize(TransactionCode::pre_authorization, 5000, by_authorization, pre.transaction_id);
    EXPECT_EQ(p.account().held_minor, 15'000);
    const auto done =
        p.authorize(TransactionCode::pre_authorization_completion, 12'000, by_authorization, pre.transaction_id);
    EXPECT_EQ(done.result, TransactionResult::approved);
    EXPECT_EQ(p.account().held_minor, 12'000);
    EXPECT_EQ(p.transactions().at(pre.transaction_id).state, TransactionState::completed);
    const auto again =
        p.authorize(TransactionCode::pre_authorization_completion, 100, by_authorization, pre.transaction_id);
    EXPECT_EQ(again.decline_reason, DeclineReason::original_not_reversible);
}

TEST(changes, refund_and_void_cannot_both_give_the_money_back) {
    Program p;
    const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
    const auto refund = p.authorize(TransactionCode::refund, 4000, by_authorization, t.transaction_id);
    EXPECT_EQ(p.account().available_minor(), 100'000);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::void_transaction, {}),
              DeclineReason::original_not_reversible);
    EXPECT_EQ(status_of(p.transactions().at(t.transaction_id)), TransactionStatus::refunded);
    EXPECT_EQ(p.reverse_it(refund.transaction_id, ReversalType::void_transaction, {}), DeclineReason::none);
    EXPECT_EQ(p.reverse_it(t.transaction_id, ReversalType::void_transaction, {}), DeclineReason::none);
    EXPECT_EQ(p.account().available_minor(), 100'000);
}

TEST(changes, a_refund_of_a_purchase_that_never_clears_is_no_gift) {
    Program p;
    const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
    p.authorize(TransactionCode::refund, 1000, by_authorization, t.transaction_id);
    p.expire(t.transaction_id);
    EXPECT_EQ(p.account().available_minor(), 100'000);
    EXPECT_EQ(p.transactions().at(t.transaction_id).state, TransactionState::expired);
}

TEST(changes, a_refund_taken_back_after_the_hold_ended_costs_nothing) {
    for (const bool is_in_parts : {false, true}) {
        Program p;
        const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
        const auto kept = p.authorize(TransactionCode::refund, 500, by_authorization, t.transaction_id);
        const auto refund = p.authorize(TransactionCode::refund, 1000, by_authorization, t.transaction_id);
        p.expire(t.transaction_id);
        EXPECT_EQ(p.transactions().at(t.transaction_id).posted_minor, -1500);
        if (is_in_parts) {
            EXPECT_EQ(p.reverse_it(refund.transaction_id, ReversalType::partial_reversal, 300), DeclineReason::none);
            EXPECT_EQ(p.account().available_minor(), 100'000);
            EXPECT_EQ(p.transactions().at(t.transaction_id).posted_minor, -1200);
        }
        EXPECT_EQ(p.reverse_it(refund.transaction_id, ReversalType::reversal, {}), DeclineReason::none);
        EXPECT_EQ(p.account().available_minor(), 100'000);
        EXPECT_EQ(p.transactions().at(t.transaction_id).posted_minor, -500);
        EXPECT_EQ(p.reverse_it(kept.transaction_id, ReversalType::void_transaction, {}), DeclineReason::none);
        EXPECT_EQ(p.account().available_minor(), 100'000);
        EXPECT_EQ(p.transactions().at(t.transaction_id).posted_minor, 0);
    }
}

TEST(changes, a_refund_taken_back_before_the_hold_ends_is_not_given_back_twice) {
    Program p;
    const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
    const auto refund = p.authorize(TransactionCode::refund, 1000, by_authorization, t.transaction_id);
    EXPECT_EQ(p.reverse_it(refund.transaction_id, ReversalType::partial_reversal, 400), DeclineReason::none);
    p.expire(t.transaction_id);
    EXPECT_EQ(p.reverse_it(refund.transaction_id, ReversalType::reversal, {}), DeclineReason::none);
    EXPECT_EQ(p.account().available_minor(), 100'000);
}

TEST(changes, only_a_refund_counts_as_one) {
    Program p;
    const auto t = p.authorize(TransactionCode::purchase, 4000, by_authorization, {});
    p.authorize(TransactionCode::deposit, 1000, by_authorization, t.transaction_id);
    EXPECT_EQ(p.transactions().at(t.transaction_id).refunded_minor, 0);
    const auto other = p.authorize(TransactionCode::purchase, 100, by_authorization, t.transaction_id);
    EXPECT_EQ(other.result, TransactionResult::approved);
}

TEST(changes, money_is_conserved_whatever_happens) {
    EXPECT_TRUE(rc::check([] {
        Program p;
        const auto steps = *rc::gen::inRange(1, 60);
        for (int i = 0; i < steps; ++i) {
            TransactionId chosen;
            if (!p.transactions().empty()) {
                auto it = p.transactions().begin();
                std::advance(it, *rc::gen::inRange<long>(0, static_cast<long>(p.transactions().size())));
                chosen = it->first;
            }
            const auto amount = *rc::gen::inRange<std::int64_t>(0, 40'000);
            if (chosen && p.can_expire(chosen) && *rc::gen::inRange(0, 3) == 0) {
                p.expire(chosen);
                continue;
            }
            if (chosen && *rc::gen::inRange(0, 3) == 0) {
                p.reverse_it(chosen, static_cast<ReversalType>(*rc::gen::inRange(0, 3)), amount);
                continue;
            }
            const auto code =
                *rc::gen::element(TransactionCode::purchase, TransactionCode::cash_withdrawal,
                                  TransactionCode::pre_authorization, TransactionCode::pre_authorization_completion,
                                  TransactionCode::refund, TransactionCode::balance_inquiry, TransactionCode::deposit);
            const auto flow = *rc::gen::element(TransactionFlowCode::authorization, TransactionFlowCode::financial);
            p.authorize(code, amount, flow, *rc::gen::arbitrary<bool>() ? chosen : TransactionId{});
        }
        RC_ASSERT(!::testing::Test::HasFailure());
    }));
}

TEST(changes, results_of_secrets_are_told_only_where_their_rule_was_reached) {
    const auto row_of = [](Facts f) {
        Request r;
        r.cvc_result = CvcResultCode::cvv2_passed;
        r.arqc_result = ArqcResultCode::passed;
        r.cavv_result = CavvResultCode::passed_authentication;
        f.code = r.code = TransactionCode::purchase;
        f.transaction_amount_minor = 100;
        f.transaction_currency = f.account_currency = {949};
        f.posted_minor = 1'000;
        f.card_found = true;
        f.card_expiry = {9912};
        ledger::CardAccount account;
        account.currency = {949};
        account.posted_minor = 1'000;
        return changes(r, f, decide(f), {{1}, "123456"}, nullptr, account, nullptr).transaction;
    };
    Facts f;
    f.card_status = card::CardStatus::active;
    f.cvv2 = f.arqc = f.cavv = Verdict::passed;
    const CardTransaction approved = row_of(f);
    EXPECT_EQ(approved.result, TransactionResult::approved);
    EXPECT_EQ(approved.cvc_result_code, CvcResultCode::cvv2_passed);
    EXPECT_EQ(approved.arqc_result_code, ArqcResultCode::passed);
    EXPECT_EQ(approved.cavv_result_code, CavvResultCode::passed_authentication);
    Facts wrong_expiry = f;
    wrong_expiry.stated_expiry = card::Expiry{2801};
    Facts suspended = f;
    suspended.card_status = card::CardStatus::suspended;
    for (const Facts& early : {wrong_expiry, suspended}) {
        const CardTransaction t = row_of(early);
        EXPECT_EQ(t.result, TransactionResult::declined);
        EXPECT_EQ(t.cvc_result_code, CvcResultCode::not_performed);
        EXPECT_EQ(t.arqc_result_code, ArqcResultCode::not_performed);
        EXPECT_EQ(t.cavv_result_code, CavvResultCode::not_present);
    }
    Facts wrong_pin = f;
    wrong_pin.pin = Verdict::failed;
    EXPECT_EQ(row_of(wrong_pin).cvc_result_code, CvcResultCode::cvv2_passed);
    EXPECT_EQ(row_of(wrong_pin).arqc_result_code, ArqcResultCode::not_performed);
}

TEST(reverse, gives_back_the_fee_of_what_moved_no_money) {
    ledger::CardAccount account;
    account.currency = {949};
    account.posted_minor = 1'000;
    Facts f;
    f.code = TransactionCode::account_verification;
    f.transaction_currency = f.account_currency = account.currency;
    f.card_found = true;
    f.card_status = card::CardStatus::active;
    f.card_expiry = {9901};
    f.posted_minor = 1'000;
    f.fee_minor = 210;
    f.fee_tax_minor = 10;
    Request r;
    r.code = f.code;
    const auto asked = changes(r, f, decide(f), {{1}, "123456"}, nullptr, account, nullptr).transaction;
    ASSERT_EQ(account.posted_minor, 790);
    EXPECT_EQ(decide_reversal(asked, {ReversalType::partial_reversal, 1, {}}).reason,
              DeclineReason::original_not_reversible);
    const ReversalRequest whole{ReversalType::reversal, std::nullopt, {}};
    const auto outcome = decide_reversal(asked, whole);
    ASSERT_EQ(outcome.reason, DeclineReason::none);
    const auto back = reverse(asked, whole, outcome, account, nullptr).transaction;
    EXPECT_EQ(account.posted_minor, 1'000);
    EXPECT_EQ(back.fee_minor, 0);
    EXPECT_EQ(back.posted_minor, 0);
    EXPECT_EQ(decide_reversal(back, whole).reason, DeclineReason::original_not_reversible);
}

}  // namespace
}  // namespace takas::core::authorization
