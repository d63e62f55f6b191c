// What is kept of a personalisation file: which orders it held and what became of each, never its content. The counts
// reconcile by construction: every line is open, made, spoiled or withdrawn, and there are as many lines as cards.
#pragma once

#include <array>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::perso {

struct PersoFile {
    TenantId tenant_id;
    EntityId id;
    std::string perso_office_code;
    Date file_on;  ///< the institution's calendar: orders up to this day
    std::int16_t file_no = 1;
    std::string file_name;
    std::int64_t card_count = 0;
    std::string sha256;  ///< as in its trailer: tells a whole file from another one
    Instant creation_time;
    std::string creator_id;
    std::int64_t version = 1;
};

/// withdrawn: the order was cancelled while the office had it.
enum class LineOutcome : std::uint8_t { open, made, spoiled, withdrawn };

struct PersoFileLine {
    TenantId tenant_id;
    EntityId file_id;
    EntityId issuance_id;
    LineOutcome outcome{};
};

}  // namespace takas::core::perso

namespace takas {

template <>
struct EnumNames<core::perso::LineOutcome> {
    using E = core::perso::LineOutcome;
    static constexpr std::string_view name = "LineOutcome";
    static constexpr std::array values{named(E::open, "Open"), named(E::made, "Made"), named(E::spoiled, "Spoiled"),
                                       named(E::withdrawn, "Withdrawn")};
};
template <>
struct Describe<core::perso::PersoFile> {
    using T = core::perso::PersoFile;
    static constexpr std::string_view name = "PersoFile";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::perso_office_code, &T::file_on, &T::file_no, &T::file_name, &T::card_count,
                &T::sha256, &T::creation_time, &T::creator_id, &T::version>;
};
template <>
struct Describe<core::perso::PersoFileLine> {
    using T = core::perso::PersoFileLine;
    static constexpr std::string_view name = "PersoFileLine";
    static constexpr auto& fields = columns<&T::tenant_id, &T::file_id, &T::issuance_id, &T::outcome>;
};

}  // namespace takas
