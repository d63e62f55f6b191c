#include "main/lmk.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "app/ports/tables.hpp"
#include "base/encoding.hpp"
#include "base/trimmed.hpp"
#include "hsm/soft/soft_vault.hpp"
#include "store/keys/private_file.hpp"

namespace takas::main {
namespace {

using app::ports::CommitOutcome;
using app::ports::Meta;
using app::ports::where;
using crypto::SecretBytes;
namespace payment = crypto::payment;

constexpr std::string_view pin_name = "lmk_kcv";
constexpr std::size_t lmk_file_max_bytes = 256;
constexpr std::string_view share_prefix = "TKS1-";
constexpr std::size_t custodians_max = 16;
constexpr std::size_t components_min = 2;
constexpr std::string_view blanks = " \t\r\n";

std::optional<SecretBytes> lmk_from_hex(std::string_view hex) {
    auto bytes = hex_decode(hex);
    if (!bytes) return std::nullopt;
    std::optional<SecretBytes> lmk;
    if (bytes->size() == hsm::soft::lmk_bytes) lmk.emplace(ByteView(*bytes));
    crypto::wipe(*bytes);
    return lmk;
}

std::unexpected<Error> wrong(std::string_view what) {
    return fail(ErrorCode::hsm_key_component_invalid, std::string(what));
}

/// Somebody else's file could be replaced by somebody else at any time.
Result<void> check_owner(const std::filesystem::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return {};  // reading says what is wrong
    if (status.st_uid == ::geteuid() || status.st_uid == 0) return {};
    return fail(ErrorCode::internal, path.string() + ": the LMK file belongs to another user. Run: chown " +
                                         std::to_string(::geteuid()) + " " + path.string());
}

/// Shares until there are enough; `first` is the first line.
Result<SecretBytes> from_shares(const AskSecret& ask, std::string_view first) {
    std::vector<payment::KeyShare> shares;
    auto share = payment::share_from_text(first);
    if (!share) return wrong("this is no share: a character is wrong");
    const std::size_t needed = share->threshold;
    shares.push_back(std::move(*share));
    while (shares.size() < needed) {
        const auto line = ask("share " + std::to_string(shares.size() + 1) + " of " + std::to_string(needed));
        if (!line) return wrong("the shares ended early");
        auto next = payment::share_from_text(trimmed(text_of(line->reveal()), blanks));
        if (!next) return wrong("this is no share: a character is wrong");
        if (std::ranges::any_of(shares, [&](const auto& other) { return other.index == next->index; }))
            return wrong("this share was entered already: another custodian has the next one");
        shares.push_back(std::move(*next));
    }
    auto lmk = payment::join_shares(shares);
    if (!lmk || lmk->size() != hsm::soft::lmk_bytes) return wrong("the shares do not belong together");
    return std::move(*lmk);
}

Result<SecretBytes> from_components(const AskSecret& ask, std::string_view first) {
    std::vector<SecretBytes> components;
    auto component = lmk_from_hex(first);
    for (;;) {
        if (!component) return wrong("a component is 64 hex digits");
        components.push_back(std::move(*component));
        if (components.size() > custodians_max) return wrong("too many components");
        const auto line = ask("component " + std::to_string(components.size() + 1) + ", or an empty line");
        const std::string_view text = line ? trimmed(text_of(line->reveal()), blanks) : std::string_view();
        if (text.empty()) break;
        component = lmk_from_hex(text);
    }
    if (components.size() < components_min) return wrong("one component is not enough");
    auto lmk = payment::combine_components(components);
    if (!lmk) return wrong("the components do not belong together");
    return std::move(*lmk);
}

Result<std::optional<Meta>> pinned(app::ports::Store& store) {
    return store.find<Meta>({where<&Meta::name>(pin_name)});
}

}  // namespace

Result<SecretBytes> lmk_from_custodians(const AskSecret& ask) {
    const auto line = ask("share or component 1");
    if (!line) return wrong("nothing was entered");
    const std::string_view text = trimmed(text_of(line->reveal()), blanks);
    return text.starts_with(share_prefix) ? from_shares(ask, text) : from_components(ask, text);
}

Result<std::optional<SecretBytes>> read_lmk_file(const std::filesystem::path& path) {
    if (auto owned = check_owner(path); !owned) return std::unexpected(std::move(owned.error()));
    auto content = store::keys::read_private_file(path, lmk_file_max_bytes);
    if (!content) return std::unexpected(std::move(content.error()));
    if (!*content) return std::nullopt;
    auto lmk = lmk_from_hex(trimmed(text_of((*content)->reveal()), blanks));
    if (!lmk) return fail(ErrorCode::internal, path.string() + ": an LMK file holds 64 hex digits");
    return lmk;
}

Result<void> write_lmk_file(const std::filesystem::path& path, const SecretBytes& lmk, bool replaces) {
    if (auto folder = store::keys::ensure_private_folder(path.parent_path()); !folder) return folder;
    std::string digits = hex_encode(lmk.reveal());
    // Of its final size from the start: a text that grows leaves a copy behind.
    SecretBytes text(digits.size() + 1);
    std::ranges::copy(digits, text.writable().begin());
    text.writable().back() = '\n';
    crypto::wipe({reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    return store::keys::write_private_file(path, text_of(text.reveal()),
                                           replaces ? store::keys::WriteMode::replace : store::keys::WriteMode::create);
}

std::filesystem::path next_lmk_path(const std::filesystem::path& path) { return path.string() + ".new"; }

Result<void> put_next_lmk_in_place(const std::filesystem::path& path, const std::string& old_kcv) {
    std::error_code error;
    std::filesystem::rename(path, path.string() + "." + old_kcv, error);
    if (!error) std::filesystem::rename(next_lmk_path(path), path, error);
    if (error) return fail(ErrorCode::unavailable, path.string() + ": cannot be replaced: " + error.message());
    return {};
}

std::optional<SecretBytes> finish_lmk_change(const std::filesystem::path& path, const std::string& pinned_kcv) {
    auto next = read_lmk_file(next_lmk_path(path));
    const auto old = read_lmk_file(path);
    if (!next || !*next || !old || !*old) return std::nullopt;
    if (hsm::soft::kcv_of_lmk((*next)->reveal()) != pinned_kcv) return std::nullopt;
    if (!put_next_lmk_in_place(path, hsm::soft::kcv_of_lmk((*old)->reveal()))) return std::nullopt;
    return std::move(*next);
}

Result<std::string> pinned_lmk_kcv(app::ports::Store& store) {
    auto row = pinned(store);
    if (!row) return std::unexpected(std::move(row.error()));
    return *row ? std::move((*row)->value) : std::string();
}

Result<void> pin_lmk(app::ports::Store& store, const std::string& kcv) {
    constexpr int attempts_max = 2;  // two servers on a new database: who comes second looks again
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const auto known = pinned_lmk_kcv(store);
        if (!known) return std::unexpected(known.error());
        if (*known == kcv) return {};
        if (!known->empty())
            return fail(ErrorCode::internal, "the keys in this store are under another LMK: its check value is " +
                                                 *known + ", that of the one given is " + kcv);
        app::ports::Unit unit;
        unit.insert(Meta{std::string(pin_name), kcv});
        const auto outcome = store.commit_and_wait(std::move(unit)).outcome;
        if (outcome == CommitOutcome::committed) return {};
        if (outcome != CommitOutcome::conflict) break;
    }
    return fail(ErrorCode::unavailable, "the store cannot be written");
}

void repin_lmk(app::ports::Unit& unit, const std::string& kcv) { unit.upsert(Meta{std::string(pin_name), kcv}); }

}  // namespace takas::main
