#include "main/installation_keys.hpp"

#include "app/ports/tables.hpp"
#include "store/keys/key_files.hpp"

namespace takas::main {
namespace {

using app::ports::CommitOutcome;
using app::ports::Meta;
using app::ports::where;

constexpr std::string_view pinned_keys_name = "key_fingerprints";

Result<std::optional<Meta>> pinned_keys(app::ports::Store& store) {
    return store.find<Meta>({where<&Meta::name>(pinned_keys_name)});
}

/// Two servers may pin the keys of one new database at the same moment: the first wins, the other looks again.
Result<void> pin_keys(app::ports::Store& store, const crypto::Keyring& keyring) {
    constexpr int attempts_max = 2;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const auto pinned = pinned_keys(store);
        if (!pinned) return std::unexpected(pinned.error());
        app::ports::Unit unit;
        Meta row{std::string(pinned_keys_name), keyring.fingerprints()};
        if (*pinned) {
            if (auto fits = keyring.check_fingerprints((*pinned)->value); !fits) return fits;
            if ((*pinned)->value == row.value) return {};
            unit.update(std::move(row));
        } else {
            unit.insert(std::move(row));
        }
        const auto outcome = store.commit_and_wait(std::move(unit)).outcome;
        if (outcome == CommitOutcome::committed) return {};
        if (outcome != CommitOutcome::conflict) break;
    }
    return fail(ErrorCode::unavailable, "the store cannot be written");
}

std::unexpected<Error> with_remedy(Error error, const ServerOptions& options) {
    if (options.store == StoreKind::postgres)
        error.internal_detail +=
            ". Servers on one database have the same keys: copy the keys folder of the first server's data folder into "
            "this one's, and give the same key-encryption key";
    return std::unexpected(std::move(error));
}

/// Takes away the key files that were not there before, unless they are to stay.
class NewFiles {
  public:
    explicit NewFiles(const store::keys::KeySettings& settings) {
        for (auto path : {store::keys::keyring_path(settings), store::keys::kek_path(settings)})
            if (!std::filesystem::exists(path)) absent_.push_back(std::move(path));
    }
    ~NewFiles() {
        std::error_code ignored;
        for (const auto& path : absent_) std::filesystem::remove(path, ignored);
    }
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;
    void keep() { absent_.clear(); }

  private:
    std::vector<std::filesystem::path> absent_;
};

}  // namespace

Result<bool> is_installed(app::ports::Store& store) {
    const auto pinned = pinned_keys(store);
    if (!pinned) return std::unexpected(pinned.error());
    return pinned->has_value();
}

Result<crypto::Keyring> open_keys(app::ports::Store& store, const ServerOptions& options, const DataFolder* folder,
                                  Instant now) {
    const auto is_used = is_installed(store);
    if (!is_used) return std::unexpected(is_used.error());
    if (!folder) {
        auto keyring = crypto::Keyring::generate(now);
        if (auto pinned = pin_keys(store, keyring); !pinned) return std::unexpected(std::move(pinned.error()));
        return keyring;
    }
    const store::keys::KeySettings settings{folder->path(), options.kek_file, options.kek_hex};
    NewFiles new_files(settings);
    auto keyring = store::keys::load_or_create(settings, *is_used, now);
    if (!keyring && *is_used) return with_remedy(std::move(keyring.error()), options);
    if (!keyring) return keyring;
    auto pinned = pin_keys(store, *keyring);
    const bool is_of_others = !pinned && pinned.error().code != ErrorCode::unavailable;
    if (is_of_others) return with_remedy(std::move(pinned.error()), options);
    new_files.keep();  // also when it is unknown whether they were pinned
    if (!pinned) return std::unexpected(std::move(pinned.error()));
    return keyring;
}

}  // namespace takas::main
