// What differs between two states of a described record, property by property: nested objects and lists are gone into,
// every value is a text. Secrets never get so far: blobs are left out, masked properties say only that they changed.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/audit/audit.hpp"

namespace takas::core::audit {

/// Which columns of a record are no business of an audit, and which are shown masked. Fields that are described as
/// masked are masked without being named here, and secret ones are left out.
struct Reading {
    std::span<const std::string_view> left_out;
    std::span<const std::string_view> masked;
};

/// What stands for a masked value: that there is one.
inline constexpr std::string_view masked_value = "***";

/// nullptr: the record did not exist, or does no longer. In order of the description. A text that is empty is
/// none; false and 0 are none in what is new or gone.
std::vector<PropertyChange> differences(std::span<const Field> fields, const void* before, const void* now,
                                        const Reading& reading);

}  // namespace takas::core::audit
