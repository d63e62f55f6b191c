// Erasing what the vault need not keep. See rotation.hpp.
#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/trail.hpp"
#include "app/vault/upkeep.hpp"

namespace takas::app::vault {

using core::vault::MerchantState;
using core::vault::VaultBlacklistEntry;
using core::vault::VaultFingerprint;
using core::vault::VaultResolution;
using core::vault::VaultTempCard;
using ports::CommitOutcome;
using ports::where;

namespace {

constexpr std::int64_t day_s = 86'400;
/// A reference reads a card once in this time: no payment is told of later.
constexpr std::int64_t resolution_kept_days = 400;

/// One record for a page of cards: how many, and from which id to which. Some between them may live on.
Result<void> note_batch(Context& context, const std::vector<VaultCard>& rows) {
    const auto [first, last] = std::ranges::minmax(rows, {}, &VaultCard::id);
    return note_merchant(
        context, first.merchant_id, core::audit::Action::deleted,
        {detail("cards", std::to_string(rows.size())), detail("first_card", std::to_string(first.id.value)),
         detail("last_card", std::to_string(last.id.value))});
}

/// Of what has no number that tells it: how many.
template <class Record>
Result<void> note_batch(Context& context, const std::vector<Record>& rows) {
    return note_merchant(context, rows.front().merchant_id, core::audit::Action::deleted,
                         {detail(std::string(ports::table_of<Record>().name), std::to_string(rows.size()))});
}

/// Everything of a table that meets the conditions, page by page.
template <class Record>
Result<std::int64_t> erase_all(Services& services, const std::vector<ports::Condition>& conditions,
                               const UpkeepOptions& options) {
    std::int64_t erased = 0;
    while (!ends(options)) {
        auto rows = services.store.list<Record>({conditions, {{"merchant_id"}}, 0, options.page_size});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) break;
        const auto count = static_cast<std::int64_t>(rows->size());
        Context context = upkeep_context(services, rows->front().merchant_id);
        if (auto noted = note_batch(context, *rows); !noted) return std::unexpected(std::move(noted.error()));
        for (Record& row : *rows) context.unit.erase(std::move(row));
        const auto outcome = services.store.commit_and_wait(std::move(context.unit)).outcome;
        // Somebody erased one of them, or wrote to the merchant's chain.
        if (outcome == CommitOutcome::conflict || outcome == CommitOutcome::version_moved) continue;
        if (outcome != CommitOutcome::committed) return fail(ErrorCode::unavailable, "cards could not be erased");
        erased += count;
        pause(options);
    }
    return erased;
}

template <class... Records>
Result<std::int64_t> erase_of(Services& services, EntityId merchant_id, const UpkeepOptions& options) {
    std::int64_t sum = 0;
    std::optional<Error> failure;
    const auto one = [&]<class Record>(std::type_identity<Record>) {
        if (failure) return;
        auto erased = erase_all<Record>(services, {where<&Record::merchant_id>(merchant_id)}, options);
        if (erased)
            sum += *erased;
        else
            failure = std::move(erased.error());
    };
    (one(std::type_identity<Records>{}), ...);
    if (failure) return std::unexpected(std::move(*failure));
    return sum;
}

}  // namespace

Context upkeep_context(Services& services, EntityId merchant_id) {
    Context context{.services = services,
                    .tenant_id = core::identity::platform_tenant,
                    .user_id = {},
                    .now = services.clock.now(),
                    .correlation_id = {},
                    .unit = {},
                    .service_name = "vaultUpkeep"};
    if (const auto merchant = find_merchant(services.store, merchant_id); merchant)
        context.tenant_id = merchant->tenant_id;
    return context;
}

Result<UpkeepOutcome> erase_old_cards(Services& services, const UpkeepOptions& options) {
    UpkeepOutcome sum;
    const auto merchants = services.store.list<VaultMerchant>({{}, {{"id"}}, 0, merchants_max});
    if (!merchants) return std::unexpected(merchants.error());
    for (const VaultMerchant& merchant : *merchants) {
        Result<std::int64_t> erased = 0;
        if (merchant.state == MerchantState::erased) {
            erased = erase_of<VaultTempCard, VaultCard, VaultFingerprint, VaultBlacklistEntry, VaultResolution>(
                services, merchant.id, options);
        } else if (merchant.card_retention_days > 0) {
            const Instant limit = services.clock.now().plus_seconds(-merchant.card_retention_days * day_s);
            erased = erase_all<VaultCard>(services,
                                          {where<&VaultCard::merchant_id>(merchant.id),
                                           where<&VaultCard::last_used_at>(ports::Compare::less, limit)},
                                          options);
        }
        if (!erased) return std::unexpected(erased.error());
        sum.erased += *erased;
        const Instant limit = services.clock.now().plus_seconds(-resolution_kept_days * day_s);
        const auto forgotten =
            erase_all<VaultResolution>(services,
                                       {where<&VaultResolution::merchant_id>(merchant.id),
                                        where<&VaultResolution::creation_time>(ports::Compare::less, limit)},
                                       options);
        if (!forgotten) return std::unexpected(forgotten.error());
        sum.erased += *forgotten;
        if (ends(options)) break;
    }
    return sum;
}

}  // namespace takas::app::vault
