// See row_array.hpp.
#include "store/postgres/row_array.hpp"

#include <bit>
#include <cstring>

#include "store/record/column.hpp"

namespace takas::store::postgres {
namespace {

using record::Cell;
using record::CellKind;

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t count_at = 12;  // behind dimensions, has-NULLs and element type

template <class Integer>
void append(std::string& out, Integer value) {
    const Integer swapped = std::byteswap(value);
    out.append(reinterpret_cast<const char*>(&swapped), sizeof swapped);
}

template <class Integer>
void put(std::string& out, std::size_t at, Integer value) {
    const Integer swapped = std::byteswap(value);
    std::memcpy(out.data() + at, &swapped, sizeof swapped);
}

void append_header(std::string& out, Oid element_type) {
    append(out, std::int32_t{1});
    append(out, std::int32_t{0});
    append(out, element_type);
    append(out, std::int32_t{0});
    append(out, std::int32_t{1});
}

}  // namespace

void append_int32(std::string& out, std::int32_t value) { append(out, value); }
void append_int64(std::string& out, std::int64_t value) { append(out, value); }

std::int64_t read_int64(const char* bytes) {
    std::int64_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return std::byteswap(value);
}

RowArray::RowArray(const Layout& layout) { append_header(bytes_, layout.row); }

void RowArray::add(const Layout& layout, const void* record, bool key_only) {
    const std::size_t size_at = bytes_.size();
    append(bytes_, std::int32_t{0});
    append(bytes_, static_cast<std::int32_t>(layout.slots.size()));
    for (const Layout::Slot& slot : layout.slots) {
        append(bytes_, slot.type);
        Cell cell;
        if (slot.field && (slot.is_key || !key_only)) cell = record::read_cell(*slot.field, record, scratch_);
        if (cell.kind == CellKind::null) {
            append(bytes_, std::int32_t{-1});
        } else if (cell.kind == CellKind::integer) {
            append(bytes_, std::int32_t{8});
            append(bytes_, cell.integer);
        } else {
            append(bytes_, static_cast<std::int32_t>(cell.text.size()));
            bytes_.append(cell.text);
        }
    }
    put(bytes_, size_at, static_cast<std::int32_t>(bytes_.size() - size_at - 4));
    put(bytes_, count_at, ++count_);
}

IntegerArray::IntegerArray() { append_header(bytes_, int8_type); }

void IntegerArray::add(std::int64_t value) {
    append(bytes_, std::int32_t{8});
    append(bytes_, value);
    put(bytes_, count_at, ++count_);
}

}  // namespace takas::store::postgres
