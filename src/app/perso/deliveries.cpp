#include "app/perso/deliveries.hpp"

#include "app/cards/cards.hpp"
#include "app/cards/change_card.hpp"
#include "app/cards/status.hpp"
#include "app/events/perso_events.hpp"
#include "app/perso/orders.hpp"
#include "core/note/free_texts.hpp"
#include "core/perso/perso_table.hpp"

namespace takas::app::perso {
namespace {

using core::card::Card;
using core::card::CardStatus;
using ports::where;

/// More orders than any card has in its life.
constexpr std::int64_t deliveries_of_card_max = 1000;

Result<Delivery> get_delivery(const Context& context, std::string_view barcode) {
    auto found = context.store().find<Delivery>(
        {where<&Delivery::tenant_id>(context.tenant_id), where<&Delivery::barcode>(barcode)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorCode::shipment_not_found);
    return std::move(**found);
}

void take_over(Delivery& delivery, const WantedDeliveryStatus& wanted) {
    delivery.receiver_name = wanted.receiver_name.value_or(delivery.receiver_name);
    delivery.receiver_relation = wanted.receiver_relation.value_or(delivery.receiver_relation);
    delivery.branch = wanted.branch.value_or(delivery.branch);
    delivery.courier_no = wanted.courier_no.value_or(delivery.courier_no);
}

/// The card of an envelope that failed goes, unless it is in use or another envelope was ordered for it since.
bool is_to_be_closed(const Card& card, const Delivery& delivery) {
    return core::perso::has_failed(delivery.status) && card.status == CardStatus::pending_activation &&
           card.barcode == delivery.barcode;
}

/// A courier's clock may be wrong by so much, or in another zone.
constexpr std::int64_t clock_slack_s = 86'400;

/// The courier's number is not looked at: it may look like a card number by chance.
Result<void> check_fields(const Context& context, const WantedDeliveryStatus& wanted) {
    if (wanted.happened_at && *wanted.happened_at > context.now.plus_seconds(clock_slack_s))
        return fail_field("statusTime", "The time is in the future.", "Zaman gelecekte.");
    if (auto clean = core::note::check_free_text("description", wanted.description); !clean) return clean;
    for (const auto& [path, text] :
         {std::pair("receiverName", &wanted.receiver_name), std::pair("receiverRelation", &wanted.receiver_relation),
          std::pair("branch", &wanted.branch)})
        if (auto clean = core::note::check_free_text(path, text->value_or("")); !clean) return clean;
    return {};
}

/// What a courier's file says again, it says with the same time.
bool is_known(const Delivery& delivery, const WantedDeliveryStatus& wanted) {
    if (!wanted.happened_at) return delivery.status == wanted.status;
    return std::ranges::any_of(delivery.history, [&](const core::perso::DeliveryStep& step) {
        return step.new_status == wanted.status && step.date_time == *wanted.happened_at;
    });
}

/// Its own creation is no bound: we may hear late that a card was made.
Result<void> check_time(const Delivery& delivery, Instant ordered_at, const WantedDeliveryStatus& wanted) {
    if (!wanted.happened_at) return {};
    if (*wanted.happened_at < ordered_at)
        return fail_field("statusTime", "The time is before the card was ordered.", "Zaman kartın talebinden önce.");
    if (!delivery.history.empty() && *wanted.happened_at < delivery.status_time)
        return fail_field("statusTime", "The time is before the delivery's last status.",
                          "Zaman teslimatın son durumundan önce.");
    return {};
}

Result<Reported> change_in(const Context& context, lane::Work& work, const Card& card, Instant ordered_at,
                           const WantedDeliveryStatus& wanted) {
    auto stored = get_delivery(context, wanted.barcode);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (is_known(*stored, wanted)) return Reported{std::move(*stored), /*was_known=*/true};
    if (auto fits = check_time(*stored, ordered_at, wanted); !fits) return std::unexpected(std::move(fits.error()));
    auto changed = core::perso::change_status(
        *stored, {wanted.status, wanted.description, context.user_id, wanted.happened_at.value_or(context.now)});
    if (!changed) return std::unexpected(std::move(changed.error()));
    if (wanted.status == DeliveryStatus::created && card.status == CardStatus::closed)
        return fail(ErrorCode::card_wrong_status);
    take_over(*changed, wanted);
    ++changed->version;
    work.insert(events::delivery_status_changed(*changed, card.customer_no, context.now));
    work.update(*changed, stored->version);
    if (!is_to_be_closed(card, *changed)) return Reported{std::move(*changed)};
    auto closed = cards::change_status_in(
        work, context, card,
        {card.token_id, CardStatus::closed, core::card::CardStatusReason::delivery_failed, wanted.description});
    if (!closed) return std::unexpected(std::move(closed.error()));
    return Reported{std::move(*changed)};
}

}  // namespace

Result<std::vector<Delivery>> deliveries_of_card(const Context& context, TokenId token_id) {
    if (auto card = cards::get_card(context, token_id); !card) return std::unexpected(std::move(card.error()));
    return context.store().list<Delivery>(
        {{where<&Delivery::tenant_id>(context.tenant_id), where<&Delivery::token_id>(token_id)},
         {{member_name<&Delivery::issuance_id>, /*descending=*/true}},
         0,
         deliveries_of_card_max});
}

Result<Reported> take_report(Context& context, const WantedDeliveryStatus& wanted) {
    if (auto clean = check_fields(context, wanted); !clean) return std::unexpected(std::move(clean.error()));
    const auto known = get_delivery(context, wanted.barcode);
    if (!known) return std::unexpected(known.error());
    const auto order = get_order(context, known->issuance_id);
    if (!order) return std::unexpected(order.error());
    std::optional<Reported> changed;
    const auto done =
        cards::change_card(context, {known->token_id}, [&](lane::Work& work, const Card& card) -> Result<void> {
            auto result = change_in(context, work, card, order->request_time, wanted);
            if (!result) return std::unexpected(std::move(result.error()));
            changed = std::move(*result);
            return {};
        });
    if (!done) return std::unexpected(done.error());
    return std::move(*changed);
}

Result<Delivery> change_delivery_status(Context& context, const WantedDeliveryStatus& wanted) {
    auto done = take_report(context, wanted);
    if (!done) return std::unexpected(std::move(done.error()));
    return std::move(done->delivery);
}

}  // namespace takas::app::perso
