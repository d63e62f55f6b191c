// Cards without an owner, up to a thousand at a time. The batch is written before its first card and keeps score while
// it runs; whoever was asked for it holds it, and renews the hold with every commit. A batch whose holder is gone (a
// crash, a server that was lost) is finished by the job: it goes on behind the last card that was stored.
//
// All or nothing: one commit for all cards, or none. Otherwise each card has its result, and those that could be made
// stay.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::cards {

using core::card::CardBatch;
using core::card::CardBatchItem;

inline constexpr std::int64_t batch_cards_max = 1000;

/// What is asked for; kept with the batch as JSON, so that it can be finished by somebody else.
struct NonameWish {
    std::string card_product_code;
    std::int64_t count = 0;
    std::optional<core::product::ProductType> product_type{};
    std::optional<std::string> personalized_name_line_1{};
    std::optional<EntityId> card_art_id{};
    std::optional<core::card::DeliveryAddress> delivery_address{};
    std::optional<std::string> branch_code{};
    std::optional<core::card::IssuanceWishes> issuance{};
    std::optional<bool> all_or_nothing{};  ///< true unless told
    std::optional<bool> in_background{};   ///< false unless told: answered before the cards are made
};

struct BatchView {
    CardBatch batch;
    std::vector<CardBatchItem> items;  ///< in order; those that are stored
};

/// Makes the batch and its cards, or begins it (in_background); several commits, all done when it returns. Under an
/// Idempotency-Key a repeat gets the first call's batch, also after a crash.
/// Errors: validation, product_not_found, product_inactive, noname_not_allowed, delivery_address_missing,
/// art_not_found, idempotency_conflict, request_in_progress; of all or nothing, with the batch in error.data:
/// bin_range_exhausted and whatever else keeps one card from being made.
Result<BatchView> create_noname(Context& context, const NonameWish& wish, std::string_view idempotency_key);

/// What was asked for. Error: internal, when the row was altered.
Result<NonameWish> wish_of(const CardBatch& batch);

/// Error: card_batch_not_found.
Result<BatchView> get_batch(const Context& context, EntityId id);
/// Usual order: newest first.
Result<ports::PageOf<CardBatch>> list_batches(const Context& context, std::optional<core::card::CardBatchState> state,
                                              const ports::PageWish& page);

/// Goes on with batches that nobody holds any more; returns how many it finished. Safe on several servers at once: the
/// row's version says who has it.
Result<std::int64_t> finish_batches(Services& services);

}  // namespace takas::app::cards

namespace takas {

template <>
struct Describe<app::cards::NonameWish> {
    using T = app::cards::NonameWish;
    static constexpr std::string_view name = "NoNameCardRequestDto";
    static constexpr std::array fields{
        field<&T::card_product_code>("Product of the cards; it must allow cards without an owner")
            .required()
            .length(1, 30)
            .example("PREPAID-TRY"),
        field<&T::count>("How many cards").required().range(1, app::cards::batch_cards_max).example("100"),
        field<&T::product_type>("Form of the cards, one of the product's; its default form unless told").example("Emv"),
        field<&T::personalized_name_line_1>("What stands on every card in place of a name")
            .length(0, 26)
            .example("DEGERLI MUSTERIMIZ"),
        field<&T::card_art_id>("Card art, when it is not the product's").range(0, 9'007'199'254'740'991),
        field<&T::delivery_address>("Where printed cards go, usually a branch; printed cards need it"),
        field<&T::branch_code>("Branch that the cards are for").length(1, 20).example("0042"),
        field<&T::issuance>("How printed cards are made and sent"),
        field<&T::all_or_nothing>("All cards in one commit or none; false: each card has its own result. True unless "
                                  "told"),
        field<&T::in_background>("Answer at once with the batch's id; its progress is read by GET. False unless told"),
    };
};

}  // namespace takas
