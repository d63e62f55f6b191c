// The block functions are old names of OpenSSL ("deprecated since 3.0") and still what its own provider calls.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/payment/des_keys.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "crypto/payment/locked_page.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t part_bytes = 8;

/// 64 keys of 8 octets: more than the working keys of one thread's tenants. Each has two places, so that two keys which
/// an operation uses in turn do not push one another out; a third costs a set-up, nothing else.
struct ScheduleCache {
    struct Entry {
        std::uint64_t key = 0;
        bool is_used = false;
        DES_key_schedule schedule;
    };
    struct Pair {
        std::array<Entry, 2> entries;
        std::uint8_t last_used = 0;
    };
    std::array<Pair, 32> pairs;
};

ScheduleCache& cache_of_thread() {
    thread_local LockedPage<ScheduleCache> cache;
    return *cache;
}

void set_up(ByteView part, DES_key_schedule& schedule) {
    const_DES_cblock key;
    std::memcpy(&key, part.data(), part_bytes);
    DES_set_key_unchecked(&key, &schedule);
    wipe_here(&key, sizeof(key));
}

void set_up_kept(ByteView part, DES_key_schedule& schedule) {
    std::uint64_t key = 0;
    std::memcpy(&key, part.data(), part_bytes);
    // Fibonacci hashing: the top bits of a product with 2^64 over the golden ratio.
    ScheduleCache::Pair& pair = cache_of_thread().pairs[key * 0x9E3779B97F4A7C15u >> 59];
    const auto is_in = [&](std::uint8_t place) {
        return pair.entries[place].is_used && pair.entries[place].key == key;
    };
    if (!is_in(pair.last_used)) pair.last_used ^= 1;
    ScheduleCache::Entry& entry = pair.entries[pair.last_used];
    if (!is_in(pair.last_used)) {
        set_up(part, entry.schedule);
        entry.key = key;
        entry.is_used = true;
    }
    schedule = entry.schedule;
}

/// OpenSSL's DES reads a block as two words, least octet first.
using Words = std::array<DES_LONG, 2>;
static_assert(std::endian::native == std::endian::little);

Words words_of(std::span<const std::uint8_t, 8> block) {
    Words words;
    std::memcpy(words.data(), block.data(), block.size());
    return words;
}

void write_words(Words& words, std::span<std::uint8_t, 8> block) {
    std::memcpy(block.data(), words.data(), block.size());
}

}  // namespace

DesKeys::DesKeys(CipherKey key) : parts_(key.reveal().size() / part_bytes) {
    for (std::size_t i = 0; i < parts_; ++i) {
        const ByteView part = key.reveal().subspan(i * part_bytes, part_bytes);
        if (key.is_lasting()) {
            set_up_kept(part, schedules_[i]);
        } else {
            set_up(part, schedules_[i]);
        }
    }
}

DesKeys::~DesKeys() { wipe_here(schedules_.data(), parts_ * sizeof(DES_key_schedule)); }

// The block functions take their schedules as pointers to what they do not change.
void DesKeys::encrypt(std::span<std::uint8_t, 8> block) const {
    if (parts_ == 1) return encrypt_left(block);
    auto& keys = const_cast<std::array<DES_key_schedule, 3>&>(schedules_);
    Words words = words_of(block);
    DES_encrypt3(words.data(), &keys[0], &keys[1], &keys[parts_ == 3 ? 2 : 0]);
    write_words(words, block);
}

void DesKeys::decrypt(std::span<std::uint8_t, 8> block) const {
    auto& keys = const_cast<std::array<DES_key_schedule, 3>&>(schedules_);
    Words words = words_of(block);
    if (parts_ == 1) {
        DES_encrypt1(words.data(), &keys[0], DES_DECRYPT);
    } else {
        DES_decrypt3(words.data(), &keys[0], &keys[1], &keys[parts_ == 3 ? 2 : 0]);
    }
    write_words(words, block);
}

void DesKeys::encrypt_left(std::span<std::uint8_t, 8> block) const {
    Words words = words_of(block);
    DES_encrypt1(words.data(), const_cast<DES_key_schedule*>(schedules_.data()), DES_ENCRYPT);
    write_words(words, block);
}

void forget_des_keys() {
    ScheduleCache& cache = cache_of_thread();
    wipe({reinterpret_cast<std::uint8_t*>(&cache), sizeof(cache)});
}

}  // namespace takas::crypto::payment
