// Hands an office its next file. The cards that wait for the office are written, and in one commit their orders become
// Processing and the file is known by its SHA-256. Whoever keeps the file shows it only after that commit: so no order
// is ever in two files, a file that was not committed is nobody's, and one that was can be made again, from the same
// orders.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/perso/perso_file.hpp"

namespace takas::app::perso {

/// One commit takes so many events (ports/store.hpp).
inline constexpr std::int64_t cards_per_file_max = 4'000;

struct ExportWish {
    std::string office_code;
    Date date;                ///< cards ordered up to and on this day, in the institution's calendar
    std::int16_t number = 1;  ///< a further file of the same date has its own
    std::string file_name;    ///< as it is remembered
};

struct Export {
    core::perso::PersoFile file;
    PersoSummary summary;
    std::int64_t cancelled_count = 0;  ///< orders of cards that are closed or reported: not worth making
    bool is_office_known = true;       ///< false: no order, no product and no key names it
    bool has_more = false;             ///< further cards wait for another file
};

using TakeLine = std::function<bool(std::string_view)>;

/// The file as it was handed out; nothing when it was not.
Result<std::optional<core::perso::PersoFile>> find_file(const Context& context, const ExportWish& wish);

/// Writes the waiting cards and fills the context's unit. No card: nothing is written and there is no file.
/// Errors: those of write_perso_file.
Result<Export> export_file(Context& context, const ExportWish& wish, const TakeLine& line);

/// Writes a known file once more, with keys of its own: the same cards, in the same order. Fills the context's unit
/// with the new SHA-256. Error besides: perso_transition_not_allowed (the office has answered: it has the file).
Result<Export> export_again(Context& context, const core::perso::PersoFile& known, const TakeLine& line);

}  // namespace takas::app::perso
