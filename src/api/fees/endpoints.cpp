#include "api/fees/endpoints.hpp"

#include "api/fees/family.hpp"
#include "api/framework/etag.hpp"
#include "app/fees/fees.hpp"
#include "app/ports/tables.hpp"

namespace takas::api {
namespace {

using core::fee::CardAnnualFee;
using core::fee::CardIssuanceFee;
using core::fee::TransactionFee;

template <class Fee>
using AnswerOf = typename FeeFamily<Fee>::Answer;

template <class Fee>
AnswerOf<Fee> answer_of(Call& call, const app::fees::Saved<Fee>& saved) {
    set_etag(call, saved.fee.version);
    AnswerOf<Fee> dto = to_dto(saved.fee);
    auto& warnings = dto.warnings.emplace();
    for (const auto& one : saved.warnings)
        warnings.push_back({call.context.language == app::Language::turkish ? one.turkish : one.english});
    return dto;
}

template <class Fee>
void name_conflicts(Call& call) {
    call.on_conflict(app::ports::table_of<Fee>().name, ErrorCode::fee_exists);
}

template <class Fee>
Result<AnswerOf<Fee>> create_fee(Call& call, const typename FeeFamily<Fee>::Create& body) {
    name_conflicts<Fee>(call);
    auto saved = app::fees::create_fee(call.context, fee_of(body));
    if (!saved) return std::unexpected(std::move(saved.error()));
    std::vector<core::control::ControlLink> links;
    if (body.link_to) {
        auto made =
            app::controls::link(call.context, FeeFamily<Fee>::family, saved->fee.id, wish_of(*body.link_to), "linkTo.");
        if (!made) return std::unexpected(std::move(made.error()));
        links = std::move(*made);
    }
    if (auto warned = app::fees::warn_of_overlaps(call.context, *saved, links); !warned)
        return std::unexpected(std::move(warned.error()));
    return answer_of(call, *saved);
}

constexpr std::array sort_columns{SortColumn{"id", "id"}, SortColumn{"name", "name"},
                                  SortColumn{"creationTime", "creation_time"}};

template <class Fee>
Result<std::vector<AnswerOf<Fee>>> list_fees(Call& call, const Query<FeeListQuery>& query) {
    const auto wish = page_wish(query.value, sort_columns);
    if (!wish) return std::unexpected(wish.error());
    const auto fees = app::fees::list_fees<Fee>(call.context, query.value.name, *wish);
    if (!fees) return std::unexpected(fees.error());
    std::vector<AnswerOf<Fee>> answer;
    for (const Fee& fee : *fees) answer.push_back(to_dto(fee));
    return answer;
}

template <class Fee>
Result<AnswerOf<Fee>> get_fee(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::fee_not_found);
    if (!id) return std::unexpected(id.error());
    const auto fee = app::fees::get_fee<Fee>(call.context, *id);
    if (!fee) return std::unexpected(fee.error());
    set_etag(call, fee->version);
    return to_dto(*fee);
}

template <class Fee>
Result<AnswerOf<Fee>> update_fee(Call& call, const typename FeeFamily<Fee>::Update& body) {
    name_conflicts<Fee>(call);
    const auto id = call.path_id<EntityId>("id", ErrorCode::fee_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto saved = app::fees::update_fee(call.context, *id, fee_of(body), *seen);
    if (!saved) return std::unexpected(saved.error());
    return answer_of(call, *saved);
}

template <class Fee>
Result<NoContent> delete_fee(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::fee_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    if (auto done = app::fees::delete_fee<Fee>(call.context, *id, *seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <class Fee>
constexpr std::array<Endpoint, 8> rows_of() {
    using F = FeeFamily<Fee>;
    using enum ErrorCode;
    const auto links = link_rows<F>();
    return {
        with_etag(endpoint<&create_fee<Fee>>(
            Method::post, F::all, F::create_operation, F::tag, F::create_summary, F::write, Idempotency::accepted,
            {fee_exists, fee_nothing_charged, fee_floor_above_cap, fee_dates_reversed, fee_link_exists,
             too_many_controls, rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large,
             rule_field_not_in_scope, card_not_found, product_not_found, group_not_found, segment_not_found})),
        endpoint<&list_fees<Fee>>(Method::get, F::all, F::list_fees_operation, F::tag, F::list_fees_summary, F::read,
                                  Idempotency::none),
        with_etag(endpoint<&get_fee<Fee>>(Method::get, F::by_id, F::get_operation, F::tag, F::get_summary, F::read,
                                          Idempotency::none, {fee_not_found})),
        with_if_match(with_etag(endpoint<&update_fee<Fee>>(
            Method::put, F::by_id, F::update_operation, F::tag, F::update_summary, F::write, Idempotency::none,
            {fee_not_found, fee_exists, fee_nothing_charged, fee_floor_above_cap, fee_dates_reversed, concurrent_change,
             rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope}))),
        with_if_match(endpoint<&delete_fee<Fee>>(Method::del, F::by_id, F::delete_operation, F::tag, F::delete_summary,
                                                 F::write, Idempotency::none, {fee_not_found, concurrent_change})),
        links[0],
        links[1],
        links[2],
    };
}

constexpr auto rows = [] {
    std::array<Endpoint, 24> all{rows_of<TransactionFee>()[0]};
    auto end = all.begin();
    for (const auto& family : {rows_of<TransactionFee>(), rows_of<CardIssuanceFee>(), rows_of<CardAnnualFee>()})
        end = std::ranges::copy(family, end).out;
    return all;
}();

}  // namespace

std::span<const Endpoint> fee_endpoints() { return rows; }

}  // namespace takas::api
