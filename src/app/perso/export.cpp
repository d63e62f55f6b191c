#include "app/perso/export.hpp"

#include <algorithm>
#include <vector>

#include "app/cards/cards.hpp"
#include "app/keys/key_directory.hpp"
#include "app/perso/call_off.hpp"
#include "app/perso/orders.hpp"

namespace takas::app::perso {
namespace {

using core::perso::LineOutcome;
using core::perso::PersoFile;
using core::perso::PersoFileLine;
using ports::Compare;
using ports::where;

Result<std::vector<Issuance>> waiting_orders(const Context& context, const ExportWish& wish) {
    return context.store().list<Issuance>(
        {{where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::perso_office_code>(wish.office_code),
          where<&Issuance::status>(PersoStatus::waiting),
          where<&Issuance::ordered_on>(Compare::less_or_equal, wish.date)},
         {{member_name<&Issuance::id>}},
         0,
         cards_per_file_max + 1});
}

Result<bool> is_named_somewhere(const Context& context, const std::string& office) {
    using core::product::CardProduct;
    const auto order = context.store().find<Issuance>(
        {where<&Issuance::tenant_id>(context.tenant_id), where<&Issuance::perso_office_code>(office)});
    if (!order) return std::unexpected(order.error());
    const auto key = context.services.keys.find(
        {.tenant_id = context.tenant_id, .usage = core::key::KeyUsage::perso_kek, .label = office});
    if (*order || key) return true;
    const auto products =
        context.store().list<CardProduct>({{where<&CardProduct::tenant_id>(context.tenant_id)}, {}, 0, 10'000});
    if (!products) return std::unexpected(products.error());
    return std::ranges::any_of(*products, [&](const CardProduct& product) {
        return std::ranges::any_of(product.physicals,
                                   [&](const auto& form) { return form.perso_office_code == office; });
    });
}

/// Moves what is worth making into the file, the rest out of the way.
Result<std::vector<PrintOrder>> take(Context& context, const PersoFile& file, std::vector<Issuance> orders,
                                     Export& out) {
    std::vector<PrintOrder> taken;
    for (Issuance& order : orders) {
        auto card = cards::get_card(context, order.token_id);
        if (!card) return std::unexpected(std::move(card.error()));
        const auto why_not = why_not_made(*card, order);
        const bool is_made = !why_not;
        if (is_made) order.file_id = file.id, order.file_name = file.file_name;
        auto moved = move_order(context, context.unit, std::move(order), card->customer_no,
                                is_made ? OrderMove{.to = PersoStatus::processing}
                                        : OrderMove{.to = PersoStatus::cancelled, .description = *why_not});
        if (!moved) return std::unexpected(std::move(moved.error()));
        if (!is_made) {
            ++out.cancelled_count;
            continue;
        }
        context.unit.insert(PersoFileLine{context.tenant_id, file.id, moved->id, LineOutcome::open});
        taken.push_back({std::move(*moved), std::move(*card)});
    }
    return taken;
}

Result<void> write(Context& context, std::span<const PrintOrder> orders, const TakeLine& line, Export& out) {
    auto summary = write_perso_file(context, out.file, orders, line);
    if (!summary) return std::unexpected(std::move(summary.error()));
    out.summary = std::move(*summary);
    out.file.card_count = out.summary.card_count;
    out.file.sha256 = out.summary.sha256;
    return {};
}

}  // namespace

Result<std::optional<PersoFile>> find_file(const Context& context, const ExportWish& wish) {
    return context.store().find<PersoFile>(
        {where<&PersoFile::tenant_id>(context.tenant_id), where<&PersoFile::perso_office_code>(wish.office_code),
         where<&PersoFile::file_on>(wish.date), where<&PersoFile::file_no>(wish.number)});
}

Result<Export> export_file(Context& context, const ExportWish& wish, const TakeLine& line) {
    auto orders = waiting_orders(context, wish);
    if (!orders) return std::unexpected(std::move(orders.error()));
    Export out;
    out.has_more = static_cast<std::int64_t>(orders->size()) > cards_per_file_max;
    if (out.has_more) orders->pop_back();
    PersoFile& file = out.file;
    file.tenant_id = context.tenant_id;
    file.id = context.next_id<EntityId>();
    file.perso_office_code = wish.office_code;
    file.file_on = wish.date, file.file_no = wish.number;
    file.file_name = wish.file_name;
    file.creation_time = context.now;
    file.creator_id = context.user_id;
    const auto taken = take(context, file, std::move(*orders), out);
    if (!taken) return std::unexpected(taken.error());
    if (taken->empty()) {
        const auto is_known = is_named_somewhere(context, wish.office_code);
        if (!is_known) return std::unexpected(is_known.error());
        out.is_office_known = *is_known;
        return out;
    }
    if (auto done = write(context, *taken, line, out); !done) return std::unexpected(std::move(done.error()));
    context.unit.insert(file);
    return out;
}

Result<Export> export_again(Context& context, const PersoFile& known, const TakeLine& line) {
    const auto lines = context.store().list<PersoFileLine>(
        {{where<&PersoFileLine::tenant_id>(context.tenant_id), where<&PersoFileLine::file_id>(known.id)},
         {{member_name<&PersoFileLine::issuance_id>}},
         0,
         cards_per_file_max});
    if (!lines) return std::unexpected(lines.error());
    std::vector<PrintOrder> orders;
    for (const PersoFileLine& one : *lines) {
        if (one.outcome == LineOutcome::made || one.outcome == LineOutcome::spoiled)
            return fail(ErrorCode::perso_transition_not_allowed, "the office has answered for this file");
        if (one.outcome != LineOutcome::open) continue;
        auto order = get_order(context, one.issuance_id);
        if (!order) return std::unexpected(std::move(order.error()));
        auto card = cards::get_card(context, order->token_id);
        if (!card) return std::unexpected(std::move(card.error()));
        orders.push_back({std::move(*order), std::move(*card)});
    }
    Export out;
    out.file = known;
    if (auto done = write(context, orders, line, out); !done) return std::unexpected(std::move(done.error()));
    out.file.card_count = known.card_count;  // with those withdrawn since
    ++out.file.version;
    context.unit.update(out.file, known.version);
    return out;
}

}  // namespace takas::app::perso
