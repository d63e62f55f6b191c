#include "base/encoding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas {
namespace {

// RFC 4648 section 10.
TEST(encoding, gives_the_published_texts) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : rows) {
        EXPECT_EQ(base64_encode(bytes_of(plain)), text);
        EXPECT_EQ(text_of(*base64_decode(text)), plain);
    }
    EXPECT_EQ(hex_encode(bytes_of("foobar")), "666f6f626172");
    EXPECT_EQ(text_of(*hex_decode("666F6f626172")), "foobar");
    EXPECT_EQ(base64url_encode(Bytes{0xfb, 0xff}), "-_8");
    EXPECT_EQ(base64url_decode("-_8"), (Bytes{0xfb, 0xff}));
}

TEST(encoding, refuses_any_other_spelling) {
    for (const char* text :
         {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm 9", "Zm9-", "Zg==Zg=="})
        EXPECT_FALSE(base64_decode(text)) << text;
    for (const char* text : {"Zg==", "Zh", "Z", "Zm9+", "Zm9/", "Zm9v ", "Zm9", "Z.9v"})
        EXPECT_FALSE(base64url_decode(text)) << text;
    for (const char* text : {"0", "0g", "0x00", " 00", "00 ", "0\xc3"}) EXPECT_FALSE(hex_decode(text)) << text;
}

TEST(encoding, round_trips) {
    EXPECT_TRUE(rc::check([](const Bytes& bytes) {
        RC_ASSERT(hex_decode(hex_encode(bytes)) == bytes);
        RC_ASSERT(base64_decode(base64_encode(bytes)) == bytes);
        RC_ASSERT(base64url_decode(base64url_encode(bytes)) == bytes);
    }));
}

/// Whatever is accepted is what encoding would have written.
TEST(encoding, accepts_one_spelling_only) {
    EXPECT_TRUE(rc::check([] {
        const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("AQgwZ09-_+/=")));
        if (const auto bytes = base64url_decode(text)) RC_ASSERT(base64url_encode(*bytes) == text);
        if (const auto bytes = base64_decode(text)) RC_ASSERT(base64_encode(*bytes) == text);
    }));
}

}  // namespace
}  // namespace takas
