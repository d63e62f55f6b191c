#include "app/cards/settings.hpp"

#include "app/cards/change_card.hpp"
#include "app/cards/make_card.hpp"
#include "core/customer/customer_rules.hpp"

namespace takas::app::cards {
namespace {

Result<void> check_open(const Card& card) {
    if (card.status == core::card::CardStatus::closed) return fail(ErrorCode::card_wrong_status);
    return {};
}

/// `set` changes the card that is given.
template <class Set>
Result<Card> change(Context& context, TokenId token_id, CardVersion* version, const Set& set) {
    Card after;
    const CardCommand command{.token_id = token_id, .version = version};
    const auto done = change_card(context, command, [&](lane::Work& work, const Card& card) -> Result<void> {
        if (auto open = check_open(card); !open) return open;
        after = card;
        set(after);
        work.update(after);
        return {};
    });
    if (!done) return std::unexpected(done.error());
    return after;
}

}  // namespace

Result<Card> set_phone(Context& context, TokenId token_id, const std::string& phone_number, CardVersion* version) {
    FieldErrors errors;
    core::customer::check_phone("phoneNumber", phone_number, errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return change(context, token_id, version, [&](Card& card) { card.phone_number = phone_number; });
}

Result<Card> set_digital_slip_type(Context& context, TokenId token_id, core::card::DigitalSlipType type,
                                   CardVersion* version) {
    return change(context, token_id, version, [&](Card& card) { card.digital_slip_type = type; });
}

std::vector<Result<void>> set_auto_renewal(Context& context, std::span<const TokenId> tokens, bool auto_renewal) {
    return change_cards(context, tokens, [&](std::size_t, lane::Work& work, const Card& card) -> Result<void> {
        if (auto open = check_open(card); !open) return open;
        Card after = card;
        after.auto_renewal = auto_renewal;
        work.update(std::move(after));
        return {};
    });
}

}  // namespace takas::app::cards
