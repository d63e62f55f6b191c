#include "app/cards/status.hpp"

#include <algorithm>

#include "app/audit/recorder.hpp"
#include "app/cards/change_card.hpp"
#include "app/cards/replace_card.hpp"
#include "app/customers/customers.hpp"
#include "app/events/payloads.hpp"
#include "app/perso/call_off.hpp"
#include "core/card/status_table.hpp"
#include "core/note/free_texts.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardStatus;
using core::card::CardStatusReason;
using ports::where;

/// A chip that may no longer pay is blocked with its next online answer, one that may again is unblocked.
Result<void> tell_chip(lane::Work& work, const Card& card, Instant now) {
    using core::card::ScriptKind;
    const bool has_chip =
        card.product_type == core::product::ProductType::emv || card.product_type == core::product::ProductType::hce;
    if (!has_chip) return {};
    auto security = work.security(card.token_id);
    if (!security) return std::unexpected(std::move(security.error()));
    const bool may_pay = card.status == CardStatus::active || card.status == CardStatus::pending_activation;
    // A card that was never used online has nothing to be unblocked.
    if (may_pay && security->script_no == 0) return {};
    core::card::queue_script(*security, may_pay ? ScriptKind::application_unblock : ScriptKind::application_block, now);
    work.update(std::move(*security));
    return {};
}

/// The card whose number this one replaced, which has done its service when this one is activated. Nothing: there is
/// none, or it was reported lost and stays as it was reported.
Result<std::optional<Card>> ends_with(lane::Work& work, const Card& card, CardStatus to, CardStatusReason reason) {
    const bool is_first_use = card.status == CardStatus::pending_activation && to == CardStatus::active;
    if (!is_first_use || !card.replaces_token_id) return std::nullopt;
    const auto replaced = work.card(card.replaces_token_id);
    if (!replaced) return std::unexpected(replaced.error());
    if (!*replaced) return std::nullopt;
    const bool is_in_use = (*replaced)->status == CardStatus::active || (*replaced)->status == CardStatus::suspended;
    if (!is_in_use) return std::nullopt;
    // What only the institution may lift is not walked around by the card in its place.
    if ((*replaced)->status == CardStatus::suspended)
        if (auto legal = core::card::check_status_change((*replaced)->status, (*replaced)->status_reason, to, reason);
            !legal)
            return std::unexpected(std::move(legal.error()));
    if (auto read = read_ahead(work, (*replaced)->token_id); !read) return std::unexpected(std::move(read.error()));
    return **replaced;
}

/// A change of status that is possible, with everything that had to be read for it.
struct Step {
    Card before, after;
    ports::Unit called_off;  ///< orders of the card that are not worth making any more
};

Result<Step> plan(const Context& context, const Card& card, const WantedStatus& wanted) {
    auto after = core::card::change_status(
        card, {wanted.status, wanted.reason, wanted.description, context.user_id, context.now});
    if (!after) return std::unexpected(std::move(after.error()));
    auto called_off = perso::call_off(context, *after);
    if (!called_off) return std::unexpected(std::move(called_off.error()));
    return Step{card, std::move(*after), std::move(*called_off)};
}

Result<void> take(lane::Work& work, const Context& context, Step& step) {
    if (auto told = tell_chip(work, step.after, context.now); !told) return told;
    work.insert(events::card_status_changed(step.before, step.after));
    work.update(step.after);
    work.append(std::move(step.called_off));
    return {};
}

/// Two cards never stand for one: a card that was found again stays away while there is one in its place.
Result<void> check_not_replaced(lane::Work& work, const Card& card, CardStatus to) {
    if (to != CardStatus::active || !may_be_replaced(card.status)) return {};
    const auto replacement = live_replacement(work, card);
    if (!replacement) return std::unexpected(replacement.error());
    if (*replacement) return fail(ErrorCode::card_already_renewed);
    return {};
}

CardCommand command_of(const WantedStatus& wanted) {
    return {wanted.token_id, "status", wanted.idempotency_key, wanted.content, wanted.version};
}

/// What a twin has done is read from what it left: the newest event of the card that tells of this status. Few follow
/// it, for a twin is repeated soon.
Result<ChangedStatus> changed_before(const Context& context, const WantedStatus& wanted) {
    using core::event::DomainEvent;
    constexpr std::int64_t looked_at_max = 20;
    auto card = get_card(context, wanted.token_id);
    if (!card) return std::unexpected(std::move(card.error()));
    const auto rows = context.store().list<DomainEvent>(
        {{where<&DomainEvent::tenant_id>(context.tenant_id), where<&DomainEvent::stream_id>(wanted.token_id.value),
          where<&DomainEvent::kind>(core::event::EventKind::card_status_changed)},
         {{member_name<&DomainEvent::sequence_no>, true}},
         0,
         looked_at_max});
    if (!rows) return std::unexpected(rows.error());
    for (const DomainEvent& row : *rows) {
        const auto told = protocol::json::decode<events::CardStatusChanged>(
            row.payload, {protocol::json::NameStyle::pascal, /*trusted=*/true});
        if (!told || told->new_status != wanted.status) continue;
        ChangedStatus changed{*card, std::move(*card)};
        changed.before.status = told->old_status, changed.before.status_reason = told->old_reason;
        changed.after.status = told->new_status, changed.after.status_reason = told->new_reason;
        changed.after.status_changed_at = told->date_time;
        return changed;
    }
    return fail(ErrorCode::outcome_unknown, "the event of a change is gone");
}

Result<Replaced> replaced_before(const Context& context, const WantedStatus& wanted) {
    auto changed = changed_before(context, wanted);
    if (!changed) return std::unexpected(std::move(changed.error()));
    const TokenId replacement = changed->after.replaced_by_token_id;
    if (!replacement) return Replaced{std::move(*changed), fail(ErrorCode::outcome_unknown)};
    auto made = made_before(context, replacement);
    if (!made) return std::unexpected(std::move(made.error()));
    return Replaced{std::move(*changed), std::move(*made)};
}

}  // namespace

Result<ChangedStatus> change_status_in(lane::Work& work, const Context& context, const Card& card,
                                       const WantedStatus& wanted) {
    auto step = plan(context, card, wanted);
    if (!step) return std::unexpected(std::move(step.error()));
    if (auto alone = check_not_replaced(work, card, step->after.status); !alone)
        return std::unexpected(std::move(alone.error()));
    const auto replaced = ends_with(work, card, step->after.status, wanted.reason);
    if (!replaced) return std::unexpected(replaced.error());
    std::optional<Step> end;
    if (*replaced) {
        auto planned = plan(context, **replaced,
                            {(*replaced)->token_id, CardStatus::closed, CardStatusReason::tenant_request,
                             "the renewed card was activated"});
        if (!planned) return std::unexpected(std::move(planned.error()));
        end = std::move(*planned);
    }
    // Until its first use the card that it replaces may have been used.
    const bool is_first_use = card.status == CardStatus::pending_activation && step->after.status == CardStatus::active;
    const bool takes_over = is_first_use && card.replaces_token_id;
    if (takes_over)
        if (auto read = read_usage_ahead(work, card.replaces_token_id, card.token_id); !read)
            return std::unexpected(std::move(read.error()));
    if (auto taken = take(work, context, *step); !taken) return std::unexpected(std::move(taken.error()));
    if (takes_over)
        if (auto handed = hand_over_usage(work, card.replaces_token_id, card.token_id); !handed)
            return std::unexpected(std::move(handed.error()));
    if (end) {
        if (auto taken = take(work, context, *end); !taken) return std::unexpected(std::move(taken.error()));
        if (auto noted = audit::updated(work, audit::who_of(context), end->before, end->after); !noted)
            return std::unexpected(std::move(noted.error()));
    }
    return ChangedStatus{card, std::move(step->after)};
}

Result<ChangedStatus> change_status_in(const Context& context, lane::Work& work, const WantedStatus& wanted) {
    const auto card = work.card(wanted.token_id);
    if (!card) return std::unexpected(card.error());
    if (!*card || (*card)->tenant_id != context.tenant_id) return fail(ErrorCode::card_not_found);
    if (auto read = read_ahead(work, wanted.token_id); !read) return std::unexpected(std::move(read.error()));
    const Card before = **card;
    auto changed = change_status_in(work, context, before, wanted);
    if (changed)
        if (auto noted = audit::updated(work, audit::who_of(context), before, changed->after); !noted)
            return std::unexpected(std::move(noted.error()));
    return changed;
}

Result<ChangedStatus> change_status(Context& context, const WantedStatus& wanted) {
    if (auto good = core::note::check_free_text("description", wanted.description); !good)
        return std::unexpected(std::move(good.error()));
    std::optional<ChangedStatus> changed;
    const auto done = change_card(context, command_of(wanted), [&](lane::Work& work, const Card& card) -> Result<void> {
        auto result = change_status_in(work, context, card, wanted);
        if (!result) return std::unexpected(std::move(result.error()));
        changed = std::move(*result);
        return {};
    });
    if (!done) return std::unexpected(done.error());
    if (*done == Changed::before) return changed_before(context, wanted);
    return std::move(*changed);
}

Result<Replaced> change_status_and_replace(Context& context, const WantedStatus& wanted,
                                           const WantedReplacement& replacement) {
    if (!may_be_replaced(wanted.status))
        return fail_field("createNewCard", "Only for a card that becomes Lost, Stolen or Fraud.",
                          "Yalnızca Lost, Stolen veya Fraud durumuna geçen kart için.");
    FieldErrors errors;
    core::note::check_free_text("description", wanted.description, errors);
    if (replacement.delivery_address)
        core::note::check_free_texts(*replacement.delivery_address, "deliveryAddress.", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    Result<Replacement> made = fail(ErrorCode::internal);
    std::optional<ChangedStatus> changed;
    const auto prepare = [&](const Card& stored) -> Result<void> {
        if (auto legal =
                core::card::check_status_change(stored.status, stored.status_reason, wanted.status, wanted.reason);
            !legal)
            return legal;
        const auto replacing = live_replacement(context, stored);
        if (!replacing) return std::unexpected(replacing.error());
        if (*replacing) {
            made = fail(ErrorCode::card_already_renewed);
            return {};
        }
        made = make_replacement(context, stored,
                                {.issuance = replacement.issuance,
                                 .delivery_address = replacement.delivery_address,
                                 .type = core::perso::IssuanceType::replacement});
        if (made) return {};
        context.unit = {};
        // A new card that cannot be made must not keep a lost one alive: why it cannot be is told beside the status.
        if (is_final_refusal(made.error().code)) return {};
        return std::unexpected(made.error());
    };
    const auto done =
        change_card(context, command_of(wanted), prepare, [&](lane::Work& work, const Card& card) -> Result<void> {
            if (made) {
                if (auto same = check_same_owner(card, made->card); !same) return same;
                const auto replacing = live_replacement(work, card);
                if (!replacing) return std::unexpected(replacing.error());
                if (*replacing) return fail(ErrorCode::concurrent_change, "the card was renewed meanwhile");
                if (auto read = read_usage_ahead(work, card.token_id, made->card.token_id); !read) return read;
            }
            auto result = change_status_in(work, context, card, wanted);
            if (!result) return std::unexpected(std::move(result.error()));
            if (made) {
                if (auto handed = hand_over_usage(work, card.token_id, made->card.token_id); !handed) return handed;
                result->after.replaced_by_token_id = made->card.token_id;
                work.update(result->after);
            }
            changed = std::move(*result);
            return {};
        });
    if (!done) return std::unexpected(done.error());
    if (*done == Changed::before) return replaced_before(context, wanted);
    return Replaced{std::move(*changed), std::move(made)};
}

Result<std::vector<StatusOutcome>> change_customer_statuses(Context& context, const CustomerStatus& wanted) {
    if (auto good = core::note::check_free_text("description", wanted.description); !good)
        return std::unexpected(std::move(good.error()));
    const auto customer = customers::get(context, wanted.customer_no);
    if (!customer) return std::unexpected(customer.error());
    const ports::Query query{{where<&Card::tenant_id>(context.tenant_id), where<&Card::customer_id>(customer->id)},
                             {{member_name<&Card::token_id>}},
                             0,
                             customer_cards_max + 1};
    auto cards = context.store().list<Card>(query);
    if (!cards) return std::unexpected(std::move(cards.error()));
    std::erase_if(*cards, [&](const Card& card) {
        return std::ranges::find(wanted.excluded, card.token_id) != wanted.excluded.end();
    });
    if (static_cast<std::int64_t>(cards->size()) > customer_cards_max)
        return fail_field("customerNo", "The customer has too many cards for one call.",
                          "Müşterinin kart sayısı tek çağrı için çok fazla.");
    std::vector<StatusOutcome> outcomes;
    std::vector<TokenId> tokens;
    for (Card& card : *cards) {
        tokens.push_back(card.token_id);
        outcomes.push_back({std::move(card), fail(ErrorCode::unavailable)});
    }
    const auto done = change_cards(context, tokens, [&](std::size_t i, lane::Work& work, const Card& card) {
        outcomes[i].result =
            change_status_in(work, context, card, {card.token_id, wanted.status, wanted.reason, wanted.description});
        return outcomes[i].result ? Result<void>() : std::unexpected(outcomes[i].result.error());
    });
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (!done[i]) outcomes[i].result = std::unexpected(done[i].error());
    return outcomes;
}

}  // namespace takas::app::cards
