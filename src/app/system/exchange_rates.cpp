#include "app/system/exchange_rates.hpp"

#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"

namespace takas::app::system {

using core::identity::ExchangeRate;
using ports::Compare;
using ports::where;

namespace {

constexpr std::uint8_t rate_scale = 9;
constexpr std::int64_t seconds_per_day = 86'400;

/// At nine digits; 0 when it is no rate.
std::int64_t nine_digits(Decimal rate) {
    const auto rate_e9 = rescale(rate, rate_scale);
    return rate_e9 && *rate_e9 > 0 ? *rate_e9 : 0;
}

/// The published rate, or the middle where that side has none.
std::int64_t nine_digits(const std::optional<Decimal>& side, Decimal middle) {
    return nine_digits(side.value_or(middle));
}

bool is_far(std::int64_t rate, std::int64_t from) {
    __extension__ using Wide = __int128;
    const Wide distance = static_cast<Wide>(rate) - from;
    return (distance < 0 ? -distance : distance) * 100 > static_cast<Wide>(from) * rate_jump_max_percent;
}

bool is_same(const ExchangeRate& a, const ExchangeRate& b) {
    return a.source == b.source && a.valid_to == b.valid_to && nine_digits(a.rate) == nine_digits(b.rate) &&
           nine_digits(a.buy_rate, a.rate) == nine_digits(b.buy_rate, b.rate) &&
           nine_digits(a.sell_rate, a.rate) == nine_digits(b.sell_rate, b.rate);
}

void check_one_rate(const std::optional<Decimal>& rate, const std::string& path, FieldErrors& errors) {
    if (rate && nine_digits(*rate) == 0)
        errors.add(path, "A number above 0 with at most 9 decimals is needed.",
                   "En çok 9 ondalıklı, sıfırdan büyük bir sayı gerekli.");
}

/// What one row says by itself.
void check_row(const ExchangeRate& rate, const std::string& prefix, bool is_confirmed, FieldErrors& errors) {
    check_currency(rate.source_currency, prefix + "sourceCurrency", errors);
    check_currency(rate.target_currency, prefix + "targetCurrency", errors);
    if (rate.source_currency == rate.target_currency)
        errors.add(prefix + "targetCurrency", "Two different currencies are needed.",
                   "İki farklı para birimi gerekli.");
    check_one_rate(rate.rate, prefix + "rate", errors);
    check_one_rate(rate.buy_rate, prefix + "buyRate", errors);
    check_one_rate(rate.sell_rate, prefix + "sellRate", errors);
    const std::int64_t middle = nine_digits(rate.rate), buy = nine_digits(rate.buy_rate, rate.rate),
                       sell = nine_digits(rate.sell_rate, rate.rate);
    if (middle == 0 || buy == 0 || sell == 0) return;
    if (buy > middle)
        errors.add(prefix + "buyRate", "It must not be above the rate.", "Kurdan yüksek olamaz.");
    else if (is_far(buy, middle) && !is_confirmed)
        errors.add(prefix + "buyRate", "More than 50 % below the rate: send isConfirmed if it is right.",
                   "Kurun %50'den fazla altında: doğruysa isConfirmed gönderin.");
    if (sell < middle)
        errors.add(prefix + "sellRate", "It must not be below the rate.", "Kurdan düşük olamaz.");
    else if (is_far(sell, middle) && !is_confirmed)
        errors.add(prefix + "sellRate", "More than 50 % above the rate: send isConfirmed if it is right.",
                   "Kurun %50'den fazla üstünde: doğruysa isConfirmed gönderin.");
}

/// What is the same for all rows of a call.
void check_times(const ExchangeRate& rate, Instant now, FieldErrors& errors) {
    if (rate.valid_to && *rate.valid_to <= rate.valid_from)
        errors.add("validTo", "It must lie after validFrom.", "validFrom'dan sonra olmalıdır.");
    if (rate.valid_from > now.plus_seconds(rate_days_ahead_max * seconds_per_day))
        errors.add("validFrom", "It must not lie more than a year ahead.", "Bir yıldan daha ileride olamaz.");
}

/// The nearest row of the same pair and source that begins before (less) or after (greater) this one.
Result<std::optional<ExchangeRate>> neighbour(ports::Store& store, const ExchangeRate& rate, Compare side) {
    auto found = store.list<ExchangeRate>(
        {{where<&ExchangeRate::tenant_id>(rate.tenant_id), where<&ExchangeRate::source_currency>(rate.source_currency),
          where<&ExchangeRate::target_currency>(rate.target_currency), where<&ExchangeRate::source>(rate.source),
          where<&ExchangeRate::valid_from>(side, rate.valid_from)},
         {{member_name<&ExchangeRate::valid_from>, side == Compare::less}},
         0,
         1});
    if (!found) return std::unexpected(std::move(found.error()));
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

/// What the row is beside those that are there already.
Result<void> check_neighbours(ports::Store& store, const ExchangeRate& rate, const std::string& prefix,
                              bool is_confirmed, FieldErrors& errors) {
    if (!is_confirmed) {
        const auto last = neighbour(store, rate, Compare::less);
        if (!last) return std::unexpected(last.error());
        if (*last && is_far(nine_digits(rate.rate), nine_digits((*last)->rate)))
            errors.add(prefix + "rate",
                       fmt::format("More than 50 % from the last one of this source, {}: send isConfirmed if it is "
                                   "right.",
                                   to_text((*last)->rate)),
                       fmt::format("Bu kaynağın son kurundan ({}) %50'den fazla farklı: doğruysa isConfirmed gönderin.",
                                   to_text((*last)->rate)));
    }
    if (!rate.valid_to) return {};
    const auto next = neighbour(store, rate, Compare::greater);
    if (!next) return std::unexpected(next.error());
    if (*next && (*next)->valid_from < *rate.valid_to)
        errors.add(
            "validTo",
            fmt::format("It reaches over a rate of the same source that begins at {}.", to_text((*next)->valid_from)),
            fmt::format("Aynı kaynağın {} anında başlayan kurunun üzerine taşıyor.", to_text((*next)->valid_from)));
    return {};
}

/// Inserts the row, or replaces one that has not begun; a row that is there already stays.
Result<void> put(Context& context, const ExchangeRate& rate) {
    const auto stored = context.store().find<ExchangeRate>({where<&ExchangeRate::tenant_id>(rate.tenant_id),
                                                            where<&ExchangeRate::source_currency>(rate.source_currency),
                                                            where<&ExchangeRate::target_currency>(rate.target_currency),
                                                            where<&ExchangeRate::valid_from>(rate.valid_from)});
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) {
        context.unit.insert(rate);
    } else if (!is_same(**stored, rate)) {
        if ((*stored)->valid_from <= context.now || (*stored)->source != rate.source)
            return fail(ErrorCode::already_exists, "an exchange rate of that instant");
        context.unit.update(rate);
    }
    return {};
}

/// `prefix_of` says where in the body a row stands.
template <class PrefixOf>
Result<void> set_rates(Context& context, std::span<const ExchangeRate> rates, bool is_confirmed, PrefixOf prefix_of) {
    FieldErrors errors;
    check_times(rates.front(), context.now, errors);
    std::set<std::pair<core::money::Currency, core::money::Currency>> pairs;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        check_row(rates[i], prefix_of(i), is_confirmed, errors);
        if (!pairs.emplace(rates[i].source_currency, rates[i].target_currency).second)
            errors.add(prefix_of(i) + "targetCurrency", "Each pair may occur once.",
                       "Her çift yalnızca bir kez kullanılabilir.");
    }
    if (!errors.empty()) return std::move(errors).as_error();
    auto tenant = find_tenant(context.store(), rates.front().tenant_id);
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    for (std::size_t i = 0; i < rates.size(); ++i)
        if (auto done = check_neighbours(context.store(), rates[i], prefix_of(i), is_confirmed, errors); !done)
            return done;
    if (!errors.empty()) return std::move(errors).as_error();
    for (const ExchangeRate& rate : rates)
        if (auto done = put(context, rate); !done) {
            context.begin_afresh();
            return done;
        }
    return commit_now(context, {});
}

}  // namespace

Result<ExchangeRate> set_exchange_rate(Context& context, const ExchangeRate& rate, bool is_confirmed) {
    auto done = set_rates(context, {&rate, 1}, is_confirmed, [](std::size_t) { return std::string(); });
    if (!done) return std::unexpected(std::move(done.error()));
    return rate;
}

Result<void> set_exchange_rates(Context& context, const std::vector<ExchangeRate>& rates, bool is_confirmed) {
    if (rates.empty()) return fail_field("rates", "A value is required.", "Bu alan zorunludur.");
    return set_rates(context, rates, is_confirmed, [](std::size_t i) { return fmt::format("rates[{}].", i); });
}

}  // namespace takas::app::system
