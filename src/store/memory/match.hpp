// Conditions and orders on records in memory, with the meaning they have in SQL: NULL meets no condition and sorts
// first, texts compare by their bytes.
#pragma once

#include <span>
#include <vector>

#include "app/ports/store.hpp"
#include "store/record/column.hpp"

namespace takas::store::memory {

record::Cell cell_of(const app::ports::Value& value);

bool matches(const app::ports::Table& table, std::span<const app::ports::Condition> conditions, const void* record);

/// The asked order, then primary key order.
class Ordering {
  public:
    Ordering(const app::ports::Table& table, std::span<const app::ports::Order> order);
    bool less(const void* a, const void* b) const;

  private:
    struct Part {
        const Field* column;
        bool descending;
    };
    std::vector<Part> parts_;
};

}  // namespace takas::store::memory
