#include "jobs/hold_expiry.hpp"

#include <algorithm>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"

namespace takas::jobs {

using app::ports::Compare;
using app::ports::where;
using app::transactions::Expired;
using core::authorization::CardTransaction;
using core::authorization::TransactionCode;

Result<HoldExpiry::Outcome> HoldExpiry::run() {
    Outcome sum;
    const Instant now = clock_.now();
    for (Sweep* sweep : {&usual_, &pre_authorizations_}) {
        for (std::int64_t page = 0; page < options_.pages_per_run; ++page) {
            const auto done = run_page(*sweep, now);
            if (!done) return std::unexpected(done.error());
            sum.expired += done->outcome.expired;
            sum.postponed += done->outcome.postponed;
            if (done->is_last) break;
        }
    }
    return sum;
}

Result<HoldExpiry::Page> HoldExpiry::run_page(Sweep& sweep, Instant now) {
    using T = CardTransaction;
    const auto period_s = sweep.is_pre_authorization ? options_.periods.pre_authorization_s : options_.periods.usual_s;
    constexpr std::int64_t millisecond_us = 1000;  // the grain of ids
    const std::int64_t due_before = app::ids::first_id_at(now.plus_seconds(-period_s).plus_us(millisecond_us));
    const auto rows = store_.list<T>({{where<&T::transaction_id>(Compare::greater, sweep.cursor),
                                       where<&T::transaction_id>(Compare::less, due_before),
                                       where<&T::code>(sweep.is_pre_authorization ? Compare::equal : Compare::not_equal,
                                                       TransactionCode::pre_authorization),
                                       where<&T::held_minor>(Compare::greater, 0)},
                                      {{member_name<&T::transaction_id>}},
                                      0,
                                      options_.page_size});
    if (!rows) return std::unexpected(rows.error());
    Page page;
    for (const T& t : *rows) {
        // Its id is older than the moment it was decided: nearly due, and so are all that follow.
        if (t.transaction_time.plus_seconds(period_s) > now) return Page{true, page.outcome};
        switch (app::transactions::expire_hold(lanes_, t, options_.periods, now)) {
            case Expired::yes:
                ++page.outcome.expired;
                break;
            case Expired::no_longer_due:
                break;
            case Expired::unavailable:
                ++page.outcome.postponed;
                return Page{true, page.outcome};
        }
        sweep.cursor = t.transaction_id.value;
    }
    page.is_last = static_cast<std::int64_t>(rows->size()) < options_.page_size;
    if (page.is_last) sweep.cursor = std::max(sweep.cursor, due_before - 1);
    return page;
}

}  // namespace takas::jobs
