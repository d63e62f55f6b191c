// The lines of a result file as described structs: a header that says whose answer it is, one line a card, a trailer
// that says the file is whole (docs/operating/perso.md).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/perso/delivery.hpp"

namespace takas::app::perso {

enum class ResultContent : std::uint8_t { perso, delivery };
enum class PersoResult : std::uint8_t { made, spoiled };

struct ResultHeader {
    std::string record;
    std::int32_t format_version = 0;
    ResultContent content{};
    std::optional<EntityId> file_id;  ///< of the personalisation file that is answered
};

struct PersoResultLine {
    std::string record;
    std::string barcode;
    PersoResult result{};
    std::string reason, courier_no;
    friend bool operator==(const PersoResultLine&, const PersoResultLine&) = default;
};

struct DeliveryResultLine {
    std::string record;
    std::string barcode;
    core::perso::DeliveryStatus status{};
    Instant status_time;
    std::optional<std::string> description, receiver_name, receiver_relation, branch, courier_no;
};

struct ResultTrailer {
    std::string record;
    std::int64_t line_count = 0;  ///< between header and trailer
};

}  // namespace takas::app::perso

namespace takas {

template <>
struct EnumNames<app::perso::ResultContent> {
    using E = app::perso::ResultContent;
    static constexpr std::string_view name = "ResultContent";
    static constexpr std::array values{named(E::perso, "Perso"), named(E::delivery, "Delivery")};
};
template <>
struct EnumNames<app::perso::PersoResult> {
    using E = app::perso::PersoResult;
    static constexpr std::string_view name = "PersoResult";
    static constexpr std::array values{named(E::made, "Made"), named(E::spoiled, "Spoiled")};
};
template <>
struct Describe<app::perso::ResultHeader> {
    using T = app::perso::ResultHeader;
    static constexpr std::string_view name = "ResultHeader";
    static constexpr std::array fields{
        field<&T::record>("").required(),
        field<&T::format_version>("").required().range(1, 1),
        field<&T::content>("").required(),
        field<&T::file_id>(""),
    };
};
template <>
struct Describe<app::perso::PersoResultLine> {
    using T = app::perso::PersoResultLine;
    static constexpr std::string_view name = "PersoResultLine";
    static constexpr std::array fields{
        field<&T::record>("").required(),        field<&T::barcode>("").required().length(1, 40),
        field<&T::result>("").required(),        field<&T::reason>("").length(0, 200),
        field<&T::courier_no>("").length(0, 40),
    };
};
template <>
struct Describe<app::perso::DeliveryResultLine> {
    using T = app::perso::DeliveryResultLine;
    static constexpr std::string_view name = "DeliveryResultLine";
    static constexpr std::array fields{
        field<&T::record>("").required(),
        field<&T::barcode>("").required().length(1, 40),
        field<&T::status>("").required(),
        field<&T::status_time>("").required(),
        field<&T::description>("").length(0, 200),
        field<&T::receiver_name>("").length(0, 100),
        field<&T::receiver_relation>("").length(0, 40),
        field<&T::branch>("").length(0, 40),
        field<&T::courier_no>("").length(0, 40),
    };
};
template <>
struct Describe<app::perso::ResultTrailer> {
    using T = app::perso::ResultTrailer;
    static constexpr std::string_view name = "ResultTrailer";
    static constexpr std::array fields{
        field<&T::record>("").required(),
        field<&T::line_count>("").required().range(0, 1'000'000),
    };
};

}  // namespace takas
