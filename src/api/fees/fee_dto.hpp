// What the bodies of the three families of fees have in common (contract 4.7).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/controls/link_dto.hpp"
#include "api/framework/page.hpp"
#include "app/fees/warning.hpp"
#include "app/transactions/amounts.hpp"
#include "base/strong_id.hpp"
#include "core/fee/fee.hpp"

namespace takas::api {

/// Bound of amount fields of fees in major units.
inline constexpr std::int64_t fee_amount_max_major = 9'999'999'999;
struct FeeWarningDto {
    std::string message;
};

/// In every body.
struct FeeFields {
    std::string name;
    std::optional<std::string> rule;
    std::optional<Date> effective_from, effective_to;
    std::optional<core::fee::TaxInclusionMode> tax_inclusion_mode;
    bool tenant_wide = false;
};

/// A plain array: all of it, unless a page is asked for.
struct FeeListQuery : PageFields {
    FeeListQuery() { max_result_count = max_page_size; }
    std::optional<std::string> name;
};

/// The rows of a body T.
template <class T>
constexpr auto fee_fields() {
    return std::array{
        field<&T::name>("Name, unique in its family").required().length(1, 100).example("Foreign purchase"),
        field<&T::rule>("Rule expression, or a query builder's tree as JSON text; shown in its one spelling")
            .length(0, rule_text_max)
            .example("cardDci == \"Prepaid\""),
        field<&T::effective_from>("First day, in the institution's calendar; null: always").example("2031-01-01"),
        field<&T::effective_to>("Last day; null: for ever").example("2031-12-31"),
        field<&T::tax_inclusion_mode>("Excluded: taxes come on top; Included: the amount contains them")
            .example("Excluded"),
        field<&T::tenant_wide>("It concerns all cards; otherwise those it is linked to").example("true"),
    };
}
/// The further rows of an answer T, which has these members itself: described structs have one base at most.
template <class T>
constexpr auto fee_answer_fields() {
    return std::array{
        field<&T::id>("Number given by the platform").required().example("61234567890"),
        field<&T::creation_time>("When it was created").required().example("2031-03-01T10:00:00Z"),
        field<&T::version>("How often it was changed, from 1: its ETag without quotes").required().example("1"),
        field<&T::warnings>("What is legal but probably not meant, in the request's language; only when it is saved"),
    };
}

template <class T>
constexpr auto fee_link_to_field() {
    return std::array{field<&T::link_to>("To whom it applies from the start; see the Link endpoint")};
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::FeeWarningDto> {
    using T = api::FeeWarningDto;
    static constexpr std::string_view name = "FeeWarningDto";
    static constexpr std::array fields{
        field<&T::message>("What was found").required().example("effectiveTo lies in the past"),
    };
};
template <>
struct Describe<api::FeeListQuery> {
    using T = api::FeeListQuery;
    static constexpr std::string_view name = "FeeListQuery";
    static constexpr std::array fields{
        field<&T::name>("Part of the name").length(1, 100),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
    };
};

}  // namespace takas
