#include "core/audit/audit.hpp"

#include <gtest/gtest.h>

#include <map>

#include "core/audit/differences.hpp"
#include "core/card/card.hpp"
#include "core/product/product.hpp"

namespace takas::core::audit {
namespace {

using product::CardPolicy;
using product::CardProduct;

constexpr std::array<std::string_view, 2> left_out{"version", "tenant_id"};
constexpr std::array<std::string_view, 1> masked{"description"};

std::map<std::string, std::pair<std::string, std::string>> named(const std::vector<PropertyChange>& changes) {
    std::map<std::string, std::pair<std::string, std::string>> out;
    for (const PropertyChange& one : changes)
        out[one.property_name] = {one.old_value.value_or("-"), one.new_value.value_or("-")};
    return out;
}

std::vector<PropertyChange> between(const CardProduct* before, const CardProduct* now) {
    return differences(Describe<CardProduct>::fields, before, now, {left_out, masked});
}

TEST(differences, name_each_property_with_its_path) {
    CardProduct before;
    before.code = "gold", before.name = "Gold";
    before.physicals.emplace_back();
    CardProduct now = before;
    now.version = 7;
    EXPECT_TRUE(between(&before, &now).empty());
    now.name = "Altın";
    now.physicals.front().service_code = "201";
    now.policy = CardPolicy{};
    now.policy->domestic.emplace().pos = false;
    now.contactless_limit.emplace().pinless_limit = Decimal{75000, 2};
    const auto changes = named(between(&before, &now));
    EXPECT_EQ(changes.at("name"), std::pair(std::string("Gold"), std::string("Altın")));
    EXPECT_EQ(changes.at("physicals[0].serviceCode"), std::pair(std::string("-"), std::string("201")));
    EXPECT_EQ(changes.at("policy.domestic.pos"), std::pair(std::string("-"), std::string("false")));
    EXPECT_EQ(changes.at("contactlessLimit.pinlessLimit"), std::pair(std::string("-"), std::string("750.00")));
    EXPECT_EQ(changes.count("version"), 0U);
}

TEST(differences, of_something_new_are_all_its_values) {
    CardProduct now;
    now.code = "gold";
    now.status = product::ProductStatus::passive;
    const auto changes = named(between(nullptr, &now));
    EXPECT_EQ(changes.at("code"), std::pair(std::string("-"), std::string("gold")));
    EXPECT_EQ(changes.at("status"), std::pair(std::string("-"), std::string("Passive")));
    EXPECT_EQ(changes.count("description"), 0U);
    EXPECT_EQ(named(between(&now, nullptr)).at("code"), std::pair(std::string("gold"), std::string("-")));
}

TEST(differences, say_of_masked_properties_only_that_they_changed) {
    CardProduct before, now;
    before.description = "secret one", now.description = "secret two";
    EXPECT_EQ(named(between(&before, &now)).at("description"), std::pair(std::string("***"), std::string("***")));
    card::Card card;
    card.pan_sealed = Blob{"sealed"};
    card.delivery_communication = card::DeliveryCommunication{"+905551112233", std::nullopt};
    const auto changes = named(differences(Describe<card::Card>::fields, nullptr, &card, {left_out, {}}));
    EXPECT_EQ(changes.count("panSealed"), 0U);
    EXPECT_EQ(changes.at("deliveryCommunication.phone").second, "***");
}

TEST(canonical_text, differs_with_every_field) {
    AuditRecord record;
    record.subject_key = "12";
    record.property_changes.push_back({"name", "a", std::nullopt});
    const std::string text = canonical_text(record);
    const auto changed = [&](auto change) {
        AuditRecord other = record;
        change(other);
        EXPECT_NE(canonical_text(other), text);
    };
    changed([](AuditRecord& r) { r.tenant_id = TenantId{1}; });
    changed([](AuditRecord& r) { r.subject = Subject::product; });
    changed([](AuditRecord& r) { r.subject_key = "13"; });
    changed([](AuditRecord& r) { r.record_no = 1; });
    changed([](AuditRecord& r) { r.id = EntityId{1}; });
    changed([](AuditRecord& r) { r.topic = Topic::policy; });
    changed([](AuditRecord& r) { r.action = Action::deleted; });
    changed([](AuditRecord& r) { r.service_name = "x"; });
    changed([](AuditRecord& r) { r.property_changes.front().new_value = ""; });
    changed([](AuditRecord& r) { r.property_changes.front().old_value = "b"; });
    changed([](AuditRecord& r) { r.property_changes.clear(); });
    changed([](AuditRecord& r) { r.user_id = "x"; });
    changed([](AuditRecord& r) { r.user_name = "x"; });
    changed([](AuditRecord& r) { r.client_ip_address = "x"; });
    changed([](AuditRecord& r) { r.correlation_id = "x"; });
    changed([](AuditRecord& r) { r.execution_time = Instant{1}; });
    changed([](AuditRecord& r) { r.previous_hash = Blob{"x"}; });
    // Lengths keep neighbours apart.
    AuditRecord left = record, right = record;
    left.user_id = "ab", left.user_name = "c";
    right.user_id = "a", right.user_name = "bc";
    EXPECT_NE(canonical_text(left), canonical_text(right));
}

}  // namespace
}  // namespace takas::core::audit
