#include "core/product/range_rules.hpp"

#include <algorithm>
#include <charconv>

namespace takas::core::product {
namespace {

std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool is_account_number(std::string_view text, std::size_t digits) {
    return text.size() == digits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void check_ends(const CardBin& bin, std::string_view start, std::string_view end, FieldErrors& errors) {
    const std::size_t digits = account_digits(bin);
    const std::string n = std::to_string(digits);
    const auto check = [&](std::string path, std::string_view text) {
        const bool good = is_account_number(text, digits);
        if (!good)
            errors.add(std::move(path), "Exactly " + n + " digits are needed: card number without BIN and check digit.",
                       "Tam olarak " + n + " rakam gerekli: BIN ve kontrol hanesi hariç kart numarası.");
        return good;
    };
    const bool start_good = check("startRange", start), end_good = check("endRange", end);
    if (start_good && end_good && end < start)
        errors.add("endRange", "The end lies before the start.", "Bitiş başlangıçtan önce olamaz.");
}

bool overlap(const CardBinRange& a, const CardBinRange& b) {
    return a.start_range <= b.end_range && b.start_range <= a.end_range;
}

std::vector<RangeSegment> segments_between(std::string_view start, std::string_view end) {
    return {{number_of(start), number_of(end) - number_of(start) + 1}};
}

std::int64_t range_size(const CardBinRange& range) {
    std::int64_t size = 0;
    for (const RangeSegment& s : range.segments) size += s.count;
    return size;
}

std::optional<std::vector<RangeSegment>> moved_segments(const CardBinRange& range, std::string_view new_start,
                                                        std::string_view new_end, std::int64_t drawn) {
    if (drawn == 0) return segments_between(new_start, new_end);
    const std::int64_t old_first = number_of(range.start_range), old_last = number_of(range.end_range);
    const std::int64_t first = number_of(new_start), last = number_of(new_end);
    std::vector<RangeSegment> segments = range.segments;
    if (first > old_first) return std::nullopt;
    if (last < old_last) {
        const std::int64_t given_up = old_last - last;
        RangeSegment& tail = segments.back();
        const bool ends_range = tail.first + tail.count - 1 == old_last;
        const bool behind_drawn = given_up < tail.count && range_size(range) - given_up >= drawn;
        if (range.allocation != Allocation::sequential || !ends_range || !behind_drawn) return std::nullopt;
        tail.count -= given_up;
    }
    if (last > old_last) segments.push_back({old_last + 1, last - old_last});
    if (first < old_first) segments.push_back({first, old_first - first});
    return segments;
}

std::string last_sequential(const CardBinRange& range, std::int64_t drawn) {
    std::int64_t position = drawn - 1;
    for (const RangeSegment& s : range.segments) {
        if (position < 0) break;
        if (position < s.count) {
            std::string text = std::to_string(s.first + position);
            return text.insert(0, range.start_range.size() - text.size(), '0');
        }
        position -= s.count;
    }
    return {};
}

}  // namespace takas::core::product
