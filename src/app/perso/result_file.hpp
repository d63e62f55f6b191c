// What an office answers to its file (made, spoiled), or a courier reports about shipments, as one file. Every line
// counts by itself: unknown, double and contradictory ones are refused with their numbers, the rest is taken. Each is
// committed by itself and known when it comes again, so a file that is taken twice, or was cut off by a crash, does no
// harm.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

/// Twice the cards of the largest file, and more than a courier reports in a day.
inline constexpr std::size_t result_lines_max = 10'000;
inline constexpr std::size_t result_line_bytes_max = 4'096;

struct RefusedLine {
    std::int64_t line_no = 0;  ///< 1 is the header
    std::string barcode;       ///< "": the line cannot be read
    std::string why;
};

/// ordered = made + spoiled + withdrawn + open
struct FileCounts {
    std::int64_t ordered = 0, made = 0, spoiled = 0, withdrawn = 0, open = 0;
};

struct ResultReport {
    std::int64_t taken_count = 0;
    std::int64_t known_count = 0;  ///< said before
    std::vector<RefusedLine> refused;
    std::optional<FileCounts> counts;  ///< of the personalisation file, afterwards
};

/// How many of the cards of a file became what.
Result<FileCounts> counts_of(const Context& context, EntityId file_id);

/// Committed when it returns. Errors: validation (the file is not whole, or no result file), issuance_not_found (there
/// is no such personalisation file), unavailable (what was not taken yet is taken the next time).
Result<ResultReport> take_results(Context& context, std::string_view text);

}  // namespace takas::app::perso
