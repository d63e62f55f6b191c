#include "app/webhooks/render_event.hpp"

#include <gtest/gtest.h>

#include "app/authorize/transition_event.hpp"
#include "app/events/payloads.hpp"
#include "app/ports/tables.hpp"
#include "core/authorization/decide.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::webhooks {
namespace {

using namespace core::authorization;
using core::event::DomainEvent;
using core::event::EventKind;

CardTransaction sample() {
    CardTransaction t;
    t.tenant_id = {7};
    t.account_id = {11};
    t.transaction_id = {61234567890};
    t.token_id = {95};
    t.masked_card_no = "97920001****0018";
    t.code = TransactionCode::purchase;
    t.flow_code = TransactionFlowCode::authorization;
    t.network = TransactionNetwork::onus;
    t.domain = TransactionDomain::international;
    t.transaction_amount_minor = 1000;
    t.transaction_currency = {840};
    t.billing_amount_minor = 36550;
    t.billing_currency = {949};
    t.conversion_rate_e9 = 36'550'000'000;
    t.remaining_minor = 36550;
    t.held_minor = 36550;
    t.stan = "000101";
    t.rrn = "106010000101";
    t.auth_no = "482913";
    t.mcc = 5812;
    t.pan_sequence_no = 1;
    t.terminal_no = "T0000001";
    t.terminal_type = TerminalType::pos;
    t.card_acceptor_no = "M00000000000001";
    t.card_acceptor_name = "LOKANTA \"A\"      ";
    t.card_acceptor_city = "ANKARA       ";
    t.card_acceptor_country = "TR";
    t.pos_entry_mode = PosEntryMode::chip;
    t.local_transaction_time = parse_instant("2031-03-01T13:00:00+03:00").value();
    t.transaction_time = parse_instant("2031-03-01T10:00:00.25Z").value();
    return t;
}

DomainEvent event_of(EventKind kind, std::string payload = {}) {
    DomainEvent e;
    e.tenant_id = {7};
    e.kind = kind;
    e.account_id = {11};
    e.transaction_id = {61234567890};
    e.payload = std::move(payload);
    return e;
}

struct RenderEvent : testing::Test {
    store::memory::MemoryStore store;

    void save(CardTransaction t) {
        ports::Unit unit;
        unit.upsert(std::move(t));
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }
    std::string rendered(const DomainEvent& event) {
        auto text = render_event(store, event);
        return text ? *text : "error: " + text.error().internal_detail;
    }
};

constexpr std::string_view successful =
    R"({"Name":"SuccessfulTransaction","Data":{"Id":61234567890,"TransactionResult":"Approved",)"
    R"("TransactionState":"Pending","TransactionCategory":"Financial","TransactionCode":"Purchase",)"
    R"("ResponseCode":"Approved","TokenId":95,"MaskedCardNo":"97920001****0018","TransactionAmount":10.00,)"
    R"("TransactionCurrency":840,"BillingAmount":365.50,"BillingCurrency":949,"Stan":"000101","Mcc":5812,)"
    R"("MccName":"Eating Places and Restaurants","PanSequenceNo":1,"Rrn":"106010000101","AuthNo":"482913",)"
    R"("ErrorCode":null,"ErrorDescription":null,"TerminalNo":"T0000001","CardAcceptorNo":"M00000000000001",)"
    R"("LocalTransactionTime":"2031-03-01T10:00:00Z","TransactionNetwork":"Onus","SettlementDate":null,)"
    R"("SettleMatchStatus":"Unmatched","TransactionTime":"2031-03-01T10:00:00.250Z",)"
    R"("CardAcceptorName":"LOKANTA \"A\"","CardAcceptorCity":"ANKARA","CardAcceptorCountry":"TR",)"
    R"("PosEntryMode":"Chip","IsOffline":false,"AdditionalAmounts":[],"CvcResultCode":"NotPerformed",)"
    R"("OriginalTransactionId":null,"SettlementAmount":null,"SettlementCurrency":null,"ConversionRate":36.55,)"
    R"("TransactionDomain":"International","TransactionFlowCode":"Authorization","TerminalType":"Pos",)"
    R"("RemainingAmount":365.50,"ArqcResultCode":"NotPerformed","CavvResultCode":"NotPresent"}})";

TEST_F(RenderEvent, ASuccessfulTransaction) {
    save(sample());
    EXPECT_EQ(rendered(event_of(EventKind::successful_transaction)), successful);
}

TEST_F(RenderEvent, StaysTheSameWhateverBecomesOfTheTransaction) {
    CardTransaction t = sample();
    t.result = TransactionResult::voided;
    t.state = TransactionState::reversed;
    t.remaining_minor = t.held_minor = 0;
    t.settle_match_status = SettleMatchStatus::matched;
    t.settlement_date = parse_date("2031-03-02");
    save(t);
    EXPECT_EQ(rendered(event_of(EventKind::successful_transaction)), successful);
}

TEST_F(RenderEvent, AnIncrementDoesNotRaiseWhatWasAnswered) {
    Facts facts;
    facts.code = TransactionCode::pre_authorization;
    facts.transaction_amount_minor = 5000;
    facts.transaction_currency = facts.account_currency = {949};
    facts.card_found = true;
    facts.card_status = core::card::CardStatus::active;
    facts.card_expiry = {3401};
    facts.business_date = parse_date("2031-03-01").value();
    facts.posted_minor = 100'000;
    ASSERT_TRUE(decide(facts).approved);
    CardTransaction t = sample();
    t.code = TransactionCode::pre_authorization;
    t.facts.bytes = encode_facts(facts);
    t.billing_amount_minor = 8000;  // 3000 were added later
    EXPECT_EQ(as_answered(t).billing_amount_minor, 5000);
    EXPECT_EQ(as_answered(t).remaining_minor, 5000);
    t.original_transaction_id = {1};  // an increment is held on its original
    EXPECT_EQ(as_answered(t).remaining_minor, 0);
}

TEST_F(RenderEvent, AnUnsuccessfulTransactionSaysWhy) {
    CardTransaction t = sample();
    t.result = TransactionResult::declined;
    t.decline_reason = DeclineReason::insufficient_balance;
    t.response_code = ResponseCode::insufficient_funds;
    t.auth_no.clear();
    t.token_id = {};
    t.mcc = 0;
    save(t);
    const std::string text = rendered(event_of(EventKind::unsuccessful_transaction));
    EXPECT_TRUE(text.starts_with(
        R"({"Name":"UnsuccessfulTransaction","Data":{"Id":61234567890,"TransactionResult":"Declined",)"))
        << text;
    for (const char* part :
         {R"("ResponseCode":"InsufficientFunds")", R"("TokenId":null)", R"("MccName":null)",
          R"("AuthNo":null,"ErrorCode":"AUTH:00021","ErrorDescription":")", R"("RemainingAmount":0.00)"})
        EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST_F(RenderEvent, ATransactionTransition) {
    TransactionEvent happened;
    happened.transaction_id = {61234567890};
    happened.event_type = TransitionEventType::partial_reversal;
    happened.amount_minor = 18275;
    happened.occurred_at = parse_instant("2031-03-01T11:00:00Z").value();
    EXPECT_EQ(rendered(authorize::transition_event(sample(), happened)),
              R"({"Name":"TransactionTransition","Data":{"TransactionId":61234567890,"EventType":"PartialReversal",)"
              R"("TransactionAmount":5.00,"BillingAmount":182.75,"DateTime":"2031-03-01T11:00:00Z"}})");
}

TEST_F(RenderEvent, ACreatedCustomer) {
    core::customer::Customer c;
    c.id = {61234567001};
    c.customer_no = "C-1001";
    c.name = "Ayşe";
    c.surname = "Yılmaz";
    c.nationality = "Turkey";
    c.gender = core::customer::Gender::female;
    c.birth_date = parse_date("1990-05-17");
    c.creation_time = parse_instant("2031-03-01T10:00:00Z").value();
    c.creator_id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    EXPECT_EQ(rendered(events::customer_created(c)),
              R"({"Name":"CustomerCreated","Data":{"Id":61234567001,"CustomerNo":"C-1001","Name":"Ayşe",)"
              R"("Midname":null,"Surname":"Yılmaz","Nationality":"Turkey","Gender":"Female","MaritalStatus":null,)"
              R"("DisabledType":null,"BirthDate":"1990-05-17","BirthPlace":null,"FatherName":null,)"
              R"("MotherMaidenName":null,"MotherName":null,"CreationTime":"2031-03-01T10:00:00Z",)"
              R"("CreatorId":"0f8fad5b-d9cb-469f-a165-70867728950e"}})");
}

core::card::Card card() {
    core::card::Card c;
    c.token_id = {95};
    c.masked_card_no = "97920001****0018";
    c.customer_no = "C-1001";
    c.bin = "97920001";
    c.card_product_name = "Maaş Kartı";
    c.card_dci = core::product::CardDci::debit;
    c.brand = core::product::CardBrand::troy;
    c.product_type = core::product::ProductType::emv;
    c.expire_date = {3403};
    c.personalized_name_line_1 = "AYSE YILMAZ";
    c.creation_time = parse_instant("2031-03-01T10:00:00Z").value();
    c.creator_id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    return c;
}

TEST_F(RenderEvent, ACreatedCard) {
    EXPECT_EQ(rendered(events::card_created(card())),
              R"({"Name":"CardCreated","Data":{"CardTokenId":95,"MaskedCardNo":"97920001****0018",)"
              R"("CustomerNo":"C-1001","DateTime":"2031-03-01T10:00:00Z",)"
              R"("CreateUser":"0f8fad5b-d9cb-469f-a165-70867728950e","CardDci":"Debit","IsChildCard":false,)"
              R"("PersonalizedNameLine1":"AYSE YILMAZ","PersonalizedNameLine2":null,"Status":"PendingActivation",)"
              R"("CardProductName":"Maaş Kartı","Bin":"97920001","ExpireDate":3403,"Brand":"Troy",)"
              R"("ProductType":"Emv"}})");
}

TEST_F(RenderEvent, AChangedCardStatus) {
    core::card::Card after = card();
    after.status = core::card::CardStatus::suspended;
    after.status_reason = core::card::CardStatusReason::customer_request;
    after.status_changed_at = parse_instant("2031-03-02T10:00:00Z").value();
    after.status_changed_by = "u1";
    EXPECT_EQ(rendered(events::card_status_changed(card(), after)),
              R"({"Name":"CardStatusChanged","Data":{"CardTokenId":95,"MaskedCardNo":"97920001****0018",)"
              R"("OldStatus":"PendingActivation","NewStatus":"Suspended","OldReason":null,)"
              R"("NewReason":"CustomerRequest","DateTime":"2031-03-02T10:00:00Z","UpdateUser":"u1"}})");
}

TEST_F(RenderEvent, APayloadIsCarriedAsItIs) {
    EXPECT_EQ(rendered(event_of(EventKind::card_created, R"({"CardTokenId":95})")),
              R"({"Name":"CardCreated","Data":{"CardTokenId":95}})");
    EXPECT_EQ(rendered(event_of(EventKind::three_d_secure_transition, "{}")),
              R"({"Name":"3dSecureTransition","Data":{}})");
}

TEST_F(RenderEvent, ATransactionOfAnotherInstitutionIsNotShown) {
    save(sample());
    DomainEvent event = event_of(EventKind::successful_transaction);
    event.tenant_id = {8};
    EXPECT_EQ(rendered(event), "error: the transaction of the event is missing");
}

}  // namespace
}  // namespace takas::app::webhooks
