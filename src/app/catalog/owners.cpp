#include "app/catalog/owners.hpp"

#include "app/ports/tables.hpp"

namespace takas::app::catalog {

using core::customer::Customer;
using ports::where;

Result<std::shared_ptr<const OwnerTraits>> Owners::of(TenantId tenant_id, CustomerId id, Instant now) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(id);
        if (found != known_.end() && now < found->second.read_at.plus_seconds(believed_s)) return found->second.traits;
    }
    auto customer = store_.find<Customer>({where<&Customer::tenant_id>(tenant_id), where<&Customer::id>(id)});
    if (!customer) return std::unexpected(std::move(customer.error()));
    std::shared_ptr<const OwnerTraits> traits;
    if (*customer)
        traits = std::make_shared<OwnerTraits>(
            OwnerTraits{(*customer)->segment_id, (*customer)->type, (*customer)->birth_date, (*customer)->nationality});
    const std::lock_guard lock(mutex_);
    if (known_.size() >= owners_max) known_.clear();
    known_[id] = {traits, now};
    return traits;
}

void Owners::forget(CustomerId id) {
    const std::lock_guard lock(mutex_);
    known_.erase(id);
}

}  // namespace takas::app::catalog
