// The three link endpoints of a family, from what is different about it:
//
//   struct TransactionFeeLinks {
//       using Control = core::fee::TransactionFee;             // the record that is linked
//       using Body = CreateUpdateTransactionFeeLinkDto;
//       using Row = TransactionFeeLinkDto;
//       static constexpr auto family = core::control::Family::transaction_fee;
//       static constexpr auto control_id = &FeeLinkDto::fee_id;
//       static constexpr Permission read = Permission::fee_read, write = Permission::fee_write;
//       static constexpr std::string_view tag = "TransactionFee", of_one = ".../{id}/link", one = ".../link/{linkId}",
//           link_operation = "linkTransactionFee", unlink_operation = "unlinkTransactionFee",
//           list_operation = "getTransactionFeeLinks", link_summary = ..., unlink_summary = ..., list_summary = ...;
//   };
//   constexpr auto rows = link_rows<TransactionFeeLinks>();
#pragma once

#include "api/controls/link_dto.hpp"
#include "api/framework/endpoint.hpp"

namespace takas::api {

template <class Links>
std::vector<typename Links::Row> link_dtos(const std::vector<core::control::ControlLink>& links) {
    std::vector<typename Links::Row> rows;
    for (const core::control::ControlLink& link : links) {
        typename Links::Row& row = rows.emplace_back();
        fill(row, link);
        row.*Links::control_id = link.control_id;
    }
    return rows;
}

template <class Links>
Result<std::vector<typename Links::Row>> link_control(Call& call, const typename Links::Body& body) {
    const auto& family = app::controls::row_of(Links::family);
    const auto id = call.path_id<EntityId>("id", family.not_found);
    if (!id) return std::unexpected(id.error());
    call.on_conflict("control_link", family.link_exists);
    const auto links =
        app::controls::link_stored<typename Links::Control>(call.context, Links::family, *id, wish_of(body));
    if (!links) return std::unexpected(links.error());
    return link_dtos<Links>(*links);
}

template <class Links>
Result<std::vector<typename Links::Row>> list_links(Call& call, const Query<LinkListQuery>& query) {
    const auto id = call.path_id<EntityId>("id", app::controls::row_of(Links::family).not_found);
    if (!id) return std::unexpected(id.error());
    const auto links = app::controls::links_of_stored<typename Links::Control>(
        call.context, Links::family, *id, query.value.skip_count, query.value.max_result_count);
    if (!links) return std::unexpected(links.error());
    return link_dtos<Links>(*links);
}

template <class Links>
Result<NoContent> unlink_control(Call& call) {
    const auto id = call.path_id<EntityId>("linkId", app::controls::row_of(Links::family).link_not_found);
    if (!id) return std::unexpected(id.error());
    if (auto done = app::controls::unlink(call.context, Links::family, *id); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <class Links>
constexpr std::array<Endpoint, 3> link_rows() {
    using enum ErrorCode;
    constexpr const auto& family = app::controls::row_of(Links::family);
    return {
        endpoint<&link_control<Links>>(Method::post, Links::of_one, Links::link_operation, Links::tag,
                                       Links::link_summary, Links::write, Idempotency::accepted,
                                       {family.not_found, family.link_exists, too_many_controls, rule_syntax,
                                        rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope,
                                        card_not_found, product_not_found, group_not_found, segment_not_found}),
        endpoint<&list_links<Links>>(Method::get, Links::of_one, Links::list_operation, Links::tag, Links::list_summary,
                                     Links::read, Idempotency::none, {family.not_found}),
        endpoint<&unlink_control<Links>>(Method::del, Links::one, Links::unlink_operation, Links::tag,
                                         Links::unlink_summary, Links::write, Idempotency::none,
                                         {family.link_not_found}),
    };
}

}  // namespace takas::api
