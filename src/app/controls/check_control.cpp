#include "app/controls/check_control.hpp"

#include <algorithm>

#include "app/controls/families.hpp"
#include "app/transactions/amounts.hpp"
#include "core/authorization/codes.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::app::controls {
namespace {

using core::authorization::ResponseCode;
using core::control::ControlAction;
using core::control::Criteria;
using core::control::VelocityPeriod;
using core::control::rule::Scope;

/// What an issuer answers when it does not refuse, or when it speaks of something else than a purchase.
bool is_refusal(ResponseCode code) {
    switch (code) {
        case ResponseCode::approved:
        case ResponseCode::offline_approved1:
        case ResponseCode::offline_approved2:
        case ResponseCode::offline_approved3:
        case ResponseCode::honour_with_id:
        case ResponseCode::approval_of_request:
            return false;
        default:
            return true;
    }
}

template <class E>
void drop_unknown(std::optional<E>& value) {
    if (value == E::unknown) value.reset();
}

void normalise(Criteria& criteria) {
    drop_unknown(criteria.transaction_code);
    drop_unknown(criteria.pos_entry_mode);
    drop_unknown(criteria.terminal_type);
}

template <class Control>
bool is_unconditional(const Control& control) {
    return control.rule.empty() && control.criteria == Criteria{};
}

constexpr Date date_min{std::numeric_limits<std::int32_t>::min()}, date_max{std::numeric_limits<std::int32_t>::max()};

template <class Control>
bool overlap(const Control& a, const Control& b) {
    return a.effective_from.value_or(date_min) <= b.effective_to.value_or(date_max) &&
           b.effective_from.value_or(date_min) <= a.effective_to.value_or(date_max);
}

/// Whenever the inner one counts, the outer one does.
template <class Control>
bool covers(const Control& outer, const Control& inner) {
    return outer.effective_from.value_or(date_min) <= inner.effective_from.value_or(date_min) &&
           outer.effective_to.value_or(date_max) >= inner.effective_to.value_or(date_max);
}

/// The same cases, as far as can be told from what is written.
template <class Control>
bool same_cases(const Control& a, const Control& b) {
    return a.rule == b.rule && a.criteria == b.criteria && overlap(a, b);
}

/// What both families have in common.
template <class Control>
Result<Warnings> check_common(Control& control, Scope scope, const Surroundings<Control>& around) {
    Warnings warnings;
    normalise(control.criteria);
    if (!control.rule.empty()) {
        auto rule = protocol::query_builder::compile(control.rule, scope);
        if (!rule) return std::unexpected(std::move(rule.error()));
        control.rule = rule->canonical_text();
        for (const auto& one : rule->warnings()) warnings.push_back({one.english, one.turkish});
    }
    if (control.effective_from && control.effective_to && *control.effective_to < *control.effective_from)
        return fail(ErrorCode::control_dates_reversed);
    if (control.effective_to && *control.effective_to < around.today) {
        if (around.is_new)
            return fail_field("effectiveTo", "The date has passed: the control would never count.",
                              "Tarih geçmiş: kontrol hiçbir zaman uygulanmaz.");
        warnings.push_back({"effectiveTo has passed: the control does not count any more.",
                            "effectiveTo geçmiş: kontrol artık uygulanmıyor."});
    }
    if (control.response_code && !is_refusal(*control.response_code))
        return fail(ErrorCode::control_response_not_decline);
    return warnings;
}

Error contradiction_of(const AuthorizationControl& other) {
    Error error{ErrorCode::control_contradiction, {}, {}, {}};
    std::string name;
    protocol::json::append_json_string(name, other.name);
    error.data.emplace_back("controlId", std::to_string(other.id.value));
    error.data.emplace_back("name", std::move(name));
    return error;
}

bool is_open_allow(const AuthorizationControl& control) {
    return control.is_active && control.tenant_wide && control.action == ControlAction::allow &&
           is_unconditional(control);
}

void warn_of_reach(const AuthorizationControl& control, const AuthorizationControl& other, Warnings& warnings) {
    if (other.priority > control.priority && is_open_allow(other) && covers(other, control))
        warnings.push_back({"Never asked: \"" + other.name + "\" allows everything before it.",
                            "Hiç sorulmaz: \"" + other.name + "\" öncesinde her şeye izin veriyor."});
    if (control.priority > other.priority && is_open_allow(control) && covers(control, other))
        warnings.push_back({"\"" + other.name + "\" is not asked any more: this control allows everything before it.",
                            "\"" + other.name + "\" artık sorulmaz: bu kontrol öncesinde her şeye izin veriyor."});
    if (other.action != control.action && other.priority == control.priority && same_cases(control, other))
        warnings.push_back({"\"" + other.name +
                                "\" says the opposite in the same cases at the same priority, where "
                                "both are linked.",
                            "\"" + other.name +
                                "\" aynı koşullarda ve aynı öncelikte, ikisinin de bağlı olduğu yerde "
                                "tersini söylüyor."});
}

bool is_looser(const VelocityControl& loose, const VelocityControl& tight) {
    const auto at_least = [](const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
        if (!a) return true;
        if (!b) return false;
        const std::uint8_t scale = std::max(a->scale, b->scale);
        const auto x = rescale(*a, scale), y = rescale(*b, scale);
        return x && y && *x >= *y;
    };
    const bool counts = !loose.limit_count || (tight.limit_count && *loose.limit_count >= *tight.limit_count);
    return at_least(loose.limit_amount, tight.limit_amount) && counts;
}

void warn_of_tighter(const VelocityControl& control, const VelocityControl& other, Warnings& warnings) {
    const bool same = same_cases(control, other) && control.period == other.period &&
                      control.currency == other.currency && control.min_amount == other.min_amount;
    if (!same || !other.tenant_wide) return;
    if (is_looser(control, other) && covers(other, control))
        warnings.push_back({"Never decides: \"" + other.name + "\" has the same or lower limits for everybody.",
                            "Hiç belirleyici olmaz: \"" + other.name + "\" herkes için aynı veya daha düşük limitli."});
}

void check_limits(const VelocityControl& control, FieldErrors& errors) {
    if (control.currency) transactions::read_currency(*control.currency, "currency", errors);
    if (!errors.empty()) return;
    if (control.limit_amount) check_limit_amount(*control.limit_amount, control.currency, "limitAmount", errors);
    if (control.min_amount) check_limit_amount(*control.min_amount, control.currency, "minAmount", errors);
    if (control.limit_count && *control.limit_count < 1)
        errors.add("limitCount", "At least 1 is expected.", "En az 1 bekleniyor.");
    if (control.limit_count && control.period == VelocityPeriod::per_transaction)
        errors.add("limitCount", "A single transaction has no count: choose another period.",
                   "Tek işlemin adedi olmaz: başka bir dönem seçin.");
    if (!errors.empty() || !control.limit_amount || !control.min_amount) return;
    const std::uint8_t scale = std::max(control.limit_amount->scale, control.min_amount->scale);
    if (*rescale(*control.min_amount, scale) > *rescale(*control.limit_amount, scale))
        errors.add("minAmount", "minAmount is above limitAmount: nothing could be counted.",
                   "minAmount, limitAmount değerini aşıyor: hiçbir işlem sayılamaz.");
}

}  // namespace

void check_limit_amount(Decimal amount, std::optional<core::money::Currency> currency, std::string_view path,
                        FieldErrors& errors) {
    constexpr std::uint8_t digits_max = 4;  // no currency of ISO 4217 has more
    const std::uint8_t digits = currency ? transactions::minor_digits(*currency).value_or(digits_max) : digits_max;
    const auto minor = transactions::read_amount(amount, digits, path, errors);
    if (minor == 0) errors.add(std::string(path), "More than 0 is expected.", "0'dan büyük bir değer bekleniyor.");
}

bool are_opposite(const AuthorizationControl& one, const AuthorizationControl& other) {
    return one.id != other.id && one.is_active && other.is_active && one.tenant_wide && other.tenant_wide &&
           one.action != other.action && one.priority == other.priority;
}

Result<Warnings> check_control(AuthorizationControl& control, const Surroundings<AuthorizationControl>& around) {
    auto warnings = check_common(control, row_of(core::control::Family::authorization_control).scope, around);
    if (!warnings) return warnings;
    if (control.action == ControlAction::allow && control.response_code)
        warnings->push_back({"An Allow does not use its responseCode.", "İzin veren kontrol responseCode kullanmaz."});
    if (!control.is_active) return warnings;
    if (control.tenant_wide && control.action == ControlAction::decline && is_unconditional(control))
        warnings->push_back({"Without a condition it declines every transaction that no Allow above it lets through.",
                             "Koşulsuz olduğu için, üstündeki bir izin kapsamına girmeyen her işlemi reddeder."});
    for (const AuthorizationControl& other : around.all) {
        if (other.id == control.id || !other.is_active) continue;
        if (are_opposite(control, other) && same_cases(control, other)) return std::unexpected(contradiction_of(other));
        warn_of_reach(control, other, *warnings);
    }
    return warnings;
}

Result<Warnings> check_control(VelocityControl& control, const Surroundings<VelocityControl>& around) {
    auto warnings = check_common(control, row_of(core::control::Family::velocity_control).scope, around);
    if (!warnings) return warnings;
    if (!control.limit_amount && !control.limit_count) return fail(ErrorCode::control_limit_missing);
    FieldErrors errors;
    check_limits(control, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (!control.is_active) return warnings;
    for (const VelocityControl& other : around.all)
        if (other.id != control.id && other.is_active) warn_of_tighter(control, other, *warnings);
    return warnings;
}

}  // namespace takas::app::controls
