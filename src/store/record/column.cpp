// Cells from fields and fields from cells. See column.hpp.
#include "store/record/column.hpp"

#include <algorithm>
#include <limits>

#include "protocol/json/codec.hpp"

namespace takas::store::record {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Order;
using app::ports::Table;
using app::ports::Value;

/// Stored text is our own: the limits that protect against request bodies do not apply.
constexpr protocol::json::ParseLimits stored_limits{64, 10'000'000, 256U * 1024 * 1024};

std::unexpected<Error> mismatch(const Field& field, std::string_view what) {
    return fail(ErrorCode::internal, "column " + std::string(field.name) + ": " + std::string(what));
}

Result<void> write_document(const Field& field, const Type& type, void* target, std::string_view text) {
    if (type.kind == Kind::decimal) {
        const auto decimal = parse_decimal(text);
        if (!decimal) return mismatch(field, "stored text is not a decimal");
        *static_cast<Decimal*>(target) = *decimal;
        return {};
    }
    auto done = protocol::json::decode_into(text, type, target, protocol::json::storage_read, stored_limits);
    if (!done) return mismatch(field, "stored JSON cannot be read: " + done.error().internal_detail);
    return {};
}

bool fits(ColumnClass column, const Condition& c) {
    const bool is_text_test = c.compare == Compare::contains || c.compare == Compare::starts_with;
    if (column == ColumnClass::document) return false;
    if (is_text_test && column != ColumnClass::text) return false;
    if (std::holds_alternative<std::int64_t>(c.value)) return column == ColumnClass::integer;
    if (std::holds_alternative<std::string>(c.value)) return column != ColumnClass::integer;
    return true;
}

}  // namespace

ColumnClass column_class(const Type& type) {
    switch (type.kind) {
        case Kind::boolean:
        case Kind::integer:
        case Kind::date:
        case Kind::instant:
        case Kind::enumeration:
            return ColumnClass::integer;
        case Kind::text:
            return ColumnClass::text;
        case Kind::blob:
            return ColumnClass::blob;
        case Kind::raw_json:
        case Kind::decimal:
        case Kind::object:
        case Kind::list:
        case Kind::string_map:
            break;
    }
    return ColumnClass::document;
}

Cell read_cell(const Field& field, const void* record, std::string& scratch) {
    const Type* type = field.type;
    const void* value = member_of(field, record);
    if (type->optional) {
        value = type->value(value);
        if (!value) return {};
        type = type->inner;
    }
    if (type->get_integer) return {CellKind::integer, type->get_integer(value), {}};
    if (type->get_text) return {CellKind::text, 0, type->get_text(value)};
    scratch.clear();
    if (type->kind == Kind::decimal)
        append_text(scratch, *static_cast<const Decimal*>(value));
    else
        protocol::json::write(scratch, *type, value, protocol::json::storage_write);
    return {CellKind::text, 0, scratch};
}

Result<void> write_cell(const Field& field, void* record, const Cell& cell) {
    if (cell.kind == CellKind::null) return {};
    const Type* type = field.type;
    void* target = field.member(record);
    if (type->optional) {
        target = type->emplace(target);
        type = type->inner;
    }
    if (type->set_integer) {
        if (cell.kind != CellKind::integer) return mismatch(field, "stored value is not an integer");
        if (cell.integer < type->min || cell.integer > type->max)
            return mismatch(field, "stored number is out of range");
        type->set_integer(target, cell.integer);
        return {};
    }
    if (cell.kind != CellKind::text) return mismatch(field, "stored value is not text");
    if (!type->set_text) return write_document(field, *type, target, cell.text);
    type->set_text(target, cell.text);
    return {};
}

std::unexpected<Error> of_row(Error error, const Table& table, const void* record) {
    std::string row(table.name), scratch;
    for (const std::string_view name : table.key)
        if (const Cell cell = read_cell(*find_column(table, name), record, scratch); cell.kind == CellKind::integer)
            row += ", " + std::string(name) + ' ' + std::to_string(cell.integer);
    error.internal_detail = row + ": " + error.internal_detail;
    return std::unexpected(std::move(error));
}

bool is_key(const Table& table, std::string_view column) {
    return std::ranges::find(table.key, column) != table.key.end();
}

const Field* sequence_column(const Table& table) {
    return table.key.size() == 1 && table.key[0] == "sequence_no" ? find_column(table, "sequence_no") : nullptr;
}

Result<void> check(const Table& table, std::span<const Condition> conditions, std::span<const Order> order) {
    const auto refuse = [&](std::string_view column, std::string_view why) {
        return fail(ErrorCode::internal, "query of " + std::string(table.name) + ", column " + std::string(column) +
                                             ": " + std::string(why));
    };
    for (const Condition& c : conditions) {
        const Field* field = find_column(table, c.column);
        if (!field) return refuse(c.column, "there is no such column");
        if (!fits(column_class(*field->type), c)) return refuse(c.column, "it cannot be compared this way");
    }
    for (const Order& o : order) {
        const Field* field = find_column(table, o.column);
        if (!field) return refuse(o.column, "there is no such column");
        if (column_class(*field->type) == ColumnClass::document) return refuse(o.column, "it cannot be sorted by");
    }
    return {};
}

}  // namespace takas::store::record
