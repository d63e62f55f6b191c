// The key inventory of an institution as a Markdown document: what PCI PIN and PCI DSS want written down. Holds check
// values and no key.
#pragma once

#include <span>
#include <string>

#include "app/keys/key_directory.hpp"
#include "app/keys/key_warnings.hpp"
#include "base/time.hpp"

namespace takas::app::keys {

struct InventoryHead {
    std::string tenant_name;
    std::string hsm_kind;
    std::string lmk_kcv;
    Instant made_at;
};

/// `needed` are old keys that cards still need: a section of their own.
std::string inventory_markdown(const InventoryHead& head, std::span<const KeyRef> keys,
                               std::span<const NeededKey> needed = {});

}  // namespace takas::app::keys
