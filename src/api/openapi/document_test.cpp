#include "api/openapi/document.hpp"

#include <gtest/gtest.h>

#include "api/framework/router.hpp"
#include "protocol/json/value.hpp"

namespace takas::api::openapi {
namespace {

struct Thing {
    std::string name;
    std::int32_t count = 0;
};

}  // namespace
}  // namespace takas::api::openapi

namespace takas {
template <>
struct Describe<api::openapi::Thing> {
    using T = api::openapi::Thing;
    static constexpr std::string_view name = "ThingDto";
    static constexpr auto fields =
        std::array{field<&T::name>("Its name").required().length(1, 5), field<&T::count>("How many").range(0, 9)};
};
}  // namespace takas

namespace takas::api::openapi {
namespace {

using protocol::json::Value;

Result<Thing> make(Call&, const Thing&) { return Thing{}; }
Result<Paged<Thing>> list(Call&, const Query<Thing>&) { return Paged<Thing>{}; }
Result<NoContent> remove(Call&) { return NoContent{}; }

constexpr std::array rows{
    endpoint<&make>(Method::post, "/thing", "createThing", "Thing", "Create a thing", Permission::card_write,
                    Idempotency::accepted, {ErrorCode::customer_exists}),
    endpoint<&list>(Method::get, "/thing", "listThings", "Thing", "List things", Permission::card_read,
                    Idempotency::none),
    endpoint<&remove>(Method::del, "/thing/{tokenId}", "deleteThing", "Thing", "Delete a thing", Permission::card_write,
                      Idempotency::none, {ErrorCode::card_not_found}),
};
constexpr std::array things{Section{"Thing", "Things."}, Section{"Unused", "Nothing."}};

/// Walks members; "" when one is missing.
std::string at(Value value, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) {
        const auto next = value.find(name);
        if (!next) return "";
        value = *next;
    }
    return value.is_object() ? "{}" : value.is_array() ? "[]" : std::string(value.text());
}

TEST(OpenApi, DescribesWhatTheRowsSay) {
    const std::string text = document(rows, {}, things, "1.2.3");
    const auto parsed = protocol::json::parse(text);
    ASSERT_TRUE(parsed) << text;
    const Value root = parsed->root();
    EXPECT_EQ(at(root, {"openapi"}), "3.1.0");
    EXPECT_EQ(at(root, {"info", "version"}), "1.2.3");
    EXPECT_EQ(at(root, {"paths", "/thing", "post", "operationId"}), "createThing");
    EXPECT_EQ(at(root, {"paths", "/thing", "post", "x-permission"}), "card.write");
    EXPECT_EQ(at(root, {"paths", "/thing", "post", "requestBody", "content", "application/json", "schema", "$ref"}),
              "#/components/schemas/ThingDto");
    EXPECT_EQ(at(root, {"paths", "/thing", "post", "responses", "409", "content", "application/json", "examples",
                        "CUST-00001", "$ref"}),
              "#/components/examples/CUST-00001");
    EXPECT_EQ(at(root, {"paths", "/thing/{tokenId}", "delete", "responses", "204", "content"}), "");
    EXPECT_EQ(at(root, {"components", "schemas", "PagedResultDto_ThingDto", "properties", "totalCount"}), "{}");
    EXPECT_EQ(at(root, {"components", "examples", "CARD-00001", "value", "error", "code"}), "CARD:00001");
    EXPECT_EQ(root.find("tags")->size(), 1U);
    EXPECT_EQ(at(root, {"webhooks", "CardCreated", "post", "requestBody", "content", "application/json", "schema",
                        "properties", "Data", "properties", "MaskedCardNo", "type"}),
              "string");
    EXPECT_EQ(at(root, {"webhooks", "ThreeDSecureTransition", "post", "requestBody", "content", "application/json",
                        "schema", "properties", "Name", "const"}),
              "3dSecureTransition");
    EXPECT_EQ(at(root, {"webhooks", "ThreeDSecureTransition", "post", "x-produced"}), "false");
    EXPECT_EQ(at(root, {"webhooks", "CardStatusChanged", "post", "requestBody", "content", "application/json", "schema",
                        "properties", "Data", "properties", "OldStatus", "$ref"}),
              "#/components/schemas/CardStatus");
}

TEST(OpenApi, NamesTheErrorsThatFollowFromTheShape) {
    const auto create = errors_of(rows[0]);
    for (const ErrorCode code :
         {ErrorCode::validation, ErrorCode::malformed_json, ErrorCode::unauthenticated, ErrorCode::idempotency_conflict,
          ErrorCode::customer_exists, ErrorCode::outcome_unknown})
        EXPECT_TRUE(create.contains(code)) << error_row(code).public_code;
    EXPECT_FALSE(errors_of(rows[1]).contains(ErrorCode::malformed_json));
    EXPECT_FALSE(errors_of(rows[2]).contains(ErrorCode::not_found));  // it names a better one
}

TEST(OpenApi, TheWholeApiIsSound) {
    const auto all = all_endpoints();
    EXPECT_TRUE(Router(all, all_raw_endpoints()).problems().empty());
    const auto parsed = protocol::json::parse(document(all, all_raw_endpoints(), sections(), "0"),
                                              {.max_depth = 64, .max_nodes = 1'000'000, .max_bytes = 64'000'000});
    ASSERT_TRUE(parsed);
    std::set<std::string_view> ids;
    for (const Endpoint& row : all) {
        EXPECT_TRUE(ids.insert(row.operation_id).second) << row.operation_id;
        EXPECT_TRUE(std::ranges::any_of(sections(), [&](const Section& s) { return s.tag == row.tag; }))
            << row.operation_id << " is in the unknown section " << row.tag;
    }
}

}  // namespace
}  // namespace takas::api::openapi
