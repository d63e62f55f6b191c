// What rules ask about the owner of a card, remembered: reading the customer with every authorization would cost more
// than deciding it. A change on this server is seen at once, one on another server within `believed_s`.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/ports/store.hpp"
#include "base/strong_id.hpp"
#include "base/time.hpp"
#include "core/customer/customer.hpp"

namespace takas::app::catalog {

struct OwnerTraits {
    EntityId customer_segment_id;
    core::customer::CustomerType type{};
    std::optional<Date> birth_date;
    std::string nationality;
};

class Owners {
  public:
    explicit Owners(ports::Store& store) : store_(store) {}

    /// nullptr when there is no such customer.
    Result<std::shared_ptr<const OwnerTraits>> of(TenantId tenant_id, CustomerId id, Instant now);
    /// Run after the commit of a change.
    void forget(CustomerId id);

  private:
    static constexpr std::int64_t believed_s = 2;
    static constexpr std::size_t owners_max = 100'000;  ///< about 20 MB; a full memory is emptied
    struct Known {
        std::shared_ptr<const OwnerTraits> traits;
        Instant read_at;
    };

    ports::Store& store_;
    std::mutex mutex_;
    std::unordered_map<CustomerId, Known> known_;
};

}  // namespace takas::app::catalog
