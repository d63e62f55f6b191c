// Cards for the load, put straight into a store: issuing a hundred thousand over HTTP would take longer than everything
// that is measured with them.
#pragma once

#include <cstdint>
#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"

namespace takas::bench {

/// The machine's clock, for programs that have no composition root.
class SystemClock final : public app::ports::Clock {
  public:
    Instant now() const override;
};

/// Active cards, each with an account of its own that holds `balance_minor` lira. `is_used`: each has a
/// declined purchase, which changes no books. Answers their token ids, which all have the same number of digits. Throws
/// std::runtime_error when the store refuses.
std::vector<std::int64_t> put_cards(app::ports::Store& store, app::ids::IdSource& ids, TenantId tenant_id,
                                    std::size_t count, std::int64_t balance_minor, bool is_used = false);

/// As put_cards, into the data folder of a stopped server with a demo institution.
std::vector<std::int64_t> put_cards_into_folder(const std::string& data, std::size_t count, std::int64_t balance_minor,
                                                bool is_used = false);
/// As put_cards, into the PostgreSQL of a stopped server with a demo institution.
std::vector<std::int64_t> put_cards_into_database(const std::string& url, std::size_t count,
                                                  std::int64_t balance_minor);

}  // namespace takas::bench
