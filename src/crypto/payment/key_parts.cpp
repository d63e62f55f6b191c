// XOR components and Shamir's sharing over GF(2^8) with the polynomial of AES. Multiplication has neither tables nor
// branches on its operands, so that shares leave no trace in caches.
#include "crypto/payment/key_parts.hpp"

#include <algorithm>
#include <array>

#include "crypto/digest.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/random.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t min_key_bytes = 8;
constexpr std::size_t max_key_bytes = 64;
constexpr std::size_t max_components = 9;
constexpr std::size_t max_shares = 16;
constexpr std::size_t check_bytes = 4;
constexpr std::size_t text_check_bytes = 2;
constexpr std::size_t share_head_bytes = 4;  ///< threshold, index, set id
constexpr std::string_view share_prefix = "TKS1";

bool is_key_size(std::size_t size) { return size >= min_key_bytes && size <= max_key_bytes; }

std::uint8_t multiply(std::uint8_t a, std::uint8_t b) {
    unsigned x = a;
    unsigned product = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= x & (0u - ((b >> bit) & 1u));
        x = (x << 1) ^ (0x11Bu & (0u - (x >> 7)));
    }
    return static_cast<std::uint8_t>(product);
}

/// a^254, which is 1/a for every a but zero.
std::uint8_t inverse(std::uint8_t a) {
    std::uint8_t result = 1;
    for (int i = 0; i < 254; ++i) result = multiply(result, a);
    return result;
}

/// The value at `x` of the polynomial with these coefficients, the constant first.
std::uint8_t evaluate(ByteView coefficients, std::uint8_t x) {
    std::uint8_t value = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;)
        value = static_cast<std::uint8_t>(multiply(value, x) ^ coefficients[i]);
    return value;
}

/// The weight of share `i` in the value at zero (Lagrange); in GF(2^8) minus is plus.
std::uint8_t weight_at_zero(std::span<const KeyShare> shares, std::size_t i) {
    std::uint8_t weight = 1;
    for (std::size_t j = 0; j < shares.size(); ++j) {
        if (j == i) continue;
        const auto difference = static_cast<std::uint8_t>(shares[i].index ^ shares[j].index);
        weight = multiply(weight, multiply(shares[j].index, inverse(difference)));
    }
    return weight;
}

bool are_of_one_set(std::span<const KeyShare> shares) {
    const KeyShare& first = shares.front();
    std::array<bool, 256> seen{};
    return std::ranges::all_of(shares, [&](const KeyShare& share) {
        const bool is_new = share.index != 0 && !seen[share.index];
        seen[share.index] = true;
        return is_new && share.threshold == first.threshold && share.set_id == first.set_id &&
               share.value.size() == first.value.size();
    });
}

ByteView check_of(ByteView octets, std::size_t size, Sha256& digest) {
    digest = sha256(octets);
    return ByteView(digest).first(size);
}

SecretBytes share_octets(const KeyShare& share) {
    SecretBytes octets(share_head_bytes + share.value.size());
    const auto out = octets.writable();
    out[0] = share.threshold;
    out[1] = share.index;
    out[2] = static_cast<std::uint8_t>(share.set_id >> 8);
    out[3] = static_cast<std::uint8_t>(share.set_id);
    std::ranges::copy(share.value.reveal(), out.begin() + share_head_bytes);
    return octets;
}

/// The octets of a share's text, or nothing when a character is not one of it.
SecretBytes octets_of_text(std::string_view text) {
    SecretBytes octets((text.size() + 1) / 2);
    std::size_t count = 0;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        const int nibble = nibble_of(c);
        if (nibble < 0) return {};
        set_nibble(octets.writable(), count++, static_cast<std::uint8_t>(nibble));
    }
    if (count % 2 != 0) return {};
    octets.shrink(count / 2);
    return octets;
}

}  // namespace

Outcome<SecretBytes> combine_components(std::span<const SecretBytes> components) {
    if (components.size() < 2 || components.size() > max_components || !is_key_size(components.front().size()))
        return refuse(Fault::key_components_refused);
    SecretBytes key = components.front().clone();
    for (const SecretBytes& component : components.subspan(1)) {
        if (component.size() != key.size()) return refuse(Fault::key_components_refused);
        for (std::size_t i = 0; i < key.size(); ++i) key.writable()[i] ^= component.reveal()[i];
    }
    return key;
}

Outcome<std::vector<SecretBytes>> split_into_components(const SecretBytes& key, std::size_t count) {
    if (count < 2 || count > max_components || !is_key_size(key.size())) return refuse(Fault::key_components_refused);
    std::vector<SecretBytes> components;
    SecretBytes rest = key.clone();
    for (std::size_t n = 1; n < count; ++n) {
        components.push_back(random_secret(key.size()));
        for (std::size_t i = 0; i < key.size(); ++i) rest.writable()[i] ^= components.back().reveal()[i];
    }
    components.push_back(std::move(rest));
    return components;
}

Outcome<std::vector<KeyShare>> split_into_shares(const SecretBytes& secret, std::uint8_t threshold,
                                                 std::uint8_t count) {
    if (threshold < 2 || count < threshold || count > max_shares || !is_key_size(secret.size()))
        return refuse(Fault::key_shares_refused);
    SecretBytes content(secret.size() + check_bytes);
    std::ranges::copy(secret.reveal(), content.writable().begin());
    Sha256 digest;
    std::ranges::copy(check_of(secret.reveal(), check_bytes, digest),
                      content.writable().subspan(secret.size()).begin());
    wipe(digest);

    std::array<std::uint8_t, 2> set_id;
    random_fill(set_id);
    std::vector<KeyShare> shares;
    for (std::uint8_t index = 1; index <= count; ++index)
        shares.push_back(
            {threshold, index, static_cast<std::uint16_t>(set_id[0] << 8 | set_id[1]), SecretBytes(content.size())});
    SecretBytes coefficients(threshold);
    for (std::size_t i = 0; i < content.size(); ++i) {
        random_fill(coefficients.writable());
        coefficients.writable()[0] = content.reveal()[i];
        for (KeyShare& share : shares) share.value.writable()[i] = evaluate(coefficients.reveal(), share.index);
    }
    return shares;
}

Outcome<SecretBytes> join_shares(std::span<const KeyShare> shares) {
    if (shares.empty() || shares.size() > max_shares || shares.front().threshold < 2 ||
        shares.size() < shares.front().threshold || !is_key_size(shares.front().value.size() - check_bytes) ||
        !are_of_one_set(shares)) {
        return refuse(Fault::key_shares_refused);
    }
    SecretBytes content(shares.front().value.size());
    for (std::size_t n = 0; n < shares.size(); ++n) {
        const std::uint8_t weight = weight_at_zero(shares, n);
        for (std::size_t i = 0; i < content.size(); ++i)
            content.writable()[i] ^= multiply(weight, shares[n].value.reveal()[i]);
    }
    const ByteView secret = content.reveal().first(content.size() - check_bytes);
    Sha256 digest;
    const bool is_right =
        constant_time_equal(check_of(secret, check_bytes, digest), content.reveal().last(check_bytes));
    wipe(digest);
    if (!is_right) return refuse(Fault::key_shares_refused);
    content.shrink(secret.size());
    return content;
}

std::string share_text(const KeyShare& share) {
    const SecretBytes octets = share_octets(share);
    Sha256 digest;
    std::string digits = upper_hex(octets.reveal()) + upper_hex(check_of(octets.reveal(), text_check_bytes, digest));
    std::string text;
    text.reserve(share_prefix.size() + digits.size() + digits.size() / 4 + 1);  // growing would leave copies behind
    text += share_prefix;
    for (std::size_t at = 0; at < digits.size(); at += 4) {
        text += '-';
        text += std::string_view(digits).substr(at, 4);
    }
    wipe({reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    return text;
}

Outcome<KeyShare> share_from_text(std::string_view text) {
    static constexpr std::size_t max_text_chars = 512;
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.size() > max_text_chars || text.size() < share_prefix.size() ||
        !std::ranges::equal(text.substr(0, share_prefix.size()), share_prefix,
                            [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; })) {
        return refuse(Fault::key_shares_refused);
    }
    const SecretBytes octets = octets_of_text(text.substr(share_prefix.size()));
    const std::size_t around_value = share_head_bytes + text_check_bytes;
    if (octets.size() <= around_value || !is_key_size(octets.size() - around_value - check_bytes))
        return refuse(Fault::key_shares_refused);
    const ByteView body = octets.reveal().first(octets.size() - text_check_bytes);
    Sha256 digest;
    if (!constant_time_equal(check_of(body, text_check_bytes, digest), octets.reveal().last(text_check_bytes)))
        return refuse(Fault::key_shares_refused);
    return KeyShare{body[0], body[1], static_cast<std::uint16_t>(body[2] << 8 | body[3]),
                    SecretBytes(body.subspan(share_head_bytes))};
}

}  // namespace takas::crypto::payment
