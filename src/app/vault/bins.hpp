// The BIN table in memory: eight digits first, then seven, then six. Read again when another import is stored.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/ports/store.hpp"
#include "core/vault/bin.hpp"

namespace takas::app::vault {

using core::vault::VaultBin;

/// Which import is stored: a row of `meta`.
inline constexpr std::string_view bins_version_name = "vault_bins";
inline constexpr std::size_t bins_max = 1'000'000;

class Bins {
  public:
    explicit Bins(ports::Store& store) : store_(store) {}

    /// By the first digits of a card number, or of a BIN. nullptr: not in the table.
    std::shared_ptr<const VaultBin> find(std::string_view digits) const;
    Result<void> refresh_if_changed();

  private:
    using Rows = std::unordered_map<std::string, std::shared_ptr<const VaultBin>>;
    std::shared_ptr<const Rows> current() const;

    ports::Store& store_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Rows> rows_ = std::make_shared<const Rows>();
    std::string version_;
};

}  // namespace takas::app::vault
