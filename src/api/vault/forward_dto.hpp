// The request that a card is sent on in, and what came back.
#pragma once

#include "api/vault/card_dto.hpp"

namespace takas::api::vault {

struct ForwardHeader {
    std::string name, value;
};
struct ForwardBody : OwnerFields {
    std::string unique_code, temp_card_token;
    std::string reference;
    std::string url;
    std::string content_type = "application/json";
    std::vector<ForwardHeader> headers;
    std::string body;
    std::int32_t timeout_ms = 30'000;
};
struct ForwardedDto {
    std::int32_t status = 0;
    std::string body;
};

}  // namespace takas::api::vault

namespace takas {

template <>
struct Describe<api::vault::ForwardHeader> {
    using T = api::vault::ForwardHeader;
    static constexpr std::string_view name = "VaultForwardHeader";
    static constexpr std::array fields{
        api::vault::wire<&T::name>("Name").required().length(1, 64).example("Authorization"),
        api::vault::wire<&T::value>("Value").required().length(1, 4'096).secret().example("Bearer token"),
    };
};
template <>
struct Describe<api::vault::ForwardBody> {
    using T = api::vault::ForwardBody;
    static constexpr std::string_view name = "VaultForwardBody";
    static constexpr std::array fields{
        api::vault::wire<&T::partner_based>("In the pool of the partner"),
        api::vault::wire<&T::partner_identity>("Which partner's: its merchantUuid").length(0, 36),
        api::vault::wire<&T::relational_id1>("The owner's id, first level").length(0, 128),
        api::vault::wire<&T::relational_id2>("Second level").length(0, 128),
        api::vault::wire<&T::relational_id3>("Third level").length(0, 128),
        api::vault::wire<&T::unique_code>("A stored card's handle, with its owner").length(0, 128),
        api::vault::wire<&T::temp_card_token>("Or a temporary card's token").length(0, 36),
        api::vault::wire<&T::reference>("The payment's own name: sends a card once")
            .required()
            .length(1, 128)
            .example("pay-20310301-1"),
        api::vault::wire<&T::url>("https, a host among the merchant's forward hosts, no fragment and no placeholder")
            .required()
            .length(1, 2'048)
            .example("https://api.bank.example/pay"),
        api::vault::wire<&T::content_type>(
            "application/json or application/x-www-form-urlencoded, also with charset=utf-8")
            .length(1, 64),
        api::vault::wire<&T::headers>("Headers of the request; not Accept-Encoding and those of the connection")
            .range(0, 20),
        api::vault::wire<&T::body>("The request, with {{card.number}} and the other placeholders")
            .required()
            .length(1, 65'536)
            .example(R"({"pan":"{{card.number}}"})"),
        api::vault::wire<&T::timeout_ms>("How long to wait for the answer").range(100, 60'000).example("30000"),
    };
};
template <>
struct Describe<api::vault::ForwardedDto> {
    using T = api::vault::ForwardedDto;
    static constexpr std::string_view name = "VaultForwardedDto";
    static constexpr std::array fields{
        api::vault::wire<&T::status>("HTTP status of the receiver").required(),
        api::vault::wire<&T::body>("What it answered, without the card").required().length(0, 1'000'000),
    };
};

}  // namespace takas
