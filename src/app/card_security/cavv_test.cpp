#include "app/card_security/cavv.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace takas::app::card_security {
namespace {

using core::authorization::CavvResultCode;

constexpr std::string_view hex = "0700010512876299113440007816010000000000";

TEST(Cavv, reads_hexadecimal_and_base64) {
    for (const std::string& text : {std::string(hex), base64_encode(*hex_decode(hex))}) {
        const auto cavv = read_cavv(bytes_of(text));
        ASSERT_TRUE(cavv) << text;
        EXPECT_EQ(cavv->result_code, "7");
        EXPECT_EQ(cavv->second_factor_code, "00");
        EXPECT_EQ(cavv->output, "512");
        EXPECT_EQ(cavv->unpredictable_number, "8762");
    }
}

TEST(Cavv, refuses_what_is_none) {
    for (const std::string text :
         {"", "AJkBBxkVUgAAAAAHYUmRgA", "0700010512876299113440007816010000000",
          "1700010512876299113440007816010000000000", "070001A512876299113440007816010000000000",
          "zz00010512876299113440007816010000000000"})
        EXPECT_FALSE(read_cavv(bytes_of(text))) << text;
}

TEST(Cavv, an_attempt_is_another_result_than_an_authentication) {
    EXPECT_EQ(result_of({"0", "00", "512", "8762"}, true), CavvResultCode::passed_authentication);
    EXPECT_EQ(result_of({"0", "00", "512", "8762"}, false), CavvResultCode::failed_authentication);
    EXPECT_EQ(result_of({"7", "00", "512", "8762"}, true), CavvResultCode::passed_attempt);
    EXPECT_EQ(result_of({"8", "00", "512", "8762"}, false), CavvResultCode::failed_attempt);
}

}  // namespace
}  // namespace takas::app::card_security
