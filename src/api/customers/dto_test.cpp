#include "api/customers/dto.hpp"

#include <gtest/gtest.h>

#include "api/cards/dto.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

const Instant now = *parse_instant("2031-03-01T10:00:00Z");

/// What the dispatcher tells when single fields are refused: theirs and those that the rules across fields find.
template <class Body>
std::vector<std::string> refused(std::string_view json) {
    Body body{};
    FieldErrors errors;
    const auto read = protocol::json::decode_into(json, type_of<Body>, &body);
    if (!read)
        for (const FieldError& one : read.error().fields) errors.add(one.path, one.english, one.turkish);
    Describe<Body>::more_errors(body, now, errors);
    std::vector<std::string> paths;
    for (const FieldError& one : errors.list()) paths.push_back(one.path);
    std::ranges::sort(paths);
    return paths;
}

using Paths = std::vector<std::string>;

TEST(CustomerDto, EveryErrorOfABodyInOneAnswer) {
    EXPECT_EQ(refused<CreateCustomerDto>(
                  R"({"type":"Individual","name":"A","birthDate":"2031-03-02",
                      "customerCommunications":[{"type":"Email","info":"nobody"},{"type":"Email"}],
                      "customerAddresses":[{"type":"Branch"}]})"),
              (Paths{"birthDate", "customerAddresses[0].addressLine1", "customerAddresses[0].type",
                     "customerCommunications[0].info", "customerCommunications[1].info",
                     "customerCommunications[1].type", "customerNo", "surname"}));
    EXPECT_EQ(refused<UpdateCustomerDto>(R"({"type":"Company"})"), (Paths{"businessDetail", "name"}));
}

TEST(CustomerDto, AnUnknownTypeDecidesNothing) {
    EXPECT_EQ(refused<CreateCustomerDto>(R"({"type":"Alien","customerNo":"1","name":"A"})"), Paths{"type"});
}

TEST(CustomerDto, ErrorsOfACardsCustomerKeepTheirPath) {
    EXPECT_EQ(refused<CreateCardDto>(R"({"cardProductCode":"V","customerNo":"1","velocityControls":[{}],
                                         "customer":{"type":"Individual","customerNo":"1"}})"),
              (Paths{"customer.name", "customer.surname", "velocityControls[0].velocityCheckId"}));
}

TEST(CustomerDto, AnswersSayNullForWhatIsNotThere) {
    core::customer::Customer customer;
    customer.id = CustomerId{7};
    customer.customer_no = "C-1", customer.name = "A", customer.surname = "B";
    customer.creation_time = now;
    GottenCustomerDto dto;
    fill(dto, customer);
    dto.created = true;
    const std::string json = protocol::json::encode(dto);
    EXPECT_NE(json.find(R"("segmentId":null)"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("midname":null)"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("id":7)"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("created":true)"), std::string::npos) << json;
}

}  // namespace
}  // namespace takas::api
