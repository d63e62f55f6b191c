// A batch of cards without an owner: what was asked for, how far it is, and what became of each card. The batch is
// written before its first card, so that one that was cut off is found and finished.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"

namespace takas::core::card {

enum class CardBatchState : std::uint8_t {
    running,    ///< cards are being made; `held_until` says for how long somebody is known to be at it
    completed,  ///< nothing more comes: every card was made or has its error
    failed,     ///< all or nothing, and it became nothing
};

struct CardBatch {
    TenantId tenant_id;
    EntityId id;
    CardBatchState state{};
    bool is_all_or_nothing = true;
    std::optional<std::string>
        idempotency_key;  ///< of the call that asked for it, as a keyed digest: a repeat finds the same batch
    std::string request;  ///< JSON of what was asked for
    std::string card_product_code;
    std::int32_t total_count = 0;
    std::int32_t made_count = 0;  ///< all or nothing: prepared so far, and stored only when completed
    std::int32_t failed_count = 0;
    std::string error_code;  ///< public code of what failed first; "" nothing did
    std::string creator_id;
    Instant creation_time;
    std::optional<Instant> finished_at;
    Instant held_until;
    std::int64_t version = 1;
};

struct CardBatchItem {
    TenantId tenant_id;
    EntityId batch_id;
    std::int32_t item_no = 0;  ///< 1 to total_count
    TokenId token_id;          ///< 0: it could not be made
    std::string masked_card_no;
    std::optional<std::string> barcode;
    Expiry expire_date;
    std::string error_code;  ///< public code; "" it was made
};

}  // namespace takas::core::card

namespace takas {

template <>
struct EnumNames<core::card::CardBatchState> {
    using E = core::card::CardBatchState;
    static constexpr std::string_view name = "CardBatchState";
    static constexpr std::array values{named(E::running, "Running"), named(E::completed, "Completed"),
                                       named(E::failed, "Failed")};
};
template <>
struct Describe<core::card::CardBatch> {
    using T = core::card::CardBatch;
    static constexpr std::string_view name = "CardBatch";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::state, &T::is_all_or_nothing, &T::idempotency_key, &T::request,
                &T::card_product_code, &T::total_count, &T::made_count, &T::failed_count, &T::error_code,
                &T::creator_id, &T::creation_time, &T::finished_at, &T::held_until, &T::version>;
};
template <>
struct Describe<core::card::CardBatchItem> {
    using T = core::card::CardBatchItem;
    static constexpr std::string_view name = "CardBatchItem";
    static constexpr auto& fields = columns<&T::tenant_id, &T::batch_id, &T::item_no, &T::token_id, &T::masked_card_no,
                                            &T::barcode, &T::expire_date, &T::error_code>;
};

}  // namespace takas
