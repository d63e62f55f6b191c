// Bodies and queries of the segment endpoints (contract 4.1).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "api/framework/page.hpp"
#include "base/strong_id.hpp"

namespace takas::api {

struct CreateUpdateCustomerSegmentDto {
    std::string name;
    std::optional<std::string> description;
};

struct CustomerSegmentDto {
    EntityId id;
    std::string name;
    std::optional<std::string> description;
    Instant creation_time;
    std::int64_t version = 1;
};

struct CustomerSegmentListQuery : PageFields {
    std::optional<std::string> name;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CreateUpdateCustomerSegmentDto> {
    using T = api::CreateUpdateCustomerSegmentDto;
    static constexpr std::string_view name = "CreateUpdateCustomerSegmentDto";
    static constexpr std::array fields{
        field<&T::name>("Name, unique").required().length(1, 60).example("Gold"),
        field<&T::description>("What it is for").length(0, 250),
    };
};
template <>
struct Describe<api::CustomerSegmentDto> {
    using T = api::CustomerSegmentDto;
    static constexpr std::string_view name = "CustomerSegmentDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required().example("61234567890"),
        field<&T::name>("Name").required().example("Gold"),
        field<&T::description>("What it is for"),
        field<&T::creation_time>("When it was created").required().example("2031-03-01T10:00:00Z"),
        field<&T::version>("How often it was changed, from 1: its ETag without quotes").required().example("1"),
    };
};
template <>
struct Describe<api::CustomerSegmentListQuery> {
    using T = api::CustomerSegmentListQuery;
    static constexpr std::string_view name = "CustomerSegmentListQuery";
    static constexpr std::array fields{
        field<&T::name>("Part of the name, in capitals or not").length(1, 60),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
