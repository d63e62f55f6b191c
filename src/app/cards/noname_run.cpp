#include "app/cards/noname_run.hpp"

#include <algorithm>

#include "app/authorize/authorizer.hpp"
#include "app/products/products.hpp"
#include "base/optional_text.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::cards {
namespace {

using core::card::Card;
using core::card::CardBatchState;
using core::ledger::CardAccount;
using ports::CommitOutcome;

/// Cards in one commit when each stands for itself: little is lost in a crash, and others get their turn in between.
constexpr std::int32_t chunk_cards = 50;
constexpr std::string_view batch_table = "card_batch";

/// Each commit's worth of cards has its own time: a batch may take long.
void begin_round(Context& context) {
    context.begin_afresh();
    context.now = context.services.clock.now();
}

/// Refused by a row: by another server or a job that has changed it.
bool is_refused(CommitOutcome outcome) {
    return outcome == CommitOutcome::conflict || outcome == CommitOutcome::version_moved;
}

/// False: decide again on what is stored now.
Result<bool> commit(Context& context) {
    const auto outcome = context.store().commit_and_wait(std::move(context.unit));
    context.unit = {};
    if (outcome.outcome == CommitOutcome::committed) return true;
    if (!is_refused(outcome.outcome) || outcome.table == batch_table)
        return std::unexpected(batch_commit_error(outcome.outcome));
    if (++context.decisions > Context::decisions_max) return fail(ErrorCode::concurrent_change);
    return false;
}

/// The batch's next state goes into the unit, still held.
void put(Context& context, ports::Unit& unit, CardBatch& next) {
    const std::int64_t expected = next.version++;
    next.held_until = context.services.clock.now().plus_seconds(batch_hold_s);
    unit.update(next, expected);
}

void end(Context& context, CardBatch& batch, CardBatchState state) {
    batch.state = state;
    batch.finished_at = context.now;
}

Result<void> make_one(Context& context, const NonameWish& wish, const Mould& mould, const CardBatch& batch,
                      std::int32_t item_no) {
    CardAccount account = account_from(context, mould);
    account.is_exclusive = true;  // it goes with the card, to whoever gets it
    Card card = card_from(context, mould);
    card.account_id = account.account_id;
    card.is_noname = true;
    FieldErrors errors;
    read_line("personalizedNameLine1", text_or_empty(wish.personalized_name_line_1), false,
              card.personalized_name_line_1, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    card.card_art_id = wish.card_art_id.value_or(EntityId{});
    card.issuance = wish.issuance;
    if (wish.branch_code) {
        if (!card.issuance) card.issuance.emplace();
        card.issuance->delivery_type = card.issuance->delivery_type.value_or(core::card::DeliveryType::branch);
    }
    card.delivery_address = wish.delivery_address;
    auto made = make_card(context, mould, std::move(card), core::perso::IssuanceType::noname);
    if (!made) return std::unexpected(std::move(made.error()));
    context.unit.insert(std::move(account));
    const Card& c = made->card;
    context.unit.insert(
        CardBatchItem{batch.tenant_id, batch.id, item_no, c.token_id, c.masked_card_no, c.barcode, c.expire_date, {}});
    return {};
}

/// What cannot be made now cannot be made later in this batch either.
void fail_rest(Context& context, CardBatch& batch, const Error& error) {
    batch.error_code = error_row(error.code).public_code;
    for (std::int32_t no = batch.made_count + 1; no <= batch.total_count; ++no)
        context.unit.insert(CardBatchItem{batch.tenant_id, batch.id, no, {}, {}, {}, {}, batch.error_code});
    batch.failed_count = batch.total_count - batch.made_count;
}

/// The next cards of a batch in which each stands for itself.
Result<CardBatch> next_chunk(Context& context, const NonameWish& wish, CardBatch batch) {
    std::optional<Error> trouble;
    if (auto mould = check_noname(context, wish); !mould) {
        trouble = std::move(mould.error());
    } else {
        depend_on(context, *mould);
        const std::int32_t last = std::min(batch.made_count + chunk_cards, batch.total_count);
        while (!trouble && batch.made_count < last) {
            auto made = make_one(context, wish, *mould, batch, batch.made_count + 1);
            if (made)
                ++batch.made_count;
            else
                trouble = std::move(made.error());
        }
    }
    // What a caller could do something about ends the batch. All else leaves it for later.
    if (trouble && !is_final_refusal(trouble->code)) return std::unexpected(std::move(*trouble));
    if (trouble) fail_rest(context, batch, *trouble);
    if (batch.made_count + batch.failed_count == batch.total_count) end(context, batch, CardBatchState::completed);
    put(context, context.unit, batch);
    return batch;
}

Result<void> run_each(Context& context, const NonameWish& wish, CardBatch& batch) {
    while (batch.state == CardBatchState::running) {
        begin_round(context);
        auto next = next_chunk(context, wish, batch);
        if (!next) return std::unexpected(std::move(next.error()));
        const auto done = commit(context);
        if (!done) return std::unexpected(done.error());
        if (!*done) continue;
        batch = std::move(*next);
        context.decisions = 1;
    }
    return {};
}

/// So that its progress can be read, and nobody takes it over.
Result<void> show_progress(Context& context, CardBatch& batch, std::int32_t prepared) {
    CardBatch next = batch;
    next.made_count = prepared;
    ports::Unit unit;
    put(context, unit, next);
    const auto outcome = context.store().commit_and_wait(std::move(unit));
    if (outcome.outcome != CommitOutcome::committed) return std::unexpected(batch_commit_error(outcome.outcome));
    batch = std::move(next);
    return {};
}

Result<void> prepare_all(Context& context, const NonameWish& wish, CardBatch& batch) {
    const auto mould = check_noname(context, wish);
    if (!mould) return std::unexpected(mould.error());
    depend_on(context, *mould);
    for (std::int32_t no = 1; no <= batch.total_count; ++no) {
        if (auto made = make_one(context, wish, *mould, batch, no); !made) return made;
        if (no % chunk_cards == 0 && no < batch.total_count)
            if (auto shown = show_progress(context, batch, no); !shown) return shown;
    }
    return {};
}

Result<void> run_all_or_nothing(Context& context, const NonameWish& wish, CardBatch& batch) {
    while (true) {
        begin_round(context);
        const auto prepared = prepare_all(context, wish, batch);
        if (!prepared && !is_final_refusal(prepared.error().code)) return prepared;
        CardBatch next = batch;
        if (prepared) {
            next.made_count = next.total_count;
            end(context, next, CardBatchState::completed);
        } else {
            context.unit = {};
            next.made_count = 0, next.failed_count = next.total_count;
            next.error_code = error_row(prepared.error().code).public_code;
            end(context, next, CardBatchState::failed);
        }
        put(context, context.unit, next);
        const auto done = commit(context);
        if (!done) return std::unexpected(done.error());
        if (!*done) continue;
        batch = std::move(next);
        return {};
    }
}

}  // namespace

Error batch_commit_error(CommitOutcome outcome) {
    if (!is_refused(outcome)) return authorize::commit_error(outcome);
    return Error{ErrorCode::request_in_progress, "somebody else has the batch", {}, {}};
}

Result<Mould> check_noname(Context& context, const NonameWish& wish) {
    auto mould = read_mould(context, wish.card_product_code, wish.product_type);
    if (!mould) return mould;
    if (!mould->product.is_noname_allowed) return fail(ErrorCode::noname_not_allowed);
    FieldErrors errors;
    std::string line;
    if (!mould->physical()) errors.add("productType", "The product has no such form.", "Üründe bu tür yok.");
    read_line("personalizedNameLine1", text_or_empty(wish.personalized_name_line_1), false, line, errors);
    core::note::check_free_text("branchCode", text_or_empty(wish.branch_code), errors);
    if (wish.delivery_address) core::note::check_free_texts(*wish.delivery_address, "deliveryAddress.", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (mould->is_printed() && !wish.delivery_address) return fail(ErrorCode::delivery_address_missing);
    if (wish.card_art_id && *wish.card_art_id) {
        const auto art = products::get_art(context, *wish.card_art_id);
        if (!art) return std::unexpected(art.error());
        context.depend_on(*art);
    }
    return mould;
}

Result<void> run_batch(Context& context, const NonameWish& wish, CardBatch& batch) {
    auto done = batch.is_all_or_nothing ? run_all_or_nothing(context, wish, batch) : run_each(context, wish, batch);
    begin_round(context);
    return done;
}

}  // namespace takas::app::cards
