// Copies a described value without knowing its type: a stored record into a caller's fresh one.
#pragma once

#include "base/describe.hpp"

namespace takas::store::memory {

/// `to` is a default-constructed value of the same described type as `from`.
void copy_value(const Type& type, const void* from, void* to);

void copy_fields(std::span<const Field> fields, const void* from, void* to);

}  // namespace takas::store::memory
