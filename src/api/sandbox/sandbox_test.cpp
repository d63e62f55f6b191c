// Transaction Testing and the transaction list through their endpoint rows, over the engine and a store in memory.
#include <gtest/gtest.h>

#include <future>

#include "api/sandbox/endpoints.hpp"
#include "api/transactions/endpoints.hpp"
#include "app/transactions/card_world_test.hpp"

namespace takas::api {
namespace {

struct SandboxTest : ::testing::Test, app::transactions::CardWorld {
    SandboxTest() { fund(10'000, "L1"); }

    Result<std::string> run(const Endpoint& row, std::string body, std::string query, std::string id) {
        struct Kept {
            std::string body, query;
            net::HttpRequest request;
        };
        auto kept = std::make_shared<Kept>(Kept{std::move(body), std::move(query), {}});
        kept->request.body = kept->body;
        kept->request.query = kept->query;
        auto call = std::make_shared<Call>(context(), Principal{},
                                           std::shared_ptr<const net::HttpRequest>(kept, &kept->request),
                                           std::vector<PathValue>{{"id", std::move(id)}});
        call->context.language = app::Language::english;
        std::promise<Result<std::string>> promise;
        row.run(call, [&](Result<std::string> answer) { promise.set_value(std::move(answer)); });
        return promise.get_future().get();
    }
    Result<std::string> post(std::string_view path, std::string body) {
        for (const Endpoint& row : sandbox_endpoints())
            if (row.path == path) return run(row, std::move(body), "", "");
        return fail(ErrorCode::not_found);
    }
    Result<std::string> process(std::string_view amount, std::string_view more = "") {
        return post("/api/v1/sandbox/transaction",
                    R"({"tokenId":200,"transactionCode":"Purchase","transactionCurrency":949,"posEntryMode":"Chip",)"
                    R"("mcc":5812,"terminalNo":"T1","transactionAmount":)" +
                        std::string(amount) + std::string(more) + "}");
    }
    static bool has(const Result<std::string>& body, std::string_view part) {
        EXPECT_TRUE(body) << (body ? "" : body.error().internal_detail);
        return body && body->find(part) != std::string::npos;
    }
    /// The number behind "name": in the answer.
    static std::string number(const Result<std::string>& body, std::string_view name) {
        EXPECT_TRUE(body);
        const auto key = '"' + std::string(name) + "\":";
        const auto begin = body->find(key) + key.size();
        return body->substr(begin, body->find_first_of(",}", begin) - begin);
    }
};

TEST_F(SandboxTest, a_purchase_is_approved_and_explained) {
    const auto answer = process("40.00", R"(,"stan":"000101","rrn":"103110000101")");
    for (const auto* part :
         {R"("isSuccess":true)", R"("responseCode":"Approved")", R"("transactionStatus":"Approved")",
          R"("approvedAmount":40.00)", R"("availableBalance":60.00)", R"("stan":"000101")", R"("rrn":"103110000101")",
          R"("isReplay":false)", R"("arpc":null)", R"("name":"Balance","passed":true,"outcome":"Passed")",
          R"("name":"Cvv2","passed":true,"outcome":"Skipped","detail":"not performed")"})
        EXPECT_TRUE(has(answer, part)) << part << "\n" << answer.value_or("");
}

TEST_F(SandboxTest, a_decline_is_an_answer_with_its_reason) {
    const auto answer = process("400.00");
    for (const auto* part : {R"("isSuccess":false)", R"("responseCode":"InsufficientFunds")",
                             R"("errorCode":"AUTH:00021")", R"("errorDescription":"The available balance is too low.")",
                             R"("approvedAmount":0.00)", R"("detail":"available 100.00, needed 400.00")"})
        EXPECT_TRUE(has(answer, part)) << part << "\n" << answer.value_or("");
}

TEST_F(SandboxTest, the_same_message_gets_the_same_answer_even_after_it_was_reversed) {
    const std::string key = R"(,"stan":"000101","localTransactionTime":"2031-03-01T10:00:00Z")";
    const auto first = process("40.00", key);
    const auto id = number(first, "transactionId");
    EXPECT_TRUE(
        has(post("/api/v1/sandbox/transaction/void", R"({"transactionId":)" + id + "}"), R"("isSuccess":true)"));
    const auto again = process("40.00", key);
    EXPECT_EQ(number(again, "transactionId"), id);
    EXPECT_TRUE(has(again, R"("isReplay":true)"));
    EXPECT_TRUE(has(again, R"("isSuccess":true)"));
    EXPECT_TRUE(has(again, R"("approvedAmount":40.00)"));
    EXPECT_TRUE(has(again, R"("transactionStatus":"Voided")"));
    EXPECT_TRUE(has(process("41.00", key), R"("errorCode":"AUTH:00018")"));
}

TEST_F(SandboxTest, a_card_is_found_by_its_number_which_never_comes_back) {
    const auto answer = post("/api/v1/sandbox/transaction",
                             R"({"cardNo":"9792000100000010","expireDate":3612,"transactionCode":"Purchase",)"
                             R"("transactionCurrency":949,"posEntryMode":"Chip","mcc":5812,"transactionAmount":1})");
    EXPECT_TRUE(has(answer, R"("isSuccess":true)"));
    EXPECT_FALSE(has(answer, "9792000100000010"));
}

TEST_F(SandboxTest, secrets_without_an_hsm_to_ask_are_never_taken_on_trust) {
    for (const auto* secret : {R"(,"cvv2":"123")", R"(,"pin":"1234")", R"(,"pinBlock":"0123456789ABCDEF")",
                               R"(,"track2":"9792000100000010=36122010000000000")", R"(,"emvData":"9F2608")"})
        EXPECT_EQ(process("1", secret).error().code, ErrorCode::hsm_unavailable) << secret;
    for (const auto* wrong : {R"(,"pin":"1234","pinBlock":"0123456789ABCDEF")", R"(,"pinBlock":"0123456789ABCDEF01")",
                              R"(,"emvData":"9F260")"})
        EXPECT_EQ(process("1", wrong).error().code, ErrorCode::validation) << wrong;
}

TEST_F(SandboxTest, reversals_take_back_all_or_a_part) {
    const auto id = number(process("40.00", R"(,"stan":"000101","rrn":"103110000101")"), "transactionId");
    const auto reverse = [&](std::string body) { return post("/api/v1/sandbox/transaction/void", std::move(body)); };
    const auto part = reverse(R"({"transactionId":)" + id + R"(,"reversalType":"PartialReversal","amount":15.00})");
    EXPECT_TRUE(has(part, R"("remainingAmount":25.00)")) << *part;
    EXPECT_TRUE(has(part, R"("availableBalance":75.00)"));
    EXPECT_TRUE(has(part, R"("transactionStatus":"PartiallyReversed")"));
    EXPECT_EQ(reverse(R"({"transactionId":)" + id + R"(,"amount":1})").error().fields.front().path, "amount");
    EXPECT_EQ(
        reverse(R"({"transactionId":)" + id + R"(,"reversalType":"PartialReversal"})").error().fields.front().path,
        "amount");
    EXPECT_EQ(reverse("{}").error().fields.front().path, "transactionId");
    const auto rest = reverse(R"({"rrn":"103110000101","stan":"000101","terminalNo":"T1"})");
    EXPECT_TRUE(has(rest, R"("transactionStatus":"Voided")"));
    EXPECT_TRUE(has(rest, R"("availableBalance":100.00)"));
    const auto twice = reverse(R"({"transactionId":)" + id + "}");
    EXPECT_TRUE(has(twice, R"("errorCode":"AUTH:00023")"));
    EXPECT_EQ(reverse(R"({"transactionId":5})").error().code, ErrorCode::transaction_not_found);
}

TEST_F(SandboxTest, refunds_are_linked_or_not) {
    const auto id = number(process("40.00", R"(,"transactionFlowCode":"Financial")"), "transactionId");
    const auto refund = [&](std::string body) {
        return post("/api/v1/sandbox/transaction/refund", "{" + body + R"(,"currency":949})");
    };
    const auto first = refund(R"("transactionId":)" + id + R"(,"amount":15)");
    EXPECT_TRUE(has(first, R"("remainingAmount":25.00)")) << *first;
    EXPECT_TRUE(has(first, R"("originalTransactionId":)" + id));
    EXPECT_TRUE(has(first, R"("availableBalance":75.00)"));
    EXPECT_TRUE(has(refund(R"("transactionId":)" + id + R"(,"amount":26)"), R"("errorCode":"AUTH:00024")"));
    const auto unlinked = refund(R"("tokenId":200,"amount":5)");
    EXPECT_TRUE(has(unlinked, R"("originalTransactionId":null)"));
    EXPECT_TRUE(has(unlinked, R"("availableBalance":80.00)"));
    EXPECT_EQ(refund(R"("amount":5)").error().fields.front().path, "transactionId");
    EXPECT_EQ(refund(R"("transactionId":)" + id + R"(,"tokenId":1,"amount":5)").error().fields.front().path, "tokenId");
}

TEST_F(SandboxTest, card_info_shows_the_number_and_no_more) {
    const auto info = post("/api/v1/sandbox/card-info", R"({"tokenId":200})");
    EXPECT_TRUE(has(info, R"("cardNo":"9792000100000010")"));
    EXPECT_TRUE(has(info, R"("expireDate":3612)"));
    for (const auto* without_keys : {R"("cvv2":null)", R"("track2":null)", R"("pin":null)"})
        EXPECT_TRUE(has(info, without_keys));
    EXPECT_EQ(post("/api/v1/sandbox/card-info", R"({"tokenId":1})").error().code, ErrorCode::card_not_found);
}

TEST_F(SandboxTest, everything_is_refused_where_testing_is_off) {
    auto tenants = store.list<core::identity::Tenant>({});
    app::ports::Unit unit;
    tenants->front().sandbox_enabled = false;
    unit.update(tenants->front());
    commit(std::move(unit));
    ASSERT_TRUE(catalog.refresh());
    EXPECT_EQ(process("1").error().code, ErrorCode::sandbox_disabled);
    EXPECT_EQ(post("/api/v1/sandbox/card-info", R"({"tokenId":200})").error().code, ErrorCode::sandbox_disabled);
    EXPECT_EQ(post("/api/v1/sandbox/transaction/void", R"({"transactionId":1})").error().code,
              ErrorCode::sandbox_disabled);
    EXPECT_EQ(post("/api/v1/sandbox/transaction/refund", R"({"tokenId":200,"amount":1,"currency":949})").error().code,
              ErrorCode::sandbox_disabled);
}

TEST_F(SandboxTest, the_list_and_the_detail_tell_what_happened) {
    const auto id = number(process("40.00"), "transactionId");
    post("/api/v1/sandbox/transaction/void", R"({"transactionId":)" + id + "}").value();
    const Endpoint& list = transaction_endpoints()[0];
    const auto all = run(list, "", "startDate=2031-03-01&endDate=2031-03-01&tokenId=200", "");
    EXPECT_TRUE(has(all, R"("totalCount":1)"));
    EXPECT_TRUE(has(all, R"("id":)" + id));
    EXPECT_TRUE(has(run(list, "", "startDate=2031-03-02&endDate=2031-03-03", ""), R"("totalCount":0)"));
    const auto refused = run(list, "", "startDate=soon-enough&endDate=2031-03-03", "");
    EXPECT_EQ(refused.error().fields.front().path, "startDate");
    EXPECT_EQ(run(list, "", "endDate=2031-03-03", "").error().fields.front().path, "startDate");
    EXPECT_EQ(run(list, "", "startDate=2031-03-01&endDate=2031-03-01&sorting=facts", "").error().fields.front().path,
              "sorting");
    const auto detail = run(transaction_endpoints()[1], "", "", id);
    for (const auto* part :
         {R"("transactionResult":"Voided")", R"("eventType":"Approved","amount":40.00)",
          R"("eventType":"Void","amount":40.00)", R"("kind":"Hold")", R"("kind":"HoldRelease")", R"("name":"Format")"})
        EXPECT_TRUE(has(detail, part)) << part << "\n" << *detail;
    EXPECT_EQ(run(transaction_endpoints()[1], "", "", "12").error().code, ErrorCode::transaction_not_found);
}

}  // namespace
}  // namespace takas::api
