// The kinds of policy side by side: which file and table each is in, its form there, and the use cases that make,
// change and delete it. Private to api/policy_files.
#pragma once

#include "api/policy_files/file_forms.hpp"
#include "app/catalog/catalog.hpp"
#include "app/fees/check_fee.hpp"
#include "app/fees/fees.hpp"
#include "app/fees/taxes.hpp"
#include "app/products/products.hpp"

namespace takas::api {

using app::Context;

template <class Warnings>
std::vector<std::string> english_of(const Warnings& warnings) {
    std::vector<std::string> out;
    for (const auto& one : warnings) out.push_back(one.english);
    return out;
}

template <class T>
Result<void> done_of(const Result<T>& result) {
    if (result) return {};
    return std::unexpected(result.error());
}

template <class Record>
struct PolicyKind;

template <>
struct PolicyKind<core::product::CardProductGroup> {
    using Record = core::product::CardProductGroup;
    using Form = CreateUpdateCardProductGroupDto;
    static constexpr std::string_view file = "product_groups.toml", table = "productGroup",
                                      about = "Groups of card products.";
    static constexpr auto key = &Record::name;

    static Form form_of(const Record& group) { return {group.name, optional_text(group.description)}; }
    static Result<Record> record_of(const Form& form) {
        Record group;
        group.name = form.name;
        group.description = text_or_empty(form.description);
        return group;
    }
    static Result<void> create(Context& context, Record wanted) {
        return done_of(app::products::create_group(context, std::move(wanted)));
    }
    static Result<void> update(Context& context, const Record& stored, Record wanted) {
        return done_of(app::products::update_group(context, stored.id, std::move(wanted)));
    }
    static Result<void> remove(Context& context, const Record& stored) {
        return app::products::delete_group(context, stored.id);
    }
};

template <>
struct PolicyKind<core::product::CardProduct> {
    using Record = core::product::CardProduct;
    using Form = CreateCardProductDto;
    static constexpr std::string_view file = "products.toml", table = "product", about = "Card products, by code.";
    static constexpr auto key = &Record::code;

    static Form form_of(const Record& product) {
        CardProductDto dto;
        fill(dto, product);
        return dto;
    }
    static Result<Record> record_of(const Form& form) {
        FieldErrors errors;
        if (!app::transactions::read_currency(form.currency, "currency", errors)) return std::move(errors).as_error();
        return product_of(form);
    }
    static Result<void> create(Context& context, Record wanted) {
        return done_of(app::products::create_product(context, std::move(wanted)));
    }
    static Result<void> update(Context& context, const Record& stored, Record wanted) {
        return done_of(app::products::update_product(context, stored.code, std::move(wanted)));
    }
    static Result<void> remove(Context& context, const Record& stored) {
        return app::products::delete_product(context, stored.code);
    }
};

template <>
struct PolicyKind<core::fee::Tax> {
    using Record = core::fee::Tax;
    using Form = CreateUpdateFeeTaxDto;
    static constexpr std::string_view file = "taxes.toml", table = "tax",
                                      about = "Taxes: every active one is on every fee.";
    static constexpr auto key = &Record::name;

    static Form form_of(const Record& tax) { return {tax.name, tax.rate, tax.is_active}; }
    static Result<Record> record_of(const Form& form) {
        Record tax;
        tax.name = form.name;
        tax.rate = form.rate;
        tax.is_active = form.is_active.value_or(true);
        return tax;
    }
    static Result<void> create(Context& context, Record wanted) {
        return done_of(app::fees::create_tax(context, std::move(wanted)));
    }
    static Result<void> update(Context& context, const Record& stored, Record wanted) {
        return done_of(app::fees::update_tax(context, stored.id, std::move(wanted), {}));
    }
    static Result<void> remove(Context& context, const Record& stored) {
        return app::fees::delete_tax(context, stored.id, {});
    }
};

/// What authorization and velocity controls have alike.
template <class Control>
struct ControlKind {
    static constexpr auto key = &Control::name;
    static Result<void> create(Context& context, Control wanted) {
        return done_of(app::controls::create_control(context, std::move(wanted), std::nullopt));
    }
    static Result<void> update(Context& context, const Control& stored, Control wanted) {
        return done_of(app::controls::update_control(context, stored.id, std::move(wanted), {}));
    }
    static Result<void> remove(Context& context, const Control& stored) {
        return app::controls::delete_control<Control>(context, stored.id, {});
    }
    /// A change to what it says already writes nothing.
    static Result<std::vector<std::string>> warnings(Context& context, const Control& stored) {
        const auto saved = app::controls::update_control(context, stored.id, stored, {});
        if (!saved) return std::unexpected(saved.error());
        return english_of(saved->warnings);
    }
};

template <>
struct PolicyKind<core::control::AuthorizationControl> : ControlKind<core::control::AuthorizationControl> {
    using Record = core::control::AuthorizationControl;
    using Form = AuthorizationControlFile;
    static constexpr auto family = core::control::Family::authorization_control;
    static constexpr std::string_view file = "authorization_controls.toml", table = "authorizationControl",
                                      about =
                                          "Authorization controls: what may be done with cards. The highest "
                                          "priority is asked first.";

    static Form form_of(const Record& control) {
        Form form;
        static_cast<AuthorizationCheckFields&>(form) = to_dto(control);
        // Said in criteria.
        form.transaction_code.reset(), form.transaction_domain.reset(), form.pos_entry_mode.reset(), form.mcc.reset();
        return form;
    }
    static Result<Record> record_of(const Form& form) { return control_of(form); }
};

template <>
struct PolicyKind<core::control::VelocityControl> : ControlKind<core::control::VelocityControl> {
    using Record = core::control::VelocityControl;
    using Form = VelocityControlFile;
    static constexpr auto family = core::control::Family::velocity_control;
    static constexpr std::string_view file = "velocity_controls.toml", table = "velocityControl",
                                      about = "Velocity controls: how much and how often, in which time.";

    static Form form_of(const Record& control) {
        Form form;
        static_cast<VelocityCheckFields&>(form) = to_dto(control);
        return form;
    }
    static Result<Record> record_of(const Form& form) { return control_of(form); }
};

/// What the three families of fees have alike.
template <class Fee, class FeeForm, class Update>
struct FeeKind {
    using Record = Fee;
    using Form = FeeForm;
    static constexpr auto family = app::fees::family_of<Fee>;
    static constexpr auto key = &Fee::name;

    static Form form_of(const Fee& fee) {
        Form form;
        static_cast<Update&>(form) = to_dto(fee);
        return form;
    }
    static Result<Fee> record_of(const Form& form) { return fee_of(form); }
    static Result<void> create(Context& context, Fee wanted) {
        return done_of(app::fees::create_fee(context, std::move(wanted)));
    }
    static Result<void> update(Context& context, const Fee& stored, Fee wanted) {
        return done_of(app::fees::update_fee(context, stored.id, std::move(wanted), {}));
    }
    static Result<void> remove(Context& context, const Fee& stored) {
        return app::fees::delete_fee<Fee>(context, stored.id, {});
    }
    static Result<std::vector<std::string>> warnings(Context& context, const Fee& stored) {
        Fee copy = stored;
        const Date today = context.services.catalog.local_date(context.tenant_id, context.now);
        auto own = app::fees::check_fee(copy, today);
        if (!own) return std::unexpected(std::move(own.error()));
        app::fees::Saved<Fee> saved{stored, std::move(*own)};
        const auto links = app::controls::links_of(context, family, stored.id);
        if (!links) return std::unexpected(links.error());
        if (auto more = app::fees::warn_of_overlaps(context, saved, *links); !more)
            return std::unexpected(std::move(more.error()));
        return english_of(saved.warnings);
    }
};

template <>
struct PolicyKind<core::fee::TransactionFee>
    : FeeKind<core::fee::TransactionFee, TransactionFeeFile, UpdateTransactionFeeDto> {
    static constexpr std::string_view file = "transaction_fees.toml", table = "transactionFee",
                                      about =
                                          "Fees on transactions: amount + billing amount * rate / 100, between min "
                                          "and max.";
};
template <>
struct PolicyKind<core::fee::CardIssuanceFee>
    : FeeKind<core::fee::CardIssuanceFee, CardIssuanceFeeFile, UpdateCardIssuanceFeeDto> {
    static constexpr std::string_view file = "card_issuance_fees.toml", table = "cardIssuanceFee",
                                      about = "Fees on making a card.";
};
template <>
struct PolicyKind<core::fee::CardAnnualFee>
    : FeeKind<core::fee::CardAnnualFee, CardAnnualFeeFile, UpdateCardAnnualFeeDto> {
    static constexpr std::string_view file = "card_annual_fees.toml", table = "cardAnnualFee",
                                      about = "Fees on having a card, yearly or monthly.";
};

template <class Record>
concept Linkable = requires { PolicyKind<Record>::family; };

/// In the order in which they are made: what is named comes before what names it.
template <class Use>
void for_each_kind(Use&& use) {
    use(std::type_identity<core::product::CardProductGroup>{});
    use(std::type_identity<core::product::CardProduct>{});
    use(std::type_identity<core::fee::Tax>{});
    use(std::type_identity<core::control::AuthorizationControl>{});
    use(std::type_identity<core::control::VelocityControl>{});
    use(std::type_identity<core::fee::TransactionFee>{});
    use(std::type_identity<core::fee::CardIssuanceFee>{});
    use(std::type_identity<core::fee::CardAnnualFee>{});
}

/// All of an institution, by key. The copy is small enough to be read whole.
template <class Record>
Result<std::vector<Record>> stored_records(const Context& context) {
    using app::ports::where;
    auto rows = context.store().list<Record>(
        {{where<&Record::tenant_id>(context.tenant_id)}, {}, 0, std::numeric_limits<std::int64_t>::max()});
    if (rows) std::ranges::sort(*rows, {}, PolicyKind<Record>::key);
    return rows;
}

}  // namespace takas::api
