#include "app/cards/create_card.hpp"

#include "app/cards/card_limit.hpp"
#include "app/cards/make_card.hpp"
#include "app/controls/card_limits.hpp"
#include "app/customers/customers.hpp"
#include "app/products/products.hpp"
#include "core/customer/customer_rules.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::cards {
namespace {

using core::card::Card;
using core::card::CardStatus;
using core::customer::Customer;
using core::ledger::CardAccount;
using core::product::CardProduct;
using ports::where;

/// What the card is made from.
struct Basis {
    Mould mould;
    Customer customer;
    bool customer_is_new = false;
    std::optional<Card> parent;
    std::string name_line_1, name_line_2;  ///< as they stand on the card

    const CardProduct& product() const { return mould.product; }
    bool is_printed() const { return mould.is_printed(); }
};

Result<void> check_fields(const Context& context, const NewCard& wanted, Basis& basis) {
    FieldErrors errors;
    if (!basis.mould.physical()) errors.add("productType", "The product has no such form.", "Üründe bu tür yok.");
    read_line("personalizedNameLine1", wanted.personalized_name_line_1, basis.is_printed(), basis.name_line_1, errors);
    read_line("personalizedNameLine2", wanted.personalized_name_line_2, false, basis.name_line_2, errors);
    if (basis.is_printed() && wanted.activate_on_create.value_or(false))
        errors.add("activateOnCreate", "Only virtual cards can be active from the start.",
                   "Yalnızca sanal kartlar oluşturulurken aktifleştirilebilir.");
    if (wanted.expire_date) check_expiry(*wanted.expire_date, date_of(context.now), errors);
    core::customer::check_phone("phoneNumber", wanted.phone_number, errors);
    core::note::check_free_text("externalReference", wanted.external_reference, errors);
    if (wanted.delivery_address) core::note::check_free_texts(*wanted.delivery_address, "deliveryAddress.", errors);
    if (const auto& to = wanted.delivery_communication) {
        core::customer::check_phone("deliveryCommunication.phone", to->phone.value_or(""), errors);
        core::customer::check_email("deliveryCommunication.email", to->email.value_or(""), errors);
    }
    if (wanted.policy) core::product::check_policy(*wanted.policy, "", errors);
    if (wanted.customer && wanted.customer->customer_no != wanted.customer_no)
        errors.add("customer.customerNo", "The number differs from customerNo.", "customerNo alanından farklı.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

Result<void> read_product(const Context& context, const NewCard& wanted, Basis& basis) {
    auto mould = read_mould(context, wanted.card_product_code, wanted.product_type);
    if (!mould) return std::unexpected(std::move(mould.error()));
    basis.mould = std::move(*mould);
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

/// Of two who decide on one account's cards the second decides again: also the lane, which holds the account in memory.
void guard_account(Context& context, CardAccount account) {
    const std::int64_t expected = account.version++;
    context.unit.update(std::move(account), expected);
    context.decides_again_on.push_back(ports::table_of<CardAccount>().name);
}

/// The main card as it is at this version of its account, which is guarded: whatever happens to the account before the
/// commit, a card that is closed or loses its owner above all, is looked at again.
Result<std::optional<Card>> find_parent(Context& context, TokenId token_id, std::optional<CardAccount>& account) {
    const auto find = [&] {
        return context.store().find<Card>(
            {where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(token_id)});
    };
    const auto card = find();
    if (!card || !*card) return card;
    auto found = context.store().find<CardAccount>({where<&CardAccount::account_id>((*card)->account_id)});
    if (!found) return std::unexpected(std::move(found.error()));
    account = std::move(*found);
    if (account) guard_account(context, *account);
    return find();  // not older than the account
}

/// By the child's product and by that of the main card.
Result<void> check_children_allowed(Context& context, const CardProduct& product, const Card& parent) {
    if (!product.is_child_card_allowed) return fail(ErrorCode::child_card_not_allowed);
    if (parent.card_product_code == product.code) return {};
    const auto of_parent = products::get_product(context, parent.card_product_code);
    if (!of_parent) return std::unexpected(of_parent.error());
    context.depend_on(*of_parent);
    if (!of_parent->is_child_card_allowed) return fail(ErrorCode::child_card_not_allowed);
    return {};
}

/// A child card hangs on a living main card of the same currency, under products that allow it.
Result<void> read_parent(Context& context, const NewCard& wanted, Basis& basis) {
    if (!wanted.parent_token_id) return {};
    std::optional<CardAccount> account;
    auto parent = find_parent(context, wanted.parent_token_id, account);
    if (!parent) return std::unexpected(std::move(parent.error()));
    if (!*parent) return fail(ErrorCode::card_not_found);
    if ((*parent)->parent_token_id) return fail(ErrorCode::child_card_not_allowed);
    if (auto allowed = check_children_allowed(context, basis.product(), **parent); !allowed) return allowed;
    // A card without an owner has nobody who could let others spend with it.
    if ((*parent)->customer_no.empty()) return fail(ErrorCode::card_not_linked);
    const bool is_living =
        ((*parent)->status == CardStatus::active || (*parent)->status == CardStatus::pending_activation) &&
        !core::card::is_expired((*parent)->expire_date, date_of(context.now));
    if (!is_living) return fail(ErrorCode::card_wrong_status);
    if (!account || account->currency != basis.product().currency) return fail(ErrorCode::child_card_not_allowed);
    basis.parent = std::move(*parent);
    return {};
}

Result<void> check_limit(const Context& context, const Basis& basis) {
    if (basis.customer_is_new) return {};
    return check_card_limit(context, basis.product(), basis.customer.id);
}

Result<void> check_art(Context& context, EntityId art) {
    if (!art) return {};
    const auto known = products::get_art(context, art);
    if (!known) return std::unexpected(known.error());
    context.depend_on(*known);
    return {};
}

AccountId open_account(Context& context, const Basis& basis) {
    CardAccount account = account_from(context, basis.mould);
    account.customer_id = basis.customer.id;
    account.customer_no = basis.customer.customer_no;
    return context.unit.insert(std::move(account)).account_id;
}

/// The account of the card. The customer is guarded when the answer depends on there being no other card.
Result<AccountId> account_of(Context& context, const Basis& basis) {
    bool is_guarded = basis.product().max_card_per_customer != 0;
    std::optional<AccountId> found;
    if (basis.parent) {
        found = basis.parent->account_id;
    } else if (!basis.product().account_per_card && !basis.customer_is_new) {
        const auto shared = context.store().find<CardAccount>(
            {where<&CardAccount::tenant_id>(context.tenant_id), where<&CardAccount::customer_id>(basis.customer.id),
             where<&CardAccount::card_product_code>(basis.product().code),
             where<&CardAccount::currency>(basis.product().currency), where<&CardAccount::is_exclusive>(false)});
        if (!shared) return std::unexpected(shared.error());
        if (*shared) found = (*shared)->account_id;
        is_guarded = is_guarded || !found;
    }
    if (is_guarded && !basis.customer_is_new) guard_customer(context, basis.customer);  // a new one's insert guards it
    return found ? *found : open_account(context, basis);
}

Card card_of(const Context& context, const NewCard& wanted, const Basis& basis) {
    Card card = card_from(context, basis.mould);
    card.customer_id = basis.customer.id;
    card.customer_no = basis.customer.customer_no;
    if (!basis.is_printed() && wanted.activate_on_create.value_or(basis.product().activate_on_create))
        card.status = CardStatus::active;
    if (wanted.expire_date) card.expire_date = core::card::Expiry{static_cast<std::int32_t>(*wanted.expire_date)};
    card.personalized_name_line_1 = basis.name_line_1;
    card.personalized_name_line_2 = basis.name_line_2;
    card.parent_token_id = wanted.parent_token_id;
    card.phone_number = wanted.phone_number;
    card.auto_renewal = wanted.auto_renewal.value_or(card.auto_renewal);
    card.digital_slip_type = wanted.digital_slip_type.value_or(core::card::DigitalSlipType::none);
    card.card_art_id = wanted.card_art_id;
    card.external_reference = wanted.external_reference;
    card.policy = wanted.policy;
    card.velocity_limits = wanted.velocity_limits;
    card.issuance = wanted.issuance;
    card.delivery_address = wanted.delivery_address;
    if (!card.delivery_address && basis.is_printed()) card.delivery_address = address_of(basis.customer);
    card.delivery_communication = wanted.delivery_communication;
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
        if (auto done = controls::check_card_limits(context, wanted.velocity_limits); !done) return done;
        return check_limit(context, basis);
    };
    if (auto done = steps(); !done) return std::unexpected(std::move(done.error()));
    Card card = card_of(context, wanted, basis);
    if (basis.is_printed() && !card.delivery_address) return fail(ErrorCode::delivery_address_missing);
    const auto account = account_of(context, basis);
    if (!account) return std::unexpected(account.error());
    card.account_id = *account;
    depend_on(context, basis.mould);
    auto made = make_card(context, basis.mould, std::move(card),
                          basis.parent ? core::perso::IssuanceType::child_card : core::perso::IssuanceType::new_card);
    if (!made) return std::unexpected(std::move(made.error()));
    return std::move(made->card);
}

}  // namespace takas::app::cards
