// One table of the staging: its rows as they were read, and what became of them. Private to app/policy_files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/ports/tables.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::policy_files {

/// The stages of writing: what goes makes room for what comes.
struct Writes {
    ports::Unit guards, erasures, changes, additions;
};

template <class Record>
class Shelf {
  public:
    /// Every row that meets the conditions, from the real store into the copy.
    Result<void> load(ports::Store& real, ports::Store& copy, const std::vector<ports::Condition>& conditions) {
        constexpr std::int64_t rows_per_read = 1000;
        ports::Query query{conditions, {}, 0, rows_per_read};
        for (const std::string_view column : ports::table_of<Record>().key) query.order.push_back({column});
        for (bool is_last = false; !is_last; query.skip += rows_per_read) {
            auto rows = real.list<Record>(query);
            if (!rows) return std::unexpected(std::move(rows.error()));
            is_last = static_cast<std::int64_t>(rows->size()) < rows_per_read;
            ports::Unit unit;
            for (Record& row : *rows) {
                unit.insert(row);
                before_.emplace(key_of(row), std::move(row));
            }
            if (copy.commit_and_wait(std::move(unit)).outcome != ports::CommitOutcome::committed)
                return fail(ErrorCode::internal, "rows cannot be copied");
        }
        return {};
    }

    /// `is_guarded`: rows that stay as they are must still be so at the commit.
    Result<void> compare(ports::Store& copy, bool is_guarded, Writes& out) {
        auto rows = copy.list<Record>({{}, {}, 0, std::numeric_limits<std::int64_t>::max()});
        if (!rows) return std::unexpected(std::move(rows.error()));
        for (Record& row : *rows) {
            const auto old = before_.extract(key_of(row));
            if (old.empty())
                out.additions.insert(std::move(row));
            else if (text_of(old.mapped()) != text_of(row))
                change(std::move(row), old.mapped(), out);
            else if (is_guarded)
                guard(std::move(row), out);
        }
        for (auto& [key, gone] : before_) {
            guard(gone, out);
            out.erasures.erase(std::move(gone));
        }
        return {};
    }

  private:
    static std::string text_of(const Record& row) { return protocol::json::encode(row, protocol::json::storage_write); }
    static std::string key_of(const Record& row) {
        std::string out;
        for (const std::string_view column : ports::table_of<Record>().key) {
            const Field& field = *ports::find_column(ports::table_of<Record>(), column);
            protocol::json::write(out, *field.type, member_of(field, &row), protocol::json::storage_write);
            out += '|';
        }
        return out;
    }
    static void guard(Record row, Writes& out) {
        if constexpr (requires { row.version; }) {
            const std::int64_t version = row.version;
            out.guards.require(std::move(row), version);
        } else {
            out.guards.require(std::move(row));
        }
    }
    static void change(Record now, const Record& old, Writes& out) {
        if constexpr (requires { old.version; })
            out.changes.update(std::move(now), old.version);
        else
            out.changes.update(std::move(now));
    }

    std::map<std::string, Record> before_;
};

}  // namespace takas::app::policy_files
