#include "app/cards/change_card.hpp"

#include <algorithm>
#include <latch>

#include "app/audit/recorder.hpp"
#include "app/authorize/authorizer.hpp"
#include "app/cards/command_mark.hpp"
#include "app/lane/lanes.hpp"

namespace takas::app::cards {
namespace {

using core::card::Card;
using core::card::CardSecurity;

/// Cards of one call on their way at once: a fraction of what a lane takes, so that a customer with many cards does not
/// crowd out the others' authorizations.
constexpr std::size_t together_max = 128;

/// What the lane made of one submission.
struct Attempt {
    Result<Changed> answer = fail(ErrorCode::unavailable);
    bool was_prepared = false;
    bool is_spent = false;  ///< the prepared writes went with an earlier run, which did not come to be
    bool must_prepare_again = false;
};

/// What the change made of the card, and who changed it, for the audit log.
Result<void> note_change(lane::Work& work, const Context& context, const Card& before) {
    const auto now = work.card(before.token_id);
    if (!now) return std::unexpected(now.error());
    return *now ? audit::updated(work, audit::who_of(context), before, **now) : Result<void>();
}

Result<Changed> decide(lane::Work& work, Context& context, const CardCommand& command, const CommandMark& mark,
                       const Change& change, Attempt& attempt) {
    attempt.must_prepare_again = false;
    const auto card = work.card(command.token_id);
    if (!card) return std::unexpected(card.error());
    if (!*card || (*card)->tenant_id != context.tenant_id) return fail(ErrorCode::card_not_found);
    if (auto read = read_ahead(work, command.token_id); !read) return std::unexpected(std::move(read.error()));
    if (const auto security = work.security(command.token_id); security) {
        const auto twin = mark.find(*security);
        if (!twin) return std::unexpected(twin.error());
        if (*twin) return Changed::before;
    }
    attempt.must_prepare_again = attempt.is_spent;
    if (attempt.is_spent) return fail(ErrorCode::concurrent_change);
    // Also when it is refused: another server may have changed the card, and then this was decided on an old one.
    work.touch();
    // Before anything is changed: without it the change could not be noted any more.
    const auto end = work.audit_head(command.token_id);
    if (!end) return std::unexpected(end.error());
    if (command.version)
        if (auto same = app::check_seen(command.version->seen, end->version); !same)
            return std::unexpected(std::move(same.error()));
    const Card before = **card;
    if (auto done = change(work, before); !done) {
        // Somebody was faster: on the card as it is now there may be another answer.
        attempt.must_prepare_again = attempt.was_prepared && done.error().code == ErrorCode::concurrent_change;
        return std::unexpected(std::move(done.error()));
    }
    if (auto noted = note_change(work, context, before); !noted) return std::unexpected(std::move(noted.error()));
    if (command.version)
        if (const auto noted = work.audit_head(command.token_id); noted) command.version->now = noted->version;
    if (mark.is_set()) {
        auto security = work.security(command.token_id);
        if (!security) return std::unexpected(std::move(security.error()));
        core::card::remember_reply(*security, {mark.text(), true, 0});
        work.update(std::move(*security));
    }
    attempt.is_spent = !context.unit.empty();
    work.append(std::exchange(context.unit, {}));
    return Changed::now;
}

Result<void> decide_each(lane::Work& work, const Context& context, TokenId token_id, std::size_t index,
                         const ChangeEach& change) {
    const auto card = work.card(token_id);
    if (!card) return std::unexpected(card.error());
    if (!*card || (*card)->tenant_id != context.tenant_id) return fail(ErrorCode::card_not_found);
    if (auto read = read_ahead(work, token_id); !read) return read;
    work.touch();
    if (const auto end = work.audit_head(token_id); !end) return std::unexpected(end.error());
    const Card before = **card;
    if (auto done = change(index, work, before); !done) return done;
    return note_change(work, context, before);
}

/// Before anything is prepared: what the first one did would stand in its twin's way.
Result<bool> has_twin(const Context& context, const Card& card, const CommandMark& mark) {
    if (!mark.is_set()) return false;
    using ports::where;
    const auto security = context.store().find<CardSecurity>(
        {where<&CardSecurity::account_id>(card.account_id), where<&CardSecurity::token_id>(card.token_id)});
    if (!security) return std::unexpected(security.error());
    if (!*security) return false;
    const auto twin = mark.find(**security);
    if (!twin) return std::unexpected(twin.error());
    return *twin != nullptr;
}

Result<void> check_seen(const Context& context, const CardCommand& command) {
    if (!command.version || !command.version->seen) return {};
    const auto stored = version_of(context, command.token_id);
    if (!stored) return std::unexpected(stored.error());
    return app::check_seen(command.version->seen, *stored);
}

}  // namespace

Result<void> read_ahead(lane::Work& work, TokenId token_id) {
    if (const auto security = work.security(token_id); !security) return std::unexpected(security.error());
    if (const auto head = work.audit_head(token_id); !head) return std::unexpected(head.error());
    return {};
}

Result<Changed> change_card(Context& context, const CardCommand& command, const Prepare& prepare,
                            const Change& change) {
    const CommandMark mark(context, command.operation, command.idempotency_key, command.content);
    for (int i = 0; i < Context::decisions_max; ++i) {
        context.begin_afresh();
        const auto stored = get_card(context, command.token_id);
        if (!stored) return std::unexpected(stored.error());
        const auto twin = has_twin(context, *stored, mark);
        if (!twin) return std::unexpected(twin.error());
        if (*twin) return Changed::before;
        // The lane decides; but what is outdated already need not be prepared.
        if (auto same = check_seen(context, command); !same) return std::unexpected(std::move(same.error()));
        if (prepare)
            if (auto done = prepare(*stored); !done) return std::unexpected(std::move(done.error()));
        Attempt attempt{.was_prepared = static_cast<bool>(prepare)};
        const auto outcome = context.services.lanes.run(stored->account_id, context.tenant_id, [&](lane::Work& work) {
            attempt.answer = decide(work, context, command, mark, change, attempt);
        });
        context.begin_afresh();
        if (outcome != ports::CommitOutcome::committed) return std::unexpected(authorize::commit_error(outcome));
        if (!attempt.must_prepare_again) return attempt.answer;
    }
    return fail(ErrorCode::concurrent_change, "what the change stands on moves");
}

std::vector<Result<void>> change_cards(Context& context, std::span<const TokenId> tokens, const ChangeEach& change) {
    std::vector<Result<void>> results(tokens.size(), fail(ErrorCode::unavailable));
    for (std::size_t begin = 0; begin < tokens.size(); begin += together_max) {
        const std::size_t end = std::min(begin + together_max, tokens.size());
        std::latch waiting(static_cast<std::ptrdiff_t>(end - begin));
        for (std::size_t i = begin; i < end; ++i) {
            const auto stored = get_card(context, tokens[i]);
            if (!stored) {
                results[i] = std::unexpected(stored.error());
                waiting.count_down();
                continue;
            }
            context.services.lanes.submit(
                {stored->account_id, context.tenant_id,
                 [&, i](lane::Work& work) { results[i] = decide_each(work, context, tokens[i], i, change); },
                 [&, i](ports::CommitOutcome outcome) {
                     if (outcome != ports::CommitOutcome::committed)
                         results[i] = std::unexpected(authorize::commit_error(outcome));
                     waiting.count_down();
                 }});
        }
        waiting.wait();
    }
    return results;
}

}  // namespace takas::app::cards
