// `takas keys ceremony`: the LMK of the software HSM in the hands of custodians. Shares are shown to one custodian at a
// time, or written to files of their own; the LMK itself is never shown.
#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>

#include "app/keys/keys.hpp"
#include "crypto/payment/key_parts.hpp"
#include "crypto/random.hpp"
#include "hsm/soft/soft_vault.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/hsm.hpp"
#include "main/keys_session.hpp"
#include "main/lmk.hpp"
#include "main/terminal.hpp"
#include "store/keys/private_file.hpp"

namespace takas::main {
namespace {

using crypto::SecretBytes;

constexpr std::int32_t shares_max = 16;

Result<ServerOptions> soft_options(const Settings& settings) {
    auto options = server_options(settings);
    if (!options) return options;
    if (options->hsm.kind != HsmKind::soft)
        return fail(ErrorCode::validation, "the LMK of a PKCS#11 token stays in the token: back up the token");
    if (options->data_dir.empty() && options->lmk_file.empty())
        return fail(ErrorCode::validation, "the LMK file needs --data DIR or --lmk-file FILE");
    return options;
}

std::filesystem::path file_of(const ServerOptions& options) {
    return options.lmk_file.empty() ? options.data_dir / "keys" / "lmk" : options.lmk_file;
}

Result<SecretBytes> present_lmk(const ServerOptions& options) {
    if (options.lmk_source == LmkSource::custodians) return lmk_from_custodians(ask_secret_at_terminal);
    auto lmk = read_lmk_file(file_of(options));
    if (!lmk) return std::unexpected(std::move(lmk.error()));
    if (!*lmk) return fail(ErrorCode::validation, file_of(options).string() + ": there is no LMK file yet");
    return std::move(**lmk);
}

/// One share to one pair of eyes; the screen is cleared before the next custodian comes.
Result<void> show_share(const std::string& text, int number, int count) {
    if (::isatty(STDOUT_FILENO) == 0)
        return fail(ErrorCode::validation, "shares are shown on a terminal, or written into the folder of --to");
    static_cast<void>(ask_secret_at_terminal(fmt::format("custodian {} of {}: alone? then Enter", number, count)));
    fmt::print("\n    {}\n\n", text);
    std::fflush(stdout);
    static_cast<void>(ask_secret_at_terminal("written down? then Enter"));
    fmt::print("\033[2J\033[3J\033[H");
    std::fflush(stdout);
    return {};
}

Result<void> give_shares(const SecretBytes& lmk, const KeysOrder& order) {
    if (order.shares < 2 || order.shares > shares_max || order.threshold < 2 || order.threshold > order.shares)
        return fail(ErrorCode::validation, "there may be 2 to 16 --shares, and a --threshold of 2 up to all of them");
    auto shares = crypto::payment::split_into_shares(lmk, static_cast<std::uint8_t>(order.threshold),
                                                     static_cast<std::uint8_t>(order.shares));
    if (!shares) return fail(ErrorCode::internal, "the LMK could not be split");
    if (!order.to.empty())
        if (auto folder = store::keys::ensure_private_folder(order.to); !folder) return folder;
    int number = 0;
    for (const auto& share : *shares) {
        std::string text = crypto::payment::share_text(share);
        ++number;
        if (!order.to.empty()) text += '\n';  // there is room for it
        const auto done = order.to.empty() ? show_share(text, number, order.shares)
                                           : store::keys::write_private_file(
                                                 std::filesystem::path(order.to) / fmt::format("lmk-share-{}", number),
                                                 text, store::keys::WriteMode::create);
        crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
        if (!done) return done;
    }
    return {};
}

Result<std::int64_t> change_lmk(const Settings& settings, const KeysOrder& order, const ServerOptions& options,
                                std::string& new_kcv) {
    if (options.lmk_source == LmkSource::custodians)
        return fail(ErrorCode::validation, "put the LMK into a file first (ceremony form), change it, split it again");
    auto session = open_keys_session(settings, order, /*needs_tenant=*/false);
    if (!session) return std::unexpected(std::move(session.error()));
    auto* const vault = dynamic_cast<hsm::soft::SoftVault*>(&session->server->vault());
    if (vault == nullptr) return fail(ErrorCode::internal, "not a software HSM");
    const std::string old_kcv = vault->lmk_kcv();
    const SecretBytes lmk = crypto::random_secret(hsm::soft::lmk_bytes);
    if (auto done = write_lmk_file(next_lmk_path(file_of(options)), lmk, true); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = vault->load_lmk(lmk); !done) return std::unexpected(std::move(done.error()));
    new_kcv = vault->lmk_kcv();
    app::Context context = session->context();
    repin_lmk(context.unit, new_kcv);
    const auto count = app::keys::rewrap_all(context);
    if (!count) return count;
    if (auto done = put_next_lmk_in_place(file_of(options), old_kcv); !done)
        return std::unexpected(std::move(done.error()));
    return count;
}

}  // namespace

int keys_ceremony_split(const Settings& settings, const KeysOrder& order) {
    const auto options = soft_options(settings);
    if (!options) return report_failure(options.error());
    const auto lmk = present_lmk(*options);
    if (!lmk) return report_failure(lmk.error());
    if (auto done = give_shares(*lmk, order); !done) return report_failure(done.error());
    fmt::print("LMK KCV {}: {} shares, any {} of them are enough\n", hsm::soft::kcv_of_lmk(lmk->reveal()), order.shares,
               order.threshold);
    if (options->lmk_source == LmkSource::file)
        fmt::print(
            "To run without the file: prove the shares (ceremony form --lmk-file OTHER), remove {}, and start "
            "the server with --lmk custodians\n",
            file_of(*options).string());
    return 0;
}

int keys_ceremony_form(const Settings& settings, const KeysOrder& order) {
    const auto options = soft_options(settings);
    if (!options) return report_failure(options.error());
    const auto lmk = lmk_from_custodians(ask_secret_at_terminal);
    if (!lmk) return report_failure(lmk.error());
    const std::string kcv = hsm::soft::kcv_of_lmk(lmk->reveal());
    if (!order.kcv.empty() && order.kcv != kcv)
        return report_failure(Error{ErrorCode::hsm_kcv_mismatch, "the LMK has KCV " + kcv, {}, {}});
    if (auto done = write_lmk_file(file_of(*options), *lmk, false); !done) return report_failure(done.error());
    fmt::print("LMK KCV {} in {}\n", kcv, file_of(*options).string());
    return 0;
}

int keys_ceremony_change(const Settings& settings, const KeysOrder& order) {
    const auto options = soft_options(settings);
    if (!options) return report_failure(options.error());
    std::string new_kcv;
    const auto count = change_lmk(settings, order, *options, new_kcv);
    if (!count) return report_failure(count.error());
    fmt::print("{} keys are under the new LMK, KCV {}; the old one is kept beside it for backups\n", *count, new_kcv);
    fmt::print("Split it again: shares of the old LMK no longer open the keys\n");
    return 0;
}

}  // namespace takas::main
