#include "app/vault/template.hpp"

#include <gtest/gtest.h>

namespace takas::app::vault {
namespace {

CardContent card() {
    CardContent c;
    c.number = "5528790000000008";
    c.holder = "Ayşe \"A\" & B";
    c.year = 2033, c.month = 1;
    return c;
}

TEST(Template, FillsJsonAndEscapes) {
    const auto text = fill_template(
        R"({"pan":"{{card.number}}","cvv":"{{card.cvv}}","m":"{{card.expiryMonth}}","y":{{card.expiryYear}},"n":"{{card.holderName}}"})",
        BodyForm::json, card(), "123");
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, R"({"pan":"5528790000000008","cvv":"123","m":"01","y":2033,"n":"Ayşe \"A\" & B"})");
}

TEST(Template, FillsFormsAndEscapes) {
    const auto text =
        fill_template("pan={{card.number}}&y={{card.expiryYear2}}&n={{card.holderName}}", BodyForm::form, card(), "");
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, "pan=5528790000000008&y=33&n=Ay%C5%9Fe%20%22A%22%20%26%20B");
}

TEST(Template, RefusesUnknownUnclosedAndMissingValues) {
    for (const char* text :
         {"{{card.pin}}", "{{card.number", "{{}}", "{{ card.number }}", "{{card.cvv}}", "{{card.identity}}"})
        EXPECT_FALSE(fill_template(text, BodyForm::json, card(), "")) << text;
}

TEST(Template, HidesTheCardInAnAnswer) {
    CardContent c = card();
    c.identity = "10000000146";
    EXPECT_EQ(redacted(R"({"pan":"5528790000000008","code":"123","amount":12300,"id":10000000146})", c, "123"),
              R"({"pan":"552879******0008","code":"***","amount":12300,"id":***********})");
    EXPECT_EQ(redacted("5528 7900 0000 0008 and 5528-7900-0000-0008", c, ""), "552879******0008 and 552879******0008");
    EXPECT_EQ(redacted("x15528790000000008y", c, ""), "x1552879******0008y");
    EXPECT_EQ(redacted("5528790000000009", c, ""), "5528790000000009");
}

}  // namespace
}  // namespace takas::app::vault
