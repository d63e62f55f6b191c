// Where an installation's keys live: the keyring at DATA/keys/keyring, wrapped under a key-encryption key (KEK) that
// comes from a setting or from a file. Makes both for a new installation. The ring itself is crypto/keyring; which keys
// a database was written with is the store's business (Keyring::fingerprints).
//
// KEK file: 64 hex digits, optionally a newline, mode 0600. In production it lies on another medium than the database.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "base/time.hpp"
#include "crypto/keyring.hpp"

namespace takas::store::keys {

struct KeySettings {
    std::filesystem::path data_dir;
    std::filesystem::path kek_file{};  ///< empty: DATA/keys/kek, which is made for a new installation
    std::string kek_hex{};             ///< 64 hex digits; when set, no KEK file is used
};

std::filesystem::path keyring_path(const KeySettings& settings);
std::filesystem::path kek_path(const KeySettings& settings);

/// Reads the keyring, or makes one when neither it nor a database is there. `must_exist`: the database exists, so a
/// missing keyring or KEK is an error, not a new installation. ErrorCode::internal or unavailable; the detail names the
/// file and the remedy and is meant for the operator's eyes at start-up.
Result<crypto::Keyring> load_or_create(const KeySettings& settings, bool must_exist, Instant now);

/// Writes a changed ring (after a rotation) over the old one, under the same KEK.
Result<void> save(const KeySettings& settings, const crypto::Keyring& ring);

}  // namespace takas::store::keys
