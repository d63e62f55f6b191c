// Records as one binary parameter: an array of a table's row type. It is what makes one statement out of many rows,
// and costs the server least (docs/benchmarks.md).
//
// Array: dimensions 1, has-NULLs 0, element type, length, lower bound 1; then for each element its size and its bytes.
// A row: column count, then for each column its type, its size (-1 is NULL) and its bytes. All integers big-endian.
#pragma once

#include <cstdint>
#include <string>

#include "store/postgres/layout.hpp"

namespace takas::store::postgres {

class RowArray {
  public:
    explicit RowArray(const Layout& layout);
    /// With `key_only` all other columns are NULL.
    void add(const Layout& layout, const void* record, bool key_only);
    std::int32_t count() const { return count_; }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
    std::string scratch_;
    std::int32_t count_ = 0;
};

/// Versions that rows must have, as an array of int8.
class IntegerArray {
  public:
    IntegerArray();
    void add(std::int64_t value);
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
    std::int32_t count_ = 0;
};

void append_int32(std::string& out, std::int32_t value);
void append_int64(std::string& out, std::int64_t value);
std::int64_t read_int64(const char* bytes);

}  // namespace takas::store::postgres
