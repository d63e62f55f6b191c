#include "app/cards/make_card.hpp"

#include "app/audit/recorder.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/events/payloads.hpp"
#include "app/fees/fee_due.hpp"
#include "app/perso/order.hpp"
#include "app/products/products.hpp"
#include "core/card/embossing.hpp"
#include "core/customer/customer_rules.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::cards {

using core::card::Card;
using core::card::CardNumber;
using core::ledger::CardAccount;
using core::product::CardBin;
using core::product::CardBinRange;
using core::product::CardProductPhysical;
using ports::where;

namespace {

constexpr int validity_months_max = 240;  ///< no card lives longer; YYMM could not tell centuries apart

/// What is written on this card stays on it, whatever becomes of the product.
core::card::CardSecurity security_of(const Card& card, const Mould& mould) {
    core::card::CardSecurity security;
    security.tenant_id = card.tenant_id;
    security.account_id = card.account_id;
    security.token_id = card.token_id;
    const CardProductPhysical* form = mould.physical();
    if (!form) return security;
    security.service_code = form->service_code.value_or(std::string());
    security.emv_profile_code = form->emv_profile_code.value_or(std::string());
    security.pvki = form->pvki.value_or(security.pvki);
    return security;
}

}  // namespace

const CardProductPhysical* Mould::physical() const {
    const auto found = std::ranges::find(product.physicals, form, &CardProductPhysical::physical_type);
    return found == product.physicals.end() ? nullptr : &*found;
}

Result<Mould> read_mould(const Context& context, std::string_view product_code,
                         std::optional<core::product::ProductType> form) {
    auto product = products::get_product(context, product_code);
    if (!product) return std::unexpected(std::move(product.error()));
    auto range = context.store().find<CardBinRange>(
        {where<&CardBinRange::tenant_id>(context.tenant_id), where<&CardBinRange::id>(product->bin_range_id)});
    if (!range) return std::unexpected(std::move(range.error()));
    if (!*range) return fail(ErrorCode::internal, "a product without its BIN range");
    auto bin = context.store().find<CardBin>(
        {where<&CardBin::tenant_id>(context.tenant_id), where<&CardBin::id>((*range)->bin_id)});
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (!*bin) return fail(ErrorCode::internal, "a BIN range without its BIN");
    Mould mould{std::move(*product), std::move(**bin), std::move(**range), {}};
    mould.form = form.value_or(core::product::default_physical(mould.product).physical_type);
    const bool is_active = mould.product.status == core::product::ProductStatus::active;
    if (!is_active || !mould.range.is_active || !mould.bin.is_active) return fail(ErrorCode::product_inactive);
    return mould;
}

void depend_on(Context& context, const Mould& mould) {
    context.depend_on(mould.product);
    context.depend_on(mould.range);
}

Card card_from(const Context& context, const Mould& mould) {
    const core::product::CardProduct& product = mould.product;
    Card card;
    card.tenant_id = context.tenant_id;
    card.bin = mould.range.bin;
    card.card_product_code = product.code;
    card.card_product_name = product.name;
    card.card_dci = product.card_dci;
    card.brand = product.brand;
    card.product_type = mould.form;
    card.status = core::card::CardStatus::pending_activation;
    card.status_changed_at = card.creation_time = context.now;
    card.status_changed_by = card.creator_id = context.user_id;
    card.expire_date = core::card::expiry_after(date_of(context.now), product.validity_period_months);
    card.auto_renewal = product.auto_renewal;
    return card;
}

void read_line(std::string_view path, const std::string& wanted, bool is_needed, std::string& line,
               FieldErrors& errors) {
    auto embossed = core::card::embossed_line(wanted);
    if (!embossed)
        errors.add(std::string(path), "The line has characters that cannot be embossed.",
                   "Satırda karta basılamayan karakterler var.");
    else if (embossed->empty() && is_needed)
        errors.add(std::string(path), "A printed card needs a name.", "Basılı kart için isim gerekli.");
    else if (embossed->size() > core::card::embossed_line_max)
        errors.add(std::string(path), "The line is longer than 26 characters as it is embossed.",
                   "Satır karta basılacak haliyle 26 karakterden uzun.");
    else
        line = std::move(*embossed);
    core::note::check_free_text(path, wanted, errors);
}

void check_expiry(std::int64_t yymm, Date today, FieldErrors& errors) {
    const auto expiry = core::card::make_expiry(yymm);
    if (!expiry || core::card::is_expired(*expiry, today) ||
        *expiry > core::card::expiry_after(today, validity_months_max))
        errors.add("expireDate", "A month from this one on is expected, as YYMM.",
                   "YYMM biçiminde, bu ay veya sonrası bekleniyor.");
}

CardAccount account_from(Context& context, const Mould& mould) {
    CardAccount account;
    account.tenant_id = context.tenant_id;
    account.account_id = context.next_id<AccountId>();
    account.card_product_code = mould.product.code;
    account.currency = mould.product.currency;
    account.is_exclusive = mould.product.account_per_card;
    account.creation_time = context.now;
    return account;
}

std::optional<core::card::DeliveryAddress> address_of(const core::customer::Customer& customer) {
    if (customer.customer_addresses.empty()) return std::nullopt;
    const core::customer::Address& a = customer.customer_addresses.front();
    return core::card::DeliveryAddress{a.type, a.address_line_1, a.address_line_2, a.address_line_3, a.district,
                                       a.city, a.state,          a.postal_code,    a.address_code,   a.country};
}

Result<Made> make_card(Context& context, const Mould& mould, Card card, core::perso::IssuanceType why) {
    PanVault& vault = context.services.pan_vault;
    auto drawn = vault.draw(context.store(), mould.range, mould.bin.length);
    if (!drawn) return std::unexpected(std::move(drawn.error()));
    card.token_id = context.next_id<TokenId>();
    auto sealed = vault.seal(drawn->pan, card.token_id);
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    card.pan_sealed = std::move(*sealed);
    card.masked_card_no = drawn->pan.masked(card.bin.size());
    context.held.push_back(std::move(drawn->lease));
    context.unit.insert(CardNumber{std::move(drawn->pan_hash), card.tenant_id, card.account_id, card.token_id,
                                   mould.range.id, drawn->draw_no});
    context.decides_again_on.push_back(ports::table_of<CardNumber>().name);
    context.unit.insert(security_of(card, mould));
    context.unit.insert(fees::fee_due(card, why, context.now));
    Made made;
    auto order = perso::order_issuance(context, card, mould.product, why);
    context.unit.insert(card);
    context.unit.insert(events::card_created(card));
    if (auto noted = audit::created(context, card); !noted) return std::unexpected(std::move(noted.error()));
    if (order) {
        made.issuance_id = order->issuance.id;
        perso::add(context.unit, std::move(*order));
    }
    made.card = std::move(card);
    return made;
}

}  // namespace takas::app::cards
