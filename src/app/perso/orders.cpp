#include "app/perso/orders.hpp"

#include "app/cards/cards.hpp"
#include "app/events/perso_events.hpp"
#include "app/perso/call_off.hpp"
#include "core/note/free_texts.hpp"
#include "core/perso/perso_table.hpp"

namespace takas::app::perso {
namespace {

using core::perso::Delivery;
using core::perso::LineOutcome;
using core::perso::PersoFileLine;
using ports::Compare;
using ports::where;

constexpr std::int64_t day_us = 86'400LL * 1'000'000;
/// A day of the institution lies within these hours of the same day in UTC.
constexpr std::int64_t time_zone_us = 15LL * 3'600 * 1'000'000;

/// Orders are numbered by the time they were made at: so a list of some days reads these days only.
EntityId first_id_around(Date day, std::int64_t after_us) {
    return EntityId{ids::first_id_at(Instant{day.value * day_us + after_us})};
}

LineOutcome outcome_of(PersoStatus status) {
    if (status == PersoStatus::completed) return LineOutcome::made;
    return status == PersoStatus::error ? LineOutcome::spoiled : LineOutcome::withdrawn;
}

Delivery delivery_of(const Context& context, const Issuance& order, const std::string& courier_no) {
    Delivery d;
    d.tenant_id = order.tenant_id;
    d.barcode = order.barcode;
    d.issuance_id = order.id;
    d.account_id = order.account_id;
    d.token_id = order.token_id;
    d.masked_card_no = order.masked_card_no;
    d.courier_code = order.courier_code;
    d.courier_no = courier_no;
    d.delivery_address = order.delivery_address;
    d.status_time = d.creation_time = context.now;
    return d;
}

Result<void> check_fields(const WantedOrderStatus& wanted) {
    FieldErrors errors;
    const auto only_with = [&](bool is_given, const char* path, PersoStatus status) {
        if (is_given && wanted.status != status)
            errors.add(path, "Sent with the status " + std::string(to_name(status)) + " only.",
                       "Yalnızca " + std::string(to_name(status)) + " durumu ile gönderilir.");
    };
    only_with(wanted.perso_office_code.has_value(), "persoOfficeCode", PersoStatus::waiting);
    only_with(wanted.courier_code.has_value(), "courierCode", PersoStatus::waiting);
    only_with(!wanted.courier_no.empty(), "courierNo", PersoStatus::completed);
    if (!errors.empty()) return std::move(errors).as_error();
    return core::note::check_free_text("description", wanted.description);
}

bool changes_nothing(const Issuance& order, const WantedOrderStatus& wanted) {
    return order.status == wanted.status &&
           wanted.perso_office_code.value_or(order.perso_office_code) == order.perso_office_code &&
           wanted.courier_code.value_or(order.courier_code) == order.courier_code;
}

}  // namespace

Result<Issuance> get_order(const Context& context, EntityId id) {
    auto found =
        context.store().find<Issuance>({where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::id>(id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorCode::issuance_not_found);
    return std::move(**found);
}

Result<std::optional<Issuance>> order_of_barcode(const Context& context, std::string_view barcode) {
    return context.store().find<Issuance>(
        {where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::barcode>(barcode)});
}

Result<ports::PageOf<Issuance>> list_orders(const Context& context, const OrderQuery& q) {
    std::vector<ports::Condition> all{where<&Issuance::tenant_id>(context.tenant_id)};
    if (q.token_id) all.push_back(where<&Issuance::token_id>(*q.token_id));
    if (q.perso_office_code) all.push_back(where<&Issuance::perso_office_code>(*q.perso_office_code));
    if (q.status) all.push_back(where<&Issuance::status>(*q.status));
    if (q.ordered_from) {
        all.push_back(where<&Issuance::ordered_on>(Compare::greater_or_equal, *q.ordered_from));
        all.push_back(where<&Issuance::id>(Compare::greater_or_equal, first_id_around(*q.ordered_from, -time_zone_us)));
    }
    if (q.ordered_to) {
        all.push_back(where<&Issuance::ordered_on>(Compare::less_or_equal, *q.ordered_to));
        all.push_back(where<&Issuance::id>(Compare::less, first_id_around(*q.ordered_to, day_us + time_zone_us)));
    }
    return ports::page_of<Issuance>(context.store(), std::move(all), q.page,
                                    {member_name<&Issuance::id>, /*descending=*/true});
}

Result<Issuance> change_order_status(Context& context, const WantedOrderStatus& wanted) {
    if (auto fits = check_fields(wanted); !fits) return std::unexpected(std::move(fits.error()));
    auto order = get_order(context, wanted.id);
    if (!order || changes_nothing(*order, wanted)) return order;
    const auto card = cards::get_card(context, order->token_id);
    if (!card) return std::unexpected(card.error());
    const bool leads_on = wanted.status != PersoStatus::error && wanted.status != PersoStatus::cancelled;
    if (const auto why = why_not_made(*card, *order); why && leads_on) return fail(ErrorCode::card_wrong_status, *why);
    order->perso_office_code = wanted.perso_office_code.value_or(order->perso_office_code);
    order->courier_code = wanted.courier_code.value_or(order->courier_code);
    context.decides_again_on.push_back(ports::table_of<Issuance>().name);
    return move_order(context, context.unit, std::move(*order), card->customer_no,
                      {wanted.status, wanted.description, wanted.courier_no});
}

Result<Issuance> move_order(const Context& context, ports::Unit& unit, Issuance stored, const std::string& customer_no,
                            const OrderMove& move) {
    const bool was_in_file = stored.status == PersoStatus::processing && stored.file_id;
    auto moved =
        core::perso::change_status(std::move(stored), {move.to, move.description, context.user_id, context.now});
    if (!moved) return moved;
    moved->customer_no = customer_no;  // a card without a holder may have got one since it was ordered
    const std::int64_t expected = moved->version++;
    unit.update(*moved, expected);
    unit.insert(events::perso_status_changed(*moved));
    if (was_in_file) unit.update(PersoFileLine{moved->tenant_id, moved->file_id, moved->id, outcome_of(moved->status)});
    if (moved->status == PersoStatus::completed) {
        const Delivery delivery = delivery_of(context, *moved, move.courier_no);
        unit.insert(delivery);
        unit.insert(events::delivery_created(delivery, customer_no, context.user_id));
    }
    return moved;
}

}  // namespace takas::app::perso
