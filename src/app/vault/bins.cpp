#include "app/vault/bins.hpp"

#include <array>

#include "app/ports/tables.hpp"

namespace takas::app::vault {

using ports::Meta;
using ports::where;

std::shared_ptr<const Bins::Rows> Bins::current() const {
    const std::lock_guard lock(mutex_);
    return rows_;
}

std::shared_ptr<const VaultBin> Bins::find(std::string_view digits) const {
    const auto rows = current();
    for (const std::size_t size : std::array<std::size_t, 3>{8, 7, 6}) {
        if (digits.size() < size) continue;
        if (const auto at = rows->find(std::string(digits.substr(0, size))); at != rows->end()) return at->second;
    }
    return nullptr;
}

Result<void> Bins::refresh_if_changed() {
    const auto stored = store_.find<Meta>({where<&Meta::name>(bins_version_name)});
    if (!stored) return std::unexpected(stored.error());
    const std::string version = *stored ? (*stored)->value : std::string();
    {
        const std::lock_guard lock(mutex_);
        if (version == version_) return {};
    }
    auto rows = std::make_shared<Rows>();
    std::optional<VaultBin> row;
    auto done = store_.scan(ports::table_of<VaultBin>(), {{}, {{"bin"}}, 0, static_cast<std::int64_t>(bins_max)},
                            {[&]() -> void* { return &row.emplace(); },
                             [&] {
                                 auto bin = std::make_shared<const VaultBin>(std::move(*row));
                                 rows->emplace(bin->bin, bin);
                                 return true;
                             }});
    if (!done) return done;
    const std::lock_guard lock(mutex_);
    rows_ = std::move(rows);
    version_ = version;
    return {};
}

}  // namespace takas::app::vault
