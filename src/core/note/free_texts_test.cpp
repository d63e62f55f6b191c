#include "core/note/free_texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/card/issuance.hpp"
#include "core/customer/customer.hpp"
#include "core/product/product.hpp"

namespace takas::core::note {
namespace {

constexpr std::string_view number = "4000 0000 0000 0002";

TEST(FreeTexts, each_row_names_a_text_of_a_record_and_stands_once) {
    const std::array types{&type_of<customer::Customer>,        &type_of<customer::BusinessDetail>,
                           &type_of<customer::Address>,         &type_of<customer::CustomerSegment>,
                           &type_of<card::DeliveryAddress>,     &type_of<product::CardProduct>,
                           &type_of<product::CardProductGroup>, &type_of<product::CardArt>};
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const FreeText& row : free_text_fields()) {
        EXPECT_TRUE(seen.emplace(row.record, row.field).second) << row.record << '.' << row.field;
        const auto type = std::ranges::find(types, row.record, &Type::name);
        ASSERT_NE(type, types.end()) << row.record;
        const auto fields = (*type)->fields();
        const auto field = std::ranges::find(fields, row.field, &Field::name);
        ASSERT_NE(field, fields.end()) << row.record << '.' << row.field;
        EXPECT_EQ(field->type->kind, Kind::text) << row.record << '.' << row.field;
    }
}

TEST(FreeTexts, every_text_that_holds_a_number_is_named_with_its_path) {
    customer::Customer c;
    c.customer_no = "4000000000000002";  // the institution's own
    c.name = "Ada", c.birth_place = number;
    c.business_detail =
        customer::BusinessDetail{.company_name = std::string(number), .tax_number = "1", .tax_office = "x"};
    FieldErrors errors;
    check_free_texts(c, "customer.", errors);
    ASSERT_EQ(errors.list().size(), 2U);
    EXPECT_EQ(errors.list()[0].path, "customer.birthPlace");
    EXPECT_EQ(errors.list()[1].path, "customer.businessDetail.companyName");
    for (const FieldError& one : errors.list()) EXPECT_EQ(one.english.find("4000"), std::string::npos);

    card::DeliveryAddress address;
    address.address_line_1 = "Street 4, 10 floor";
    EXPECT_TRUE(check_free_texts(address));
    address.district = number;
    EXPECT_FALSE(check_free_texts(address));
}

}  // namespace
}  // namespace takas::core::note
