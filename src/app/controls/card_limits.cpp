#include "app/controls/card_limits.hpp"

#include <algorithm>
#include <set>

#include "app/cards/cards.hpp"
#include "app/cards/change_card.hpp"
#include "app/catalog/catalog.hpp"
#include "app/controls/change_warnings.hpp"
#include "app/controls/controls.hpp"
#include "app/system/checks.hpp"

namespace takas::app::controls {
namespace {

using core::card::Card;
using core::control::VelocityControl;
using core::control::VelocityPeriod;

bool is_above(Decimal a, Decimal b) {
    const std::uint8_t scale = std::max(a.scale, b.scale);
    const auto x = rescale(a, scale), y = rescale(b, scale);
    return !x || !y || *x > *y;
}

Result<void> check_values(const VelocityLimit& limit, const VelocityControl& control, const std::string& path) {
    if (!limit.limit_amount && !limit.limit_count) return fail(ErrorCode::control_limit_missing);
    if (limit.effective_from && limit.effective_to && *limit.effective_to < *limit.effective_from)
        return fail(ErrorCode::control_dates_reversed);
    FieldErrors errors;
    if (limit.limit_amount) check_limit_amount(*limit.limit_amount, control.currency, path + "limitAmount", errors);
    if (limit.limit_count && *limit.limit_count < 1)
        errors.add(path + "limitCount", "At least 1 is expected.", "En az 1 bekleniyor.");
    if (limit.limit_count && control.period == VelocityPeriod::per_transaction)
        errors.add(path + "limitCount", "A single transaction has no count.", "Tek işlemin adedi olmaz.");
    if (errors.empty() && limit.limit_amount && control.min_amount &&
        is_above(*control.min_amount, *limit.limit_amount))
        errors.add(path + "limitAmount", "The limit is below the control's minAmount.",
                   "Limit, kontrolün minAmount değerinin altında.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

auto of_control(EntityId id) {
    return [id](const VelocityLimit& one) { return one.velocity_check_id == id; };
}

}  // namespace

Result<VelocityControl> check_card_limit(Context& context, const VelocityLimit& limit, std::string_view path) {
    auto control = get_control<VelocityControl>(context, limit.velocity_check_id);
    if (!control) return control;
    if (auto good = check_values(limit, *control, std::string(path)); !good)
        return std::unexpected(std::move(good.error()));
    if (limit.effective_to && *limit.effective_to < context.services.catalog.local_date(context.tenant_id, context.now))
        return fail_field(std::string(path) + "effectiveTo", "The date has passed: the limit would never count.",
                          "Tarih geçmiş: limit hiçbir zaman uygulanmaz.");
    if (is_above(limit, *control)) {
        const auto tenant = system::find_tenant(context.store(), context.tenant_id);
        if (!tenant) return std::unexpected(tenant.error());
        if (!tenant->may_card_limit_exceed) return fail(ErrorCode::card_limit_exceeds);
    }
    context.depend_on(*control);
    return control;
}

Result<void> check_card_limits(Context& context, const std::vector<VelocityLimit>& limits) {
    if (limits.size() > card_limits_max)
        return fail_field("velocityControls", "At most 50 are expected.", "En fazla 50 kayıt bekleniyor.");
    std::set<EntityId> seen;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const std::string path = "velocityControls[" + std::to_string(i) + "].";
        if (!seen.insert(limits[i].velocity_check_id).second)
            return fail_field(path + "velocityCheckId", "The control is named twice.", "Kontrol iki kez yazılmış.");
        if (auto good = check_card_limit(context, limits[i], path); !good)
            return std::unexpected(std::move(good.error()));
    }
    return {};
}

Result<std::vector<CardLimit>> set_card_limit(Context& context, TokenId token_id, const VelocityLimit& limit) {
    const auto prepare = [&](const Card&) -> Result<void> {
        auto control = check_card_limit(context, limit);
        if (!control) return std::unexpected(std::move(control.error()));
        return {};
    };
    const auto change = [&](lane::Work& work, const Card& card) -> Result<void> {
        if (card.status == core::card::CardStatus::closed) return fail(ErrorCode::card_wrong_status);
        Card after = card;
        auto& limits = after.velocity_limits;
        const auto known = std::ranges::find_if(limits, of_control(limit.velocity_check_id));
        if (known != limits.end()) {
            *known = limit;
        } else {
            if (limits.size() >= card_limits_max) return fail(ErrorCode::too_many_controls);
            limits.push_back(limit);
        }
        work.update(std::move(after));
        return {};
    };
    if (const auto done = cards::change_card(context, {token_id}, prepare, change); !done)
        return std::unexpected(done.error());
    return card_limits(context, token_id);
}

Result<std::vector<CardLimit>> card_limits(const Context& context, TokenId token_id) {
    const auto card = cards::get_card(context, token_id);
    if (!card) return std::unexpected(card.error());
    std::vector<CardLimit> all;
    for (const VelocityLimit& limit : card->velocity_limits) {
        auto control = get_control<VelocityControl>(context, limit.velocity_check_id);
        if (control)
            all.push_back({limit, std::move(*control)});
        else if (control.error().code != ErrorCode::control_not_found)
            return std::unexpected(std::move(control.error()));
    }
    return all;
}

Result<void> delete_card_limit(Context& context, TokenId token_id, EntityId velocity_check_id) {
    const auto done = cards::change_card(context, {token_id}, [&](lane::Work& work, const Card& card) -> Result<void> {
        Card after = card;
        if (std::erase_if(after.velocity_limits, of_control(velocity_check_id)) == 0)
            return fail(ErrorCode::card_velocity_not_found);
        work.update(std::move(after));
        return {};
    });
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace takas::app::controls
