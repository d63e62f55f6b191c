#include "app/perso/result_file.hpp"

#include "app/cards/status.hpp"
#include "app/perso/perso_world_test.hpp"
#include "core/perso/perso_file.hpp"

namespace takas::app::perso {
namespace {

using cards::code_of;
using core::perso::LineOutcome;

/// Cards in a file of an office, without the file: what is in it is not what is tested here.
struct ResultFileTest : ::testing::Test, PersoWorld {
    EntityId file_id = ids.next<EntityId>();
    std::vector<Card> cards;

    ResultFileTest() {
        core::perso::PersoFile file;
        file.tenant_id = tenant, file.id = file_id, file.perso_office_code = "PO1";
        ports::Unit unit;
        unit.insert(file);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        for (int i = 0; i < 5; ++i) cards.push_back(hand_out(make(), file_id));
    }
    Card hand_out(const Card& card, EntityId file) {
        auto c = context();
        Issuance order = order_of(card);
        order.file_id = file;
        EXPECT_TRUE(move_order(c, c.unit, order, "C-1", {.to = PersoStatus::processing}));
        c.unit.insert(core::perso::PersoFileLine{tenant, file, order.id, LineOutcome::open});
        EXPECT_EQ(store.commit_and_wait(std::move(c.unit)).outcome, ports::CommitOutcome::committed);
        return card;
    }
    static std::string text(std::string header, const std::vector<std::string>& lines) {
        std::string out = std::move(header) + '\n';
        for (const std::string& line : lines) out += line + '\n';
        return out + R"({"record":"trailer","lineCount":)" + std::to_string(lines.size()) + "}\n";
    }
    std::string perso(const std::vector<std::string>& lines) const {
        return text(
            R"({"record":"header","formatVersion":1,"content":"Perso","fileId":)" + std::to_string(file_id.value) + '}',
            lines);
    }
    static std::string couriers(const std::vector<std::string>& lines) {
        return text(R"({"record":"header","formatVersion":1,"content":"Delivery"})", lines);
    }
    std::string made(std::size_t i, const std::string& courier_no = "1") const {
        return R"({"record":"card","barcode":")" + *cards[i].barcode + R"(","result":"Made","courierNo":")" +
               courier_no + R"("})";
    }
    std::string spoiled(std::size_t i) const {
        return R"({"record":"card","barcode":")" + *cards[i].barcode + R"(","result":"Spoiled","reason":"chip"})";
    }
    Result<ResultReport> take(const std::string& file, TenantId who = tenant) {
        auto c = context(who);
        return take_results(c, file);
    }
    static std::vector<std::int64_t> refused_lines(const ResultReport& report) {
        std::vector<std::int64_t> out;
        for (const RefusedLine& line : report.refused) out.push_back(line.line_no);
        return out;
    }
};

TEST_F(ResultFileTest, MovesOrdersOnAndReconciles) {
    const auto report = take(perso({made(0, "KN-1"), made(1), spoiled(2)}));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->taken_count, 3);
    EXPECT_TRUE(report->refused.empty());
    EXPECT_EQ(report->counts->ordered, 5);
    EXPECT_EQ(report->counts->made, 2);
    EXPECT_EQ(report->counts->spoiled, 1);
    EXPECT_EQ(report->counts->open, 2);
    EXPECT_EQ(order_of(cards[0]).status, PersoStatus::completed);
    EXPECT_EQ(deliveries_of_card(context(), cards[0].token_id)->front().courier_no, "KN-1");
    EXPECT_EQ(order_of(cards[2]).status, PersoStatus::error);
    EXPECT_EQ(order_of(cards[2]).error_description, "chip");
}

TEST_F(ResultFileTest, TakenTwiceItChangesNothing) {
    const std::string file = perso({made(0), spoiled(1), made(2)});
    ASSERT_TRUE(take(file));
    const auto events = all<core::event::DomainEvent>().size();
    auto again = take(file);
    EXPECT_EQ(again->taken_count, 0);
    EXPECT_EQ(again->known_count, 3);
    // Also after the spoiled card is in the next file: the answer is about the first.
    ASSERT_TRUE(move(order_of(cards[1]).id, PersoStatus::waiting));
    hand_out(cards[1], ids.next<EntityId>());
    again = take(file);
    EXPECT_EQ(again->known_count, 3);
    EXPECT_EQ(order_of(cards[1]).status, PersoStatus::processing);
    EXPECT_EQ(all<core::event::DomainEvent>().size(), events + 2);
}

TEST_F(ResultFileTest, WhatWasCutOffIsTakenTheNextTime) {
    // The process died after the first line: each line is a commit of its own.
    ASSERT_TRUE(take(perso({made(0)})));
    const auto report = take(perso({made(0), made(1), spoiled(2)}));
    EXPECT_EQ(report->known_count, 1);
    EXPECT_EQ(report->taken_count, 2);
}

TEST_F(ResultFileTest, RefusesByLineAndTakesTheRest) {
    const Card elsewhere = make();
    ASSERT_TRUE(move(order_of(cards[4]).id, PersoStatus::cancelled));
    const auto report = take(perso({
        made(0),                                                                           // line 2
        R"({"record":"card","barcode":"TK0000","result":"Made"})",                         // 3: nobody's
        made(1),                                                                           // 4
        made(1),                                                                           // 5: double
        made(2),                                                                           // 6: contradicts 7
        spoiled(2),                                                                        // 7
        R"({"record":"card","barcode":)",                                                  // 8: not readable
        R"({"record":"card","barcode":"TK1","result":"Lost"})",                            // 9: no such result
        R"({"record":"card","barcode":")" + *elsewhere.barcode + R"(","result":"Made"})",  // 10: not in this file
        made(4),                                                                           // 11: was cancelled
        made(3) + std::string(result_line_bytes_max, ' '),                                 // 12: too long
    }));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->taken_count, 2);
    EXPECT_EQ(refused_lines(*report), (std::vector<std::int64_t>{3, 5, 6, 7, 8, 9, 10, 11, 12}));
    EXPECT_EQ(order_of(cards[1]).status, PersoStatus::completed);
    EXPECT_EQ(order_of(cards[2]).status, PersoStatus::processing);
    EXPECT_EQ(report->counts->withdrawn, 1);
    // What was said before is not unsaid.
    EXPECT_EQ(refused_lines(*take(perso({spoiled(0)}))), std::vector<std::int64_t>{2});
    EXPECT_EQ(order_of(cards[0]).status, PersoStatus::completed);
}

TEST_F(ResultFileTest, AReasonHoldsNoCardNumber) {
    const auto report = take(perso({R"({"record":"card","barcode":")" + *cards[0].barcode +
                                    R"(","result":"Spoiled","reason":"4111111111111111"})"}));
    EXPECT_EQ(refused_lines(*report), std::vector<std::int64_t>{2});
    EXPECT_EQ(order_of(cards[0]).status, PersoStatus::processing);
}

TEST_F(ResultFileTest, ACardThatWasReportedMeanwhileIsNotSent) {
    auto c = context();
    ASSERT_TRUE(cards::change_status(
        c, {cards[0].token_id, CardStatus::stolen, core::card::CardStatusReason::customer_request, ""}));
    const auto report = take(perso({made(0), made(1)}));
    ASSERT_EQ(refused_lines(*report), std::vector<std::int64_t>{2});
    EXPECT_EQ(report->refused[0].why, "the card is Stolen");
    EXPECT_TRUE(deliveries_of_card(context(), cards[0].token_id)->empty());
    ASSERT_TRUE(move(order_of(cards[0]).id, PersoStatus::cancelled));
    EXPECT_EQ(counts_of(context(), file_id)->withdrawn, 1);
}

TEST_F(ResultFileTest, ACouriersTimesGoForward) {
    const Card card = sent({});
    const auto at = [&](const std::string& status, const std::string& time) {
        return R"({"record":"delivery","barcode":")" + *card.barcode + R"(","status":")" + status +
               R"(","statusTime":")" + time + R"("})";
    };
    const auto report =
        take(couriers({at("HandedToCourier", "2020-01-01T00:00:00Z"), at("HandedToCourier", "2031-03-01T10:00:00Z"),
                       at("InTransit", "2031-03-01T11:00:00Z"), at("OutForDelivery", "2031-03-01T10:59:59Z"),
                       at("OutForDelivery", "2031-03-01T11:00:00Z")}));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->taken_count, 3);
    ASSERT_EQ(refused_lines(*report), (std::vector<std::int64_t>{2, 5}));
    EXPECT_EQ(report->refused[0].why, "statusTime: The time is before the card was ordered.");
    EXPECT_EQ(report->refused[1].why, "statusTime: The time is before the delivery's last status.");
}

TEST_F(ResultFileTest, WhatIsNotAWholeFileIsNotTaken) {
    const std::string whole = perso({made(0), made(1)});
    EXPECT_EQ(code_of(take(whole.substr(0, whole.size() - 1))), ErrorCode::validation);
    EXPECT_EQ(code_of(take(whole.substr(0, whole.find(R"({"record":"trailer)")))), ErrorCode::validation);
    std::string one_less = whole;
    one_less.erase(one_less.find(made(1)), made(1).size() + 1);
    EXPECT_EQ(code_of(take(one_less)), ErrorCode::validation);
    EXPECT_EQ(code_of(take("")), ErrorCode::validation);
    EXPECT_EQ(code_of(take("\n\n")), ErrorCode::validation);
    EXPECT_EQ(code_of(take(text(R"({"record":"header","formatVersion":1,"content":"Perso"})", {}))),
              ErrorCode::validation);
    EXPECT_EQ(code_of(take(text(R"({"record":"header","formatVersion":1,"content":"Perso","fileId":4711})", {}))),
              ErrorCode::issuance_not_found);
    EXPECT_EQ(code_of(take(whole, other_tenant)), ErrorCode::issuance_not_found);
    EXPECT_EQ(order_of(cards[0]).status, PersoStatus::processing);
}

TEST_F(ResultFileTest, ACouriersReportsAreTakenInTheirOrderAndOnce) {
    const Card card = sent({});
    const auto at = [&](const std::string& status, int minute) {
        return R"({"record":"delivery","barcode":")" + *card.barcode + R"(","status":")" + status +
               R"(","statusTime":"2031-03-01T10:)" + std::to_string(minute) + R"(:00Z"})";
    };
    const std::string file = couriers({at("HandedToCourier", 10), at("InTransit", 11), at("OutForDelivery", 12),
                                       at("CustomerNotFound", 13), at("OutForDelivery", 14), at("Delivered", 15)});
    const auto report = take(file);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->taken_count, 6);
    EXPECT_TRUE(report->refused.empty());
    EXPECT_FALSE(report->counts);
    const auto version = deliveries_of_card(context(), card.token_id)->front().version;
    const auto again = take(file);
    EXPECT_TRUE(again->refused.empty());
    EXPECT_EQ(again->taken_count, 0);
    EXPECT_EQ(again->known_count, 6);
    EXPECT_EQ(deliveries_of_card(context(), card.token_id)->front().version, version);
    const auto late = take(couriers({at("Returned", 16), R"({"record":"delivery","barcode":"TK0","status":"InTransit",)"
                                                         R"("statusTime":"2031-03-01T10:00:00Z"})"}));
    EXPECT_EQ(refused_lines(*late), (std::vector<std::int64_t>{2, 3}));
    const auto early = take(couriers({R"({"record":"delivery","barcode":")" + *card.barcode +
                                      R"(","status":"Returned","statusTime":"2031-03-03T10:00:00Z"})"}));
    EXPECT_EQ(refused_lines(*early), std::vector<std::int64_t>{2});
    // The log is in the order of our clock, whatever the courier's says.
    for (const auto& event : events_of(card)) EXPECT_EQ(event.occurred_at, clock.now());
}

}  // namespace
}  // namespace takas::app::perso
