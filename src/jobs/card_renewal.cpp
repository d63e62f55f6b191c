#include "jobs/card_renewal.hpp"

#include "app/cards/renew.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/whole_tables.hpp"
#include "base/log.hpp"

namespace takas::jobs {
namespace {

using app::ports::Compare;
using app::ports::where;
using core::card::Card;
using core::identity::Tenant;
using core::product::CardProduct;

constexpr std::string_view job_user = "job:card-renewal";

}  // namespace

Result<CardRenewal::Outcome> CardRenewal::run(std::optional<Date> as_of) {
    Outcome sum;
    const auto tenants = app::ports::load_all<Tenant>(services_.store, {{member_name<&Tenant::tenant_id>}});
    if (!tenants) return std::unexpected(tenants.error());
    for (const Tenant& tenant : *tenants) {
        const auto products = services_.store.list<CardProduct>(
            {{where<&CardProduct::tenant_id>(tenant.tenant_id)}, {{member_name<&CardProduct::code>}}, 0, 10'000});
        if (!products) return std::unexpected(products.error());
        app::Context context{.services = services_,
                             .tenant_id = tenant.tenant_id,
                             .user_id = std::string(job_user),
                             .now = services_.clock.now(),
                             .correlation_id = {},
                             .unit = {},
                             .service_name = "cardRenewalJob"};
        const Date today = as_of.value_or(services_.catalog.local_date(tenant.tenant_id, context.now));
        for (const CardProduct& product : *products)
            if (auto done = run_product(context, product, today, sum); !done)
                return std::unexpected(std::move(done.error()));
    }
    return sum;
}

Result<void> CardRenewal::run_product(app::Context& context, const CardProduct& product, Date today, Outcome& sum) {
    // The last day of a month is within the window when the day after the window lies in a later month.
    const auto not_yet_due = core::card::expiry_after(Date{today.value + product.renewal_days_before + 1}, 0);
    for (int months = 0; core::card::expiry_after(today, months) < not_yet_due; ++months)
        if (auto done = run_month(context, product, core::card::expiry_after(today, months), sum); !done) return done;
    return {};
}

Result<void> CardRenewal::run_month(app::Context& context, const CardProduct& product, core::card::Expiry month,
                                    Outcome& sum) {
    TokenId last;
    while (!is_ending_) {
        const auto cards = services_.store.list<Card>(
            {{where<&Card::tenant_id>(context.tenant_id), where<&Card::expire_date>(month),
              where<&Card::status>(core::card::CardStatus::active), where<&Card::token_id>(Compare::greater, last),
              where<&Card::card_product_code>(product.code), where<&Card::auto_renewal>(true),
              where<&Card::replaced_by_token_id>(TokenId{})},
             {{member_name<&Card::token_id>}},
             0,
             options_.page_size});
        if (!cards) return std::unexpected(cards.error());
        for (const Card& card : *cards)
            if (auto done = renew(context, card, sum); !done) return done;
        if (static_cast<std::int64_t>(cards->size()) < options_.page_size) break;
        last = cards->back().token_id;
    }
    return {};
}

Result<void> CardRenewal::renew(app::Context& context, const Card& card, Outcome& sum) {
    context.decisions = 1;
    context.unit = {};
    const auto done = app::cards::renew_card(context, {.token_id = card.token_id});
    if (done) {
        ++sum.renewed;
        return {};
    }
    // What the institution can do something about concerns one card; anything else concerns the run.
    if (!is_final_refusal(done.error().code)) return std::unexpected(done.error());
    // Another server was faster, or the renewed piece is on its way: as it should be.
    if (done.error().code == ErrorCode::card_already_renewed) return {};
    ++sum.refused;
    log::warning("card_not_renewed")
        .add("tenant_id", card.tenant_id)
        .add("token_id", card.token_id)
        .add("reason", error_row(done.error().code).public_code);
    return {};
}

}  // namespace takas::jobs
