// To whom a control or fee applies: cards, products, product groups, customer segments (contract 2.1), one row for each
// target. The same for all five families. Fills the context's unit; the caller commits it.
//
// A target is there when it is linked and stays while it is: who deletes a product, group or segment depends on there
// being no link to it (depend_on_no_link). Cards are never deleted.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/controls/families.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::controls {

using core::control::ControlLink;
using core::control::Family;

/// Targets of one call. One commit carries them all with a read of each.
inline constexpr std::size_t link_targets_max = 1'000;
/// Links of an institution that are not to single cards: all are in every server's memory.
inline constexpr std::int64_t links_max = 10'000;
/// Links of one control or fee: deleting it deletes them in one commit.
inline constexpr std::int64_t links_of_one_max = 10'000;

/// The link object of the contract.
struct LinkWish {
    std::string rule;  ///< the links count only when it holds; "": always
    TokenId token_id;  ///< 0: no card
    std::vector<std::string> card_product_code;
    std::vector<EntityId> card_product_group, customer_segment;
};

/// All or nothing. The caller has made sure that the control or fee is there and stays (Context::depend_on), or makes
/// it in the same unit. `path` is what stands before the members in error paths: "linkTo.", or "".
/// Errors: validation (no target, too many), those of rules, card_not_found, product_not_found, group_not_found,
/// segment_not_found, the family's link_exists, too_many_controls.
Result<std::vector<ControlLink>> link(Context& context, Family family, EntityId control_id, const LinkWish& wish,
                                      std::string_view path = "");

/// As `link`, for a control or fee that is stored. Error: the family's not_found, and as above.
template <class Control>
Result<std::vector<ControlLink>> link_stored(Context& context, Family family, EntityId control_id,
                                             const LinkWish& wish) {
    using ports::where;
    const auto control =
        context.store().find<Control>({where<&Control::tenant_id>(context.tenant_id), where<&Control::id>(control_id)});
    if (!control) return std::unexpected(control.error());
    if (!*control) return fail(row_of(family).not_found);
    context.depend_on(**control);
    return link(context, family, control_id, wish);
}

/// Error: the family's link_not_found, also for a link of another family.
Result<void> unlink(Context& context, Family family, EntityId link_id);

/// After the control or fee itself was erased in the context's unit: then nobody links it meanwhile.
Result<void> unlink_all(Context& context, Family family, EntityId control_id);

/// Oldest first. Does not ask whether the control is there.
Result<std::vector<ControlLink>> links_of(const Context& context, Family family, EntityId control_id,
                                          std::int64_t skip = 0, std::int64_t limit = links_of_one_max);

/// As links_of. Error: the family's not_found.
template <class Control>
Result<std::vector<ControlLink>> links_of_stored(const Context& context, Family family, EntityId control_id,
                                                 std::int64_t skip, std::int64_t limit) {
    using ports::where;
    const auto control =
        context.store().find<Control>({where<&Control::tenant_id>(context.tenant_id), where<&Control::id>(control_id)});
    if (!control) return std::unexpected(control.error());
    if (!*control) return fail(row_of(family).not_found);
    return links_of(context, family, control_id, skip, limit);
}

/// What is linked to a card is linked to the one that is made in its place, too: whoever replaces a card does not shake
/// off its controls. Into the context's unit.
Result<void> link_replacement(Context& context, TokenId old_token_id, TokenId new_token_id);

/// For who deletes what links may name: after the row is erased in the context's unit. `target` is a condition on the
/// links' columns. Error: `in_use`.
Result<void> depend_on_no_link(Context& context, ports::Condition target, ErrorCode in_use);

}  // namespace takas::app::controls
