// IP addresses and ranges as merchants and operators write them: "192.0.2.7", "192.0.2.0/24", "2001:db8::/32". Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace takas {

/// One address, without a prefix.
bool is_address(std::string_view text);
bool is_address_range(std::string_view text);

/// Is `address` in one of the ranges? An IPv4 address inside IPv6 (::ffff:192.0.2.7) is the IPv4 address. False when it
/// is no address.
bool is_in_ranges(std::string_view address, std::span<const std::string> ranges);

/// What belongs to one line of a provider's customer, who may take any address of it: of IPv6 the /64, of IPv4 the
/// address. The text itself when it is no address.
std::string network_of(std::string_view address);

}  // namespace takas
