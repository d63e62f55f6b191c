// See conditions.hpp.
#include "store/postgres/conditions.hpp"

#include "store/postgres/row_array.hpp"
#include "store/postgres/sql_text.hpp"
#include "store/record/column.hpp"

namespace takas::store::postgres {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Table;

void add_integer(Parameters& parameters, std::int64_t value, std::deque<std::string>& scratch) {
    append_int64(scratch.emplace_back(), value);
    parameters.add(int8_type, scratch.back().data(), scratch.back().size());
}

void add_conditions(Parameters& parameters, const Table& table, std::span<const Condition> conditions,
                    std::deque<std::string>& scratch) {
    for (const Condition& c : conditions) {
        const Oid type = type_of_column(*record::find_column(table, c.column));
        if (const auto* integer = std::get_if<std::int64_t>(&c.value)) {
            add_integer(parameters, *integer, scratch);
        } else if (const auto* text = std::get_if<std::string>(&c.value)) {
            parameters.add(type, text->data(), text->size());
            if (c.compare != Compare::starts_with) continue;
            if (std::string end = prefix_end(*text); !end.empty()) {
                scratch.push_back(std::move(end));
                parameters.add(type, scratch.back().data(), scratch.back().size());
            }
        } else {
            parameters.add_null(type);
        }
    }
}

}  // namespace takas::store::postgres
