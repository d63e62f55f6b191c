#include "app/cards/create_card.hpp"

#include "app/cards/pan_vault.hpp"
#include "app/customers/customers.hpp"
#include "app/events/payloads.hpp"
#include "app/products/products.hpp"
#include "base/optional_text.hpp"
#include "core/card/embossing.hpp"
#include "core/customer/customer_rules.hpp"
#include "core/product/product_rules.hpp"

namespace takas::app::cards {
namespace {

using core::card::Card;
using core::card::CardNumber;
using core::card::CardStatus;
using core::customer::Customer;
using core::ledger::CardAccount;
using core::product::CardBin;
using core::product::CardBinRange;
using core::product::CardProduct;
using ports::Compare;
using ports::where;

constexpr int validity_months_max = 240;  ///< no card lives longer; YYMM could not tell centuries apart

/// What the card is made from.
struct Basis {
    CardProduct product;
    CardBin bin;
    CardBinRange range;
    Customer customer;
    bool customer_is_new = false;
    std::optional<Card> parent;
    core::product::ProductType form{};
    std::string name_line_1, name_line_2;  ///< as they stand on the card

    bool is_printed() const { return core::product::is_printed(form); }
};

void check_expiry(std::int64_t yymm, Date today, FieldErrors& errors) {
    const auto expiry = core::card::make_expiry(yymm);
    if (!expiry || core::card::is_expired(*expiry, today) ||
        *expiry > core::card::expiry_after(today, validity_months_max))
        errors.add("expireDate", "A month from this one on is expected, as YYMM.",
                   "YYMM biçiminde, bu ay veya sonrası bekleniyor.");
}

/// Brings a line into the form that stands on the card.
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
}

Result<void> check_fields(const Context& context, const NewCard& wanted, Basis& basis) {
    FieldErrors errors;
    if (std::ranges::find(basis.product.physicals, basis.form, &core::product::CardProductPhysical::physical_type) ==
        basis.product.physicals.end())
        errors.add("productType", "The product has no such form.", "Üründe bu tür yok.");
    read_line("personalizedNameLine1", wanted.personalized_name_line_1, basis.is_printed(), basis.name_line_1, errors);
    read_line("personalizedNameLine2", wanted.personalized_name_line_2, false, basis.name_line_2, errors);
    if (basis.is_printed() && wanted.activate_on_create.value_or(false))
        errors.add("activateOnCreate", "Only virtual cards can be active from the start.",
                   "Yalnızca sanal kartlar oluşturulurken aktifleştirilebilir.");
    if (wanted.expire_date) check_expiry(*wanted.expire_date, date_of(context.now), errors);
    if (!wanted.phone_number.empty() && !core::customer::is_phone(wanted.phone_number))
        errors.add("phoneNumber", "A phone number with country code is expected, such as +905551112233.",
                   "Ülke kodlu bir telefon numarası bekleniyor, örneğin +905551112233.");
    if (wanted.policy) core::product::check_policy(*wanted.policy, "", errors);
    if (wanted.customer && wanted.customer->customer_no != wanted.customer_no)
        errors.add("customer.customerNo", "The number differs from customerNo.", "customerNo alanından farklı.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

Result<void> read_product(const Context& context, const NewCard& wanted, Basis& basis) {
    auto product = products::get_product(context, wanted.card_product_code);
    if (!product) return std::unexpected(std::move(product.error()));
    auto range = context.store().find<CardBinRange>(
        {where<&CardBinRange::tenant_id>(context.tenant_id), where<&CardBinRange::id>(product->bin_range_id)});
    if (!range) return std::unexpected(std::move(range.error()));
    if (!*range) return fail(ErrorCode::internal, "a product without its BIN range");
    auto bin = context.store().find<CardBin>(
        {where<&CardBin::tenant_id>(context.tenant_id), where<&CardBin::id>((*range)->bin_id)});
    if (!bin) return std::unexpected(std::move(bin.error()));
    if (!*bin) return fail(ErrorCode::internal, "a BIN range without its BIN");
    const bool is_active = product->status == core::product::ProductStatus::active;
    basis.form = wanted.product_type.value_or(core::product::default_physical(*product).physical_type);
    basis.product = std::move(*product), basis.range = std::move(**range), basis.bin = std::move(**bin);
    if (!is_active || !basis.range.is_active || !basis.bin.is_active) return fail(ErrorCode::product_inactive);
    return {};
}

Result<void> read_customer(Context& context, const NewCard& wanted, Basis& basis) {
    auto customer = wanted.customer ? customers::create(context, *wanted.customer, "customer.")
                                    : customers::get(context, wanted.customer_no);
    if (!customer) return std::unexpected(std::move(customer.error()));
    basis.customer = std::move(*customer);
    basis.customer_is_new = wanted.customer.has_value();
    return {};
}

/// A child card hangs on a living main card of the same currency, under products that allow it.
Result<void> read_parent(const Context& context, const NewCard& wanted, Basis& basis) {
    if (!wanted.parent_token_id) return {};
    auto parent = context.store().find<Card>(
        {where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(wanted.parent_token_id)});
    if (!parent) return std::unexpected(std::move(parent.error()));
    if (!*parent) return fail(ErrorCode::card_not_found);
    if (!basis.product.is_child_card_allowed || (*parent)->parent_token_id)
        return fail(ErrorCode::child_card_not_allowed);
    if ((*parent)->status != CardStatus::active && (*parent)->status != CardStatus::pending_activation)
        return fail(ErrorCode::card_wrong_status);
    const auto account = context.store().find<CardAccount>({where<&CardAccount::account_id>((*parent)->account_id)});
    if (!account) return std::unexpected(account.error());
    if (!*account || (*account)->currency != basis.product.currency) return fail(ErrorCode::child_card_not_allowed);
    basis.parent = std::move(*parent);
    return {};
}

Result<void> check_card_limit(const Context& context, const Basis& basis) {
    if (basis.product.max_card_per_customer == 0 || basis.customer_is_new) return {};
    const auto cards = context.store().count_of<Card>(
        std::array{where<&Card::tenant_id>(context.tenant_id), where<&Card::customer_id>(basis.customer.id),
                   where<&Card::card_product_code>(basis.product.code),
                   where<&Card::status>(Compare::not_equal, CardStatus::closed)});
    if (!cards) return std::unexpected(cards.error());
    if (*cards >= basis.product.max_card_per_customer) return fail(ErrorCode::card_limit_reached);
    return {};
}

Result<void> check_art(Context& context, EntityId art) {
    if (!art) return {};
    const auto known = products::get_art(context, art);
    if (!known) return std::unexpected(known.error());
    context.depend_on(*known);
    return {};
}

/// What this card was decided on must still hold when it is stored: whoever issues to the same customer meanwhile
/// decides again.
void guard_customer(Context& context, const Basis& basis) {
    if (basis.customer_is_new) return;  // its insert guards it
    Customer moved = basis.customer;
    const std::int64_t expected = moved.version++;
    context.unit.update(std::move(moved), expected);
    context.decides_again_on.push_back(ports::table_of<Customer>().name);
}

AccountId open_account(Context& context, const Basis& basis) {
    CardAccount account;
    account.tenant_id = context.tenant_id;
    account.account_id = context.next_id<AccountId>();
    account.customer_id = basis.customer.id;
    account.customer_no = basis.customer.customer_no;
    account.card_product_code = basis.product.code;
    account.currency = basis.product.currency;
    account.is_exclusive = basis.product.account_per_card;
    account.creation_time = context.now;
    context.unit.insert(account);
    return account.account_id;
}

/// The account of the card. The customer is guarded when the answer depends on there being no other card.
Result<AccountId> account_of(Context& context, const Basis& basis) {
    bool is_guarded = basis.product.max_card_per_customer != 0;
    std::optional<AccountId> found;
    if (basis.parent) {
        found = basis.parent->account_id;
    } else if (!basis.product.account_per_card && !basis.customer_is_new) {
        const auto shared = context.store().find<CardAccount>(
            {where<&CardAccount::tenant_id>(context.tenant_id), where<&CardAccount::customer_id>(basis.customer.id),
             where<&CardAccount::card_product_code>(basis.product.code),
             where<&CardAccount::currency>(basis.product.currency), where<&CardAccount::is_exclusive>(false)});
        if (!shared) return std::unexpected(shared.error());
        if (*shared) found = (*shared)->account_id;
        is_guarded = is_guarded || !found;
    }
    if (is_guarded) guard_customer(context, basis);
    return found ? *found : open_account(context, basis);
}

std::optional<core::card::DeliveryAddress> address_of(const Customer& customer) {
    if (customer.customer_addresses.empty()) return std::nullopt;
    const core::customer::Address& a = customer.customer_addresses.front();
    return core::card::DeliveryAddress{a.type, a.address_line_1, a.address_line_2, a.address_line_3, a.district,
                                       a.city, a.state,          a.postal_code,    a.address_code,   a.country};
}

Card card_of(const Context& context, const NewCard& wanted, const Basis& basis) {
    const CardProduct& product = basis.product;
    Card card;
    card.tenant_id = context.tenant_id;
    card.bin = basis.range.bin;
    card.customer_id = basis.customer.id;
    card.customer_no = basis.customer.customer_no;
    card.card_product_code = product.code;
    card.card_product_name = product.name;
    card.card_dci = product.card_dci;
    card.brand = product.brand;
    card.product_type = basis.form;
    const bool activate = !basis.is_printed() && wanted.activate_on_create.value_or(product.activate_on_create);
    card.status = activate ? CardStatus::active : CardStatus::pending_activation;
    card.status_changed_at = card.creation_time = context.now;
    card.status_changed_by = card.creator_id = context.user_id;
    card.expire_date = wanted.expire_date
                           ? core::card::Expiry{static_cast<std::int32_t>(*wanted.expire_date)}
                           : core::card::expiry_after(date_of(context.now), product.validity_period_months);
    card.personalized_name_line_1 = basis.name_line_1;
    card.personalized_name_line_2 = basis.name_line_2;
    card.parent_token_id = wanted.parent_token_id;
    card.phone_number = wanted.phone_number;
    card.auto_renewal = wanted.auto_renewal.value_or(product.auto_renewal);
    card.digital_slip_type = wanted.digital_slip_type.value_or(core::card::DigitalSlipType::none);
    card.card_art_id = wanted.card_art_id;
    card.external_reference = wanted.external_reference;
    card.policy = wanted.policy;
    card.issuance = wanted.issuance;
    card.delivery_address = wanted.delivery_address;
    if (!card.delivery_address && basis.is_printed()) card.delivery_address = address_of(basis.customer);
    card.delivery_communication = wanted.delivery_communication;
    return card;
}

/// What is written on this card stays on it, whatever becomes of the product.
core::card::CardSecurity security_of(const Card& card, const Basis& basis) {
    core::card::CardSecurity security;
    security.tenant_id = card.tenant_id;
    security.account_id = card.account_id;
    security.token_id = card.token_id;
    const auto& forms = basis.product.physicals;
    const auto form = std::ranges::find(forms, basis.form, &core::product::CardProductPhysical::physical_type);
    if (form == forms.end()) return security;
    security.service_code = form->service_code.value_or(std::string());
    security.emv_profile_code = form->emv_profile_code.value_or(std::string());
    security.pvki = form->pvki.value_or(security.pvki);
    return security;
}

/// Draws the number and puts card, number, security and event into the unit.
Result<Card> issue(Context& context, const Basis& basis, Card card) {
    PanVault& vault = context.services.pan_vault;
    auto drawn = vault.draw(context.store(), basis.range, basis.bin.length);
    if (!drawn) return std::unexpected(std::move(drawn.error()));
    card.token_id = context.next_id<TokenId>();
    auto sealed = vault.seal(drawn->pan, card.token_id);
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    card.pan_sealed = std::move(*sealed);
    card.masked_card_no = drawn->pan.masked(card.bin.size());
    context.held.push_back(std::move(drawn->lease));
    context.unit.insert(CardNumber{std::move(drawn->pan_hash), card.tenant_id, card.account_id, card.token_id,
                                   basis.range.id, drawn->draw_no});
    context.decides_again_on.push_back(ports::table_of<CardNumber>().name);
    context.depend_on(basis.product);
    context.depend_on(basis.range);
    context.unit.insert(card);
    context.unit.insert(security_of(card, basis));
    context.unit.insert(events::card_created(card));
    return card;
}

}  // namespace

Result<Card> create_card(Context& context, const NewCard& wanted) {
    Basis basis;
    const auto steps = [&]() -> Result<void> {
        if (auto done = read_product(context, wanted, basis); !done) return done;
        if (auto done = check_fields(context, wanted, basis); !done) return done;
        if (auto done = read_customer(context, wanted, basis); !done) return done;
        if (auto done = read_parent(context, wanted, basis); !done) return done;
        if (auto done = check_art(context, wanted.card_art_id); !done) return done;
        return check_card_limit(context, basis);
    };
    if (auto done = steps(); !done) return std::unexpected(std::move(done.error()));
    Card card = card_of(context, wanted, basis);
    if (basis.is_printed() && !card.delivery_address) return fail(ErrorCode::delivery_address_missing);
    const auto account = account_of(context, basis);
    if (!account) return std::unexpected(account.error());
    card.account_id = *account;
    return issue(context, basis, std::move(card));
}

}  // namespace takas::app::cards
