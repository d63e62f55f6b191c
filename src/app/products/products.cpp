#include "app/products/products.hpp"

#include <set>

#include "app/audit/recorder.hpp"
#include "app/card_security/desk.hpp"
#include "app/catalog/catalog.hpp"
#include "app/controls/links.hpp"
#include "core/note/free_texts.hpp"
#include "core/product/product_rules.hpp"
#include "core/text/latin.hpp"
#include "crypto/payment/emv_profile.hpp"

namespace takas::app::products {
namespace {

using core::card::Card;
using core::product::ContactlessLimit;
using ports::Compare;
using ports::where;

constexpr std::string_view product_table = "card_product";

Result<std::optional<CardProduct>> find_product(const Context& context, std::string_view code) {
    return context.store().find<CardProduct>(
        {where<&CardProduct::tenant_id>(context.tenant_id), where<&CardProduct::code>(code)});
}

/// Up to what a list counts to.
Result<std::int64_t> cards_of(const Context& context, std::string_view code) {
    return context.store().count_of<Card>(
        std::array{where<&Card::tenant_id>(context.tenant_id), where<&Card::card_product_code>(code)},
        ports::counted_max);
}

/// Cards made since they were counted.
void forbid_cards(Context& context, std::string_view code) {
    context.depend_on_none<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::card_product_code>(code)});
}

template <class Record>
Result<std::optional<Record>> find_by_id(const Context& context, EntityId id) {
    return context.store().find<Record>({where<&Record::tenant_id>(context.tenant_id), where<&Record::id>(id)});
}

/// The art exists. Who deletes it meanwhile decides again: forms are no column that could be forbidden.
Result<void> show_art(Context& context, EntityId id) {
    auto art = find_by_id<CardArt>(context, id);
    if (!art) return std::unexpected(std::move(art.error()));
    if (!*art) return fail(ErrorCode::art_not_found);
    const std::int64_t expected = (*art)->version++;
    context.unit.update(std::move(**art), expected);
    context.decides_again_on.push_back(ports::table_of<CardArt>().name);
    return {};
}

/// What the product refers to exists, and the range's BIN is of the product's brand.
Result<void> check_references(Context& context, const CardProduct& product) {
    const auto range = find_by_id<CardBinRange>(context, product.bin_range_id);
    if (!range) return std::unexpected(range.error());
    if (!*range) return fail(ErrorCode::range_not_found);
    const auto bin = find_by_id<CardBin>(context, (*range)->bin_id);
    if (!bin) return std::unexpected(bin.error());
    if (*bin && (*bin)->brand != product.brand)
        return fail_field("brand", "The range's BIN is of another brand.", "Aralığın BIN'i başka bir markaya ait.");
    context.depend_on(**range);
    std::set<EntityId> arts{product.card_art_id};
    for (const auto& one : product.physicals) arts.insert(one.card_art_id.value_or(EntityId{}));
    arts.erase(EntityId{});
    for (const EntityId id : arts)
        if (auto shown = show_art(context, id); !shown) return shown;
    if (!product.product_group_id) return {};
    const auto group = find_by_id<CardProductGroup>(context, product.product_group_id);
    if (!group) return std::unexpected(group.error());
    if (!*group) return fail(ErrorCode::group_not_found);
    context.depend_on(**group);
    return {};
}

/// A chip whose profile nobody knows would be found out by its first transaction.
void check_emv_profiles(const CardProduct& product, FieldErrors& errors) {
    for (std::size_t i = 0; i < product.physicals.size(); ++i) {
        const auto& name = product.physicals[i].emv_profile_code;
        if (name && !crypto::payment::find_emv_profile(*name))
            errors.add("physicals[" + std::to_string(i) + "].emvProfileCode", "There is no such EMV profile.",
                       "Böyle bir EMV profili yok.");
    }
}

Result<void> check(Context& context, const CardProduct& product) {
    FieldErrors errors;
    core::product::check_product(product, errors);
    check_emv_profiles(product, errors);
    core::note::check_free_texts(product, "", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return check_references(context, product);
}

/// Policy, mark-up and group count with the next authorization of this server, and within a second on others.
void tell_policies(Context& context) {
    catalog::UsagePolicies::mark_changed(context.unit, context.services.ids);
    context.after_commit.emplace_back([&catalog = context.services.catalog] {
        static_cast<void>(catalog.usage_policies().refresh_if_changed());  // should it fail, the poll repeats it
        static_cast<void>(catalog.policy_sets().refresh_if_changed());
    });
}

/// Card security works with the change from the commit on.
void tell_card_security(Context& context, const CardProduct& product) {
    if (!context.services.card_security) return;
    context.after_commit.emplace_back([&cache = context.services.card_security->products, tenant_id = product.tenant_id,
                                       code = product.code] { cache.forget(tenant_id, code); });
}

/// Puts the changed product into the unit, with who changed it.
Result<void> store_change(Context& context, const CardProduct& before, const CardProduct& now) {
    context.unit.update(now, before.version);
    tell_policies(context);
    tell_card_security(context, now);
    return audit::updated(context, before, now);
}

}  // namespace

Result<CardProduct> create_product(Context& context, CardProduct wanted) {
    if (auto good = check(context, wanted); !good) return std::unexpected(std::move(good.error()));
    const auto known = find_product(context, wanted.code);
    if (!known) return std::unexpected(known.error());
    if (*known) return fail(ErrorCode::product_exists);
    wanted.tenant_id = context.tenant_id;
    wanted.version = 1;
    wanted.creation_time = context.now;
    wanted.name_key = core::text::name_key(wanted.name);
    context.unit.insert(wanted);
    context.decides_again_on.push_back(product_table);
    if (wanted.policy || wanted.currency_markup_bps != 0 || wanted.product_group_id) tell_policies(context);
    if (auto noted = audit::created(context, wanted); !noted) return std::unexpected(std::move(noted.error()));
    return wanted;
}

Result<CardProduct> update_product(Context& context, std::string_view code, CardProduct wanted, SeenVersion seen) {
    const auto stored = get_product(context, code);
    if (!stored) return stored;
    if (auto is_seen = check_seen(seen, stored->version); !is_seen) return std::unexpected(std::move(is_seen.error()));
    wanted.tenant_id = stored->tenant_id, wanted.code = stored->code;
    wanted.creation_time = stored->creation_time;
    wanted.version = stored->version + 1;
    wanted.name_key = core::text::name_key(wanted.name);
    if (auto good = check(context, wanted); !good) return std::unexpected(std::move(good.error()));
    if (wanted.currency != stored->currency || wanted.account_per_card != stored->account_per_card) {
        const auto cards = cards_of(context, stored->code);
        if (!cards) return std::unexpected(cards.error());
        if (*cards > 0)
            return fail_field(wanted.currency != stored->currency ? "currency" : "accountPerCard",
                              "A product that has cards keeps it.", "Kartı olan bir üründe değiştirilemez.");
    }
    if (auto noted = store_change(context, *stored, wanted); !noted) return std::unexpected(std::move(noted.error()));
    if (wanted.currency != stored->currency || wanted.account_per_card != stored->account_per_card)
        forbid_cards(context, stored->code);
    return wanted;
}

Result<CardProduct> set_contactless_limit(Context& context, std::string_view code, ContactlessLimit limit,
                                          SeenVersion seen) {
    auto product = get_product(context, code);
    if (!product) return product;
    if (auto is_seen = check_seen(seen, product->version); !is_seen) return std::unexpected(std::move(is_seen.error()));
    if (limit.currency != product->currency)
        return fail_field("currency", "The product has another currency.", "Ürünün para birimi farklı.");
    const CardProduct before = *product;
    product->contactless_limit = limit;
    ++product->version;
    if (auto noted = store_change(context, before, *product); !noted) return std::unexpected(std::move(noted.error()));
    return product;
}

Result<void> delete_product(Context& context, std::string_view code) {
    auto product = get_product(context, code);
    if (!product) return std::unexpected(std::move(product.error()));
    const auto cards = cards_of(context, product->code);
    if (!cards) return std::unexpected(cards.error());
    if (*cards > 0) return fail(ErrorCode::product_in_use);
    context.unit.erase(*product);
    context.decides_again_on.push_back(product_table);
    forbid_cards(context, product->code);
    if (auto unlinked = controls::depend_on_no_link(
            context, where<&core::control::ControlLink::card_product_code>(product->code), ErrorCode::product_in_use);
        !unlinked)
        return unlinked;
    if (product->policy) tell_policies(context);
    tell_card_security(context, *product);
    return audit::deleted(context, *product);
}

Result<CardProduct> get_product(const Context& context, std::string_view code) {
    auto product = find_product(context, code);
    if (!product) return std::unexpected(std::move(product.error()));
    if (!*product) return fail(ErrorCode::product_not_found);
    return std::move(**product);
}

Result<ProductDetail> detail_of(const Context& context, CardProduct product) {
    ProductDetail detail;
    if (product.card_art_id) {
        auto art = find_by_id<CardArt>(context, product.card_art_id);
        if (!art) return std::unexpected(std::move(art.error()));
        detail.art = std::move(*art);
    }
    if (product.product_group_id) {
        auto group = get_group(context, product.product_group_id);
        // A group that was deleted at the moment it was given is shown as none; the rest stays readable.
        if (!group && group.error().code != ErrorCode::group_not_found)
            return std::unexpected(std::move(group.error()));
        if (group) detail.group = std::move(*group);
    }
    auto range = get_range(context, product.bin_range_id);
    if (!range) return std::unexpected(std::move(range.error()));
    detail.range = std::move(*range);
    const auto cards = cards_of(context, product.code);
    if (!cards) return std::unexpected(cards.error());
    detail.card_count = *cards;
    detail.product = std::move(product);
    return detail;
}

Result<ports::PageOf<CardProduct>> list_products(const Context& context, const ProductQuery& q) {
    std::vector conditions{where<&CardProduct::tenant_id>(context.tenant_id)};
    if (q.code) conditions.push_back(where<&CardProduct::code>(*q.code));
    if (q.name) conditions.push_back(where<&CardProduct::name_key>(Compare::contains, core::text::name_key(*q.name)));
    if (q.card_dci) conditions.push_back(where<&CardProduct::card_dci>(*q.card_dci));
    if (q.brand) conditions.push_back(where<&CardProduct::brand>(*q.brand));
    if (q.group_id) conditions.push_back(where<&CardProduct::product_group_id>(*q.group_id));
    if (q.status) conditions.push_back(where<&CardProduct::status>(*q.status));
    return ports::page_of<CardProduct>(context.store(), std::move(conditions), q.page,
                                       {member_name<&CardProduct::code>});
}

}  // namespace takas::app::products
