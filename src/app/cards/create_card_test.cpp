#include "app/cards/create_card.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardNumber;
using core::card::CardStatus;
using core::customer::Customer;
using core::event::DomainEvent;
using core::ledger::CardAccount;
using core::product::Allocation;
using core::product::ProductType;

class CreateCardTest : public ::testing::Test {
  protected:
    void SetUp() override {
        bin = world.add_bin();
        range = world.add_range(bin.id);
        world.add_product(CardWorld::wanted_product("V", range.id));
        customer = world.add_customer();
    }
    core::product::CardProduct product_with(const std::string& code,
                                            const std::function<void(core::product::CardProduct&)>& change) {
        auto wanted = CardWorld::wanted_product(code, range.id);
        change(wanted);
        return world.add_product(wanted);
    }
    static NewCard printed(std::string product = "V") {
        NewCard wanted = CardWorld::wanted_card(std::move(product));
        wanted.product_type = ProductType::emv;
        wanted.personalized_name_line_1 = "AYSE YILMAZ";
        wanted.delivery_address = core::card::DeliveryAddress{};
        wanted.delivery_address->address_line_1 = "Street 1";
        return wanted;
    }
    std::vector<std::string> refused_fields(const NewCard& wanted) {
        const auto done = world.issue(wanted);
        std::vector<std::string> paths;
        if (!done)
            for (const FieldError& field : done.error().fields) paths.push_back(field.path);
        return paths;
    }

    CardWorld world;
    core::product::CardBin bin;
    core::product::CardBinRange range;
    Customer customer;
};

TEST_F(CreateCardTest, MakesCardNumberAccountAndEvent) {
    const auto card = world.issue(CardWorld::wanted_card());
    ASSERT_TRUE(card) << card.error().internal_detail;
    EXPECT_EQ(card->status, CardStatus::pending_activation);
    EXPECT_EQ(card->product_type, ProductType::virtual_card);
    EXPECT_EQ(card->customer_id, customer.id);
    EXPECT_EQ(card->expire_date, core::card::expiry_after(date_of(world.clock.now()), 60));
    EXPECT_TRUE(card->masked_card_no.starts_with("97921234****")) << card->masked_card_no;

    const auto pan = world.vault.open(card->pan_sealed, card->token_id);
    ASSERT_TRUE(pan);
    EXPECT_EQ(pan->masked(8), card->masked_card_no);
    EXPECT_FALSE(world.vault.open(card->pan_sealed, TokenId{card->token_id.value + 1}));
    const auto numbers = world.all<CardNumber>();
    ASSERT_EQ(numbers.size(), 1U);
    EXPECT_EQ(numbers[0].pan_hash, world.vault.hash(*pan));
    EXPECT_EQ(numbers[0].token_id, card->token_id);

    const auto accounts = world.all<CardAccount>();
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].account_id, card->account_id);
    EXPECT_EQ(accounts[0].currency, core::money::Currency{949});

    const auto events = world.all<DomainEvent>();
    ASSERT_EQ(events.size(), 2U);  // the customer's and the card's
    EXPECT_EQ(events[1].kind, core::event::EventKind::card_created);
    EXPECT_EQ(events[1].stream_id, card->token_id.value);
    EXPECT_EQ(events[1].payload,
              "{\"CardTokenId\":" + std::to_string(card->token_id.value) + ",\"MaskedCardNo\":\"" +
                  card->masked_card_no + "\",\"CustomerNo\":\"C-1\",\"DateTime\":\"" + to_text(world.clock.now()) +
                  "\",\"CreateUser\":\"00000000-0000-4000-8000-000000000001\",\"CardDci\":\"Debit\","
                  "\"IsChildCard\":false,\"PersonalizedNameLine1\":null,\"PersonalizedNameLine2\":null,"
                  "\"Status\":\"PendingActivation\",\"CardProductName\":\"Product\",\"Bin\":\"97921234\","
                  "\"ExpireDate\":" +
                  std::to_string(card->expire_date.value) + ",\"Brand\":\"Troy\",\"ProductType\":\"Virtual\"}");
}

TEST_F(CreateCardTest, CardsOfOneCustomerShareAnAccount) {
    const auto first = world.issue(CardWorld::wanted_card()), second = world.issue(CardWorld::wanted_card());
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->account_id, second->account_id);
    world.add_customer("C-2");
    EXPECT_NE(world.issue(CardWorld::wanted_card("V", "C-2"))->account_id, first->account_id);

    product_with("OWN", [](auto& p) { p.account_per_card = true; });
    const auto own = world.issue(CardWorld::wanted_card("OWN")), another = world.issue(CardWorld::wanted_card("OWN"));
    ASSERT_TRUE(own && another);
    EXPECT_NE(own->account_id, another->account_id);
}

TEST_F(CreateCardTest, ActiveFromTheStartOnlyWhenVirtual) {
    NewCard wanted = CardWorld::wanted_card();
    wanted.activate_on_create = true;
    EXPECT_EQ(world.issue(wanted)->status, CardStatus::active);
    product_with("NOW", [](auto& p) { p.activate_on_create = true; });
    EXPECT_EQ(world.issue(CardWorld::wanted_card("NOW"))->status, CardStatus::active);
    EXPECT_EQ(world.issue(printed("NOW"))->status, CardStatus::pending_activation);
    wanted = printed();
    wanted.activate_on_create = true;
    EXPECT_EQ(refused_fields(wanted), std::vector<std::string>{"activateOnCreate"});
}

TEST_F(CreateCardTest, NamesAreEmbossedByRule) {
    NewCard wanted = printed();
    wanted.personalized_name_line_1 = "Çağrı  Işık";
    wanted.personalized_name_line_2 = "Örnek A.Ş.";
    const auto card = world.issue(wanted);
    ASSERT_TRUE(card);
    EXPECT_EQ(card->personalized_name_line_1, "CAGRI ISIK");
    EXPECT_EQ(card->personalized_name_line_2, "ORNEK A.S.");
    const auto events = world.all<DomainEvent>();
    const auto created = std::ranges::find(events, core::event::EventKind::card_created, &DomainEvent::kind);
    EXPECT_NE(created->payload.find(R"("PersonalizedNameLine1":"CAGRI ISIK")"), std::string::npos);
    wanted.personalized_name_line_1 = "Иван";
    wanted.personalized_name_line_2 = std::string(13, 'a') + "ßßßßßßß";
    EXPECT_EQ(refused_fields(wanted), (std::vector<std::string>{"personalizedNameLine1", "personalizedNameLine2"}));
    wanted = printed();
    wanted.personalized_name_line_1 = "  ";
    EXPECT_EQ(refused_fields(wanted), std::vector<std::string>{"personalizedNameLine1"});
}

TEST_F(CreateCardTest, RefusesFieldsAllAtOnce) {
    NewCard wanted = printed();
    wanted.personalized_name_line_1.clear();
    wanted.expire_date = 2013;
    wanted.phone_number = "12";
    wanted.customer = CardWorld::wanted_customer("C-9");
    EXPECT_EQ(refused_fields(wanted),
              (std::vector<std::string>{"personalizedNameLine1", "expireDate", "phoneNumber", "customer.customerNo"}));
    wanted = CardWorld::wanted_card();
    wanted.product_type = ProductType::magnetic;
    EXPECT_EQ(refused_fields(wanted)[0], "productType");
    for (const std::int64_t yymm : {0, 1, 13, 100000, -1}) {
        wanted = CardWorld::wanted_card();
        wanted.expire_date = yymm;
        EXPECT_EQ(refused_fields(wanted), std::vector<std::string>{"expireDate"}) << yymm;
    }
}

TEST_F(CreateCardTest, PrintedCardsNeedAnAddress) {
    NewCard wanted = printed();
    EXPECT_EQ(world.issue(wanted)->delivery_address->address_line_1, "Street 1");
    wanted.delivery_address.reset();
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::delivery_address_missing);
    Customer at_home = CardWorld::wanted_customer("C-2");
    at_home.customer_addresses.resize(1);
    at_home.customer_addresses[0].address_line_1 = "Home 2";
    wanted.customer_no = "C-2";
    wanted.customer = at_home;
    const auto card = world.issue(wanted);
    ASSERT_TRUE(card);
    EXPECT_EQ(card->delivery_address->address_line_1, "Home 2");
}

TEST_F(CreateCardTest, CreatesTheCustomerTogetherWithTheCard) {
    NewCard wanted = CardWorld::wanted_card("V", "C-2");
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::customer_not_found);
    wanted.customer = CardWorld::wanted_customer("C-2");
    ASSERT_TRUE(world.issue(wanted));
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::customer_exists);
    wanted.customer_no = wanted.customer->customer_no = "C-3";
    wanted.customer->surname.clear();
    EXPECT_EQ(refused_fields(wanted), std::vector<std::string>{"customer.surname"});
    EXPECT_EQ(world.all<Customer>().size(), 2U);
}

TEST_F(CreateCardTest, RefusesWhatTheProductDoesNotAllow) {
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card("NONE"))), ErrorCode::product_not_found);
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card(), CardWorld::other_tenant)), ErrorCode::product_not_found);
    product_with("PASSIVE", [](auto& p) { p.status = core::product::ProductStatus::passive; });
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card("PASSIVE"))), ErrorCode::product_inactive);
    NewCard wanted = CardWorld::wanted_card();
    wanted.card_art_id = EntityId{1};
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::art_not_found);
}

TEST_F(CreateCardTest, ChildCardsHangOnTheirParentsAccount) {
    product_with("KIDS", [](auto& p) { p.is_child_card_allowed = true; });
    const auto parent = world.issue(CardWorld::wanted_card("KIDS"));
    world.add_customer("C-2");
    NewCard wanted = CardWorld::wanted_card("KIDS", "C-2");
    wanted.parent_token_id = parent->token_id;
    const auto child = world.issue(wanted);
    ASSERT_TRUE(child);
    EXPECT_EQ(child->account_id, parent->account_id);
    EXPECT_EQ(child->customer_no, "C-2");

    wanted.parent_token_id = child->token_id;
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::child_card_not_allowed);
    wanted.parent_token_id = TokenId{1};
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::card_not_found);
    wanted = CardWorld::wanted_card("V");
    wanted.parent_token_id = parent->token_id;
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::child_card_not_allowed);
    product_with("EURO", [](auto& p) { p.currency = {978}, p.is_child_card_allowed = true; });
    wanted.card_product_code = "EURO";
    EXPECT_EQ(code_of(world.issue(wanted)), ErrorCode::child_card_not_allowed);
}

/// Runs `count` calls on as many threads and returns how many succeeded.
template <class Work>
int at_once(int count, const Work& work) {
    std::atomic<int> succeeded = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < count; ++i) threads.emplace_back([&] { succeeded += work() ? 1 : 0; });
    }
    return succeeded;
}

TEST_F(CreateCardTest, FirstCardsIssuedAtOnceShareOneAccount) {
    EXPECT_EQ(at_once(8, [&] { return world.issue(CardWorld::wanted_card()).has_value(); }), 8);
    std::set<std::int64_t> accounts;
    for (const Card& card : world.all<Card>()) accounts.insert(card.account_id.value);
    EXPECT_EQ(accounts.size(), 1U);
    EXPECT_EQ(world.all<CardAccount>().size(), 1U);
}

TEST_F(CreateCardTest, TheCardLimitHoldsForCallersAtOnce) {
    product_with("TWO", [](auto& p) { p.max_card_per_customer = 2; });
    EXPECT_EQ(at_once(8, [&] { return world.issue(CardWorld::wanted_card("TWO")).has_value(); }), 2);
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card("TWO"))), ErrorCode::card_limit_reached);
}

/// A product over a range of `size` numbers.
void add_small_product(CardWorld& world, EntityId bin_id, int size, Allocation allocation) {
    const std::string end = "20000" + std::to_string(10 + size - 1);
    const auto range = world.add_range(bin_id, "2000010", end, allocation);
    world.add_product(CardWorld::wanted_product("SMALL", range.id));
}

std::set<std::string> numbers_of(CardWorld& world) {
    std::set<std::string> numbers;
    for (const Card& card : world.all<Card>())
        numbers.insert(std::string(
            world.vault.open(card.pan_sealed, card.token_id)->reveal(core::card::RevealFor::personalisation)));
    return numbers;
}

TEST_F(CreateCardTest, EveryNumberOfARangeIsIssuedOnceAndThenItIsExhausted) {
    add_small_product(world, bin.id, 40, Allocation::sequential);
    for (int i = 0; i < 40; ++i) {
        const auto card = world.issue(CardWorld::wanted_card("SMALL"));
        ASSERT_TRUE(card);
        EXPECT_EQ(world.vault.open(card->pan_sealed, card->token_id)
                      ->reveal(core::card::RevealFor::personalisation)
                      .substr(8, 7),
                  std::to_string(2000010 + i));
    }
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card("SMALL"))), ErrorCode::bin_range_exhausted);
    EXPECT_EQ(numbers_of(world).size(), 40U);
}

TEST_F(CreateCardTest, EightThreadsIssueEveryNumberOnce) {
    add_small_product(world, bin.id, 60, Allocation::random);
    std::atomic<int> issued = 0;
    at_once(8, [&] {
        while (true) {
            const auto card = world.issue(CardWorld::wanted_card("SMALL"));
            if (card) {
                ++issued;
            } else {
                EXPECT_EQ(card.error().code, ErrorCode::bin_range_exhausted) << card.error().internal_detail;
                return true;
            }
        }
    });
    // A caller who waits for the last position while another one still holds it is told that there is none; whoever
    // asks after all have finished gets it if it was given back.
    while (world.issue(CardWorld::wanted_card("SMALL"))) ++issued;
    EXPECT_EQ(issued, 60);
    EXPECT_EQ(numbers_of(world).size(), 60U);
    EXPECT_EQ(world.run([&](Context& c) { return products::list_ranges(c, bin.id); })->back().remaining_count, 0);
}

TEST_F(CreateCardTest, ANumberWhoseCommitFailedIsFoundAgain) {
    add_small_product(world, bin.id, 11, Allocation::random);
    world.store.set_writable(false);
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(world.issue(CardWorld::wanted_card("SMALL")));
    world.store.set_writable(true);
    for (int i = 0; i < 11; ++i) EXPECT_TRUE(world.issue(CardWorld::wanted_card("SMALL"))) << i;
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card("SMALL"))), ErrorCode::bin_range_exhausted);
}

TEST_F(CreateCardTest, GoesOnWhereAnotherProcessStopped) {
    add_small_product(world, bin.id, 12, Allocation::random);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(world.issue(CardWorld::wanted_card("SMALL")));
    PanVault restarted(world.keyring);
    const auto small = world.run([&](Context& c) { return products::list_ranges(c, bin.id); })->back().range;
    const auto drawn = restarted.draw(world.store, small, 16);
    ASSERT_TRUE(drawn);
    EXPECT_EQ(drawn->draw_no, 5);
    EXPECT_FALSE(numbers_of(world).contains(std::string(drawn->pan.reveal(core::card::RevealFor::personalisation))));
}

}  // namespace
}  // namespace takas::app::cards
