#include "app/card_security/command.hpp"

#include "app/audit/recorder.hpp"
#include "app/authorize/authorizer.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/command_mark.hpp"
#include "base/log.hpp"

namespace takas::app::card_security {

using core::card::Card;
using core::card::CardSecurity;
using core::card::CardStatus;

namespace {

/// Somebody changed the card's PIN between asking and deciding: it is asked again, so often.
constexpr int questions_max = 3;

/// Nothing: there is no twin.
Result<std::optional<Entered>> answer_of_twin(const CardSecurity& security, const cards::CommandMark& mark) {
    const auto reply = mark.find(security);
    if (!reply) return std::unexpected(reply.error());
    if (!*reply) return std::nullopt;
    return Entered{(*reply)->is_accepted, (*reply)->remaining_try_count};
}

/// The card knows whether it has a PIN.
Result<void> note_change(lane::Work& work, const Context& context, const Card& before) {
    const auto now = work.card(before.token_id);
    if (!now) return std::unexpected(now.error());
    return *now ? audit::updated(work, audit::who_of(context), before, **now) : Result<void>();
}

/// Nothing: look again.
std::optional<Result<Entered>> decide_in_lane(Context& context, const Command& command, const cards::CommandMark& mark,
                                              AccountId account_id, const Decide& decide) {
    std::optional<Result<Entered>> answer;
    const auto outcome = context.services.lanes.run(account_id, context.tenant_id, [&](lane::Work& work) {
        answer = fail(ErrorCode::unavailable);
        const auto card = work.card(command.token_id);
        auto security = work.security(command.token_id);
        // Read before anything is changed: without it a change of the card could not be noted any more.
        const auto audit_end = work.audit_head(command.token_id);
        if (!card || !security || !audit_end) return;
        if (!*card || (*card)->tenant_id != context.tenant_id) {
            answer = fail(ErrorCode::card_not_found);
            return;
        }
        const auto twin = answer_of_twin(*security, mark);
        if (!twin || *twin) {
            answer = twin ? Result<Entered>(**twin) : std::unexpected(twin.error());
            return;
        }
        const Card before = **card;
        Subject subject{work, before, *security};
        const CardSecurity untouched = *security;
        answer = decide(subject);
        if (!answer) return;
        if (*answer && mark.is_set())
            core::card::remember_reply(*security,
                                       {mark.text(), (*answer)->is_accepted, (*answer)->remaining_try_count});
        if (auto noted = note_change(work, context, before); !noted) answer = std::unexpected(std::move(noted.error()));
        // Also when nothing changed: another server may have, and then this was decided on an old state.
        work.touch();
        if (untouched != *security) work.update(std::move(*security));
    });
    if (outcome != ports::CommitOutcome::committed) return std::unexpected(authorize::commit_error(outcome));
    return answer;
}

}  // namespace

Result<Entered> run_command(Context& context, const Command& command, const Ask& ask) {
    const auto card = cards::get_card(context, command.token_id);
    if (!card) return std::unexpected(card.error());
    const cards::CommandMark mark(context, command.operation, command.idempotency_key, text_of(command.content));
    for (int i = 0; i < questions_max; ++i) {
        const auto view = look_at_card(context.services.lanes, card->account_id, context.tenant_id, command.token_id);
        if (!view) return std::unexpected(view.error());
        const auto twin = answer_of_twin(view->security, mark);
        if (!twin) return std::unexpected(twin.error());
        if (*twin) return **twin;
        auto decide = ask(*card, *view);
        if (!decide) return std::unexpected(std::move(decide.error()));
        if (auto answer = decide_in_lane(context, command, mark, card->account_id, *decide)) return *answer;
    }
    return fail(ErrorCode::unavailable, "the card's PIN moves");
}

Result<void> check_usable(const Card& card) {
    if (card.status == CardStatus::pending_activation || card.status == CardStatus::active) return {};
    return fail(ErrorCode::card_wrong_status);
}

Result<void> check_alive(const Card& card) {
    if (card.status == CardStatus::suspended) return {};
    return check_usable(card);
}

namespace {

void log_at(log::Level level, const Context& context, std::string_view event, TokenId token_id, bool is_accepted) {
    log::Event(level, event)
        .add("tenant_id", context.tenant_id)
        .add("token_id", token_id)
        .add("user_id", context.user_id)
        .add("is_accepted", is_accepted)
        .add("correlation_id", context.correlation_id);
}

}  // namespace

void log_command(const Context& context, std::string_view event, TokenId token_id, bool is_accepted) {
    log_at(log::Level::info, context, event, token_id, is_accepted);
}

void log_disclosure(const Context& context, std::string_view event, TokenId token_id, bool is_accepted) {
    log_at(log::Level::warning, context, event, token_id, is_accepted);
}

}  // namespace takas::app::card_security
