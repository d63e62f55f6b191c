#include "app/verify/verify.hpp"

#include "app/archive/state.hpp"
#include "app/transactions/card_world_test.hpp"
#include "app/transactions/hold_expiry.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::verify {
namespace {

using namespace core::authorization;
using core::card::Card;
using core::card::CardNumber;
using core::card::CardSecurity;
using core::control::CardUsage;
using core::control::Counters;
using core::control::VelocityControl;
using core::control::VelocityPeriod;
using core::customer::Customer;
using core::event::DomainEvent;
using core::event::EventKind;
using core::ledger::CardAccount;
using core::ledger::ContraAccount;
using core::ledger::EntryKind;
using core::ledger::LedgerEntry;
using ports::where;

/// Some of everything that can happen to an account.
struct History : transactions::CardWorld {
    TransactionId bought, declined, refunded, pre_authorized, expired;

    History() {
        limit("day", VelocityPeriod::daily);
        limit("ever", VelocityPeriod::lifetime);
        limit("hours", VelocityPeriod::rolling_24_hours);
        fund(100'000, "L1");
        fund(5'000, "U1", funding::Direction::unload);
        bought = purchase(4'000).transaction.transaction_id;
        declined = purchase(99'000'000).transaction.transaction_id;
        authorize(request(100), TokenId{999});  // nobody's card
        auto financial = request(2'500);
        financial.flow_code = TransactionFlowCode::financial;
        refunded = authorize(financial).transaction.transaction_id;
        linked(TransactionCode::refund, 500, refunded);
        reverse(linked(TransactionCode::refund, 700, refunded).transaction.transaction_id, ReversalType::reversal);
        reverse(bought, ReversalType::partial_reversal, 1'000);
        reverse(purchase(300).transaction.transaction_id, ReversalType::void_transaction);
        auto pre = request(10'000);
        pre.code = TransactionCode::pre_authorization;
        pre_authorized = authorize(pre).transaction.transaction_id;
        linked(TransactionCode::pre_authorization, 2'000, pre_authorized);
        linked(TransactionCode::pre_authorization_completion, 11'000, pre_authorized);
        auto inquiry = request(0);
        inquiry.code = TransactionCode::balance_inquiry;
        authorize(inquiry);
        auto repeatable = request(100);
        repeatable.stan = "000001", repeatable.is_repeatable = true;
        authorize(repeatable);
        EXPECT_TRUE(authorize(repeatable).is_replay);
        repeatable.transaction_amount_minor = 200;
        EXPECT_EQ(authorize(repeatable).reason, DeclineReason::duplicate_message);
        expired = purchase(700).transaction.transaction_id;
        EXPECT_EQ(transactions::expire_hold(lanes, transaction(expired), {}, clock.time.plus_seconds(10 * 86'400)),
                  transactions::Expired::yes);
        refund_of_an_ended_hold();
        add_events();
    }

    /// A limit that nobody reaches, for every card.
    void limit(std::string name, VelocityPeriod period) {
        VelocityControl v;
        v.tenant_id = tenant, v.id = EntityId{9'000 + static_cast<std::int64_t>(period)}, v.name = std::move(name);
        v.period = period, v.limit_amount = Decimal{1'000'000, 0};
        v.tenant_wide = true;
        ports::Unit unit;
        unit.insert(v);
        commit(std::move(unit));
        EXPECT_TRUE(catalog.policy_sets().refresh());
    }

    void refund_of_an_ended_hold() {
        const auto purchased = purchase(800).transaction.transaction_id;
        const auto kept = linked(TransactionCode::refund, 100, purchased);
        const auto taken_back = linked(TransactionCode::refund, 300, purchased).transaction.transaction_id;
        EXPECT_EQ(kept.transaction.result, TransactionResult::approved);
        const auto before = stored_account().available_minor();
        EXPECT_EQ(transactions::expire_hold(lanes, transaction(purchased), {}, clock.time.plus_seconds(10 * 86'400)),
                  transactions::Expired::yes);
        reverse(taken_back, ReversalType::partial_reversal, 50);
        reverse(taken_back, ReversalType::reversal);
        EXPECT_EQ(stored_account().available_minor(), before + 800 - 400);
    }

    void add_events() {
        ports::Unit unit;
        CardSecurity security;
        security.tenant_id = tenant, security.account_id = account, security.token_id = token;
        unit.insert(security);
        DomainEvent created;
        created.tenant_id = tenant, created.kind = EventKind::card_created, created.stream_id = token.value;
        created.account_id = account;
        unit.insert(created);
        created.kind = EventKind::customer_created, created.stream_id = customer.value, created.account_id = {};
        unit.insert(created);
        commit(std::move(unit));
    }

    Report report(Options options = {}) {
        const auto done = verify(store, [](std::string_view, std::int64_t) {}, options);
        EXPECT_TRUE(done);
        return done.value_or(Report{});
    }

    /// Damages one row behind everybody's back.
    template <class Record>
    void change(std::vector<ports::Condition> conditions, auto damage) {
        auto row = store.find<Record>(std::move(conditions));
        ASSERT_TRUE(row && *row);
        ports::Unit unit;
        unit.erase(**row);
        damage(**row);
        unit.insert(**row);
        commit(std::move(unit));
    }
    template <class Record>
    void remove(std::vector<ports::Condition> conditions) {
        auto row = store.find<Record>(std::move(conditions));
        ASSERT_TRUE(row && *row);
        ports::Unit unit;
        unit.erase(**row);
        commit(std::move(unit));
    }
    void change_bought(auto damage) {
        change<CardTransaction>({where<&CardTransaction::transaction_id>(bought)}, damage);
    }
    /// The one counter of this kind of window, by so much less.
    void change_counter(VelocityPeriod changed, core::control::Used less) {
        int found = 0;
        change<CardUsage>({}, [&](CardUsage& usage) {
            auto counters = *Counters::decode(usage.counters.bytes);
            counters.for_each_step([&](const Counters::Place& at, const auto&) {
                if (at.period != changed) return;
                ++found;
                counters.give_back(at.key, at.window, at.generation, less);
            });
            usage.counters.bytes = counters.encode();
        });
        EXPECT_EQ(found, 1);
    }
    std::vector<ports::Condition> answer_of_bought() const {
        return {where<&DomainEvent::transaction_id>(bought),
                where<&DomainEvent::kind>(EventKind::successful_transaction)};
    }
};

TEST(Verify, finds_the_books_of_an_eventful_account_sound) {
    History history;
    const Report report = history.report();
    EXPECT_TRUE(report.sound()) << to_text(report);
    EXPECT_EQ(report.accounts, 1);
    EXPECT_EQ(report.cards, 1);
    EXPECT_EQ(report.decisions, report.transactions - 2);
    std::int64_t sum = 0;
    for (const LedgerTotal& total : report.totals) sum += total.total_minor;
    EXPECT_EQ(sum, 0);
    EXPECT_EQ(report.totals.size(), 3U);
    EXPECT_NE(to_text(report).find("the books balance"), std::string::npos);
}

TEST(Verify, says_the_same_whatever_the_size_of_its_windows) {
    History history;
    const Report whole = history.report();
    for (const std::int64_t size : {1, 2, 3}) {
        const Report windows = history.report({size, size, size});
        EXPECT_TRUE(windows.sound()) << to_text(windows);
        EXPECT_EQ(to_text(windows), to_text(whole));
    }
    history.change_bought([](CardTransaction& t) { t.held_minor += 1; });
    EXPECT_EQ(to_text(history.report({1, 1, 1})), to_text(history.report()));
}

TEST(Verify, finds_two_transactions_with_one_id_wherever_a_window_ends) {
    History history;
    auto twin = **history.store.find<CardTransaction>({where<&CardTransaction::transaction_id>(history.bought)});
    twin.account_id = AccountId{1};
    ports::Unit unit;
    unit.insert(twin);
    history.commit(std::move(unit));
    const std::int64_t whole = history.report().difference_count;
    for (const std::int64_t size : {1, 2, 3, 1000}) {
        const Report report = history.report({size, size, size});
        EXPECT_TRUE(
            std::ranges::any_of(report.differences, [](const Difference& d) { return d.what == "transaction.id"; }))
            << size << to_text(report);
        EXPECT_EQ(report.difference_count, whole) << size;
    }
}

struct Damage {
    std::string_view finding;
    void (*plant)(History&);
};

const Damage damages[] = {
    {"account.posted", [](History& h) { h.change<CardAccount>({}, [](CardAccount& a) { a.posted_minor += 1; }); }},
    {"ledger.balance", [](History& h) { h.change<CardAccount>({}, [](CardAccount& a) { a.posted_minor += 1; }); }},
    {"account.held", [](History& h) { h.change<CardAccount>({}, [](CardAccount& a) { a.held_minor = 0; }); }},
    {"account.entry_no", [](History& h) { h.change<CardAccount>({}, [](CardAccount& a) { a.entry_no = 7; }); }},
    {"account.held_by_transactions", [](History& h) { h.change_bought([](CardTransaction& t) { t.held_minor = 1; }); }},
    {"entry.account", [](History& h) { h.remove<CardAccount>({}); }},
    {"entry.number", [](History& h) { h.remove<LedgerEntry>({where<&LedgerEntry::entry_no>(3)}); }},
    {"entry.tenant", [](History& h) { h.change<LedgerEntry>({}, [](LedgerEntry& e) { e.tenant_id = TenantId{3}; }); }},
    {"entry.posted_after", [](History& h) { h.change<LedgerEntry>({}, [](LedgerEntry& e) { e.amount_minor -= 1; }); }},
    {"entry.held_after",
     [](History& h) {
         h.change<LedgerEntry>({where<&LedgerEntry::kind>(EntryKind::hold)},
                               [](LedgerEntry& e) { e.held_after_minor += 5; });
     }},
    {"entry.kind",
     [](History& h) { h.change<LedgerEntry>({}, [](LedgerEntry& e) { e.contra = ContraAccount::none; }); }},
    {"entry.transaction",
     [](History& h) { h.change<LedgerEntry>({}, [](LedgerEntry& e) { e.transaction_id = TransactionId{1}; }); }},
    {"transaction.account",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.account_id = AccountId{77}; }); }},
    {"transaction.posted", [](History& h) { h.change_bought([](CardTransaction& t) { t.posted_minor = -1; }); }},
    {"transaction.held", [](History& h) { h.change_bought([](CardTransaction& t) { t.held_minor -= 1; }); }},
    {"transaction.refunded",
     [](History& h) {
         h.change<CardTransaction>({where<&CardTransaction::transaction_id>(h.refunded)},
                                   [](CardTransaction& t) { t.refunded_minor = 0; });
     }},
    {"transaction.remaining", [](History& h) { h.change_bought([](CardTransaction& t) { t.remaining_minor += 1; }); }},
    {"transaction.open_part", [](History& h) { h.change_bought([](CardTransaction& t) { t.remaining_minor += 1; }); }},
    {"transaction.negative", [](History& h) { h.change_bought([](CardTransaction& t) { t.refunded_minor = -1; }); }},
    {"transaction.billing_amount",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.billing_amount_minor += 1; }); }},
    {"transaction.state",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.state = TransactionState::voided; }); }},
    {"transaction.original",
     [](History& h) {
         h.change<CardTransaction>({where<&CardTransaction::code>(TransactionCode::refund)},
                                   [](CardTransaction& t) { t.original_transaction_id = TransactionId{5}; });
     }},
    {"transaction.answer_events", [](History& h) { h.remove<DomainEvent>(h.answer_of_bought()); }},
    {"transaction.answer_events",
     [](History& h) {
         auto again = **h.store.find<DomainEvent>(h.answer_of_bought());
         again.sequence_no = 0;
         ports::Unit unit;
         unit.insert(again);
         h.commit(std::move(unit));
     }},
    {"transaction.transition_events",
     [](History& h) {
         h.remove<DomainEvent>({where<&DomainEvent::transaction_id>(h.bought),
                                where<&DomainEvent::kind>(EventKind::transaction_transition)});
     }},
    {"transaction.transition_events",
     [](History& h) {
         h.change<TransactionEvent>({where<&TransactionEvent::transaction_id>(h.bought)},
                                    [](TransactionEvent& e) { e.event_type = TransitionEventType::expire; });
     }},
    {"transition.transaction",
     [](History& h) {
         h.change<TransactionEvent>({where<&TransactionEvent::transaction_id>(h.bought)},
                                    [](TransactionEvent& e) { e.transaction_id = TransactionId{6}; });
     }},
    {"transaction.code",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.code = TransactionCode::cash_advance; }); }},
    {"transaction.amount",
     [](History& h) { h.change_bought([](CardTransaction& t) { ++t.transaction_amount_minor; }); }},
    {"transaction.currency",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.transaction_currency = {840}; }); }},
    {"transaction.time",
     [](History& h) {
         h.change_bought([](CardTransaction& t) { t.transaction_time = t.transaction_time.plus_us(1); });
     }},
    {"decision.facts", [](History& h) { h.change_bought([](CardTransaction& t) { t.facts.bytes.pop_back(); }); }},
    {"decision.approved",
     [](History& h) {
         h.change<CardTransaction>({where<&CardTransaction::transaction_id>(h.declined)},
                                   [](CardTransaction& t) { t.result = TransactionResult::approved; });
     }},
    {"decision.reason",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.decline_reason = DeclineReason::pin_wrong; }); }},
    {"decision.response_code",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.response_code = ResponseCode::do_not_honour; }); }},
    {"decision.checks", [](History& h) { h.change_bought([](CardTransaction& t) { t.checks.front() = 'f'; }); }},
    {"event.transaction",
     [](History& h) {
         h.change<DomainEvent>(h.answer_of_bought(), [](DomainEvent& e) { e.transaction_id = TransactionId{9}; });
     }},
    {"event.kind",
     [](History& h) {
         h.change<DomainEvent>(h.answer_of_bought(),
                               [](DomainEvent& e) { e.kind = EventKind::unsuccessful_transaction; });
     }},
    {"event.tenant",
     [](History& h) {
         h.change<DomainEvent>(h.answer_of_bought(), [](DomainEvent& e) { e.tenant_id = TenantId{8}; });
     }},
    {"event.account",
     [](History& h) {
         h.change<DomainEvent>(h.answer_of_bought(), [](DomainEvent& e) { e.account_id = AccountId{8}; });
     }},
    {"event.stream",
     [](History& h) { h.change<DomainEvent>(h.answer_of_bought(), [](DomainEvent& e) { e.stream_id = 8; }); }},
    {"event.payload",
     [](History& h) {
         h.change<DomainEvent>({where<&DomainEvent::kind>(EventKind::transaction_transition)},
                               [](DomainEvent& e) { e.payload = "{}"; });
     }},
    {"event.card",
     [](History& h) {
         h.change<DomainEvent>({where<&DomainEvent::kind>(EventKind::card_created)},
                               [](DomainEvent& e) { e.stream_id = 1; });
     }},
    {"event.customer",
     [](History& h) {
         h.change<DomainEvent>({where<&DomainEvent::kind>(EventKind::customer_created)},
                               [](DomainEvent& e) { e.stream_id = 1; });
     }},
    {"card.account", [](History& h) { h.change<Card>({}, [](Card& c) { c.account_id = AccountId{4}; }); }},
    {"card.tenant", [](History& h) { h.change<Card>({}, [](Card& c) { c.tenant_id = TenantId{4}; }); }},
    {"card.owner", [](History& h) { h.change<Card>({}, [](Card& c) { c.customer_id = {}, c.customer_no.clear(); }); }},
    {"card.owner",
     [](History& h) { h.change<CardAccount>({}, [](CardAccount& a) { a.customer_id = {}, a.customer_no.clear(); }); }},
    {"card.customer", [](History& h) { h.change<Card>({}, [](Card& c) { c.customer_no = "M-2"; }); }},
    {"card.customer", [](History& h) { h.change<Card>({}, [](Card& c) { c.customer_id = CustomerId{4}; }); }},
    {"card.customer", [](History& h) { h.change<Customer>({}, [](Customer& c) { c.tenant_id = TenantId{4}; }); }},
    {"account.customer", [](History& h) { h.remove<Customer>({}); }},
    {"card.parent", [](History& h) { h.change<Card>({}, [](Card& c) { c.parent_token_id = TokenId{4}; }); }},
    {"card.replaces", [](History& h) { h.change<Card>({}, [](Card& c) { c.replaces_token_id = TokenId{4}; }); }},
    {"card.replaced_by", [](History& h) { h.change<Card>({}, [](Card& c) { c.replaced_by_token_id = c.token_id; }); }},
    {"card.numbers", [](History& h) { h.remove<CardNumber>({}); }},
    {"card_security.card",
     [](History& h) { h.change<CardSecurity>({}, [](CardSecurity& s) { s.token_id = TokenId{4}; }); }},
    {"card_security.account",
     [](History& h) { h.change<CardSecurity>({}, [](CardSecurity& s) { s.account_id = AccountId{4}; }); }},
    {"card_security.tenant",
     [](History& h) { h.change<CardSecurity>({}, [](CardSecurity& s) { s.tenant_id = TenantId{4}; }); }},
    {"card_security.pin", [](History& h) { h.change<Card>({}, [](Card& c) { c.pin_set = true; }); }},
    {"card_security.pin_block",
     [](History& h) { h.change<CardSecurity>({}, [](CardSecurity& s) { s.pin_block.bytes = "x"; }); }},
    {"card_security.negative",
     [](History& h) { h.change<CardSecurity>({}, [](CardSecurity& s) { s.pin_try_count = -1; }); }},
    {"usage.amount", [](History& h) { h.change_counter(VelocityPeriod::daily, {1, 0}); }},
    {"usage.amount", [](History& h) { h.change_counter(VelocityPeriod::lifetime, {-1, 0}); }},
    {"usage.count", [](History& h) { h.change_counter(VelocityPeriod::daily, {0, 1}); }},
    {"usage.counters", [](History& h) { h.change<CardUsage>({}, [](CardUsage& u) { u.counters.bytes.pop_back(); }); }},
    {"transaction.policy_record",
     [](History& h) { h.change_bought([](CardTransaction& t) { t.policy_record->bytes.pop_back(); }); }},
    {"card_number.card", [](History& h) { h.change<CardNumber>({}, [](CardNumber& n) { n.token_id = TokenId{4}; }); }},
    {"card_number.account",
     [](History& h) { h.change<CardNumber>({}, [](CardNumber& n) { n.account_id = AccountId{4}; }); }},
    {"card_number.tenant",
     [](History& h) { h.change<CardNumber>({}, [](CardNumber& n) { n.tenant_id = TenantId{4}; }); }},
};

TEST(Verify, finds_every_kind_of_damage) {
    for (const Damage& damage : damages) {
        History history;
        damage.plant(history);
        const Report report = history.report();
        EXPECT_TRUE(
            std::ranges::any_of(report.differences, [&](const Difference& d) { return d.what == damage.finding; }))
            << damage.finding << "\n"
            << to_text(report);
    }
}

TEST(Verify, knows_that_a_counter_begins_anew_when_its_control_comes_back) {
    History history;
    const std::vector ever{where<&VelocityControl::period>(VelocityPeriod::lifetime)};
    const auto control = **history.store.find<VelocityControl>(ever);
    history.remove<VelocityControl>(ever);
    EXPECT_TRUE(history.catalog.policy_sets().refresh());
    const auto meanwhile = history.purchase(500).transaction.transaction_id;
    history.limit(control.name, control.period);
    history.purchase(600);
    history.purchase(900);
    EXPECT_TRUE(history.report().sound()) << to_text(history.report());
    history.reverse(meanwhile, ReversalType::reversal);
    // Not in the counter any more: nothing is taken from what was counted since.
    history.reverse(history.bought, ReversalType::reversal);
    EXPECT_TRUE(history.report().sound()) << to_text(history.report());
    history.change_counter(VelocityPeriod::lifetime, {-1, 0});
    const Report report = history.report();
    ASSERT_EQ(report.difference_count, 1) << to_text(report);
    EXPECT_EQ(report.differences.front().what, "usage.amount");
    EXPECT_EQ(report.differences.front().expected, "1500");
}

/// A rule as an older version may have accepted it.
constexpr std::string_view unusable = "mcc ===";

TEST(Verify, names_stored_rules_that_cannot_be_compiled) {
    History history;
    ports::Unit unit;
    core::control::AuthorizationControl control;
    control.tenant_id = history.tenant, control.id = EntityId{71}, control.name = "No gambling",
    control.rule = unusable;
    unit.insert(control);
    control.id = EntityId{72}, control.name = "switched off", control.is_active = false;
    unit.insert(control);
    core::fee::CardAnnualFee fee;
    fee.tenant_id = history.tenant, fee.id = EntityId{73}, fee.name = "Yearly", fee.rule = "isNoname == true";
    unit.insert(fee);
    core::control::ControlLink link;
    link.tenant_id = history.tenant, link.id = EntityId{74}, link.rule = unusable;
    link.family = core::control::Family::card_annual_fee, link.control_id = fee.id;
    link.level = core::control::LinkLevel::card, link.token_id = history.token;
    unit.insert(link);
    core::control::ControlVersion draft;
    draft.tenant_id = history.tenant, draft.family = core::control::Family::velocity_control;
    draft.control_id = EntityId{75}, draft.version_no = 2, draft.state = core::control::VersionState::shadow;
    VelocityControl limit;
    limit.name = "Daily cash", limit.rule = unusable;
    draft.definition = {protocol::json::encode(limit, protocol::json::storage_write)};
    unit.insert(draft);
    history.commit(std::move(unit));
    const Report report = history.report();
    EXPECT_EQ(report.rules, 4);
    ASSERT_EQ(report.difference_count, 3) << to_text(report);
    const std::string tenant = "tenant " + std::to_string(history.tenant.value) + " ";
    for (const auto& one : report.differences) EXPECT_EQ(one.what, "rule.unusable");
    EXPECT_EQ(report.differences[0].where, tenant + "AuthorizationControl 71 (No gambling)");
    EXPECT_EQ(report.differences[0].found, "CTRL:00001");
    EXPECT_EQ(report.differences[1].where, tenant + "VelocityControl 75 (Daily cash, draft in shadow)");
    EXPECT_EQ(report.differences[2].where, tenant + "CardAnnualFee 73 (Yearly), link 74");
    EXPECT_TRUE(history.catalog.policy_sets().refresh());
    EXPECT_EQ(history.catalog.policy_sets().broken_rules(), 2)
        << "those that decisions ask: card fees are charged by jobs";
}

TEST(Verify, looks_at_counters_whose_whole_window_is_in_the_store) {
    History history;
    EXPECT_EQ(history.report().counters, 2);
    ASSERT_TRUE(archive::ensure_state(history.store));
    const auto state = archive::read_state(history.store);
    ASSERT_TRUE(state);
    auto later = *state;
    later.archived_before = history.clock.time.plus_seconds(-3 * 86'400);
    ASSERT_TRUE(archive::change_state(history.store, *state, later));
    history.change_counter(VelocityPeriod::lifetime, {1, 0});
    EXPECT_EQ(history.report().counters, 1);
    EXPECT_TRUE(history.report().sound()) << to_text(history.report());
    history.change_counter(VelocityPeriod::daily, {1, 0});
    EXPECT_EQ(history.report().difference_count, 1) << to_text(history.report());
}

TEST(Verify, knows_that_a_fee_went_back_with_the_last_part) {
    History history;
    core::fee::TransactionFee fee;
    fee.tenant_id = History::tenant, fee.id = EntityId{9'900}, fee.name = "two", fee.amount = Decimal{2, 0};
    fee.tenant_wide = true;
    ports::Unit unit;
    unit.insert(fee);
    history.commit(std::move(unit));
    EXPECT_TRUE(history.catalog.policy_sets().refresh());
    const auto bought = history.purchase(4'000).transaction.transaction_id;
    EXPECT_EQ(history.transaction(bought).fee_minor, 200);
    history.reverse(bought, ReversalType::partial_reversal, 1'000);
    EXPECT_TRUE(history.report().sound()) << to_text(history.report());
    history.reverse(bought, ReversalType::partial_reversal, 3'000);
    EXPECT_EQ(history.transaction(bought).fee_minor, 0);
    EXPECT_TRUE(history.report().sound()) << to_text(history.report());
}

TEST(Verify, knows_that_a_card_in_place_of_another_began_with_what_that_one_had_used) {
    History history;
    history.change_counter(VelocityPeriod::lifetime, {-100, -1});
    EXPECT_FALSE(history.report().sound());
    history.change<Card>({}, [&](Card& card) {
        card.replaces_token_id = TokenId{5};
        card.status_changed_at = history.clock.time;
    });
    const Report report = history.report();
    ASSERT_EQ(report.difference_count, 1) << to_text(report);
    EXPECT_EQ(report.differences.front().what, "card.replaces");  // there was none before it in truth
}

TEST(Verify, counts_more_differences_than_it_lists_and_survives_absurd_numbers) {
    History history;
    ports::Unit unit;
    for (std::int64_t i = 1; i <= 150; ++i) {
        LedgerEntry stray;
        stray.account_id = AccountId{500}, stray.entry_no = i;
        unit.insert(stray);
    }
    history.commit(std::move(unit));
    history.change<LedgerEntry>({}, [](LedgerEntry& e) { e.amount_minor = std::numeric_limits<std::int64_t>::min(); });
    const Report report = history.report();
    EXPECT_GT(report.difference_count, 150);
    EXPECT_EQ(report.differences.size(), differences_max);
}

}  // namespace
}  // namespace takas::app::verify
