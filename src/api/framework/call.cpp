#include "api/framework/call.hpp"

#include <charconv>

namespace takas::api {

std::string_view Call::path_value(std::string_view name) const {
    for (const auto& [key, value] : path_values_)
        if (key == name) return value;
    return {};
}

ErrorCode Call::conflict_code(std::string_view table) const {
    for (const auto& [key, code] : conflicts_)
        if (key == table) return code;
    return ErrorCode::already_exists;
}

std::int64_t Call::path_number(std::string_view name) const {
    constexpr std::int64_t largest_id = (std::int64_t{1} << 53) - 1;
    const std::string_view text = path_value(name);
    if (text.empty() || text.front() < '1' || text.front() > '9') return 0;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number > largest_id) return 0;
    return number;
}

}  // namespace takas::api
