// What is sent to the server and what it answers, and how a scenario looks into an answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/json/value.hpp"

namespace takas::functional {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Question {
    std::string method;
    std::string target;  ///< path and query
    Headers headers{};
    std::string body{};
};

struct Answer {
    int status = 0;  ///< 0: none came
    std::string content_type;
    std::string body;
    Headers headers{};

    /// The value of the first header of that name, without regard to case.
    std::string header(std::string_view name) const;
};

/// The node at "items[0].name"; "[-1]" is the last element. Nothing when there is none.
std::optional<protocol::json::Value> at(protocol::json::Value root, std::string_view path);

/// Scalars as text; arrays and objects as compact JSON.
std::string text_of(protocol::json::Value value);

/// True when both are the same text or the same decimal number ("40" and "40.00").
bool same_value(std::string_view a, std::string_view b);

/// "[0-9]+" and the like: a number that JSON knows.
bool is_json_number(std::string_view text);

std::string json_string(std::string_view text);

}  // namespace takas::functional
