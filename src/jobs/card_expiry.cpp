#include "jobs/card_expiry.hpp"

#include "app/authorize/authorizer.hpp"
#include "app/catalog/catalog.hpp"
#include "app/perso/orders.hpp"
#include "app/ports/whole_tables.hpp"

namespace takas::jobs {
namespace {

using app::perso::Issuance;
using app::perso::PersoStatus;
using app::ports::CommitOutcome;
using app::ports::Compare;
using app::ports::where;
using core::identity::Tenant;

constexpr std::string_view job_user = "job:card-expiry";
constexpr const char* reason = "the card expired before it was made";

/// True: it is cancelled now. False: somebody moved it meanwhile, to where the next run finds it or not.
Result<bool> cancel(app::Context& context, const Issuance& order) {
    context.unit = {};
    const auto moved = app::perso::move_order(context, context.unit, order, order.customer_no,
                                              {.to = PersoStatus::cancelled, .description = reason});
    if (!moved) return std::unexpected(moved.error());
    const auto outcome = context.store().commit_and_wait(std::exchange(context.unit, {})).outcome;
    if (outcome == CommitOutcome::committed) return true;
    if (outcome == CommitOutcome::version_moved || outcome == CommitOutcome::conflict) return false;
    return std::unexpected(app::authorize::commit_error(outcome));
}

}  // namespace

Result<CardExpiry::Outcome> CardExpiry::run(std::optional<Date> as_of) {
    Outcome sum;
    const auto tenants = app::ports::load_all<Tenant>(services_.store, {{member_name<&Tenant::tenant_id>}});
    if (!tenants) return std::unexpected(tenants.error());
    for (const Tenant& tenant : *tenants) {
        app::Context context{.services = services_,
                             .tenant_id = tenant.tenant_id,
                             .user_id = std::string(job_user),
                             .now = services_.clock.now(),
                             .correlation_id = {},
                             .unit = {},
                             .service_name = "cardExpiryJob"};
        const Date today = as_of.value_or(services_.catalog.local_date(tenant.tenant_id, context.now));
        for (const auto status : {PersoStatus::requested, PersoStatus::waiting, PersoStatus::error})
            if (auto done = run_status(context, status, today, sum); !done)
                return std::unexpected(std::move(done.error()));
    }
    return sum;
}

Result<void> CardExpiry::run_status(app::Context& context, PersoStatus status, Date today, Outcome& sum) {
    EntityId last;
    while (!is_ending_) {
        const auto orders = services_.store.list<Issuance>(
            {{where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::status>(status),
              where<&Issuance::expire_date>(Compare::less, core::card::expiry_after(today, 0)),
              where<&Issuance::id>(Compare::greater, last)},
             {{member_name<&Issuance::id>}},
             0,
             options_.page_size});
        if (!orders) return std::unexpected(orders.error());
        for (const Issuance& order : *orders) {
            const auto done = cancel(context, order);
            if (!done) return std::unexpected(done.error());
            sum.cancelled += *done ? 1 : 0;
        }
        if (static_cast<std::int64_t>(orders->size()) < options_.page_size) break;
        last = orders->back().id;
    }
    return {};
}

}  // namespace takas::jobs
