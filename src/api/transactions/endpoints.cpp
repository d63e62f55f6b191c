#include "api/transactions/endpoints.hpp"

#include "api/sandbox/simulation_answer.hpp"
#include "api/transactions/dto.hpp"
#include "app/transactions/transactions.hpp"

namespace takas::api {
namespace {

using app::transactions::CardTransactionView;
using app::transactions::major_units;
using app::transactions::view_of;
using core::authorization::CardTransaction;
using T = CardTransaction;

constexpr std::array sort_columns{
    SortColumn{"id", member_name<&T::transaction_id>},
    SortColumn{"transactionTime", member_name<&T::transaction_time>},
    SortColumn{"localTransactionTime", member_name<&T::local_transaction_time>},
    SortColumn{"transactionAmount", member_name<&T::transaction_amount_minor>},
    SortColumn{"billingAmount", member_name<&T::billing_amount_minor>},
    SortColumn{"mcc", member_name<&T::mcc>},
    SortColumn{"stan", member_name<&T::stan>},
    SortColumn{"rrn", member_name<&T::rrn>},
    SortColumn{"authNo", member_name<&T::auth_no>},
};

/// A moment, or the first of a date; `whole_day`: the last of a date.
Instant read_moment(std::string_view text, std::string_view path, bool whole_day, FieldErrors& errors) {
    if (const auto date = parse_date(text)) {
        const auto midnight = Instant::from_seconds(std::int64_t{date->value} * 86'400);
        return whole_day ? midnight.plus_seconds(86'400).plus_us(-1) : midnight;
    }
    if (const auto moment = parse_instant(text)) return *moment;
    errors.add(std::string(path), "An ISO 8601 date and time, or a date, is expected.",
               "ISO 8601 biçiminde tarih ve saat veya tarih bekleniyor.");
    return {};
}

Result<app::transactions::Filter> filter_of(const CardTransactionQuery& q) {
    FieldErrors errors;
    app::transactions::Filter f;
    f.from = read_moment(q.start_date, "startDate", false, errors);
    f.until = read_moment(q.end_date, "endDate", true, errors).plus_us(1);
    if (!errors.empty()) return std::move(errors).as_error();
    f.token_id = q.token_id;
    f.customer_no = q.customer_no;
    f.transaction_id = q.transaction_id;
    f.result = q.transaction_result;
    f.state = q.transaction_state;
    f.category = q.transaction_category;
    f.code = q.transaction_code;
    f.response_code = q.response_code;
    f.settle_match_status = q.settle_match_status;
    f.mcc = q.mcc;
    f.amount_min = q.min_amount;
    f.amount_max = q.max_amount;
    f.currency = q.transaction_currency;
    f.rrn = q.rrn;
    f.auth_no = q.auth_no;
    f.stan = q.stan;
    return f;
}

Result<Paged<CardTransactionView>> list_card_transactions(Call& call, const Query<CardTransactionQuery>& query) {
    const auto& q = query.value;
    auto filter = filter_of(q);
    if (!filter) return std::unexpected(std::move(filter.error()));
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    auto page = app::transactions::list(call.context, *filter, *wish);
    if (!page) return std::unexpected(std::move(page.error()));
    Paged<CardTransactionView> out{page->total_count, {}, page->next_cursor};
    for (const T& row : page->rows) out.items.push_back(view_of(row, call.context.language));
    return out;
}

CardTransactionEventType type_of_event(core::authorization::TransitionEventType type) {
    using enum core::authorization::TransitionEventType;
    switch (type) {
        case reversal:
            return CardTransactionEventType::reversal;
        case clearing_matched:
            return CardTransactionEventType::clearing_matched;
        case void_transaction:
            return CardTransactionEventType::void_transaction;
        case expire:
            return CardTransactionEventType::expire;
        case partial_reversal:
            break;
    }
    return CardTransactionEventType::partial_reversal;
}

/// The answer, made again from its facts: the row itself may have grown or shrunk since.
CardTransactionEvent answer_event(const T& t) {
    const bool declined = t.result == core::authorization::TransactionResult::declined;
    const auto facts = core::authorization::decode_facts(t.facts.bytes);
    const std::int64_t minor =
        declined || !facts ? t.billing_amount_minor : core::authorization::decide(*facts).approved_minor;
    return {declined ? CardTransactionEventType::declined : CardTransactionEventType::approved,
            major_units(minor, t.billing_currency), std::nullopt, t.transaction_time};
}

Result<CardTransactionDetail> get_card_transaction(Call& call) {
    const auto id = call.path_id<TransactionId>("id", ErrorCode::transaction_not_found);
    if (!id) return std::unexpected(id.error());
    const auto t = app::transactions::get(call.context, *id);
    if (!t) return std::unexpected(t.error());
    auto story = app::transactions::story_of(call.context, *t);
    if (!story) return std::unexpected(std::move(story.error()));
    auto controls = app::transactions::explain_policy(call.context, *t);
    if (!controls) return std::unexpected(std::move(controls.error()));
    CardTransactionDetail out;
    out.controls = std::move(*controls);
    static_cast<CardTransactionView&>(out) = view_of(*t, call.context.language);
    const auto conversion = app::transactions::conversion_of(*t);
    out.conversion_source = conversion.source;
    out.conversion_base_rate = conversion.base_rate;
    out.conversion_markup_bps = conversion.markup_bps;
    out.events.push_back(answer_event(*t));
    out.checks = checks_of(*t);
    for (auto& e : story->events)
        out.events.push_back({type_of_event(e.event_type), major_units(e.amount_minor, t->billing_currency),
                              e.description.empty() ? std::nullopt : std::optional(std::move(e.description)),
                              e.occurred_at});
    for (const auto& e : story->entries)
        out.ledger_entries.push_back({e.entry_no, e.kind, e.contra, major_units(e.amount_minor, t->billing_currency),
                                      major_units(e.posted_after_minor, t->billing_currency),
                                      major_units(e.held_after_minor, t->billing_currency), e.booked_at});
    return out;
}

constexpr std::array rows{
    endpoint<&list_card_transactions>(Method::get, "/api/v1/issuing-transaction/card-transaction",
                                      "listCardTransactions", "CardTransaction", "List card transactions",
                                      Permission::transaction_read, Idempotency::none),
    endpoint<&get_card_transaction>(
        Method::get, "/api/v1/issuing-transaction/card-transaction/{id}", "getCardTransaction", "CardTransaction",
        "Get a card transaction with its events, bookings and checks", Permission::transaction_read, Idempotency::none,
        {ErrorCode::transaction_not_found}),
};

}  // namespace

std::span<const Endpoint> transaction_endpoints() { return rows; }

}  // namespace takas::api
