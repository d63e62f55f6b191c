// The keyring's text form, both ways. Reading trusts nothing before the last line, the MAC, has been checked; the one
// exception is the fingerprint that tells "another key-encryption key" from "a changed file".
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/key_wrap.hpp"
#include "crypto/keyring.hpp"

namespace takas::crypto {
namespace {

constexpr std::string_view head =
    "# Takas keyring: the data keys of this installation, wrapped under the key-encryption key.\n"
    "# Back up this file and the key-encryption key, apart from the database: stored card numbers are lost without "
    "them.\n"
    "# Do not edit: the last line authenticates all the others.\n"
    "takas-keyring 1\n";
/// A ring grows by one line of about 150 octets per rotation.
constexpr std::size_t max_text_bytes = 1 << 20;

std::string mac_line(std::string_view text, const SecretBytes& kek) {
    Sha256 derived = hmac_sha256(kek.reveal(), bytes_of("takas keyring mac 1"));
    const SecretBytes mac_key{ByteView(derived)};
    wipe(derived);
    return fmt::format("mac {}\n", hex_encode(hmac_sha256(mac_key.reveal(), bytes_of(text))));
}

std::string kek_line(const SecretBytes& kek) { return fmt::format("kek {}\n", key_fingerprint(kek)); }

/// Takes the text before `end` off the front of `rest`, and `end` with it; nothing when there is no `end`.
std::optional<std::string_view> take_until(std::string_view& rest, char end) {
    const std::size_t at = rest.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    return taken;
}

/// One "key ..." line, without its '\n'; nothing when it is not as we write it or does not unwrap.
std::optional<DataKey> key_of(std::string_view line, const SecretBytes& kek) {
    if (take_until(line, ' ') != "key") return std::nullopt;
    const auto id_text = take_until(line, ' ');
    const auto purpose_text = take_until(line, ' ');
    const auto state_text = take_until(line, ' ');
    const auto created_text = take_until(line, ' ');
    const auto fingerprint = take_until(line, ' ');
    if (!id_text || !purpose_text || !state_text || !created_text || !fingerprint) return std::nullopt;
    const auto purpose = from_name<KeyPurpose>(*purpose_text);
    const auto state = from_name<KeyState>(*state_text);
    const auto created_at = parse_instant(*created_text);
    const auto wrapped = hex_decode(line);
    if (!purpose || !state || !created_at || !wrapped) return std::nullopt;
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(id_text->data(), id_text->data() + id_text->size(), id);
    if (error != std::errc{} || end != id_text->data() + id_text->size() || id == 0) return std::nullopt;
    auto bytes = unwrap_key(KeyWrap::rfc5649, kek, *wrapped);
    if (!bytes || bytes->size() != data_key_bytes || key_fingerprint(*bytes) != *fingerprint) return std::nullopt;
    return DataKey{id, *purpose, *state, *created_at, std::move(*bytes)};
}

/// The octets before the MAC line, once the MAC has been checked.
Result<std::string_view> authenticated(std::string_view text, const SecretBytes& kek) {
    if (!text.contains("\ntakas-keyring 1\n"))
        return fail(ErrorCode::internal, "this is no keyring, or one of a newer version of Takas");
    if (!text.contains("\n" + kek_line(kek)))
        return fail(ErrorCode::internal, "the keyring was wrapped under another key-encryption key");
    const std::size_t mac_at = text.rfind("\nmac ");
    if (mac_at == std::string_view::npos) return fail(ErrorCode::internal, "the keyring is cut off");
    const std::string_view body = text.substr(0, mac_at + 1);
    if (!constant_time_equal(bytes_of(text.substr(mac_at + 1)), bytes_of(mac_line(body, kek))))
        return fail(ErrorCode::internal, "the keyring was changed after it was written");
    return body;
}

}  // namespace

Result<std::string> Keyring::to_text(const SecretBytes& kek) const {
    if (kek.size() != data_key_bytes) return fail(ErrorCode::internal, "the key-encryption key must have 32 octets");
    std::string out = std::string(head) + kek_line(kek);
    for (const DataKey& key : keys_) {
        const auto wrapped = wrap_key(KeyWrap::rfc5649, kek, key.bytes);
        if (!wrapped) return std::unexpected(wrapped.error());
        out += fmt::format("key {} {} {} {} {} {}\n", key.id, to_name(key.purpose), to_name(key.state),
                           takas::to_text(key.created_at), key_fingerprint(key.bytes), hex_encode(*wrapped));
    }
    return out + mac_line(out, kek);
}

Result<Keyring> Keyring::from_text(std::string_view text, const SecretBytes& kek) {
    if (kek.size() != data_key_bytes) return fail(ErrorCode::internal, "the key-encryption key must have 32 octets");
    if (text.size() > max_text_bytes) return fail(ErrorCode::internal, "the keyring is too large");
    const auto body = authenticated(text, kek);
    if (!body) return std::unexpected(body.error());
    Keyring ring;
    std::string_view rest = *body;
    while (const auto line = take_until(rest, '\n')) {
        if (!line->starts_with("key ")) continue;  // comments and the two head lines, checked above
        auto key = key_of(*line, kek);
        if (!key) return fail(ErrorCode::internal, "a key of the keyring is not readable");
        ring.keys_.push_back(std::move(*key));
    }
    if (auto sound = ring.check_invariants(); !sound) return std::unexpected(std::move(sound.error()));
    return ring;
}

Result<void> Keyring::check_invariants() const {
    for (std::size_t i = 1; i < keys_.size(); ++i)
        if (keys_[i - 1].id >= keys_[i].id) return fail(ErrorCode::internal, "the keyring's ids do not rise");
    for (const EnumName& row : EnumNames<KeyPurpose>::values) {
        const auto active_count = std::ranges::count_if(keys_, [&](const DataKey& key) {
            return key.purpose == static_cast<KeyPurpose>(row.value) && key.state == KeyState::active;
        });
        if (active_count != 1)
            return fail(ErrorCode::internal, fmt::format("the keyring needs one active {} key", row.name));
    }
    return {};
}

}  // namespace takas::crypto
