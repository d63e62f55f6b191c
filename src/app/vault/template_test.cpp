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

TEST(Template, TellsWithoutACardWhatIsNoPlaceholder) {
    EXPECT_TRUE(check_template(R"({"pan":"{{card.number}}","cvv":"{{card.cvv}}","id":"{{card.identity}}"})"));
    EXPECT_TRUE(check_template("no placeholder } {"));
    for (const char* text : {"{{card.pin}}", "{{card.number", "{{}}", "{{ card.number }}", "{{{card.number}}}",
                             "{{card.number}}{{card.Number}}"})
        EXPECT_FALSE(check_template(text)) << text;
}

TEST(Template, HasALimitWithTheCardInIt) {
    std::string text;
    while (text.size() < 64'000) text += "{{card.holderName}}";
    CardContent c = card();
    EXPECT_TRUE(fill_template(text, BodyForm::form, c, ""));
    c.holder = std::string(150, '&');
    EXPECT_FALSE(fill_template(text, BodyForm::form, c, ""));
}

}  // namespace
}  // namespace takas::app::vault
