// What rules ask about the owner of a card counts with the next authorization of this server.
#pragma once

#include "app/catalog/catalog.hpp"
#include "app/context/context.hpp"

namespace takas::app::customers {

inline void tell_owners(Context& context, CustomerId id) {
    context.after_commit.emplace_back([&owners = context.services.catalog.owners(), id] { owners.forget(id); });
}

}  // namespace takas::app::customers
