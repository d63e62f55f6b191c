#include "app/card_security/pin.hpp"

#include "app/card_security/card_keys.hpp"
#include "app/card_security/desk.hpp"
#include "app/card_security/exchanged_keys.hpp"
#include "app/card_security/known_pin.hpp"
#include "app/card_security/surrogate.hpp"
#include "app/events/card_security_payloads.hpp"

namespace takas::app::card_security {
namespace {

using core::card::Card;
using core::card::CardSecurity;
using core::card::ScriptKind;
using core::event::EventKind;
using core::key::KeyUsage;
using core::key::PinMethod;

/// What a PIN operation works with.
struct Tools {
    Context& context;
    std::shared_ptr<const core::product::CardProduct> product;

    ports::Hsm& hsm() const { return context.services.hsm; }
    keys::KeyDirectory& keys() const { return context.services.keys; }
};

Result<Tools> tools_of(Context& context, const Card& card) {
    auto product = context.services.card_security->products.find(context.tenant_id, card.card_product_code);
    if (!product) return std::unexpected(std::move(product.error()));
    return Tools{context, std::move(*product)};
}

Result<core::card::Pan> pan_of(const Context& context, const CardView& view) {
    return context.services.pan_vault.open(view.pan_sealed, view.token_id);
}

/// Of the card in question, never one of the caller's choice; "" when the block was made with the card number.
std::string surrogate_in(const PresentedPin& pin, const CardView& view) {
    return pin.has_surrogate ? surrogate_number(view.token_id) : std::string();
}

ports::EncipheredPin enciphered(const PresentedPin& pin, const core::key::PaymentKey& zpk, std::string_view surrogate) {
    return {pin.block.reveal(), pin.format, zpk, std::nullopt, surrogate};
}

/// Whether this is the card's PIN. An unreadable block is a wrong PIN.
Result<bool> is_pin_right(const Tools& tools, const CardView& view, const PresentedPin& pin) {
    const CardSecurity& security = view.security;
    const auto zpks = exchanged_keys(tools.keys(), view.tenant_id, KeyUsage::zpk, pin.key_check_value);
    if (!zpks) return std::unexpected(zpks.error());
    const KnownPin known = known_pin(tools.keys(), security);
    if (!known.is_checkable()) return fail(ErrorCode::hsm_key_not_found, "a key of a card's PIN is gone");
    const auto pan = pan_of(tools.context, view);
    if (!pan) return std::unexpected(pan.error());
    const std::string surrogate = surrogate_in(pin, view);
    auto right = is_right_under_one(zpks, [&](const keys::KeyRef& zpk) {
        return tools.hsm().verify_pin(enciphered(pin, *zpk, surrogate), *pan, known.reference());
    });
    if (!right && right.error().code == ErrorCode::hsm_pin_block_invalid) return false;
    if (!right && right.error().code == ErrorCode::hsm_key_not_usable)
        return fail(ErrorCode::hsm_key_not_found, "a key of a card's PIN is destroyed");
    return right;
}

/// The keys that a new PIN's reference is made with.
struct ReferenceKeys {
    keys::KeyRef pvk, storage;
    PinMethod method{};
};

/// The PVV with the card's own PVK index; an institution without such a key may have IBM offsets.
Result<ReferenceKeys> reference_keys(const Tools& tools, const CardView& view, const core::card::Pan& pan) {
    const keys::KeyWish wish{.tenant_id = view.tenant_id,
                             .usage = KeyUsage::pvk,
                             .bin = pan.reveal(core::card::RevealFor::hsm),
                             .index = view.security.pvki};
    keys::KeyWish any_index = wish, ibm = wish, storage = wish;
    any_index.index.reset();
    ibm.usage = KeyUsage::pvk_ibm, ibm.index.reset();
    storage.usage = KeyUsage::pin_storage, storage.index.reset();
    ReferenceKeys found;
    auto stored_under = tools.keys().find(storage);
    if (!stored_under) return std::unexpected(std::move(stored_under.error()));
    found.storage = std::move(*stored_under);
    for (const keys::KeyWish& one : {wish, any_index, ibm}) {
        auto all = tools.keys().find_all(one);
        if (all.empty() || all.front()->state != core::key::KeyState::active) continue;
        found.pvk = std::move(all.front());
        found.method = one.usage == KeyUsage::pvk ? PinMethod::visa_pvv : PinMethod::ibm_3624;
        return found;
    }
    return fail(ErrorCode::hsm_key_not_found, "no active PVK");
}

core::key::PinRules rules_of(const Tools& tools) {
    const auto digits = static_cast<std::size_t>(std::max<std::int16_t>(tools.product->pin_length, 0));
    core::key::PinRules rules;
    rules.digits_min = rules.digits_max = digits;
    rules.weak_pins = tools.context.services.card_security->weak_pins;
    return rules;
}

/// `make` asks the HSM for the reference with these keys.
template <class Make>
Result<core::card::NewPin> new_pin(const Tools& tools, const CardView& view, Make make) {
    const auto pan = pan_of(tools.context, view);
    if (!pan) return std::unexpected(pan.error());
    auto keys = reference_keys(tools, view, *pan);
    if (!keys) return std::unexpected(std::move(keys.error()));
    const auto pvki = keys->method == PinMethod::visa_pvv ? keys->pvk->key_index : view.security.pvki;
    auto made = make(*pan, *keys, pvki);
    if (!made) return std::unexpected(std::move(made.error()));
    return core::card::NewPin{
        keys->method,           keys->pvk->id,     pvki,
        std::move(made->value), keys->storage->id, Blob{std::string(text_of(made->stored_block))}};
}

bool is_objection_to_pin(ErrorCode code) {
    return code == ErrorCode::hsm_pin_block_invalid || code == ErrorCode::hsm_pin_length ||
           code == ErrorCode::hsm_pin_weak;
}

Result<core::card::NewPin> presented_pin(const Tools& tools, const CardView& view, const PresentedPin& pin) {
    const auto zpk = exchanged_key(tools.keys(), view.tenant_id, KeyUsage::zpk, pin.key_check_value);
    if (!zpk) return std::unexpected(zpk.error());
    const std::string surrogate = surrogate_in(pin, view);
    auto made = new_pin(tools, view, [&](const core::card::Pan& pan, const ReferenceKeys& keys, std::int16_t pvki) {
        return tools.hsm().make_pin_reference(enciphered(pin, **zpk, surrogate), pan, keys.method, *keys.pvk, pvki,
                                              *keys.storage, rules_of(tools));
    });
    // Which of the objections a block meets tells of its PIN: nothing of that over a number that is no card's.
    if (!made && pin.has_surrogate && is_objection_to_pin(made.error().code))
        return fail(ErrorCode::hsm_pin_block_invalid, "a PIN block with a surrogate number");
    return made;
}

Result<core::card::NewPin> random_pin(const Tools& tools, const CardView& view) {
    return new_pin(tools, view, [&](const core::card::Pan& pan, const ReferenceKeys& keys, std::int16_t pvki) {
        const core::key::PinRules rules = rules_of(tools);
        return tools.hsm().generate_pin(rules.digits_max, pan, keys.method, *keys.pvk, pvki, *keys.storage, rules);
    });
}

bool has_chip(const Card& card) {
    return card.product_type == core::product::ProductType::emv || card.product_type == core::product::ProductType::hce;
}

/// The card has a new PIN; one whose chip was made with another one hears of it at its next online answer.
Entered put_pin(Context& context, Subject& subject, core::card::NewPin pin, EventKind kind, std::int16_t try_limit) {
    const bool chip_knows_another = has_chip(subject.card) && core::card::has_pin(subject.security);
    core::card::set_pin(subject.security, std::move(pin));
    if (chip_knows_another) core::card::queue_script(subject.security, ScriptKind::pin_change, context.now);
    subject.work.insert(events::card_security_event(kind, subject.card, context.now, context.user_id));
    if (!subject.card.pin_set) {
        Card card = subject.card;
        card.pin_set = true;
        subject.work.update(std::move(card));
    }
    return Entered{true, core::card::remaining_pin_tries(subject.security, try_limit)};
}

Entered enter(Context& context, Subject& subject, bool is_right, std::int16_t limit) {
    const auto entry = core::card::enter_pin(subject.security, is_right, limit);
    if (entry.is_blocked_now)
        subject.work.insert(
            events::card_security_event(EventKind::pin_blocked, subject.card, context.now, context.user_id));
    return {entry.is_accepted, entry.remaining};
}

Result<Entered> logged(const Context& context, std::string_view event, TokenId token_id, Result<Entered> done) {
    log_command(context, event, token_id, done && done->is_accepted);
    return done;
}

Result<Entered> put_new_pin(Context& context, const Command& command,
                            const std::function<Result<core::card::NewPin>(const Tools&, const CardView&)>& make) {
    return run_command(context, command, [&](const Card& card, const CardView& view) -> Result<Decide> {
        if (auto usable = check_usable(card); !usable) return std::unexpected(std::move(usable.error()));
        auto tools = tools_of(context, card);
        if (!tools) return std::unexpected(std::move(tools.error()));
        auto pin = make(*tools, view);
        if (!pin) return std::unexpected(std::move(pin.error()));
        return [&context, pin = std::move(*pin), limit = tools->product->pin_try_limit](Subject& subject) {
            return std::optional(Result<Entered>(put_pin(context, subject, pin, EventKind::pin_set, limit)));
        };
    });
}

}  // namespace

Result<Entered> verify_pin(Context& context, TokenId token_id, const PresentedPin& pin,
                           std::string_view idempotency_key) {
    const Command command{token_id, "pin.verify", idempotency_key, pin.block.reveal()};
    auto done = run_command(context, command, [&](const Card& card, const CardView& view) -> Result<Decide> {
        if (auto alive = check_alive(card); !alive) return std::unexpected(std::move(alive.error()));
        if (!core::card::has_pin(view.security)) return fail(ErrorCode::pin_not_set);
        auto tools = tools_of(context, card);
        if (!tools) return std::unexpected(std::move(tools.error()));
        const auto right = is_pin_right(*tools, view, pin);
        if (!right) return std::unexpected(right.error());
        return [&context, view, right = *right,
                limit = tools->product->pin_try_limit](Subject& subject) -> std::optional<Result<Entered>> {
            if (is_outdated(view, subject)) return std::nullopt;
            return enter(context, subject, right, limit);
        };
    });
    return logged(context, "pin_verified", token_id, std::move(done));
}

Result<Entered> set_pin(Context& context, TokenId token_id, const PresentedPin& pin, std::string_view idempotency_key) {
    const Command command{token_id, "pin.set", idempotency_key, pin.block.reveal()};
    return logged(context, "pin_set", token_id,
                  put_new_pin(context, command, [&](const Tools& tools, const CardView& view) {
                      return presented_pin(tools, view, pin);
                  }));
}

Result<Entered> set_random_pin(Context& context, TokenId token_id, std::string_view idempotency_key) {
    return logged(context, "pin_set_random", token_id,
                  put_new_pin(context, {token_id, "pin.set-random", idempotency_key}, &random_pin));
}

Result<Entered> change_pin(Context& context, TokenId token_id, const PresentedPin& old_pin, const PresentedPin& new_pin,
                           std::string_view idempotency_key) {
    Bytes content(old_pin.block.reveal().begin(), old_pin.block.reveal().end());
    content.insert(content.end(), new_pin.block.reveal().begin(), new_pin.block.reveal().end());
    const Command command{token_id, "pin.change", idempotency_key, content};
    auto done = run_command(context, command, [&](const Card& card, const CardView& view) -> Result<Decide> {
        if (auto usable = check_usable(card); !usable) return std::unexpected(std::move(usable.error()));
        if (!core::card::has_pin(view.security)) return fail(ErrorCode::pin_not_set);
        auto tools = tools_of(context, card);
        if (!tools) return std::unexpected(std::move(tools.error()));
        const auto right = is_pin_right(*tools, view, old_pin);
        if (!right) return std::unexpected(right.error());
        auto made = presented_pin(*tools, view, new_pin);
        return [&context, view, right = *right, made = std::move(made),
                limit = tools->product->pin_try_limit](Subject& subject) -> std::optional<Result<Entered>> {
            if (is_outdated(view, subject)) return std::nullopt;
            if (subject.security.is_pin_blocked) return fail(ErrorCode::pin_blocked);
            // Whoever does not know the old PIN hears nothing of what is wrong with the new one; who does know it and
            // is refused clears no counter.
            if (right && !made) return std::unexpected(made.error());
            if (!enter(context, subject, right, limit).is_accepted) return fail(ErrorCode::pin_wrong);
            return put_pin(context, subject, *made, EventKind::pin_changed, limit);
        };
    });
    return logged(context, "pin_changed", token_id, std::move(done));
}

Result<Entered> unblock_pin(Context& context, TokenId token_id, std::string_view idempotency_key) {
    const Command command{token_id, "pin.unblock", idempotency_key};
    auto done = run_command(context, command, [&](const Card& card, const CardView&) -> Result<Decide> {
        if (auto alive = check_alive(card); !alive) return std::unexpected(std::move(alive.error()));
        auto tools = tools_of(context, card);
        if (!tools) return std::unexpected(std::move(tools.error()));
        return [&context, limit = tools->product->pin_try_limit](Subject& subject) -> std::optional<Result<Entered>> {
            core::card::clear_pin_tries(subject.security);
            if (has_chip(subject.card) && core::card::has_pin(subject.security))
                core::card::queue_script(subject.security, ScriptKind::pin_unblock, context.now);
            return Entered{true, core::card::remaining_pin_tries(subject.security, limit)};
        };
    });
    return logged(context, "pin_unblocked", token_id, std::move(done));
}

}  // namespace takas::app::card_security
