// Records of the store suite: one with every kind of column and a unique key, one that the store numbers.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "base/strong_id.hpp"

namespace takas::store::suite {

enum class Colour { red, dark_blue };

struct Leaf {
    std::string city;
    std::optional<std::int64_t> floor;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Sample {
    TenantId tenant_id;
    EntityId sample_id;
    std::optional<std::string> code;  ///< unique for each tenant
    std::int64_t order = 0;           ///< named like an SQL word on purpose
    std::optional<std::int64_t> height;
    std::string text;
    Blob bytes;
    bool active = false;
    Colour colour{};
    Instant created_at;
    std::optional<Date> born_on;
    Decimal rate;
    std::optional<RawJson> raw;
    Leaf leaf;
    std::vector<Leaf> leaves;
    std::optional<std::vector<std::string>> tags;
    std::map<std::string, std::string> labels;
    std::int64_t version = 1;
    friend bool operator==(const Sample&, const Sample&) = default;
};

struct Happening {
    std::int64_t sequence_no = 0;
    std::string body;
};

}  // namespace takas::store::suite

namespace takas {

template <>
struct EnumNames<store::suite::Colour> {
    static constexpr std::string_view name = "Colour";
    static constexpr std::array values{EnumName{0, "Red"}, EnumName{1, "DarkBlue"}};
};
template <>
struct Describe<store::suite::Leaf> {
    using Leaf = store::suite::Leaf;
    static constexpr std::string_view name = "Leaf";
    static constexpr std::array fields{field<&Leaf::city>("City"), field<&Leaf::floor>("Floor")};
};
template <>
struct Describe<store::suite::Sample> {
    using Sample = store::suite::Sample;
    static constexpr std::string_view name = "Sample";
    static constexpr std::array fields{
        field<&Sample::tenant_id>(""),  field<&Sample::sample_id>(""), field<&Sample::code>(""),
        field<&Sample::order>(""),      field<&Sample::height>(""),    field<&Sample::text>(""),
        field<&Sample::bytes>(""),      field<&Sample::active>(""),    field<&Sample::colour>(""),
        field<&Sample::created_at>(""), field<&Sample::born_on>(""),   field<&Sample::rate>(""),
        field<&Sample::raw>(""),        field<&Sample::leaf>(""),      field<&Sample::leaves>(""),
        field<&Sample::tags>(""),       field<&Sample::labels>(""),    field<&Sample::version>(""),
    };
};
template <>
struct Describe<store::suite::Happening> {
    using Happening = store::suite::Happening;
    static constexpr std::string_view name = "Happening";
    static constexpr std::array fields{field<&Happening::sequence_no>(""), field<&Happening::body>("")};
};

namespace app::ports {

template <>
struct TableOf<store::suite::Sample> {
    static constexpr std::array<std::string_view, 2> key{"tenant_id", "sample_id"};
    static constexpr std::array<std::string_view, 2> code_key{"tenant_id", "code"};
    static constexpr std::array<UniqueKey, 1> unique{code_key};
    static constexpr Table table{
        .name = "sample",
        .record_name = "Sample",
        .columns = []() -> std::span<const Field> { return Describe<store::suite::Sample>::fields; },
        .key = key,
        .append_only = false,
        .unique = unique};
};
template <>
struct TableOf<store::suite::Happening> {
    static constexpr std::array<std::string_view, 1> key{"sequence_no"};
    static constexpr Table table{
        .name = "happening",
        .record_name = "Happening",
        .columns = []() -> std::span<const Field> { return Describe<store::suite::Happening>::fields; },
        .key = key,
        .append_only = true,
        .unique = {}};
};

}  // namespace app::ports
}  // namespace takas
