// What an archive says about itself: manifest.json, and account.ndjson with where each account stood before and after.
// Format 1:
//   DIR/2026-11/manifest.json             one JSON object
//              /account.ndjson            one ArchivedAccount a line, for each account with entries, by account id
//              /ledger_entry.ndjson       one row a line, by account id and number
//              /card_transaction.ndjson   by id            /transaction_event.ndjson
//              /domain_event.ndjson       by number
// Rows are JSON objects of the stored columns: instants ISO 8601, enumerations by name (by number where they have
// none), bytes base64. The manifest's SHA-256 stands in the next manifest and, of the last one, in the store: nothing
// can be left out or changed in silence.
#pragma once

#include <string>
#include <vector>

#include "base/describe.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::app::archive {

inline constexpr std::int64_t manifest_format = 1;
inline constexpr std::string_view manifest_file = "manifest.json", account_file = "account.ndjson";

struct ArchivedFile {
    std::string name;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::string sha256;  ///< hex
};

/// What the card accounts of one currency got from one contra account in this archive.
struct ArchivedSum {
    std::int16_t currency = 0;
    core::ledger::ContraAccount contra{};
    std::int64_t entry_count = 0;
    std::int64_t amount_minor = 0;
};

struct Manifest {
    std::int64_t format = manifest_format;
    std::string month;  ///< "2026-11"
    Instant until;      ///< rows from before this moment that no earlier archive has
    std::string previous_sha256;
    Instant created_at;
    std::vector<ArchivedFile> files;
    std::vector<ArchivedSum> sums;
};

struct ArchivedAccount {
    TenantId tenant_id;
    AccountId account_id;
    std::int16_t currency = 0;
    std::int64_t opening_entry_no = 0, opening_posted_minor = 0, opening_held_minor = 0;
    std::int64_t entry_no = 0, posted_minor = 0, held_minor = 0;
};

}  // namespace takas::app::archive

namespace takas {

template <>
struct Describe<app::archive::ArchivedFile> {
    using T = app::archive::ArchivedFile;
    static constexpr std::string_view name = "ArchivedFile";
    static constexpr auto& fields = columns<&T::name, &T::rows, &T::bytes, &T::sha256>;
};
template <>
struct Describe<app::archive::ArchivedSum> {
    using T = app::archive::ArchivedSum;
    static constexpr std::string_view name = "ArchivedSum";
    static constexpr auto& fields = columns<&T::currency, &T::contra, &T::entry_count, &T::amount_minor>;
};
template <>
struct Describe<app::archive::Manifest> {
    using T = app::archive::Manifest;
    static constexpr std::string_view name = "ArchiveManifest";
    static constexpr auto& fields =
        columns<&T::format, &T::month, &T::until, &T::previous_sha256, &T::created_at, &T::files, &T::sums>;
};
template <>
struct Describe<app::archive::ArchivedAccount> {
    using T = app::archive::ArchivedAccount;
    static constexpr std::string_view name = "ArchivedAccount";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::currency, &T::opening_entry_no, &T::opening_posted_minor,
                &T::opening_held_minor, &T::entry_no, &T::posted_minor, &T::held_minor>;
};

}  // namespace takas
