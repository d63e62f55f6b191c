// A BIN table from a CSV text (RFC 4180, comma, UTF-8), taken as a whole or not at all. The first line names the
// columns:
//
//   bin,card_bank_id,card_bank,card_brand_id,card_brand,card_family_id,card_family,card_kind_id,card_kind,card_type_id,card_type
//
// bin has 6 to 8 digits and stands once; the ids are the published ones (card-vault-api section 9); a card without a
// family leaves both fields empty.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/context/context.hpp"
#include "core/vault/bin.hpp"

namespace takas::app::vault {

inline constexpr std::size_t bin_lines_max = 200'000;
inline constexpr std::size_t bin_problems_max = 100;

struct BinTable {
    std::vector<core::vault::VaultBin> rows;
    struct Problem {
        std::int64_t line_no = 0;  ///< 1 is the line of column names
        std::string why;
    };
    std::vector<Problem> problems;  ///< the first of them; empty: the table can be taken
};
BinTable read_bin_table(std::string_view csv);

/// Fills context.unit: the new rows, without those that are no longer in the table.
Result<void> replace_bin_table(Context& context, std::vector<core::vault::VaultBin> rows);

}  // namespace takas::app::vault
