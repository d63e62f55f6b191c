// The key inventory of an institution as a Markdown document: what PCI PIN and PCI DSS want written down. Holds check
// values and no key.
#pragma once

#include <span>
#include <string>

#include "app/keys/key_directory.hpp"
#include "base/time.hpp"

namespace takas::app::keys {

struct InventoryHead {
    std::string tenant_name;
    std::string hsm_kind;
    std::string lmk_kcv;
    Instant made_at;
};

std::string inventory_markdown(const InventoryHead& head, std::span<const KeyRef> keys);

}  // namespace takas::app::keys
