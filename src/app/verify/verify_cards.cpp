// Cards against card numbers and owners, and events against what they tell of.
#include <unordered_map>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {
namespace {

using core::card::Card;
using core::card::CardNumber;
using core::card::CardSecurity;
using core::customer::Customer;
using core::event::DomainEvent;
using core::event::EventKind;
using core::ledger::CardAccount;

struct CardOf {
    TenantId tenant_id;
    AccountId account_id;
    bool pin_set = false;
    int numbers = 0;
};

struct Kinds {
    EventKind first, last;
};

/// Of the kinds from the first to the last: one look at the events for all of them.
std::vector<ports::Condition> events_of(Kinds kinds, Range streams) {
    auto conditions = std::vector{ports::where<&DomainEvent::kind>(ports::Compare::greater_or_equal, kinds.first),
                                  ports::where<&DomainEvent::kind>(ports::Compare::less_or_equal, kinds.last)};
    conditions.push_back(ports::where<&DomainEvent::stream_id>(ports::Compare::greater, streams.after));
    conditions.push_back(ports::where<&DomainEvent::stream_id>(ports::Compare::less_or_equal, streams.through));
    return conditions;
}

class CardsPass {
  public:
    CardsPass(ports::Store& store, Report& report) : store_(store), report_(report), findings_(report) {}

    void add(const Card& c) {
        ++report_.cards;
        cards_.emplace(c.token_id, CardOf{c.tenant_id, c.account_id, c.pin_set});
    }

    Result<void> close(Range range) {
        auto done = for_each<CardNumber>(store_, within<&CardNumber::token_id>(range),
                                         [this](const CardNumber& n) { check_number(n); });
        if (done)
            done = for_each<CardSecurity>(store_, within<&CardSecurity::token_id>(range),
                                          [this](const CardSecurity& s) { check_security(s); });
        for (const Kinds kinds : {Kinds{EventKind::card_created, EventKind::delivery_status_changed},
                                  Kinds{EventKind::pin_set, EventKind::cvv2_blocked}})
            if (done)
                done = for_each<DomainEvent>(store_, events_of(kinds, range),
                                             [this](const DomainEvent& e) { check_event(e); });
        for (const auto& [id, card] : cards_)
            findings_.equal("card.numbers", 1, card.numbers, [&] { return fmt::format("card {}", id.value); });
        cards_.clear();
        return done;
    }

  private:
    void check_number(const CardNumber& n) {
        const auto where = [&] { return fmt::format("card {}", n.token_id.value); };
        const auto it = cards_.find(n.token_id);
        if (it == cards_.end()) return findings_.add("card_number.card", where(), "a card", "none");
        ++it->second.numbers;
        findings_.equal("card_number.account", it->second.account_id.value, n.account_id.value, where);
        findings_.equal("card_number.tenant", it->second.tenant_id.value, n.tenant_id.value, where);
    }

    void check_security(const CardSecurity& s) {
        const auto where = [&] { return fmt::format("card {}", s.token_id.value); };
        const auto it = cards_.find(s.token_id);
        if (it == cards_.end()) return findings_.add("card_security.card", where(), "a card", "none");
        findings_.equal("card_security.account", it->second.account_id.value, s.account_id.value, where);
        findings_.equal("card_security.tenant", it->second.tenant_id.value, s.tenant_id.value, where);
        findings_.equal("card_security.pin", it->second.pin_set, core::card::has_pin(s), where);
        findings_.equal("card_security.pin_block", core::card::has_pin(s), !s.pin_block.bytes.empty(), where);
        if (s.pin_try_count < 0 || s.cvv2_try_count < 0)
            findings_.add("card_security.negative", where(), "no negative counter", "one");
    }

    void check_event(const DomainEvent& e) {
        ++report_.events;
        const auto it = cards_.find(TokenId{e.stream_id});
        if (it == cards_.end() || it->second.tenant_id != e.tenant_id)
            findings_.add("event.card", fmt::format("event {}", e.sequence_no), "a card", "none");
    }

    ports::Store& store_;
    Report& report_;
    Findings findings_;
    std::unordered_map<TokenId, CardOf> cards_;  ///< of this window
};

/// Customers against what is theirs: their events, accounts and cards.
class CustomersPass {
  public:
    CustomersPass(ports::Store& store, Report& report) : store_(store), report_(report), findings_(report) {}

    void add(const Customer& c) { customers_.emplace(c.id, CustomerOf{c.tenant_id, c.customer_no}); }

    Result<void> close(Range range) {
        auto done =
            for_each<DomainEvent>(store_, events_of({EventKind::customer_created, EventKind::customer_created}, range),
                                  [this](const DomainEvent& e) { check_event(e); });
        if (done)
            done = for_each<CardAccount>(
                store_, within<&CardAccount::customer_id>(range),
                [this](const CardAccount& a) { check_owner("account.customer", "account", a.account_id.value, a); });
        if (done)
            done = for_each<Card>(store_, within<&Card::customer_id>(range),
                                  [this](const Card& c) { check_owner("card.customer", "card", c.token_id.value, c); });
        customers_.clear();
        return done;
    }

  private:
    struct CustomerOf {
        TenantId tenant_id;
        std::string customer_no;
    };

    void check_event(const DomainEvent& e) {
        ++report_.events;
        const auto it = customers_.find(CustomerId{e.stream_id});
        if (it == customers_.end() || it->second.tenant_id != e.tenant_id)
            findings_.add("event.customer", fmt::format("event {}", e.sequence_no), "a customer", "none");
    }

    /// An account or card: the owner is a customer of its institution and has the number that is kept beside it.
    template <class Owned>
    void check_owner(std::string_view what, std::string_view kind, std::int64_t id, const Owned& owned) {
        if (!owned.customer_id && owned.customer_no.empty()) return;
        const auto it = customers_.find(owned.customer_id);
        const bool is_right = it != customers_.end() && it->second.tenant_id == owned.tenant_id &&
                              it->second.customer_no == owned.customer_no;
        if (!is_right)
            findings_.add(what, fmt::format("{} {}", kind, id), "a customer of its institution",
                          fmt::format("customer {}", owned.customer_id.value));
    }

    ports::Store& store_;
    Report& report_;
    Findings findings_;
    std::unordered_map<CustomerId, CustomerOf> customers_;  ///< of this window
};

}  // namespace

Result<void> verify_cards(Books& books) {
    CardsPass pass(books.store, books.report);
    auto done = in_windows<Card, &Card::token_id>(
        books.store, books.options.cards_per_window, [&](const Card& c) { pass.add(c); },
        [&](Range range) {
            auto closed = pass.close(range);
            if (books.progress) books.progress("cards", books.report.cards);
            return closed;
        });
    if (!done) return done;
    CustomersPass customers(books.store, books.report);
    return in_windows<Customer, &Customer::id>(
        books.store, books.options.cards_per_window, [&](const Customer& c) { customers.add(c); },
        [&](Range range) { return customers.close(range); });
}

}  // namespace takas::app::verify
