// Where the local master key (LMK) of the software HSM comes from: a file that only its owner may read, made for a new
// installation, or custodians who enter shares or components at the terminal. The store remembers the check value, so
// that keys are never wrapped under one LMK and looked for under another.
//
// LMK file: 64 hex digits, optionally a newline, mode 0600, owned by who runs the server. Outside the database.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"
#include "base/error.hpp"
#include "crypto/payment/key_parts.hpp"
#include "crypto/secret.hpp"

namespace takas::main {

/// Asks the custodian in front of the terminal for a line; nothing at the end of input. Not echoed.
using AskSecret = std::function<std::optional<crypto::SecretBytes>(std::string_view prompt)>;

/// What custodians enter, one line each: threshold shares ("TKS1-..."), or components of 64 hex digits, ended by an
/// empty line. Every custodian's line is checked at once. Errors: hsm_key_component_invalid, with a detail for the
/// terminal that repeats nothing of what was entered.
Result<crypto::SecretBytes> lmk_from_custodians(const AskSecret& ask);

/// nullopt when there is no such file. Errors: internal, with the remedy.
Result<std::optional<crypto::SecretBytes>> read_lmk_file(const std::filesystem::path& path);
Result<void> write_lmk_file(const std::filesystem::path& path, const crypto::SecretBytes& lmk, bool replaces);

/// A change of the LMK writes the new one beside the file, then the store, then puts it in the file's place. When it
/// ended between the last two: the new LMK, put in its place now, if it is the one that the store is bound to.
std::filesystem::path next_lmk_path(const std::filesystem::path& path);
std::optional<crypto::SecretBytes> finish_lmk_change(const std::filesystem::path& path, const std::string& pinned_kcv);
/// The LMK file of before is kept as "<file>.<check value>": backups of the database are under it.
Result<void> put_next_lmk_in_place(const std::filesystem::path& path, const std::string& old_kcv);

/// The check value that the store is bound to; "" when no LMK was ever used with it.
Result<std::string> pinned_lmk_kcv(app::ports::Store& store);
/// Binds a store that is not bound yet. Error: internal when it is bound to another LMK.
Result<void> pin_lmk(app::ports::Store& store, const std::string& kcv);
/// The write that binds it to another one; for the change of the LMK.
void repin_lmk(app::ports::Unit& unit, const std::string& kcv);

}  // namespace takas::main
