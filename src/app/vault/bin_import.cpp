#include "app/vault/bin_import.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>

#include "app/ports/tables.hpp"
#include "app/vault/trail.hpp"
#include "app/vault/vault.hpp"
#include "base/utf8.hpp"

namespace takas::app::vault {
namespace {

constexpr std::array<std::string_view, 11> column_names{"bin",        "card_bank_id",   "card_bank",   "card_brand_id",
                                                        "card_brand", "card_family_id", "card_family", "card_kind_id",
                                                        "card_kind",  "card_type_id",   "card_type"};
constexpr std::size_t text_max = 100;

/// The fields of one line; nothing when a quote is not closed or stands inside a field.
std::optional<std::vector<std::string>> fields_of(std::string_view line) {
    std::vector<std::string> fields(1);
    bool is_quoted = false, was_quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (is_quoted) {
            if (c != '"')
                fields.back() += c;
            else if (i + 1 < line.size() && line[i + 1] == '"')
                fields.back() += line[++i];
            else
                is_quoted = false;
        } else if (c == ',') {
            fields.emplace_back();
            was_quoted = false;
        } else if (c == '"') {
            if (!fields.back().empty() || was_quoted) return std::nullopt;
            is_quoted = was_quoted = true;
        } else {
            if (was_quoted) return std::nullopt;
            fields.back() += c;
        }
    }
    if (is_quoted) return std::nullopt;
    return fields;
}

/// Reads one line into a row; says what is wrong.
class LineReader {
  public:
    explicit LineReader(std::vector<std::string> fields) : fields_(std::move(fields)) {}

    VaultBin read() {
        VaultBin row;
        row.bin = fields_[0];
        const bool are_digits = std::ranges::all_of(row.bin, [](char c) { return c >= '0' && c <= '9'; });
        if (row.bin.size() < 6 || row.bin.size() > 8 || !are_digits) refuse("bin has no 6 to 8 digits");
        row.card_bank_id = number(1, 0, 1'000'000);
        row.card_bank = text(2);
        row.card_brand_id = number(3, 1, 1'000);
        row.card_brand = text(4);
        if (!fields_[5].empty() || !fields_[6].empty()) {
            row.card_family_id = number(5, 1, 1'000);
            row.card_family = text(6);
        }
        row.card_kind_id = number(7, 1, 100);
        row.card_kind = text(8);
        row.card_type_id = number(9, 0, 100);
        row.card_type = text(10);
        return row;
    }
    const std::string& why() const { return why_; }

  private:
    void refuse(std::string why) {
        if (why_.empty()) why_ = std::move(why);
    }
    std::int32_t number(std::size_t column, std::int32_t low, std::int32_t high) {
        const std::string& field = fields_[column];
        std::int32_t value = -1;
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        if (error != std::errc{} || end != field.data() + field.size() || field.empty() || value < low || value > high)
            refuse(std::string(column_names[column]) + " is no number from " + std::to_string(low) + " to " +
                   std::to_string(high));
        return value;
    }
    std::string text(std::size_t column) {
        const std::string& field = fields_[column];
        if (field.empty() || field.size() > text_max)
            refuse(std::string(column_names[column]) + " is empty or too long");
        for (std::string_view rest = field; !rest.empty();) {
            const auto point = take_code_point(rest);
            if (point && *point >= 0x20 && (*point < 0x7f || *point > 0x9f)) continue;
            refuse(std::string(column_names[column]) + " is no UTF-8 or has a control character");
            break;
        }
        return field;
    }

    std::vector<std::string> fields_;
    std::string why_;
};

}  // namespace

BinTable read_bin_table(std::string_view csv) {
    BinTable table;
    std::unordered_set<std::string> seen;
    std::int64_t line_no = 0;
    const auto problem = [&](std::string why) {
        if (table.problems.size() < bin_problems_max) table.problems.push_back({line_no, std::move(why)});
    };
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    while (!csv.empty()) {
        const auto end = std::min(csv.find('\n'), csv.size());
        std::string_view line = csv.substr(0, end);
        csv.remove_prefix(std::min(end + 1, csv.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        ++line_no;
        if (line.empty() && line_no > 1) continue;
        auto fields = fields_of(line);
        if (line_no == 1) {
            if (!fields || !std::ranges::equal(*fields, column_names)) {
                problem("the first line does not name the columns");
                return table;
            }
            continue;
        }
        if (!fields || fields->size() != column_names.size()) {
            problem("there are not 11 fields");
            continue;
        }
        LineReader reader(std::move(*fields));
        VaultBin row = reader.read();
        if (!reader.why().empty())
            problem(reader.why());
        else if (!seen.insert(row.bin).second)
            problem("bin " + row.bin + " stands twice");
        else
            table.rows.push_back(std::move(row));
        if (table.rows.size() > bin_lines_max) {
            problem("there are more than " + std::to_string(bin_lines_max) + " lines");
            break;
        }
    }
    if (table.rows.empty() && table.problems.empty()) problem("the table is empty");
    return table;
}

Result<void> replace_bin_table(Context& context, std::vector<VaultBin> rows) {
    std::unordered_set<std::string> kept;
    for (const VaultBin& row : rows) kept.insert(row.bin);
    auto old = context.store().list<VaultBin>({{}, {{"bin"}}, 0, static_cast<std::int64_t>(bins_max)});
    if (!old) return std::unexpected(std::move(old.error()));
    const auto old_count = old->size(), new_count = rows.size();
    for (VaultBin& row : *old)
        if (!kept.contains(row.bin)) context.unit.erase(std::move(row));
    for (VaultBin& row : rows) context.unit.upsert(std::move(row));
    context.unit.upsert(ports::Meta{std::string(bins_version_name), std::to_string(context.next_id<EntityId>().value)});
    // The installation's own chain: the table belongs to no merchant.
    auto noted = note_merchant(context, {}, core::audit::Action::updated,
                               {{"bins", std::to_string(old_count), std::to_string(new_count)}});
    if (!noted) return noted;
    if (Vault* vault = context.services.vault)
        context.after_commit.push_back([vault] { static_cast<void>(vault->bins.refresh_if_changed()); });
    return {};
}

}  // namespace takas::app::vault
