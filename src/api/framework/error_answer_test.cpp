#include "api/framework/error_answer.hpp"

#include <gtest/gtest.h>

#include "protocol/json/value.hpp"

namespace takas::api {
namespace {

using app::Language;

TEST(ErrorAnswer, SpeaksTheLanguageAskedFor) {
    EXPECT_EQ(language_of(""), Language::turkish);
    EXPECT_EQ(language_of("en"), Language::english);
    EXPECT_EQ(language_of("en-US,en;q=0.9"), Language::english);
    EXPECT_EQ(language_of("de, en;q=0.5, tr;q=0.7"), Language::turkish);
    EXPECT_EQ(language_of("tr;q=0.3,en;q=0.75"), Language::english);
    EXPECT_EQ(language_of("en;q=0"), Language::turkish);
    EXPECT_EQ(language_of(",,;q=,en;q=x"), Language::turkish);
    EXPECT_EQ(language_of("fr"), Language::turkish);
}

TEST(ErrorAnswer, HasTheShapeOfTheContract) {
    const Error error{ErrorCode::card_not_found, "internal: SELECT", {}, {{"tokenId", "95"}}};
    EXPECT_EQ(error_body(error, Language::english),
              R"({"error":{"code":"CARD:00001","message":"There is no such card.","details":null,)"
              R"("data":{"tokenId":95},"validationErrors":null}})");
    EXPECT_NE(error_body(error, Language::turkish).find("Kart bulunamad"), std::string::npos);
    EXPECT_EQ(error_body(error, Language::turkish).find("SELECT"), std::string::npos);
}

TEST(ErrorAnswer, ListsEveryRefusedField) {
    FieldErrors errors;
    errors.add("customerAddresses[1].country", "Unknown \"country\".", "Bilinmeyen ülke.");
    errors.add("customerNo", "A value is needed.", "Bir değer gerekli.");
    const Error error = std::move(errors).as_error().error();
    EXPECT_NE(
        error_body(error, Language::english)
            .find(
                R"("validationErrors":[{"message":"Unknown \"country\".","members":["customerAddresses[1].country"]},)"
                R"({"message":"A value is needed.","members":["customerNo"]}])"),
        std::string::npos);
}

TEST(ErrorAnswer, EveryRowGivesAWellFormedAnswerWithItsStatus) {
    for (const ErrorRow* row = error_rows_begin(); row != error_rows_end(); ++row) {
        for (const Language language : {Language::english, Language::turkish}) {
            const auto answer = error_answer({row->code, {}}, language);
            EXPECT_EQ(answer.status, row->http_status);
            EXPECT_TRUE(protocol::json::parse(answer.body));
        }
    }
}

TEST(ErrorAnswer, SaysWhenToComeBackAndHowToSignIn) {
    EXPECT_EQ(error_answer({ErrorCode::unavailable, {}}, Language::english).headers.front().first, "Retry-After");
    EXPECT_EQ(error_answer({ErrorCode::unauthenticated, {}}, Language::english).headers.front().first,
              "WWW-Authenticate");
    for (const int status : {400, 408, 413, 431, 500, 503}) EXPECT_EQ(server_error_answer(status).status, status);
}

}  // namespace
}  // namespace takas::api
