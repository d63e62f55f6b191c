#include "api/customers/endpoints.hpp"
#include "api/customers/segment_dto.hpp"
#include "api/framework/etag.hpp"
#include "app/customers/segments.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::customers::CustomerSegment;

CustomerSegmentDto to_dto(const CustomerSegment& s) {
    return {s.id, s.name, optional_text(s.description), s.creation_time, s.version};
}

Result<CustomerSegmentDto> answer_of(Call& call, const Result<CustomerSegment>& segment) {
    if (!segment) return std::unexpected(segment.error());
    set_etag(call, segment->version);
    return to_dto(*segment);
}

Result<CustomerSegmentDto> create_segment(Call& call, const CreateUpdateCustomerSegmentDto& body) {
    return answer_of(call, app::customers::create_segment(call.context, {body.name, text_or_empty(body.description)}));
}

constexpr std::array sort_columns{
    SortColumn{"id", "id"},
    SortColumn{"name", "name_key"},
    SortColumn{"creationTime", "creation_time"},
};

Result<Paged<CustomerSegmentDto>> list_segments(Call& call, const Query<CustomerSegmentListQuery>& query) {
    const CustomerSegmentListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::customers::list_segments(call.context, {q.name, std::move(*wish)});
    if (!page) return std::unexpected(page.error());
    Paged<CustomerSegmentDto> answer{page->total_count, {}, page->next_cursor};
    for (const CustomerSegment& segment : page->rows) answer.items.push_back(to_dto(segment));
    return answer;
}

/// Which segment the path names, and which version of it the caller has seen.
struct Named {
    EntityId id;
    app::SeenVersion seen;
};
Result<Named> named_segment(const Call& call) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto id = call.path_id<EntityId>("id");
    if (!id) return std::unexpected(id.error());
    return Named{*id, *seen};
}

Result<CustomerSegmentDto> update_segment(Call& call, const CreateUpdateCustomerSegmentDto& body) {
    const auto named = named_segment(call);
    if (!named) return std::unexpected(named.error());
    return answer_of(call, app::customers::update_segment(call.context, named->id,
                                                          {body.name, text_or_empty(body.description)}, named->seen));
}

Result<NoContent> delete_segment(Call& call) {
    const auto named = named_segment(call);
    if (!named) return std::unexpected(named.error());
    if (auto done = app::customers::delete_segment(call.context, named->id, named->seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

using enum Method;

constexpr std::string_view tag = "Segment";

constexpr std::array rows{
    with_etag(endpoint<&create_segment>(post, "/api/v1/issuing/customer-segment", "createSegment", tag,
                                        "Create a segment", Permission::customer_write, Idempotency::accepted,
                                        {ErrorCode::already_exists})),
    endpoint<&list_segments>(get, "/api/v1/issuing/customer-segment", "getSegments", tag, "List segments",
                             Permission::customer_read, Idempotency::none),
    with_if_match(with_etag(endpoint<&update_segment>(
        put, "/api/v1/issuing/customer-segment/{id}", "updateSegment", tag, "Change a segment",
        Permission::customer_write, Idempotency::none, {ErrorCode::not_found, ErrorCode::already_exists}))),
    with_if_match(endpoint<&delete_segment>(del, "/api/v1/issuing/customer-segment/{id}", "deleteSegment", tag,
                                            "Delete a segment that no customer is in", Permission::customer_write,
                                            Idempotency::none, {ErrorCode::not_found, ErrorCode::segment_in_use})),
};

}  // namespace

std::span<const Endpoint> segment_endpoints() { return rows; }

}  // namespace takas::api
