#include "core/customer/customer_rules.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace takas::core::customer {
namespace {

const Date today = *make_date(2031, 3, 1);

Customer individual() {
    Customer c;
    c.type = CustomerType::individual;
    c.name = "Ayşe";
    c.surname = "Yılmaz";
    c.customer_identifications = {{{}, IdentificationType::national_identity_no, "10000000146", {}, {}}};
    c.customer_addresses = {{}};
    c.customer_communications = {{{}, CommunicationType::email, "ayse@example.com"},
                                 {{}, CommunicationType::mobile_phone, "+90 555 111 22 33"}};
    return c;
}

Customer company() {
    Customer c;
    c.type = CustomerType::company;
    c.business_detail = BusinessDetail{"Örnek", "1234567890", "Çankaya"};
    c.customer_addresses = {{}};
    c.customer_addresses[0].type = AddressType::head_office;
    c.customer_identifications = {{{}, IdentificationType::taxpayer_reference_no, "1234567890", {}, {}}};
    return c;
}

Result<void> check(const Customer& c) {
    Findings findings;
    check_person(c, today, "", findings);
    check_collections(c, today, "", findings);
    return result_of(std::move(findings));
}

struct Row {
    const char* path;  ///< the one refused field
    bool business;
    std::function<void(Customer&)> spoil;
};

const std::vector<Row> refusals{
    {"surname", false, [](Customer& c) { c.surname.clear(); }},
    {"businessDetail", false, [](Customer& c) { c.business_detail = BusinessDetail{}; }},
    {"businessDetail", true, [](Customer& c) { c.business_detail.reset(); }},
    {"birthDate", false, [](Customer& c) { c.birth_date = Date{today.value + 1}; }},
    {"customerIdentifications[0].type", false,
     [](Customer& c) { c.customer_identifications[0].type = IdentificationType::business_no; }},
    {"customerIdentifications[0].type", true,
     [](Customer& c) { c.customer_identifications[0].type = IdentificationType::passport_no; }},
    {"customerIdentifications[0].value", false, [](Customer& c) { c.customer_identifications[0].value = "A;B"; }},
    {"customerIdentifications[0].dateOfIssue", false,
     [](Customer& c) { c.customer_identifications[0].date_of_issue = Date{today.value + 1}; }},
    {"customerIdentifications[0].dateOfExpiry", false,
     [](Customer& c) {
         c.customer_identifications[0].date_of_issue = Date{100};
         c.customer_identifications[0].date_of_expiry = Date{99};
     }},
    {"customerAddresses[0].type", false, [](Customer& c) { c.customer_addresses[0].type = AddressType::branch; }},
    {"customerAddresses[0].type", true, [](Customer& c) { c.customer_addresses[0].type = AddressType::home; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "ayse"; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "a@b@c.d"; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "a@b"; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "a b@c.d"; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "@c.d"; }},
    {"customerCommunications[0].info", false, [](Customer& c) { c.customer_communications[0].info = "a@"; }},
    {"customerCommunications[1].info", false, [](Customer& c) { c.customer_communications[1].info = "12x4567"; }},
    {"customerCommunications[1].info", false, [](Customer& c) { c.customer_communications[1].info = "123456"; }},
    {"customerCommunications[1].info", false,
     [](Customer& c) { c.customer_communications[1].info = "+1234567890123456"; }},
};

TEST(CustomerRules, AcceptsWhatFits) {
    EXPECT_TRUE(check(individual()));
    EXPECT_TRUE(check(company()));
    Customer corporate = company();
    corporate.type = CustomerType::corporate;
    EXPECT_TRUE(check(corporate));
}

TEST(CustomerRules, RefusesEachMistakeAtItsPath) {
    for (const Row& row : refusals) {
        Customer c = row.business ? company() : individual();
        row.spoil(c);
        const auto done = check(c);
        ASSERT_FALSE(done) << row.path;
        EXPECT_EQ(done.error().code, ErrorCode::validation);
        ASSERT_EQ(done.error().fields.size(), 1U) << row.path;
        EXPECT_EQ(done.error().fields[0].path, row.path);
    }
}

TEST(CustomerRules, CollectsEveryMistakeUnderTheCallersPath) {
    Customer c = individual();
    c.surname.clear();
    c.customer_communications[0].info = "no address";
    c.customer_communications[1].type = CommunicationType::email;
    Findings findings;
    check_person(c, today, "customer.", findings);
    check_collections(c, today, "customer.", findings);
    const auto done = result_of(std::move(findings));
    ASSERT_FALSE(done);
    std::vector<std::string> paths;
    for (const FieldError& field : done.error().fields) paths.push_back(field.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"customer.surname", "customer.customerCommunications[0].info",
                                               "customer.customerCommunications[1].info",
                                               "customer.customerCommunications[1].type"}));
}

TEST(CustomerRules, ASecondEntryOfATypeHasItsOwnRefusal) {
    Customer c = individual();
    c.customer_communications.push_back(c.customer_communications[0]);
    const auto done = check(c);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::one_per_type);
    EXPECT_EQ(done.error().data.at(0).second, "\"customerCommunications[2].type\"");
}

TEST(CustomerRules, TheEntriesOfOneListAreCheckedUnderTheirOwnPath) {
    Customer c = individual();
    c.customer_addresses[0].type = AddressType::branch;
    c.customer_communications[0].info = "nobody";
    Findings findings;
    check_addresses(c, "addresses", findings);
    ASSERT_EQ(findings.errors.list().size(), 1U);
    EXPECT_EQ(findings.errors.list()[0].path, "addresses[0].type");
}

TEST(CustomerRules, KeysIgnoreCaseAsTurkishDoes) {
    Customer shouted = individual(), quiet = individual();
    shouted.name = "AYŞE", shouted.surname = "YILMAZ";
    set_keys(shouted), set_keys(quiet);
    EXPECT_EQ(shouted.name_key, quiet.name_key);
    EXPECT_EQ(shouted.surname_key, quiet.surname_key);
    shouted.surname = "YİLMAZ";
    set_keys(shouted);
    EXPECT_NE(shouted.surname_key, quiet.surname_key);
}

TEST(CustomerRules, IsFoundByEachValueOnce) {
    Customer c = individual();
    c.tenant_id = TenantId{2}, c.id = CustomerId{3};
    c.customer_communications.push_back({{}, CommunicationType::work_phone, "+90(555) 111-22-33"});
    const auto rows = search_rows(c);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].value, "10000000146");
    EXPECT_EQ(rows[1].value, "+905551112233");
    EXPECT_EQ(rows[2].value, "ayse@example.com");
    EXPECT_EQ(rows[2].tenant_id, TenantId{2});
    EXPECT_EQ(rows[2].customer_id, CustomerId{3});
}

}  // namespace
}  // namespace takas::core::customer
