// Query and answer of the display texts.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"

namespace takas::api {

struct EnumTextsQuery {
    std::optional<std::string> enum_name;
};
struct EnumValueTextDto {
    std::string value, text;
};
struct EnumTextsDto {
    std::string enum_name;
    std::vector<EnumValueTextDto> values;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::EnumTextsQuery> {
    using T = api::EnumTextsQuery;
    static constexpr std::string_view name = "EnumTextsQuery";
    static constexpr std::array fields{
        field<&T::enum_name>("Only this enum; unknown: an empty list").length(1, 60).example("CardStatus")};
};
template <>
struct Describe<api::EnumValueTextDto> {
    using T = api::EnumValueTextDto;
    static constexpr std::string_view name = "EnumValueTextDto";
    static constexpr std::array fields{
        field<&T::value>("As the API writes it").required().example("PendingActivation"),
        field<&T::text>("As people read it").required().example("Aktivasyon bekliyor"),
    };
};
template <>
struct Describe<api::EnumTextsDto> {
    using T = api::EnumTextsDto;
    static constexpr std::string_view name = "EnumTextsDto";
    static constexpr std::array fields{
        field<&T::enum_name>("Name of the enum in this reference").required().example("CardStatus"),
        field<&T::values>("Its values, in its order").required(),
    };
};

}  // namespace takas
