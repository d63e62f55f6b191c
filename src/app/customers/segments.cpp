#include "app/customers/segments.hpp"

#include "app/controls/links.hpp"
#include "core/note/free_texts.hpp"
#include "core/text/latin.hpp"

namespace takas::app::customers {
namespace {

using core::customer::Customer;
using ports::Compare;
using ports::where;

constexpr std::string_view segment_table = ports::TableOf<CustomerSegment>::table.name;

Result<std::optional<CustomerSegment>> find(const Context& context, EntityId id) {
    return context.store().find<CustomerSegment>(
        {where<&CustomerSegment::tenant_id>(context.tenant_id), where<&CustomerSegment::id>(id)});
}

Result<CustomerSegment> get(const Context& context, EntityId id) {
    auto segment = find(context, id);
    if (!segment) return std::unexpected(std::move(segment.error()));
    if (!*segment) return fail(ErrorCode::not_found);
    return std::move(**segment);
}

/// Another segment of that name.
Result<void> check_name_free(const Context& context, const std::string& name, EntityId own) {
    const auto known = context.store().find<CustomerSegment>(
        {where<&CustomerSegment::tenant_id>(context.tenant_id), where<&CustomerSegment::name>(name)});
    if (!known) return std::unexpected(known.error());
    if (*known && (*known)->id != own) return fail(ErrorCode::already_exists);
    return {};
}

/// Error: validation, a card number in a text.
Result<void> fill(CustomerSegment& segment, const SegmentWish& wanted) {
    segment.name = wanted.name;
    segment.description = wanted.description;
    segment.name_key = core::text::name_key(wanted.name);
    return core::note::check_free_texts(segment);
}

}  // namespace

Result<CustomerSegment> create_segment(Context& context, const SegmentWish& wanted) {
    if (auto free = check_name_free(context, wanted.name, {}); !free) return std::unexpected(std::move(free.error()));
    CustomerSegment segment;
    if (auto filled = fill(segment, wanted); !filled) return std::unexpected(std::move(filled.error()));
    segment.tenant_id = context.tenant_id;
    segment.id = context.next_id<EntityId>();
    segment.creation_time = context.now;
    context.unit.insert(segment);
    context.decides_again_on.push_back(segment_table);
    return segment;
}

Result<ports::PageOf<CustomerSegment>> list_segments(const Context& context, const SegmentQuery& q) {
    std::vector conditions{where<&CustomerSegment::tenant_id>(context.tenant_id)};
    if (q.name)
        conditions.push_back(where<&CustomerSegment::name_key>(Compare::contains, core::text::name_key(*q.name)));
    return ports::page_of<CustomerSegment>(context.store(), std::move(conditions), q.page,
                                           {member_name<&CustomerSegment::name_key>});
}

Result<CustomerSegment> update_segment(Context& context, EntityId id, const SegmentWish& wanted, SeenVersion seen) {
    auto segment = get(context, id);
    if (!segment) return segment;
    if (auto same = check_seen(seen, segment->version); !same) return std::unexpected(std::move(same.error()));
    if (auto free = check_name_free(context, wanted.name, id); !free) return std::unexpected(std::move(free.error()));
    if (auto filled = fill(*segment, wanted); !filled) return std::unexpected(std::move(filled.error()));
    const std::int64_t expected = segment->version++;
    context.unit.update(*segment, expected);
    context.decides_again_on.push_back(segment_table);
    return segment;
}

Result<void> delete_segment(Context& context, EntityId id, SeenVersion seen) {
    const auto segment = get(context, id);
    if (!segment) return std::unexpected(segment.error());
    if (auto same = check_seen(seen, segment->version); !same) return same;
    const std::vector in_it{where<&Customer::tenant_id>(context.tenant_id), where<&Customer::segment_id>(id)};
    const auto customer = context.store().find<Customer>(in_it);
    if (!customer) return std::unexpected(customer.error());
    if (*customer) return fail(ErrorCode::segment_in_use);
    context.depend_on(*segment);
    context.unit.erase(*segment);
    context.depend_on_none<Customer>(in_it);  // those who come into it meanwhile depend on the segment
    return controls::depend_on_no_link(context, where<&core::control::ControlLink::customer_segment_id>(id),
                                       ErrorCode::segment_in_use);
}

Result<void> depend_on_segment(Context& context, EntityId id) {
    if (!id) return {};
    const auto segment = find(context, id);
    if (!segment) return std::unexpected(segment.error());
    if (!*segment) return fail(ErrorCode::segment_not_found);
    context.depend_on(**segment);
    return {};
}

}  // namespace takas::app::customers
