#include "core/card/chip_counters.hpp"

#include <algorithm>
#include <charconv>

namespace takas::core::card {
namespace {

/// Where an entry is: from its token id up to the blank behind it, or the end.
struct Entry {
    std::size_t begin = 0, value_at = 0, end = 0;
};

std::optional<Entry> find_entry(std::string_view counters, TokenId token_id) {
    char name[24];
    char* const name_end = std::to_chars(name, name + sizeof name - 1, token_id.value).ptr;
    *name_end = ':';
    const std::string_view wanted(name, static_cast<std::size_t>(name_end - name) + 1);
    for (std::size_t at = 0; at < counters.size();) {
        const std::size_t end = std::min(counters.find(' ', at), counters.size());
        if (counters.substr(at, end - at).starts_with(wanted)) return Entry{at, at + wanted.size(), end};
        at = end + 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int32_t> chip_counter(std::string_view counters, TokenId token_id) {
    const auto entry = find_entry(counters, token_id);
    std::int32_t atc = 0;
    if (!entry) return std::nullopt;
    const std::string_view digits = counters.substr(entry->value_at, entry->end - entry->value_at);
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), atc);
    if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return atc;
}

bool set_chip_counter(std::string& counters, TokenId token_id, std::int32_t atc) {
    const auto entry = find_entry(counters, token_id);
    if (atc < 0) {
        if (!entry) return true;
        const bool is_last = entry->end == counters.size();
        const std::size_t begin = is_last && entry->begin > 0 ? entry->begin - 1 : entry->begin;
        counters.erase(begin, entry->end + (is_last ? 0 : 1) - begin);
        return true;
    }
    const std::string number = std::to_string(atc);
    if (entry) {
        counters.replace(entry->value_at, entry->end - entry->value_at, number);
        return true;
    }
    std::string added = counters.empty() ? std::string() : std::string(" ");
    added += std::to_string(token_id.value) + ':' + number;
    if (counters.size() + added.size() > chip_counters_max_chars) return false;
    counters += added;
    return true;
}

}  // namespace takas::core::card
