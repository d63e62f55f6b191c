#include "api/sandbox/simulation_request.hpp"

#include <gtest/gtest.h>

#include <map>

#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

using Members = std::map<std::string, std::string>;

const Instant now = *parse_instant("2031-03-01T10:00:00Z");

std::string json_of(const Members& members) {
    std::string out = "{";
    for (const auto& [name, value] : members) {
        if (value.empty()) continue;
        if (out.size() > 1) out += ",";
        out += '"' + name + "\":" + value;
    }
    return out + "}";
}

const Members plain{{"tokenId", "95"},
                    {"transactionCode", R"("Purchase")"},
                    {"transactionAmount", "14.99"},
                    {"transactionCurrency", "949"},
                    {"posEntryMode", R"("Chip")"},
                    {"mcc", "5812"}};

struct SimulationRequestTest : ::testing::Test {
    crypto::Keyring keyring = crypto::Keyring::generate(now);
    app::cards::PanVault vault{keyring};

    /// The plain message with some members changed; "" leaves one out.
    Result<SimulatedMessage> read(Members changed) {
        changed.insert(plain.begin(), plain.end());
        auto dto = protocol::json::decode<SimulationRequest>(json_of(changed));
        if (!dto) return std::unexpected(std::move(dto.error()));
        return message_of(std::move(*dto), vault, now);
    }
};

TEST_F(SimulationRequestTest, a_plain_message_becomes_a_request) {
    const auto message = read({});
    ASSERT_TRUE(message);
    const auto& r = message->request;
    EXPECT_EQ(message->card.token_id, TokenId{95});
    EXPECT_EQ(r.transaction_amount_minor, 1'499);
    EXPECT_EQ(r.transaction_digits, 2);
    EXPECT_EQ(r.flow_code, core::authorization::TransactionFlowCode::authorization);
    EXPECT_EQ(r.local_transaction_time, now);
    EXPECT_FALSE(r.is_repeatable);
    EXPECT_FALSE(r.is_advice);
}

TEST_F(SimulationRequestTest, each_refused_member_is_named) {
    struct Row {
        Members changed;
        std::string_view path;
    };
    const std::vector<Row> rows{
        {{{"tokenId", ""}}, "tokenId"},
        {{{"cardNo", R"("9792000100000010")"}}, "tokenId"},
        {{{"tokenId", ""}, {"cardNo", R"("9792000100000018")"}}, "cardNo"},
        {{{"tokenId", ""}, {"cardNo", R"("97920001 0000010")"}}, "cardNo"},
        {{{"tokenId", "0"}}, "tokenId"},
        {{{"expireDate", "2813"}}, "expireDate"},
        {{{"transactionCode", ""}}, "transactionCode"},
        {{{"transactionCode", R"("purchase")"}}, "transactionCode"},
        {{{"transactionFlowCode", R"("Clearing")"}}, "transactionFlowCode"},
        {{{"transactionAmount", ""}}, "transactionAmount"},
        {{{"transactionAmount", "14.999"}}, "transactionAmount"},
        {{{"transactionAmount", "-1"}}, "transactionAmount"},
        {{{"transactionAmount", "10000000000"}}, "transactionAmount"},
        {{{"transactionAmount", "1e400"}}, "transactionAmount"},
        {{{"transactionAmount", R"("14.99")"}}, "transactionAmount"},
        {{{"transactionAmount", "1.5"}, {"transactionCurrency", "392"}}, "transactionAmount"},
        {{{"transactionCurrency", "1"}}, "transactionCurrency"},
        {{{"transactionCurrency", "999"}}, "transactionCurrency"},
        {{{"billingAmount", "5"}}, "billingCurrency"},
        {{{"billingCurrency", "949"}}, "billingAmount"},
        {{{"billingAmount", "5.001"}, {"billingCurrency", "949"}}, "billingAmount"},
        {{{"billingAmount", "5"}, {"billingCurrency", "2"}}, "billingCurrency"},
        {{{"conversionRate", "1.5"}}, "conversionRate"},
        {{{"billingAmount", "5"}, {"billingCurrency", "949"}, {"conversionRate", "0"}}, "conversionRate"},
        {{{"billingAmount", "5"}, {"billingCurrency", "949"}, {"conversionRate", "1.0000000001"}}, "conversionRate"},
        {{{"posEntryMode", ""}}, "posEntryMode"},
        {{{"mcc", ""}}, "mcc"},
        {{{"mcc", "0"}}, "mcc"},
        {{{"mcc", "10000"}}, "mcc"},
        {{{"terminalNo", R"("123456789")"}}, "terminalNo"},
        {{{"cardAcceptorCountry", R"("TÜR")"}}, "cardAcceptorCountry"},
        {{{"acquirerId", R"("12A")"}}, "acquirerId"},
        {{{"stan", R"("12345")"}}, "stan"},
        {{{"rrn", R"("12345678901-")"}}, "rrn"},
        {{{"localTransactionTime", R"("yesterday")"}}, "localTransactionTime"},
        {{{"pinBlock", R"("xyz")"}}, "pinBlock"},
        {{{"pin", R"("12")"}}, "pin"},
        {{{"cvv2", R"("12a")"}}, "cvv2"},
        {{{"track2", R"("9792000100000010=2801;")"}}, "track2"},
        {{{"emvData", R"("ZZ")"}}, "emvData"},
        {{{"forceArqcResult", R"("Maybe")"}}, "forceArqcResult"},
        {{{"forceCavvResult", R"("Maybe")"}}, "forceCavvResult"},
        {{{"sliChannel", R"("Other")"}}, "sliChannel"},
        {{{"installmentCount", "100"}}, "installmentCount"},
        {{{"isAdvice", "1"}}, "isAdvice"},
        {{{"originalTransactionId", "7"}}, "originalTransactionId"},
        {{{"terminalNo", "\"T\x01\""}}, ""},
    };
    for (const Row& row : rows) {
        const auto message = read(row.changed);
        ASSERT_FALSE(message) << json_of(row.changed);
        if (row.path.empty()) continue;
        EXPECT_EQ(message.error().code, ErrorCode::validation);
        ASSERT_EQ(message.error().fields.size(), 1U) << json_of(row.changed);
        EXPECT_EQ(message.error().fields.front().path, row.path);
        EXPECT_EQ(message.error().fields.front().english.find("9792"), std::string::npos);
    }
}

TEST_F(SimulationRequestTest, a_card_number_is_hashed_and_goes_no_further) {
    const auto message = read({{"tokenId", ""}, {"cardNo", R"("9792000100000010")"}, {"expireDate", "2801"}});
    ASSERT_TRUE(message);
    EXPECT_EQ(message->card.pan_hash, vault.hash(*core::card::Pan::parse("9792000100000010")));
    EXPECT_EQ(message->request.stated_expiry, core::card::Expiry{2801});
}

TEST_F(SimulationRequestTest, outcomes_that_are_forced_become_facts_and_secrets_do_not) {
    const auto message = read({{"forceArqcResult", R"("Failed")"},
                               {"forceCavvResult", R"("PassedAttemptVisa")"},
                               {"cvv2", R"("123")"},
                               {"track2", R"("9792000100000010=28012011000000000")"},
                               {"pinBlock", R"("0123456789ABCDEF")"}});
    ASSERT_TRUE(message);
    EXPECT_EQ(message->request.arqc_result, core::authorization::ArqcResultCode::failed);
    EXPECT_EQ(message->request.cavv_result, core::authorization::CavvResultCode::passed_attempt_visa);
}

TEST_F(SimulationRequestTest, trace_numbers_advice_and_network_billing_are_carried) {
    const auto message = read({{"stan", R"("000101")"},
                               {"localTransactionTime", R"("2031-03-01T13:00:00+03:00")"},
                               {"transactionFlowCode", R"("FinancialAdvice")"},
                               {"transactionCurrency", "840"},
                               {"billingAmount", "618.34"},
                               {"billingCurrency", "949"},
                               {"conversionRate", "41.25"}});
    ASSERT_TRUE(message);
    const auto& r = message->request;
    EXPECT_TRUE(r.is_repeatable);
    EXPECT_TRUE(r.is_advice);
    EXPECT_EQ(r.local_transaction_time, now);
    EXPECT_EQ(r.network_billing_minor, 61'834);
    EXPECT_EQ(r.network_billing_currency.value, 949);
    EXPECT_EQ(r.network_rate_e9, 41'250'000'000);
}

TEST_F(SimulationRequestTest, a_pin_block_says_its_format_and_key) {
    using core::key::PinFormat;
    const std::string short_block = R"("0123456789ABCDEF")";
    const std::string long_block = R"("0123456789ABCDEF0123456789ABCDEF")";
    const auto usual = read({{"pinBlock", short_block}});
    ASSERT_TRUE(usual);
    EXPECT_EQ(usual->presented->pin.format, PinFormat::iso0);
    EXPECT_EQ(usual->presented->pin.key_check_value, "");
    const auto told =
        read({{"pinBlock", short_block}, {"pinBlockFormat", R"("Iso3")"}, {"keyCheckValue", R"("A1B2C3")"}});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->presented->pin.format, PinFormat::iso3);
    EXPECT_EQ(told->presented->pin.key_check_value, "A1B2C3");
    EXPECT_EQ(read({{"pinBlock", long_block}})->presented->pin.format, PinFormat::iso4);
    for (const auto& [block, format] : {std::pair(short_block, R"("Iso4")"), std::pair(short_block, R"("Iso1")"),
                                        std::pair(short_block, R"("Iso2")"), std::pair(long_block, R"("Iso0")")}) {
        const auto refused = read({{"pinBlock", block}, {"pinBlockFormat", format}});
        ASSERT_FALSE(refused) << block << format;
        EXPECT_EQ(refused.error().fields.front().path, "pinBlockFormat");
    }
}

TEST_F(SimulationRequestTest, a_cvv_beside_a_track_is_the_tracks) {
    const std::string track = R"("9792000100000010=36122010000012300")";
    EXPECT_TRUE(read({{"track2", track}, {"cvv", R"("123")"}}));
    EXPECT_TRUE(read({{"track2", R"("9792000100000010=3612201")"}, {"cvv", R"("123")"}})) << "the track has none";
    const auto refused = read({{"track2", track}, {"cvv", R"("124")"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.front().path, "cvv");
}

TEST_F(SimulationRequestTest, secrets_are_write_only) {
    SimulationRequest dto;
    dto.card_no = "9792000100000010", dto.cvv2 = "123", dto.pin = "1234", dto.track2 = "97920001=28", dto.cavv = "AAA";
    const std::string shown = protocol::json::encode(dto);
    for (const auto* name : {"cardNo", "cvv2", "\"pin\"", "track2", "\"cavv\"", "\"pinBlock\"", "emvData"})
        EXPECT_EQ(shown.find(name), std::string::npos) << name;
}

}  // namespace
}  // namespace takas::api
