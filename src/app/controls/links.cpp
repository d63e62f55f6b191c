#include "app/controls/links.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "app/audit/recorder.hpp"
#include "app/cards/cards.hpp"
#include "app/controls/changed.hpp"
#include "app/customers/segments.hpp"
#include "app/products/products.hpp"
#include "core/product/product.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::app::controls {
namespace {

using core::control::LinkLevel;
using ports::Compare;
using ports::where;

std::vector<ports::Condition> of_control(const Context& context, Family family, EntityId control_id) {
    return {where<&ControlLink::tenant_id>(context.tenant_id), where<&ControlLink::family>(family),
            where<&ControlLink::control_id>(control_id)};
}

/// One link for each target, in the order of the wish.
std::vector<ControlLink> rows_of(const LinkWish& wish) {
    std::vector<ControlLink> rows;
    const auto add = [&](LinkLevel level) -> ControlLink& {
        ControlLink& row = rows.emplace_back();
        row.level = level;
        return row;
    };
    if (wish.token_id) add(LinkLevel::card).token_id = wish.token_id;
    for (const std::string& code : wish.card_product_code) add(LinkLevel::card_product).card_product_code = code;
    for (const EntityId id : wish.card_product_group) add(LinkLevel::card_product_group).card_product_group_id = id;
    for (const EntityId id : wish.customer_segment) add(LinkLevel::customer_segment).customer_segment_id = id;
    return rows;
}

auto target_of(const ControlLink& link) {
    return std::tuple(link.level, link.token_id.value, std::string_view(link.card_product_code),
                      link.card_product_group_id.value, link.customer_segment_id.value);
}

/// As the published API spells the level, and which one it is.
std::string text_of(const ControlLink& link) {
    switch (link.level) {
        case LinkLevel::card:
            return "Card " + std::to_string(link.token_id.value);
        case LinkLevel::card_product:
            return "CardProduct " + link.card_product_code;
        case LinkLevel::card_product_group:
            return "CardProductGroup " + std::to_string(link.card_product_group_id.value);
        case LinkLevel::customer_segment:
            return "CustomerSegment " + std::to_string(link.customer_segment_id.value);
        case LinkLevel::tenant:
            break;
    }
    return "Tenant";
}

Result<void> depend_on_group(Context& context, EntityId id) {
    using core::product::CardProductGroup;
    const auto group = context.store().find<CardProductGroup>(
        {where<&CardProductGroup::tenant_id>(context.tenant_id), where<&CardProductGroup::id>(id)});
    if (!group) return std::unexpected(group.error());
    if (!*group) return fail(ErrorCode::group_not_found);
    context.depend_on(**group);
    return {};
}

/// The target exists, and stays until the link is there.
Result<void> depend_on_target(Context& context, const ControlLink& link) {
    switch (link.level) {
        case LinkLevel::card: {
            const auto card = cards::get_card(context, link.token_id);
            if (!card) return std::unexpected(card.error());
            return {};
        }
        case LinkLevel::card_product: {
            const auto product = products::get_product(context, link.card_product_code);
            if (!product) return std::unexpected(product.error());
            context.depend_on(*product);
            return {};
        }
        case LinkLevel::card_product_group:
            return depend_on_group(context, link.card_product_group_id);
        case LinkLevel::customer_segment:
            return customers::depend_on_segment(context, link.customer_segment_id);
        case LinkLevel::tenant:
            break;
    }
    return fail(ErrorCode::internal, "a link to a whole institution is no row");
}

Result<void> check_size(const LinkWish& wish, std::string_view path) {
    const std::size_t count = (wish.token_id ? 1 : 0) + wish.card_product_code.size() + wish.card_product_group.size() +
                              wish.customer_segment.size();
    const bool names_nothing = std::ranges::any_of(wish.card_product_group, [](EntityId id) { return !id; }) ||
                               std::ranges::any_of(wish.customer_segment, [](EntityId id) { return !id; });
    if (count > 0 && count <= link_targets_max && !names_nothing) return {};
    const std::string at = path.empty() ? "tokenId" : std::string(path.substr(0, path.size() - 1));
    if (count == 0)
        return fail_field(at, "A card, product, product group or segment is expected.",
                          "Kart, ürün, ürün grubu veya segment bekleniyor.");
    if (names_nothing)
        return fail_field(at, "0 is neither a product group nor a segment.",
                          "0 bir ürün grubu veya segment numarası değildir.");
    return fail_field(at, "At most 1,000 targets are expected.", "En fazla 1.000 hedef bekleniyor.");
}

Result<std::string> canonical_rule(const std::string& rule, Family family, std::string_view path) {
    if (rule.empty()) return std::string();
    auto compiled = protocol::query_builder::compile(rule, row_of(family).scope, std::string(path) + "rule");
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    return std::string(compiled->canonical_text());
}

/// Not the same target twice, here or among those that are stored, and room for all of them.
Result<void> check_new(const Context& context, Family family, EntityId control_id,
                       const std::vector<ControlLink>& fresh) {
    const auto stored = links_of(context, family, control_id, 0, links_of_one_max);
    if (!stored) return std::unexpected(stored.error());
    std::set<decltype(target_of(fresh.front()))> targets;
    for (const ControlLink& one : *stored) targets.insert(target_of(one));
    for (const ControlLink& one : fresh)
        if (!targets.insert(target_of(one)).second) {
            Error error{row_of(family).link_exists, {}, {}, {}};
            std::string target;
            protocol::json::append_json_string(target, text_of(one));
            error.data.emplace_back("target", std::move(target));
            return std::unexpected(std::move(error));
        }
    if (static_cast<std::int64_t>(targets.size()) > links_of_one_max) return fail(ErrorCode::too_many_controls);
    const auto count = context.store().count_of<ControlLink>(
        std::array{where<&ControlLink::tenant_id>(context.tenant_id),
                   where<&ControlLink::level>(Compare::not_equal, LinkLevel::card)},
        links_max);
    if (!count) return std::unexpected(count.error());
    const auto others = std::ranges::count_if(fresh, [](const auto& one) { return one.level != LinkLevel::card; });
    if (others > 0 && *count + others > links_max) return fail(ErrorCode::too_many_controls);
    return {};
}

/// What was linked or unlinked, in the chain of the control.
Result<void> note_links(Context& context, Family family, EntityId control_id, std::span<const ControlLink> links,
                        bool is_linked) {
    audit::Note note{row_of(family).subject,
                     core::audit::Topic::policy,
                     core::audit::Action::updated,
                     std::to_string(control_id.value),
                     {}};
    for (const ControlLink& one : links) {
        std::string text = text_of(one);
        if (!one.rule.empty()) text += " if " + one.rule;
        core::audit::PropertyChange change{"link", {}, {}};
        (is_linked ? change.new_value : change.old_value) = std::move(text);
        note.details.push_back(std::move(change));
    }
    return audit::note(context, std::move(note));
}

}  // namespace

Result<std::vector<ControlLink>> link(Context& context, Family family, EntityId control_id, const LinkWish& wish,
                                      std::string_view path) {
    if (auto good = check_size(wish, path); !good) return std::unexpected(std::move(good.error()));
    const auto rule = canonical_rule(wish.rule, family, path);
    if (!rule) return std::unexpected(rule.error());
    std::vector<ControlLink> rows = rows_of(wish);
    if (auto good = check_new(context, family, control_id, rows); !good)
        return std::unexpected(std::move(good.error()));
    for (ControlLink& row : rows) {
        if (auto there = depend_on_target(context, row); !there) return std::unexpected(std::move(there.error()));
        row.tenant_id = context.tenant_id;
        row.id = context.next_id<EntityId>();
        row.family = family;
        row.control_id = control_id;
        row.rule = *rule;
        row.creation_time = context.now;
        context.unit.insert(row);
    }
    if (auto noted = note_links(context, family, control_id, rows, true); !noted)
        return std::unexpected(std::move(noted.error()));
    tell_policies(context);
    return rows;
}

Result<void> unlink(Context& context, Family family, EntityId link_id) {
    auto link = context.store().find<ControlLink>(
        {where<&ControlLink::tenant_id>(context.tenant_id), where<&ControlLink::id>(link_id)});
    if (!link) return std::unexpected(std::move(link.error()));
    if (!*link || (*link)->family != family) return fail(row_of(family).link_not_found);
    if (auto noted = note_links(context, family, (*link)->control_id, std::span(&**link, 1), false); !noted)
        return noted;
    context.unit.erase(std::move(**link));
    context.decides_again_on.push_back(ports::table_of<ControlLink>().name);
    tell_policies(context);
    return {};
}

Result<void> unlink_all(Context& context, Family family, EntityId control_id) {
    // All there are: replaced cards bring more than were linked by hand.
    auto links = links_of(context, family, control_id, 0, std::numeric_limits<std::int64_t>::max());
    if (!links) return std::unexpected(std::move(links.error()));
    for (ControlLink& one : *links) context.unit.erase(std::move(one));
    context.depend_on_none<ControlLink>(of_control(context, family, control_id));
    return {};
}

Result<std::vector<ControlLink>> links_of(const Context& context, Family family, EntityId control_id, std::int64_t skip,
                                          std::int64_t limit) {
    return context.store().list<ControlLink>(
        {of_control(context, family, control_id), {{member_name<&ControlLink::id>}}, skip, limit});
}

Result<void> link_replacement(Context& context, TokenId old_token_id, TokenId new_token_id) {
    const auto links = context.store().list<ControlLink>(
        {{where<&ControlLink::tenant_id>(context.tenant_id), where<&ControlLink::token_id>(old_token_id)},
         {},
         0,
         links_of_one_max});
    if (!links) return std::unexpected(links.error());
    for (const ControlLink& link : *links) {
        context.depend_on(link);  // it goes with its control or fee
        ControlLink fresh = link;
        fresh.id = context.next_id<EntityId>();
        fresh.token_id = new_token_id;
        fresh.creation_time = context.now;
        context.unit.insert(std::move(fresh));
    }
    if (!links->empty()) tell_policies(context);
    return {};
}

Result<void> depend_on_no_link(Context& context, ports::Condition target, ErrorCode in_use) {
    std::vector conditions{where<&ControlLink::tenant_id>(context.tenant_id), std::move(target)};
    const auto link = context.store().find<ControlLink>(conditions);
    if (!link) return std::unexpected(link.error());
    if (*link) return fail(in_use);
    context.depend_on_none<ControlLink>(std::move(conditions));
    return {};
}

}  // namespace takas::app::controls
