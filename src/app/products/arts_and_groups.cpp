// Card art and product groups (products.hpp).
#include "app/audit/recorder.hpp"
#include "app/controls/links.hpp"
#include "app/products/products.hpp"
#include "core/note/free_texts.hpp"
#include "core/text/latin.hpp"

namespace takas::app::products {
namespace {

using core::card::Card;
using ports::Compare;
using ports::where;

Result<std::int64_t> products_of(const Context& context, EntityId group_id) {
    return context.store().count_of<CardProduct>(
        std::array{where<&CardProduct::tenant_id>(context.tenant_id), where<&CardProduct::product_group_id>(group_id)});
}

/// Another group of that name.
Result<void> check_name_free(const Context& context, const std::string& name, EntityId own) {
    const auto known = context.store().find<CardProductGroup>(
        {where<&CardProductGroup::tenant_id>(context.tenant_id), where<&CardProductGroup::name>(name)});
    if (!known) return std::unexpected(known.error());
    if (*known && (*known)->id != own) return fail(ErrorCode::group_exists);
    return {};
}

/// As the product's own art or as the art of one of its forms.
bool shows(const CardProduct& product, EntityId art) {
    return product.card_art_id == art ||
           std::ranges::any_of(product.physicals, [&](const auto& one) { return one.card_art_id == art; });
}

Result<bool> is_used(const Context& context, EntityId art) {
    bool used = false;
    CardProduct product;
    const ports::Query all{
        {where<&CardProduct::tenant_id>(context.tenant_id)}, {}, 0, std::numeric_limits<std::int64_t>::max()};
    auto done = context.store().scan(
        ports::table_of<CardProduct>(), all,
        {[&]() -> void* { return &(product = {}); }, [&] { return !(used = shows(product, art)); }});
    if (!done) return std::unexpected(std::move(done.error()));
    if (used) return true;
    const auto card =
        context.store().find<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::card_art_id>(art)});
    if (!card) return std::unexpected(card.error());
    return card->has_value();
}

Result<void> erase_images(Context& context, EntityId art) {
    using core::product::CardArtImage;
    auto images = context.store().list<CardArtImage>(
        {{where<&CardArtImage::tenant_id>(context.tenant_id), where<&CardArtImage::art_id>(art)}, {}, 0, 2});
    if (!images) return std::unexpected(std::move(images.error()));
    for (CardArtImage& image : *images) context.unit.erase(std::move(image));
    return {};
}

}  // namespace

Result<CardArt> create_art(Context& context, CardArt wanted) {
    if (auto good = core::note::check_free_texts(wanted); !good) return std::unexpected(std::move(good.error()));
    const auto known = context.store().find<CardArt>(
        {where<&CardArt::tenant_id>(context.tenant_id), where<&CardArt::code>(wanted.code)});
    if (!known) return std::unexpected(known.error());
    if (*known) return fail(ErrorCode::art_exists);
    wanted.tenant_id = context.tenant_id;
    if (!wanted.id) wanted.id = context.next_id<EntityId>();
    wanted.name_key = core::text::name_key(wanted.name);
    context.unit.insert(wanted);
    context.decides_again_on.push_back(ports::table_of<CardArt>().name);
    if (auto noted = audit::created(context, wanted); !noted) return std::unexpected(std::move(noted.error()));
    return wanted;
}

Result<std::vector<CardArt>> list_arts(const Context& context, const std::optional<std::string>& name_part,
                                       std::vector<ports::Order> order, std::int64_t skip, std::int64_t limit) {
    ports::Query query{{where<&CardArt::tenant_id>(context.tenant_id)}, std::move(order), skip, limit};
    if (query.order.empty()) query.order.push_back({member_name<&CardArt::name_key>});
    if (name_part)
        query.conditions.push_back(where<&CardArt::name_key>(Compare::contains, core::text::name_key(*name_part)));
    return context.store().list<CardArt>(query);
}

Result<CardArt> get_art(const Context& context, EntityId id) {
    auto art = context.store().find<CardArt>({where<&CardArt::tenant_id>(context.tenant_id), where<&CardArt::id>(id)});
    if (!art) return std::unexpected(std::move(art.error()));
    if (!*art) return fail(ErrorCode::art_not_found);
    return std::move(**art);
}

Result<CardArt> rename_art(Context& context, EntityId id, std::string name, SeenVersion seen) {
    auto art = get_art(context, id);
    if (!art) return art;
    if (auto is_seen = check_seen(seen, art->version); !is_seen) return std::unexpected(std::move(is_seen.error()));
    const CardArt before = *art;
    art->name = std::move(name);
    art->name_key = core::text::name_key(art->name);
    if (auto good = core::note::check_free_texts(*art); !good) return std::unexpected(std::move(good.error()));
    ++art->version;
    context.unit.update(*art, before.version);
    if (auto noted = audit::updated(context, before, *art); !noted) return std::unexpected(std::move(noted.error()));
    context.decides_again_on.push_back(ports::table_of<CardArt>().name);
    return art;
}

Result<void> delete_art(Context& context, EntityId id, SeenVersion seen) {
    auto art = get_art(context, id);
    if (!art) return std::unexpected(std::move(art.error()));
    if (auto is_seen = check_seen(seen, art->version); !is_seen) return is_seen;
    const auto used = is_used(context, id);
    if (!used) return std::unexpected(used.error());
    if (*used) return fail(ErrorCode::art_in_use);
    context.depend_on(*art);  // products move its version when they begin to show it
    if (auto erased = erase_images(context, id); !erased) return erased;
    context.unit.erase(*art);
    context.depend_on_none<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::card_art_id>(id)});
    return audit::deleted(context, *art);
}

Result<GroupUse> create_group(Context& context, CardProductGroup wanted) {
    if (auto good = core::note::check_free_texts(wanted); !good) return std::unexpected(std::move(good.error()));
    if (auto free = check_name_free(context, wanted.name, {}); !free) return std::unexpected(std::move(free.error()));
    wanted.tenant_id = context.tenant_id;
    wanted.id = context.next_id<EntityId>();
    wanted.version = 1;
    wanted.name_key = core::text::name_key(wanted.name);
    context.unit.insert(wanted);
    context.decides_again_on.push_back(ports::table_of<CardProductGroup>().name);
    if (auto noted = audit::created(context, wanted); !noted) return std::unexpected(std::move(noted.error()));
    return GroupUse{std::move(wanted), 0};
}

Result<GroupUse> get_group(const Context& context, EntityId id) {
    auto group = context.store().find<CardProductGroup>(
        {where<&CardProductGroup::tenant_id>(context.tenant_id), where<&CardProductGroup::id>(id)});
    if (!group) return std::unexpected(std::move(group.error()));
    if (!*group) return fail(ErrorCode::group_not_found);
    const auto count = products_of(context, id);
    if (!count) return std::unexpected(count.error());
    return GroupUse{std::move(**group), *count};
}

Result<ports::PageOf<GroupUse>> list_groups(const Context& context, const ports::PageWish& wish) {
    auto groups =
        ports::page_of<CardProductGroup>(context.store(), {where<&CardProductGroup::tenant_id>(context.tenant_id)},
                                         wish, {member_name<&CardProductGroup::name_key>});
    if (!groups) return std::unexpected(std::move(groups.error()));
    ports::PageOf<GroupUse> page{groups->total_count, {}, std::move(groups->next_cursor)};
    for (CardProductGroup& group : groups->rows) {
        const auto count = products_of(context, group.id);
        if (!count) return std::unexpected(count.error());
        page.rows.push_back({std::move(group), *count});
    }
    return page;
}

Result<GroupUse> update_group(Context& context, EntityId id, CardProductGroup wanted, SeenVersion seen) {
    auto stored = get_group(context, id);
    if (!stored) return stored;
    if (auto is_seen = check_seen(seen, stored->group.version); !is_seen)
        return std::unexpected(std::move(is_seen.error()));
    if (auto good = core::note::check_free_texts(wanted); !good) return std::unexpected(std::move(good.error()));
    if (auto free = check_name_free(context, wanted.name, id); !free) return std::unexpected(std::move(free.error()));
    wanted.tenant_id = context.tenant_id, wanted.id = id;
    wanted.version = stored->group.version + 1;
    wanted.name_key = core::text::name_key(wanted.name);
    if (auto noted = audit::updated(context, stored->group, wanted); !noted)
        return std::unexpected(std::move(noted.error()));
    const std::int64_t expected = std::exchange(stored->group, std::move(wanted)).version;
    context.unit.update(stored->group, expected);
    context.decides_again_on.push_back(ports::table_of<CardProductGroup>().name);
    return stored;
}

Result<void> delete_group(Context& context, EntityId id) {
    auto stored = get_group(context, id);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (stored->product_count > 0) return fail(ErrorCode::group_in_use);
    if (auto noted = audit::deleted(context, stored->group); !noted) return noted;
    context.unit.erase(std::move(stored->group));
    context.decides_again_on.push_back(ports::table_of<CardProductGroup>().name);
    context.depend_on_none<CardProduct>(
        {where<&CardProduct::tenant_id>(context.tenant_id), where<&CardProduct::product_group_id>(id)});
    return controls::depend_on_no_link(context, where<&core::control::ControlLink::card_product_group_id>(id),
                                       ErrorCode::group_in_use);
}

}  // namespace takas::app::products
