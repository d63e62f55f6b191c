// `takas perso export`: takes the cards that wait for an office into its file. The file is made beside its place, then
// its orders become Processing in one commit, then it takes its place: killed at any point, the same command gives the
// same file, and no card is ever in two.
#include <fmt/core.h>

#include <filesystem>

#include "app/perso/export.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"
#include "main/perso_command.hpp"
#include "main/perso_out_file.hpp"

namespace takas::main {
namespace {

using app::perso::Export;
using app::perso::ExportWish;
using app::ports::CommitOutcome;

/// Orders are cancelled and moved while a file is made: then it is made again.
constexpr int tries_max = 5;

int say(const Export& done, const std::string& to) {
    fmt::print("{} cards in {}: {} with a PIN, {} with a chip\n", done.summary.card_count, to,
               done.summary.with_pin_count, done.summary.with_chip_count);
    fmt::print("Its keys are under the office's personalisation key, KCV {}\n", done.summary.key_check_value);
    if (done.cancelled_count > 0) fmt::print("{} orders of closed or reported cards cancelled\n", done.cancelled_count);
    if (done.has_more) fmt::print("More cards wait: --number {} takes them\n", done.file.file_no + 1);
    return 0;
}

int refuse(const char* what, const std::string& path) {
    fmt::print(stderr, "takas: {} {}\n", path, what);
    return exit_failed;
}

/// The file is known: it is in its place, or beside it, or it is written once more.
std::optional<int> finish_known(const app::Context& context, const ExportWish& wish, const std::string& to,
                                PersoOutFile& file) {
    const auto known = app::perso::find_file(context, wish);
    if (!known) return report_failure(known.error());
    const std::string sha256 = *known ? (*known)->sha256 : std::string("-");
    const FileState there = state_of_perso_file(to, sha256);
    if (there == FileState::other) return refuse("is there already and is another file", to);
    if (there == FileState::whole) {
        fmt::print("{} is there already: {} cards\n", to, (*known)->card_count);
        return 0;
    }
    if (!*known || state_of_perso_file(file.part(), sha256) != FileState::whole) return std::nullopt;
    if (!file.keep()) return refuse("cannot be written", to);
    fmt::print("{} cards in {}: the file that was made before\n", (*known)->card_count, to);
    return 0;
}

Result<Export> make(app::Context& context, const ExportWish& wish, PersoOutFile& file) {
    if (!file.begin()) return fail(ErrorCode::unavailable, "the file cannot be written");
    const auto line = [&](std::string_view text) { return file.put(text); };
    const auto known = app::perso::find_file(context, wish);
    if (!known) return std::unexpected(known.error());
    return *known ? app::perso::export_again(context, **known, line) : app::perso::export_file(context, wish, line);
}

}  // namespace

int export_to(app::Context& context, const ExportWish& wish, const std::string& to,
              const std::function<bool(ExportStep)>& goes_on) {
    PersoOutFile file(to);
    if (!file.is_open()) return refuse("cannot be made, or is being made", file.part());
    for (int tries = 0; tries < tries_max; ++tries) {
        if (const auto finished = finish_known(context, wish, to, file)) return *finished;
        context.unit = {};
        const auto done = make(context, wish, file);
        if (!done) return report_failure(done.error());
        if (!done->is_office_known)
            return refuse("is no office of any order, product or personalisation key", wish.office_code);
        if (!file.make_durable()) return refuse("cannot be written", to);
        if (!goes_on(ExportStep::written)) return file.leave(), exit_failed;
        const auto outcome = context.unit.empty() ? CommitOutcome::committed
                                                  : context.store().commit_and_wait(std::move(context.unit)).outcome;
        if (outcome == CommitOutcome::conflict || outcome == CommitOutcome::version_moved) continue;
        if (outcome == CommitOutcome::unknown) {
            file.leave();
            return refuse("waits beside its place: it is not known whether it counts. Run the command again", to);
        }
        if (outcome != CommitOutcome::committed) return refuse("was not handed out: the store takes nothing", to);
        if (!goes_on(ExportStep::committed)) return file.leave(), exit_failed;
        if (done->summary.card_count == 0) {
            fmt::print("No card waits for office {}: there is no file\n", wish.office_code);
            return 0;
        }
        if (!file.keep()) {
            file.leave();
            return refuse("cannot be put into its place. Run the command again", to);
        }
        return say(*done, to);
    }
    return refuse("could not be made: its orders kept changing", to);
}

int export_perso(const Settings& settings, const PersoExport& order) {
    const auto date = parse_date(order.date);
    if (!date) {
        fmt::print(stderr, "takas: --date {} is no date: YYYY-MM-DD\n", order.date);
        return exit_usage;
    }
    KeysOrder keys_order;
    keys_order.tenant = order.tenant;
    const auto session = open_keys_session(settings, keys_order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    const ExportWish wish{order.office, *date, order.number, std::filesystem::path(order.to).filename().string()};
    return export_to(context, wish, order.to, [](ExportStep) { return true; });
}

}  // namespace takas::main
