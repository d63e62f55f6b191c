// Customers for the lists, put straight into a store.
#pragma once

#include <cstdint>
#include <string>

namespace takas::bench {

/// "bench-0", "bench-1", ...: the owners of what put_cards makes. Each has a name and surname of a few hundred, an
/// identity number and a mobile phone. Into the data folder of a stopped server with a demo institution; throws
/// std::runtime_error when the store refuses.
void put_customers_into_folder(const std::string& data, std::int64_t count);

}  // namespace takas::bench
