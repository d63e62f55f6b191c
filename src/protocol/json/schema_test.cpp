#include "protocol/json/schema.hpp"

#include <gtest/gtest.h>

#include "protocol/json/value.hpp"

namespace takas {
namespace schema_test {

enum class Size : std::uint8_t { small, large };

struct Part {
    Size size{};
    std::optional<std::int32_t> count;
};

struct Same {
    std::int64_t id = 0;
};

struct Order {
    std::string code;
    std::optional<std::string> note;
    std::string pin;
    Date placed_on;
    Decimal amount;
    std::vector<Part> parts;
    std::vector<std::string> tags;
    Same same;
    Blob picture;
    RawJson extra;
    std::map<std::string, std::string> labels;
};

}  // namespace schema_test

using namespace schema_test;

template <>
struct EnumNames<Size> {
    static constexpr std::string_view name = "Size";
    static constexpr std::array values{EnumName{0, "Small"}, EnumName{1, "Large"}};
};
template <>
struct Describe<Part> {
    static constexpr std::string_view name = "PartDto";
    static constexpr std::array fields{
        field<&Part::size>("Size").required(),
        field<&Part::count>("How many").range(1, 99),
    };
};
template <>
struct Describe<Same> {
    static constexpr std::string_view name = "SameDto";
    static constexpr std::array fields{field<&Same::id>("Id").required()};
};
template <>
struct Describe<Order> {
    static constexpr std::string_view name = "OrderDto";
    static constexpr std::array fields{
        field<&Order::code>("Code").required().length(2, 8).only("ab-]").example("ab"),
        field<&Order::note>("Note").length(0, 500),
        field<&Order::pin>("PIN").secret(),
        field<&Order::placed_on>("Day").example("2031-03-01"),
        field<&Order::amount>("Amount").required().range(0, 1000).example("14.99"),
        field<&Order::parts>("Parts").length(1, 5),
        field<&Order::tags>("Tags"),
        field<&Order::same>("Same both ways").required(),
        field<&Order::picture>("Picture"),
        field<&Order::extra>("Anything"),
        field<&Order::labels>("Labels"),
    };
};

namespace protocol::json {
namespace {

std::string component(const Schemas& schemas, std::string_view name) {
    const auto document = parse(schemas.components());
    if (!document) return "not JSON";
    return document->root().find(name) ? "there" : "absent";
}

TEST(json_schema, request_takes_what_the_reader_takes) {
    Schemas schemas;
    schemas.use(type_of<Order>, Direction::request);
    EXPECT_EQ(
        schemas.components(),
        R"({"OrderDto":{"type":"object","properties":{)"
        R"("code":{"description":"Code","examples":["ab"],"type":"string","minLength":2,"maxLength":8,"pattern":"^[ab\\-\\]]*$"},)"
        R"("note":{"description":"Note","type":["string","null"],"maxLength":500},)"
        R"("pin":{"description":"PIN","writeOnly":true,"type":["string","null"],"maxLength":256},)"
        R"("placedOn":{"description":"Day","examples":["2031-03-01"],"type":["string","null"],"format":"date"},)"
        R"("amount":{"description":"Amount","examples":[14.99],"type":"number","minimum":0,"maximum":1000},)"
        R"("parts":{"description":"Parts","type":["array","null"],"items":{"$ref":"#/components/schemas/PartDto"},"minItems":1,"maxItems":5},)"
        R"("tags":{"description":"Tags","type":["array","null"],"items":{"type":"string","minLength":1,"maxLength":256},"maxItems":1000},)"
        R"("same":{"description":"Same both ways","$ref":"#/components/schemas/SameDto"},)"
        R"("extra":{"description":"Anything"},)"
        R"("labels":{"description":"Labels","type":["object","null"],"additionalProperties":{"type":"string","maxLength":256},"maxProperties":1000}},)"
        R"("required":["code","amount","same"]},)"
        R"("PartDto":{"type":"object","properties":{"size":{"description":"Size","$ref":"#/components/schemas/Size"},)"
        R"("count":{"description":"How many","type":["integer","null"],"format":"int32","minimum":1,"maximum":99}},"required":["size"]},)"
        R"("SameDto":{"type":"object","properties":{"id":{"description":"Id","type":"integer","format":"int64"}},"required":["id"]},)"
        R"("Size":{"type":"string","enum":["Small","Large"]}})");
}

TEST(json_schema, response_describes_what_the_writer_writes) {
    Schemas schemas;
    schemas.use(type_of<Part>, Direction::response);
    EXPECT_EQ(
        schemas.components(),
        R"({"PartDto":{"type":"object","properties":{"size":{"description":"Size","$ref":"#/components/schemas/Size"},)"
        R"("count":{"description":"How many","type":["integer","null"],"format":"int32"}},"required":["size"]},)"
        R"("Size":{"type":"string","enum":["Small","Large"]}})");
    EXPECT_EQ(schemas.reference(type_of<Part>, Direction::response), R"({"$ref":"#/components/schemas/PartDto"})");
}

TEST(json_schema, a_type_that_differs_by_direction_gets_two_names) {
    Schemas schemas;
    schemas.use(type_of<Order>, Direction::request);
    schemas.use(type_of<std::vector<Order>>, Direction::response);
    EXPECT_EQ(component(schemas, "OrderDto"), "there");
    EXPECT_EQ(component(schemas, "OrderDtoResponse"), "there");
    EXPECT_EQ(component(schemas, "PartDtoResponse"), "there");
    EXPECT_EQ(component(schemas, "SameDtoResponse"), "absent");
    EXPECT_EQ(component(schemas, "SizeResponse"), "absent");
    EXPECT_EQ(schemas.reference(type_of<std::vector<Order>>, Direction::response),
              R"({"type":"array","items":{"$ref":"#/components/schemas/OrderDtoResponse"}})");
    EXPECT_EQ(schemas.components().find("pin", schemas.components().find("OrderDtoResponse")), std::string::npos);
    EXPECT_TRUE(schemas.conflicts().empty());
}

TEST(json_schema, parameters_are_never_null) {
    Schemas schemas;
    EXPECT_EQ(schemas.parameter(Describe<Part>::fields[1]),
              R"({"type":"integer","format":"int32","minimum":1,"maximum":99})");
    EXPECT_EQ(schemas.parameter(Describe<Order>::fields[3]), R"({"type":"string","format":"date"})");
}

}  // namespace
}  // namespace protocol::json
}  // namespace takas
