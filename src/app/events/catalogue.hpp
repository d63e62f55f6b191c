// The catalogue of published events: one row each, in enum order. The list at the API, OpenAPI's webhooks and the
// examples that a subscriber can have sent follow from these rows.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "core/event/event.hpp"

namespace takas::app::events {

struct CatalogueRow {
    core::event::EventKind kind;
    const Type* payload;           ///< what stands under "Data", in PascalCase
    std::string_view summary;      ///< when it happens
    std::string_view no_producer;  ///< why nothing makes it yet; "" when it happens
    std::string (*example)();      ///< "Data" of an example: JSON
};

std::span<const CatalogueRow> catalogue();
const CatalogueRow& catalogue_row(core::event::EventKind kind);

}  // namespace takas::app::events
