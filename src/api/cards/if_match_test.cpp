#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "api/cards/endpoints.hpp"
#include "api/openapi/document.hpp"
#include "api/products/endpoints.hpp"
#include "api/webhooks/endpoints.hpp"

namespace takas::api {
namespace {

std::set<std::string_view> with_if_match_among(std::initializer_list<std::span<const Endpoint>> tables) {
    std::set<std::string_view> found;
    for (const auto rows : tables)
        for (const Endpoint& row : rows) {
            if (!row.has_if_match) continue;
            found.insert(row.operation_id);
            EXPECT_TRUE(openapi::errors_of(row).contains(ErrorCode::concurrent_change)) << row.operation_id;
        }
    return found;
}

/// Those of many cards at once have nothing that one version could mean.
TEST(CardEndpoints, EveryChangeOfOneCardTakesIfMatch) {
    EXPECT_EQ(with_if_match_among({card_endpoints(), card_change_endpoints(), noname_endpoints()}),
              (std::set<std::string_view>{"updateCardStatus", "updateCardPolicy", "updateCardPhoneNumber",
                                          "updateDigitalSlipType", "renewCard", "activateCardRenewal",
                                          "linkNonameCardToCustomer", "unlinkNonameCard"}));
}

TEST(CardEndpoints, EveryChangeOfAWebhookOrAnArtTakesIfMatch) {
    EXPECT_EQ(with_if_match_among({webhook_endpoints()}),
              (std::set<std::string_view>{"updateWebhook", "unregisterWebhook", "rotateWebhookSecret"}));
    std::set<std::string_view> arts;
    for (const std::string_view id : with_if_match_among({art_and_group_endpoints(), art_image_endpoints()}))
        if (id.find("Art") != std::string_view::npos) arts.insert(id);
    EXPECT_EQ(arts, (std::set<std::string_view>{"updateCardArtName", "deleteCardArt", "putCardArtImage"}));
}

}  // namespace
}  // namespace takas::api
