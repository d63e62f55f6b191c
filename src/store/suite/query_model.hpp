// What a query must answer, in plain C++ over a few columns, and random queries to ask.
#pragma once

#include <rapidcheck.h>

#include <algorithm>

#include "store/suite/samples.hpp"

namespace takas::store::suite {

struct ModelRow {
    std::int64_t id, order;
    std::optional<std::int64_t> height;
    std::optional<std::string> code;
    std::string text;
};

inline bool model_meets(const ModelRow& row, const Condition& c) {
    const auto compared = [&](const auto& have, const auto& want) {
        switch (c.compare) {
            case Compare::equal:
                return have == want;
            case Compare::not_equal:
                return have != want;
            case Compare::less:
                return have < want;
            case Compare::less_or_equal:
                return have <= want;
            case Compare::greater:
                return have > want;
            case Compare::greater_or_equal:
                return have >= want;
            default:
                return false;
        }
    };
    const auto lower = [](std::string s) {
        for (char& ch : s) ch = ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch;
        return s;
    };
    if (c.value.index() == 0) return false;
    if (c.column == "order") return compared(row.order, std::get<std::int64_t>(c.value));
    if (c.column == "height") return row.height && compared(*row.height, std::get<std::int64_t>(c.value));
    if (c.column == "code" && !row.code) return false;
    const std::string& have = c.column == "code" ? *row.code : row.text;
    const std::string& want = std::get<std::string>(c.value);
    if (c.compare == Compare::contains) return lower(have).find(lower(want)) != std::string::npos;
    if (c.compare == Compare::starts_with) return have.starts_with(want);
    return compared(have, want);
}

inline std::vector<std::int64_t> model_query(std::vector<ModelRow> rows, const Query& query) {
    std::erase_if(rows, [&](const ModelRow& row) {
        return !std::ranges::all_of(query.conditions, [&](const Condition& c) { return model_meets(row, c); });
    });
    const auto less = [&](const ModelRow& a, const ModelRow& b) {
        for (const Order& o : query.order) {
            const ModelRow &x = o.descending ? b : a, &y = o.descending ? a : b;
            const auto c = o.column == "order"    ? x.order <=> y.order
                           : o.column == "height" ? x.height <=> y.height
                           : o.column == "code"   ? x.code <=> y.code
                                                  : x.text <=> y.text;
            if (c != 0) return c < 0;
        }
        const bool descending = !query.order.empty() && query.order.back().descending;
        return descending ? b.id < a.id : a.id < b.id;
    };
    std::ranges::sort(rows, less);
    std::vector<std::int64_t> ids;
    for (std::int64_t i = 0; i < std::ssize(rows); ++i)
        if (i >= query.skip && std::ssize(ids) < query.limit) ids.push_back(rows[static_cast<std::size_t>(i)].id);
    return ids;
}

inline std::string some_text() {
    std::string text;
    for (const auto& piece : *rc::gen::container<std::vector<std::string>>(
             rc::gen::element<std::string>("a", "A", "b", "%", "_", "é", "\x7F", "'")))
        text += text.size() < 6 ? piece : "";
    return text;
}

inline Condition some_condition() {
    const auto column = *rc::gen::element<std::string_view>("order", "height", "code", "text");
    const bool is_text = column == "code" || column == "text";
    Condition c{column, static_cast<Compare>(*rc::gen::inRange(0, is_text ? 8 : 6)), {}};
    if (*rc::gen::inRange(0, 10) == 0) return c;  // NULL
    if (is_text)
        c.value = some_text();
    else
        c.value = *rc::gen::inRange<std::int64_t>(-2, 3);
    return c;
}

inline Query some_query() {
    Query query;
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) query.conditions.push_back(some_condition());
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        query.order.push_back(
            {*rc::gen::element<std::string_view>("order", "height", "code", "text"), *rc::gen::arbitrary<bool>()});
    query.skip = *rc::gen::inRange<std::int64_t>(0, 4);
    query.limit = *rc::gen::inRange<std::int64_t>(0, 30);
    return query;
}

}  // namespace takas::store::suite
