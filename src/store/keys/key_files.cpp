// Finding, making and saving the keys. Order on a new installation: KEK first, then the ring, each durable before the
// next step, so that a crash in between is repaired by the next start.
#include "store/keys/key_files.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "base/encoding.hpp"
#include "crypto/random.hpp"
#include "store/keys/private_file.hpp"

namespace takas::store::keys {
namespace {

using crypto::Keyring;
using crypto::SecretBytes;

constexpr std::size_t max_kek_file_bytes = 256;  // 64 digits and a newline, with room to say clearly what is wrong
constexpr std::size_t max_keyring_bytes = 1 << 20;

std::string_view text_in(const SecretBytes& secret) { return text_of(secret.reveal()); }

/// "<64 hex digits>" as a key; `where` begins the error's sentence.
Result<SecretBytes> kek_from_hex(std::string_view hex, const std::string& where) {
    auto bytes = hex_decode(hex);
    if (!bytes || bytes->size() != crypto::data_key_bytes) {
        if (bytes) crypto::wipe(*bytes);
        return fail(ErrorCode::internal,
                    where + ": the key-encryption key must be 64 hex digits. Make one with: openssl rand -hex 32");
    }
    SecretBytes kek{ByteView(*bytes)};
    crypto::wipe(*bytes);
    return kek;
}

Result<SecretBytes> create_kek_file(const std::filesystem::path& path) {
    SecretBytes kek = crypto::random_secret(crypto::data_key_bytes);
    std::string text = hex_encode(kek.reveal()) + "\n";
    const auto written = write_private_file(path, text, WriteMode::create);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    if (!written) return std::unexpected(written.error());
    return kek;
}

/// The KEK; made when `may_create` and the default file is not there.
Result<SecretBytes> load_kek(const KeySettings& settings, bool may_create) {
    if (!settings.kek_hex.empty()) return kek_from_hex(settings.kek_hex, "the key-encryption key setting");
    const std::filesystem::path path = kek_path(settings);
    auto content = read_private_file(path, max_kek_file_bytes);
    if (!content) return std::unexpected(std::move(content.error()));
    if (const std::optional<SecretBytes>& found = *content; found) {
        std::string_view hex = text_in(*found);
        if (hex.ends_with('\n')) hex.remove_suffix(1);
        return kek_from_hex(hex, path.string());
    }
    // A file that was named and is not there is a medium that was not mounted, not a new installation.
    if (may_create && settings.kek_file.empty()) return create_kek_file(path);
    return fail(
        ErrorCode::internal,
        fmt::format("{}: the key-encryption key is missing. Restore the file from its backup or mount the medium "
                    "it lies on; for a new installation make it with: (umask 077; openssl rand -hex 32 > {})",
                    path.string(), path.string()));
}

std::unexpected<Error> unreadable_ring(const KeySettings& settings, const Error& cause) {
    const std::string kek = settings.kek_hex.empty() ? kek_path(settings).string() : "the key-encryption key setting";
    return fail(
        cause.code,
        fmt::format("{}: {}. Give the key-encryption key that belongs to this keyring (now: {}), or restore both "
                    "from the same backup",
                    keyring_path(settings).string(), cause.internal_detail, kek));
}

Result<void> write_ring(const KeySettings& settings, const Keyring& ring, const SecretBytes& kek, WriteMode mode) {
    const auto text = ring.to_text(kek);
    if (!text) return std::unexpected(text.error());
    return write_private_file(keyring_path(settings), *text, mode);
}

}  // namespace

std::filesystem::path keyring_path(const KeySettings& settings) { return settings.data_dir / "keys" / "keyring"; }

std::filesystem::path kek_path(const KeySettings& settings) {
    return settings.kek_file.empty() ? settings.data_dir / "keys" / "kek" : settings.kek_file;
}

Result<Keyring> load_or_create(const KeySettings& settings, bool must_exist, Instant now) {
    const std::filesystem::path path = keyring_path(settings);
    const auto missing = [&] {
        return fail(
            ErrorCode::internal,
            fmt::format("{}: the keyring is missing, but the database was written with it. Restore the file from "
                        "its backup; without it stored card numbers cannot be read",
                        path.string()));
    };
    if (must_exist && !std::filesystem::exists(path.parent_path())) return missing();
    if (auto folder = ensure_private_folder(path.parent_path()); !folder)
        return std::unexpected(std::move(folder.error()));
    const auto content = read_private_file(path, max_keyring_bytes);
    if (!content) return std::unexpected(content.error());
    const std::optional<SecretBytes>& found = *content;
    if (!found && must_exist) return missing();
    const auto kek = load_kek(settings, !found.has_value());
    if (!kek) return std::unexpected(kek.error());
    if (found) {
        auto ring = Keyring::from_text(text_in(*found), *kek);
        if (!ring) return unreadable_ring(settings, ring.error());
        return ring;
    }
    Keyring ring = Keyring::generate(now);
    if (auto written = write_ring(settings, ring, *kek, WriteMode::create); !written)
        return std::unexpected(std::move(written.error()));
    return ring;
}

Result<void> save(const KeySettings& settings, const Keyring& ring) {
    const auto kek = load_kek(settings, false);
    if (!kek) return std::unexpected(kek.error());
    // The old ring must open with this KEK: a save never changes keys and wrapping at once by mistake.
    const auto old_text = read_private_file(keyring_path(settings), max_keyring_bytes);
    if (!old_text) return std::unexpected(old_text.error());
    if (const std::optional<SecretBytes>& found = *old_text; found) {
        const auto old = Keyring::from_text(text_in(*found), *kek);
        if (!old) return unreadable_ring(settings, old.error());
        if (auto kept = ring.check_fingerprints(old->fingerprints()); !kept) return kept;
    }
    return write_ring(settings, ring, *kek, WriteMode::replace);
}

}  // namespace takas::store::keys
