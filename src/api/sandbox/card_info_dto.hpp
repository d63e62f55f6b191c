// Get Card Info of Transaction Testing: a test card's clear data (contract section 5).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"
#include "crypto/secret.hpp"

namespace takas::api {

struct ClearCardInfoRequest {
    TokenId token_id;
};

struct ClearCardInfo {
    TokenId token_id;
    std::string card_no;
    core::card::Expiry expire_date;
    std::optional<std::string> cvv, icvv, cvv2, track1, track2;
    std::int16_t pan_sequence_no = 0;
    std::optional<std::string> pin;
};
inline void wipe_secrets(ClearCardInfo& answer) {
    const auto wipe = [](std::string& text) {
        crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
        text.clear();
    };
    wipe(answer.card_no);
    for (auto* text : {&answer.cvv, &answer.icvv, &answer.cvv2, &answer.track1, &answer.track2, &answer.pin})
        if (*text) wipe(**text);
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::ClearCardInfoRequest> {
    using T = api::ClearCardInfoRequest;
    static constexpr std::string_view name = "ClearCardInfoRequestDto";
    static constexpr auto fields = std::array{
        field<&T::token_id>("The card").required().range(1, 9'007'199'254'740'991).example("61234567890"),
    };
};

template <>
struct Describe<api::ClearCardInfo> {
    using T = api::ClearCardInfo;
    static constexpr std::string_view name = "ClearCardInfoDto";
    static constexpr auto fields = std::array{
        field<&T::token_id>("The card").required().example("61234567890"),
        field<&T::card_no>("The whole card number").required().masked().example("9792000100000018"),
        field<&T::expire_date>("Expiry as YYMM").required().example("2801"),
        field<&T::cvv>("CVV of the magnetic stripe; null: the institution has no key for it").masked(),
        field<&T::icvv>("CVV in the chip's copy of track 2").masked(),
        field<&T::cvv2>("CVV2: computed for this answer, never stored").masked(),
        field<&T::track1>("Track 1; null: the card has no name").masked(),
        field<&T::track2>("Track 2").masked(),
        field<&T::pan_sequence_no>("Sequence number of the card").required().example("1"),
        field<&T::pin>("The PIN; null: none is known").masked(),
    };
};

}  // namespace takas
