#include "app/cards/noname_batch.hpp"

#include <algorithm>

#include "app/cards/noname_run.hpp"
#include "app/secrets/secret_box.hpp"
#include "base/log.hpp"
#include "core/idempotency/idempotency.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardBatchState;
using ports::CommitOutcome;
using ports::where;

/// Batches that one run of the job looks at: each may be a thousand cards.
constexpr std::int64_t batches_per_run = 16;

std::string name_of(const Context& context, std::string_view idempotency_key) {
    if (idempotency_key.empty()) return {};
    return context.services.secret_box.keyed_name(
        {"card_batch", std::to_string(context.tenant_id.value), idempotency_key});
}

Result<std::optional<CardBatch>> find_twin(const Context& context, std::string_view key) {
    if (key.empty()) return std::nullopt;
    return context.store().find<CardBatch>(
        {where<&CardBatch::tenant_id>(context.tenant_id), where<&CardBatch::idempotency_key>(key)});
}

bool is_remembered(const Context& context, const CardBatch& batch) {
    return batch.creation_time.plus_seconds(core::idempotency::lifetime_s) > context.now;
}

/// Held by us from now on. Error: request_in_progress.
Result<void> take(Context& context, CardBatch& batch) {
    CardBatch next = batch;
    next.held_until = context.services.clock.now().plus_seconds(batch_hold_s);
    ++next.version;
    ports::Unit unit;
    unit.update(next, batch.version);
    const auto outcome = context.store().commit_and_wait(std::move(unit)).outcome;
    if (outcome != CommitOutcome::committed) return std::unexpected(batch_commit_error(outcome));
    batch = std::move(next);
    return {};
}

CardBatch batch_of(Context& context, const NonameWish& wish, std::string_view key) {
    CardBatch batch;
    batch.tenant_id = context.tenant_id;
    batch.id = context.next_id<EntityId>();
    batch.is_all_or_nothing = wish.all_or_nothing.value_or(true);
    if (!key.empty()) batch.idempotency_key = std::string(key);
    batch.request = protocol::json::encode(wish, protocol::json::storage_write);
    batch.card_product_code = wish.card_product_code;
    batch.total_count = static_cast<std::int32_t>(wish.count);
    batch.creator_id = context.user_id;
    batch.creation_time = context.now;
    // In the background nobody holds it: the job takes it with its next look.
    batch.held_until =
        wish.in_background.value_or(false) ? context.now.plus_us(-1) : context.now.plus_seconds(batch_hold_s);
    return batch;
}

/// What became of it, as the answer to the call that asked for it.
Result<BatchView> answer_of(const Context& context, CardBatch batch) {
    if (batch.state != CardBatchState::failed) return get_batch(context, batch.id);
    const auto* const row = std::find_if(error_rows_begin(), error_rows_end(),
                                         [&](const ErrorRow& one) { return one.public_code == batch.error_code; });
    const ErrorCode code = row == error_rows_end() ? ErrorCode::internal : row->code;
    return std::unexpected(Error{code, "a batch failed", {}, {{"batchId", std::to_string(batch.id.value)}}});
}

Result<BatchView> run_and_answer(Context& context, const NonameWish& wish, CardBatch batch) {
    if (auto done = run_batch(context, wish, batch); !done) return std::unexpected(std::move(done.error()));
    return answer_of(context, std::move(batch));
}

Result<BatchView> answer_twin(Context& context, const NonameWish& wish, CardBatch batch) {
    if (batch.request != protocol::json::encode(wish, protocol::json::storage_write))
        return fail(ErrorCode::idempotency_conflict);
    if (batch.state != CardBatchState::running || wish.in_background.value_or(false))
        return answer_of(context, std::move(batch));
    if (batch.held_until > context.now) return fail(ErrorCode::request_in_progress);
    if (auto taken = take(context, batch); !taken) return std::unexpected(std::move(taken.error()));
    return run_and_answer(context, wish, std::move(batch));
}

/// The batch that asked for it, found cut off: to its end.
Result<bool> finish(Services& services, CardBatch batch) {
    Context context{.services = services,
                    .tenant_id = batch.tenant_id,
                    .user_id = batch.creator_id,
                    .now = services.clock.now(),
                    .correlation_id = {},
                    .unit = {},
                    .service_name = "createNonameCard"};
    if (!take(context, batch)) return false;
    const auto wish = wish_of(batch);
    if (!wish) return std::unexpected(wish.error());
    if (auto done = run_batch(context, *wish, batch); !done) return std::unexpected(std::move(done.error()));
    return true;
}

}  // namespace

Result<BatchView> create_noname(Context& context, const NonameWish& wish, std::string_view idempotency_key) {
    const std::string name = name_of(context, idempotency_key);
    auto twin = find_twin(context, name);
    if (!twin) return std::unexpected(std::move(twin.error()));
    if (*twin && is_remembered(context, **twin)) return answer_twin(context, wish, std::move(**twin));
    if (auto good = check_noname(context, wish); !good) return std::unexpected(std::move(good.error()));
    CardBatch batch = batch_of(context, wish, name);
    ports::Unit unit;
    if (*twin) {
        const std::int64_t expected = (*twin)->version++;
        (*twin)->idempotency_key.reset();
        unit.update(std::move(**twin), expected);
    }
    unit.insert(batch);
    context.unit = {};
    const auto outcome = context.store().commit_and_wait(std::move(unit)).outcome;  // a twin of the call may be faster
    if (outcome != CommitOutcome::committed) return std::unexpected(batch_commit_error(outcome));
    if (wish.in_background.value_or(false)) return BatchView{std::move(batch), {}};
    return run_and_answer(context, wish, std::move(batch));
}

Result<NonameWish> wish_of(const CardBatch& batch) {
    auto wish = protocol::json::decode<NonameWish>(batch.request, protocol::json::storage_read);
    if (!wish) return fail(ErrorCode::internal, "the request of a batch cannot be read");
    return wish;
}

Result<BatchView> get_batch(const Context& context, EntityId id) {
    auto batch =
        context.store().find<CardBatch>({where<&CardBatch::tenant_id>(context.tenant_id), where<&CardBatch::id>(id)});
    if (!batch) return std::unexpected(std::move(batch.error()));
    if (!*batch) return fail(ErrorCode::card_batch_not_found);
    auto items = context.store().list<CardBatchItem>(
        {{where<&CardBatchItem::tenant_id>(context.tenant_id), where<&CardBatchItem::batch_id>(id)},
         {{member_name<&CardBatchItem::item_no>}},
         0,
         batch_cards_max});
    if (!items) return std::unexpected(std::move(items.error()));
    return BatchView{std::move(**batch), std::move(*items)};
}

Result<ports::PageOf<CardBatch>> list_batches(const Context& context, std::optional<CardBatchState> state,
                                              const ports::PageWish& page) {
    std::vector<ports::Condition> conditions{where<&CardBatch::tenant_id>(context.tenant_id)};
    if (state) conditions.push_back(where<&CardBatch::state>(*state));
    return ports::page_of<CardBatch>(context.store(), std::move(conditions), page,
                                     {member_name<&CardBatch::id>, /*descending=*/true});
}

Result<std::int64_t> finish_batches(Services& services) {
    const auto cut_off =
        services.store.list<CardBatch>({{where<&CardBatch::state>(CardBatchState::running),
                                         where<&CardBatch::held_until>(ports::Compare::less, services.clock.now())},
                                        {{member_name<&CardBatch::held_until>}},
                                        0,
                                        batches_per_run});
    if (!cut_off) return std::unexpected(cut_off.error());
    std::int64_t finished = 0;
    for (const CardBatch& batch : *cut_off) {
        const auto done = finish(services, batch);
        if (done) {
            finished += *done ? 1 : 0;
            continue;
        }
        log::warning("card_batch_unfinished")
            .add("tenant_id", batch.tenant_id)
            .add("batch_id", batch.id)
            .add("error_code", error_row(done.error().code).public_code)
            .add("detail", done.error().internal_detail);
    }
    return finished;
}

}  // namespace takas::app::cards
