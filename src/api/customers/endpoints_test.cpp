#include "api/customers/endpoints.hpp"

#include <gtest/gtest.h>

#include "api/notes/endpoints.hpp"
#include "api/openapi/document.hpp"
#include "protocol/json/value.hpp"

namespace takas::api {
namespace {

std::size_t count_of(std::string_view part, std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// Where two operators can collide, both can say what they have seen.
TEST(CustomerEndpoints, EveryChangeTakesIfMatch) {
    std::vector<Endpoint> all;
    for (const auto rows : {customer_endpoints(), segment_endpoints()}) all.insert(all.end(), rows.begin(), rows.end());
    std::size_t changes = 0;
    for (const Endpoint& row : all) {
        const bool is_change = row.method == Method::put || row.method == Method::del || row.path.ends_with("/upsert");
        EXPECT_EQ(row.has_if_match, is_change) << row.operation_id;
        changes += is_change ? 1 : 0;
        if (is_change) EXPECT_TRUE(openapi::errors_of(row).contains(ErrorCode::concurrent_change)) << row.operation_id;
    }
    EXPECT_EQ(changes, 7U);
    const std::string document = openapi::document(all, {}, {}, "1");
    EXPECT_TRUE(protocol::json::parse(document, {.max_nodes = 200'000}));
    EXPECT_EQ(count_of("#/components/parameters/IfMatch", document), changes);
    EXPECT_EQ(count_of("#/components/headers/ETag", document), 10U);
}

TEST(CustomerEndpoints, NotesAreForThoseWhoMaySeeWhatTheyAreAbout) {
    for (const Endpoint& row : note_endpoints()) {
        const bool is_card = row.path.find("/card/") != std::string_view::npos, is_read = row.method == Method::get;
        EXPECT_EQ(row.permission, is_card ? (is_read ? Permission::card_read : Permission::card_write)
                                          : (is_read ? Permission::customer_read : Permission::customer_write))
            << row.operation_id;
    }
}

}  // namespace
}  // namespace takas::api
