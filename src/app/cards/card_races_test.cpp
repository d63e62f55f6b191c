// Cards that are linked, renewed, replaced and closed by several callers at once: each change happens once, and what
// one of them decided on still held when it was stored.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/cards/card_world_test.hpp"
#include "app/cards/link.hpp"
#include "app/cards/noname_batch.hpp"
#include "app/cards/policy.hpp"
#include "app/cards/renew.hpp"
#include "app/cards/replace_card.hpp"
#include "app/cards/settings.hpp"
#include "app/cards/status.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardStatus;
using core::card::CardStatusReason;
using core::event::DomainEvent;
using core::event::EventKind;
using core::perso::Issuance;

class CardRacesTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto range = world.add_range(world.add_bin().id);
        auto gift = CardWorld::wanted_product("G", range.id);
        gift.is_noname_allowed = gift.is_child_card_allowed = true;
        gift.physicals[0].is_default = false, gift.physicals[1].is_default = true;
        world.add_product(gift);
        gift.code = "ONE";
        gift.max_card_per_customer = 1;
        world.add_product(gift);
        world.add_customer("C-1");
        world.add_customer("C-2");
    }
    static core::card::DeliveryAddress address() {
        core::card::DeliveryAddress at;
        at.address_line_1 = "Street 1";
        return at;
    }
    std::vector<TokenId> noname(std::int64_t count, std::string product = "G") {
        auto context = world.context();
        const auto view = create_noname(
            context, {.card_product_code = std::move(product), .count = count, .delivery_address = address()}, {});
        EXPECT_TRUE(view);
        std::vector<TokenId> tokens;
        for (const CardBatchItem& item : view->items) tokens.push_back(item.token_id);
        return tokens;
    }
    Card active_card() {
        NewCard wanted = CardWorld::wanted_card("G");
        wanted.personalized_name_line_1 = "AYSE YILMAZ";
        wanted.delivery_address = address();
        const Card card = *world.issue(wanted);
        EXPECT_TRUE(status(card.token_id, CardStatus::active, CardStatusReason::customer_request));
        return card;
    }
    Result<ChangedStatus> status(TokenId token_id, CardStatus to, CardStatusReason reason) {
        auto context = world.context();
        return change_status(context, {token_id, to, reason, {}});
    }
    Result<Card> link(TokenId token_id, std::string customer_no, std::string_view key = {}) {
        auto context = world.context();
        return link_to_customer(
            context,
            {.token_id = token_id, .customer_no = std::move(customer_no), .activates = true, .idempotency_key = key});
    }
    Result<Renewed> renew(TokenId token_id, bool keeps, std::string_view key = {}) {
        auto context = world.context();
        return renew_card(context, {.token_id = token_id, .keeps_card_number = keeps, .idempotency_key = key});
    }
    std::int64_t count(EventKind kind) {
        return std::ranges::count(world.all<DomainEvent>(), kind, &DomainEvent::kind);
    }
    /// Runs it on as many threads at once, with the number of each; returns how many succeeded.
    template <class Work>
    static int at_once(int threads_count, const Work& work) {
        std::atomic<int> succeeded = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < threads_count; ++i) threads.emplace_back([&, i] { succeeded += work(i) ? 1 : 0; });
        }
        return succeeded;
    }

    CardWorld world;
};

/// The way from a new card to each status that is no longer usual.
const std::vector<std::pair<CardStatus, std::vector<CardStatusReason>>> unusual{
    {CardStatus::suspended, {CardStatusReason::tenant_request}},
    {CardStatus::lost, {CardStatusReason::customer_request}},
    {CardStatus::stolen, {CardStatusReason::customer_request}},
    {CardStatus::fraud, {CardStatusReason::cloned_card}},
    {CardStatus::closed, {CardStatusReason::customer_request}},
};

TEST_F(CardRacesTest, CardsInAWrongStateStayAsTheyAre) {
    for (const auto& [state, reasons] : unusual) {
        const TokenId free = noname(1).front(), linked = noname(1).front();
        ASSERT_TRUE(link(linked, "C-1"));
        ASSERT_TRUE(status(free, CardStatus::active, CardStatusReason::customer_request));
        for (const TokenId token : {free, linked}) ASSERT_TRUE(status(token, state, reasons.front()));
        EXPECT_EQ(code_of(link(free, "C-1")), ErrorCode::card_wrong_status);
        auto context = world.context();
        if (state != CardStatus::suspended) {
            EXPECT_EQ(code_of(unlink_from_customer(context, {.token_id = linked})), ErrorCode::card_wrong_status);
        }
        EXPECT_EQ(code_of(renew(linked, true)), ErrorCode::card_wrong_status);
        EXPECT_EQ(code_of(renew(linked, false)),
                  may_be_replaced(state) ? ErrorCode::count_ : ErrorCode::card_wrong_status);
        EXPECT_EQ(code_of(activate_renewal(context, linked)), ErrorCode::card_wrong_status);
        const ErrorCode expected = state == CardStatus::closed ? ErrorCode::card_wrong_status : ErrorCode::count_;
        EXPECT_EQ(code_of(set_phone(context, linked, "+905551112233")), expected);
        EXPECT_EQ(code_of(set_digital_slip_type(context, linked, core::card::DigitalSlipType::sms)), expected);
        EXPECT_EQ(code_of(set_policy(context, {linked, {}, false})), expected);
        EXPECT_EQ(code_of(set_auto_renewal(context, std::array{linked}, true).front()), expected);
        EXPECT_EQ(get_card(world.context(), linked)->status, state);
    }
    const TokenId waiting = noname(1).front();
    EXPECT_EQ(code_of(renew(waiting, true)), ErrorCode::card_wrong_status);
}

TEST_F(CardRacesTest, ARenewalWhoseNewCardCameToNothingCanBeRepeated) {
    const Card card = active_card();
    const auto first = renew(card.token_id, false);
    ASSERT_TRUE(first);
    EXPECT_EQ(code_of(renew(card.token_id, true)), ErrorCode::card_already_renewed);
    ASSERT_TRUE(status(first->new_token_id, CardStatus::closed, CardStatusReason::delivery_failed));
    EXPECT_EQ(get_card(world.context(), card.token_id)->status, CardStatus::active);
    const auto second = renew(card.token_id, false);
    ASSERT_TRUE(second);
    EXPECT_NE(second->new_token_id, first->new_token_id);
    EXPECT_EQ(get_card(world.context(), card.token_id)->replaced_by_token_id, second->new_token_id);
}

TEST_F(CardRacesTest, ALostCardIsReplacedOncePerKey) {
    const auto report = [&](TokenId token_id, std::string_view key) {
        auto context = world.context();
        return change_status_and_replace(context,
                                         {.token_id = token_id,
                                          .status = CardStatus::lost,
                                          .reason = CardStatusReason::customer_request,
                                          .description = {},
                                          .idempotency_key = key,
                                          .content = "lost"},
                                         {});
    };
    const Card card = active_card();
    const auto first = report(card.token_id, "one"), again = report(card.token_id, "one");
    ASSERT_TRUE(first && first->replacement && again && again->replacement);
    EXPECT_EQ(again->replacement->card.token_id, first->replacement->card.token_id);
    EXPECT_EQ(again->replacement->issuance_id, first->replacement->issuance_id);
    EXPECT_EQ(again->status.before.status, CardStatus::active);
    EXPECT_EQ(again->status.after.status, CardStatus::lost);
    EXPECT_EQ(again->status.after.status_reason, CardStatusReason::customer_request);
    EXPECT_EQ(again->status.after.status_changed_at, first->status.after.status_changed_at);
    EXPECT_EQ(world.all<Card>().size(), 2U);
    EXPECT_EQ(code_of(report(card.token_id, "two")), ErrorCode::card_transition_not_allowed);

    const Card other = active_card();
    EXPECT_EQ(at_once(8, [&](int) { return report(other.token_id, "three").has_value(); }), 8);
    EXPECT_EQ(world.all<Card>().size(), 4U);
}

TEST_F(CardRacesTest, OfTwoWhoHaveSeenOneVersionOneChangesTheCard) {
    const Card card = active_card();
    const auto seen = version_of(world.context(), card.token_id);
    ASSERT_TRUE(seen);
    std::atomic<int> outdated = 0;
    const auto change = [&](int i) {
        auto context = world.context();
        CardVersion version{*seen};
        const auto changed = set_phone(context, card.token_id, "+9055511122" + std::to_string(30 + i), &version);
        outdated += code_of(changed) == ErrorCode::concurrent_change ? 1 : 0;
        if (changed) EXPECT_EQ(version.now, *seen + 1);
        return changed.has_value();
    };
    EXPECT_EQ(at_once(8, change), 1);
    EXPECT_EQ(outdated, 7);
    EXPECT_EQ(*version_of(world.context(), card.token_id), *seen + 1);
}

TEST_F(CardRacesTest, OneOfTwoCustomersGetsTheCard) {
    const TokenId token = noname(1).front();
    EXPECT_EQ(at_once(8, [&](int i) { return link(token, i % 2 ? "C-1" : "C-2").has_value(); }), 1);
    EXPECT_EQ(count(EventKind::card_linked_to_customer), 1);
    const Card card = *get_card(world.context(), token);
    const auto account = world.all<core::ledger::CardAccount>().front();
    EXPECT_EQ(account.customer_no, card.customer_no);
    EXPECT_EQ(account.customer_id, card.customer_id);
    EXPECT_EQ(code_of(link(token, "C-1")), ErrorCode::card_already_linked);
}

TEST_F(CardRacesTest, LinkingIsToldAsPublished) {
    const TokenId token = noname(1).front();
    const Card card = *link(token, "C-1");
    auto context = world.context();
    ASSERT_TRUE(unlink_from_customer(context, {.token_id = token}));
    const std::string head = "{\"CardTokenId\":" + std::to_string(token.value) + ",\"MaskedCardNo\":\"" +
                             card.masked_card_no + "\",\"CustomerNo\":";
    const std::string tail =
        ",\"DateTime\":\"" + to_text(world.clock.now()) + "\",\"UpdateUser\":\"00000000-0000-4000-8000-000000000001\"}";
    for (const auto& [kind, customer_no] : {std::pair(EventKind::card_linked_to_customer, "\"C-1\""),
                                            std::pair(EventKind::card_unlinked_from_customer, "null")}) {
        const auto events = world.all<DomainEvent>();
        const auto event = std::ranges::find(events, kind, &DomainEvent::kind);
        ASSERT_NE(event, events.end());
        EXPECT_EQ(event->payload, head + customer_no + tail);
        EXPECT_EQ(event->stream_id, token.value);
        EXPECT_EQ(event->account_id, card.account_id);
    }
}

TEST_F(CardRacesTest, ATwinUnderTheSameKeyIsToldTheSame) {
    const TokenId token = noname(1).front();
    EXPECT_EQ(at_once(8, [&](int) { return link(token, "C-1", "key-1").has_value(); }), 8);
    EXPECT_EQ(count(EventKind::card_linked_to_customer), 1);
    EXPECT_EQ(code_of(link(token, "C-1", "key-2")), ErrorCode::card_already_linked);
}

TEST_F(CardRacesTest, TheLimitHoldsForCardsLinkedAtOnce) {
    const auto tokens = noname(8, "ONE");
    EXPECT_EQ(at_once(8, [&](int i) { return link(tokens[static_cast<std::size_t>(i)], "C-1").has_value(); }), 1);
    EXPECT_EQ(count(EventKind::card_linked_to_customer), 1);
}

TEST_F(CardRacesTest, NoChildCardComesToAnAccountThatLosesItsOwner) {
    for (int round = 0; round < 10; ++round) {
        const TokenId token = noname(1).front();
        ASSERT_TRUE(link(token, "C-1"));
        NewCard child = CardWorld::wanted_card("G", "C-2");
        child.parent_token_id = token;
        child.personalized_name_line_1 = "CHILD";
        child.delivery_address = address();
        const int succeeded = at_once(2, [&](int i) {
            auto context = world.context();
            return i == 0 ? unlink_from_customer(context, {.token_id = token}).has_value()
                          : world.issue(child).has_value();
        });
        EXPECT_EQ(succeeded, 1);
    }
}

TEST_F(CardRacesTest, ACardIsRenewedOnce) {
    const Card card = active_card();
    EXPECT_EQ(at_once(8, [&](int) { return renew(card.token_id, true).has_value(); }), 1);
    const Card renewed = *get_card(world.context(), card.token_id);
    EXPECT_EQ(renewed.pan_sequence_no, 2);
    EXPECT_EQ(world.all<Issuance>().size(), 2U);
    EXPECT_EQ(renewed.barcode, world.all<Issuance>().back().barcode);

    const Card other = active_card();
    EXPECT_EQ(at_once(8, [&](int i) { return renew(other.token_id, i % 2 == 0).has_value(); }), 1);
    const Card after = *get_card(world.context(), other.token_id);
    EXPECT_NE(after.replaced_by_token_id != TokenId{}, after.previous_expire_date.has_value());
    EXPECT_EQ(world.all<Issuance>().size(), 4U);
}

TEST_F(CardRacesTest, ANewNumberThatIsStillOnItsWayToTheStoreCounts) {
    Card card = active_card();
    card.replaced_by_token_id = TokenId{424'242};
    Result<TokenId> seen = fail(ErrorCode::internal);
    world.lanes.run(card.account_id, CardWorld::tenant, [&](lane::Work& work) { seen = live_replacement(work, card); });
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen, TokenId{424'242});
}

TEST_F(CardRacesTest, ATwinOfARenewalGetsItsResult) {
    const Card card = active_card();
    const auto first = renew(card.token_id, false, "key"), twin = renew(card.token_id, false, "key");
    ASSERT_TRUE(first && twin);
    EXPECT_EQ(first->new_token_id, twin->new_token_id);
    EXPECT_EQ(first->issuance_id, twin->issuance_id);
    EXPECT_NE(first->new_token_id, card.token_id);
    EXPECT_TRUE(first->issuance_id);
}

TEST_F(CardRacesTest, ALostCardIsReplacedOnceAndTheOthersAreToldWhy) {
    constexpr std::size_t callers = 8, rounds = 20;
    for (std::size_t round = 1; round <= rounds; ++round) {
        const Card card = active_card();
        std::array<ErrorCode, callers> told{};
        const int succeeded = at_once(callers, [&](int i) {
            auto context = world.context();
            const auto replaced = change_status_and_replace(
                context, {card.token_id, CardStatus::lost, CardStatusReason::customer_request, {}}, {});
            told[static_cast<std::size_t>(i)] = code_of(replaced);
            return replaced && replaced->replacement;
        });
        EXPECT_EQ(succeeded, 1);
        EXPECT_EQ(std::ranges::count(told, ErrorCode::card_transition_not_allowed), callers - 1);
        EXPECT_EQ(world.all<Card>().size(), 2 * round);
        EXPECT_EQ(world.all<core::card::CardNumber>().size(), 2 * round);
        EXPECT_EQ(world.all<core::ledger::CardAccount>().size(), 1U);
        EXPECT_EQ(count(EventKind::card_created), 2 * round);
    }
}

TEST_F(CardRacesTest, TheOldCardEndsWithTheFirstUseOfTheNewNumber) {
    const Card card = active_card();
    const auto renewed = renew(card.token_id, false);
    ASSERT_TRUE(renewed);
    ASSERT_TRUE(status(renewed->new_token_id, CardStatus::active, CardStatusReason::customer_request));
    const Card old_card = *get_card(world.context(), card.token_id);
    EXPECT_EQ(old_card.status, CardStatus::closed);
    EXPECT_EQ(old_card.status_reason, CardStatusReason::tenant_request);
}

TEST_F(CardRacesTest, ManyCardsOfOneCustomerEachHaveTheirResult) {
    for (int i = 0; i < 150; ++i)
        ASSERT_TRUE(world.issue([&] {
            NewCard wanted = CardWorld::wanted_card("G");
            wanted.product_type = core::product::ProductType::virtual_card;
            wanted.activate_on_create = i % 3 != 0;
            return wanted;
        }()));
    auto context = world.context();
    const auto outcomes =
        change_customer_statuses(context, {"C-1", CardStatus::suspended, CardStatusReason::tenant_request, "all", {}});
    ASSERT_TRUE(outcomes);
    ASSERT_EQ(outcomes->size(), 150U);
    EXPECT_EQ(std::ranges::count_if(*outcomes, [](const StatusOutcome& one) { return one.result.has_value(); }), 100);
    EXPECT_EQ(count(EventKind::card_status_changed), 100);
}

TEST_F(CardRacesTest, ChangesOfOneCardAddUp) {
    const Card card = active_card();
    const std::array flags{&core::product::PolicyFlags::pos, &core::product::PolicyFlags::moto,
                           &core::product::PolicyFlags::refund, &core::product::PolicyFlags::fallback};
    EXPECT_EQ(at_once(4,
                      [&](int i) {
                          auto context = world.context();
                          core::product::CardPolicy wanted;
                          (wanted.domestic.emplace().*flags[static_cast<std::size_t>(i)]) = false;
                          return set_policy(context, {card.token_id, wanted, false}).has_value();
                      }),
              4);
    const auto effective = get_policy(world.context(), card.token_id);
    ASSERT_TRUE(effective);
    for (const auto flag : flags) EXPECT_EQ((*effective->policy.domestic).*flag, false);
    EXPECT_EQ(effective->policy.domestic->ecommerce, true);
    EXPECT_EQ(effective->sources.domestic.ecommerce, PolicySource::product);
    EXPECT_EQ(effective->sources.domestic.moto, PolicySource::card);
}

}  // namespace
}  // namespace takas::app::cards
