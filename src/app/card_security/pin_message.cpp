#include "app/card_security/pin_message.hpp"

#include "app/card_security/desk.hpp"
#include "app/cards/cards.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::card_security {
namespace {

using core::card::Card;
using ports::MessageOutcome;
using ports::where;

/// A gateway that cannot be reached is asked again; one that may have taken the message never is.
constexpr int attempts_max = 3;

/// Octets that are added piece by piece and never lie about twice: the capacity is there from the start.
class SecretText {
  public:
    explicit SecretText(std::size_t capacity) : octets_(capacity) {}
    void append(std::string_view piece) {
        const auto room = octets_.writable().subspan(size_);
        const std::size_t fits = std::min(piece.size(), room.size());
        std::copy_n(piece.begin(), fits, room.begin());
        size_ += fits;
    }
    crypto::SecretBytes finish() && {
        octets_.shrink(size_);
        return std::move(octets_);
    }

  private:
    crypto::SecretBytes octets_;
    std::size_t size_ = 0;
};

/// The template with {pin} and {last4} filled in.
crypto::SecretBytes fill(std::string_view text, const crypto::SecretBytes& pin, std::string_view last4) {
    constexpr std::string_view pin_mark = "{pin}", last4_mark = "{last4}";
    SecretText out(2 * text.size() + 64);
    while (!text.empty()) {
        const auto brace = std::min(text.find('{'), text.size());
        out.append(text.substr(0, brace));
        text.remove_prefix(brace);
        if (text.starts_with(pin_mark)) {
            out.append(text_of(pin.reveal()));
            text.remove_prefix(pin_mark.size());
        } else if (text.starts_with(last4_mark)) {
            out.append(last4);
            text.remove_prefix(last4_mark.size());
        } else if (!text.empty()) {
            out.append(text.substr(0, 1));
            text.remove_prefix(1);
        }
    }
    return std::move(out).finish();
}

bool wants_english(const Context& context, const Card& card) {
    using core::customer::Customer;
    const auto customer = context.store().find<Customer>(
        {where<&Customer::tenant_id>(context.tenant_id), where<&Customer::id>(card.customer_id)});
    return customer && *customer &&
           (*customer)->communication_language == core::customer::CommunicationLanguage::english;
}

Result<crypto::SecretBytes> reveal_pin(const Context& context, const CardView& view) {
    const auto key = context.services.keys.by_id(context.tenant_id, view.security.pin_block_key_id);
    if (!key) return fail(ErrorCode::hsm_key_not_found, "the PIN storage key of a card is gone");
    const auto pan = context.services.pan_vault.open(view.pan_sealed, view.token_id);
    if (!pan) return std::unexpected(pan.error());
    return context.services.hsm.reveal_pin({bytes_of(view.security.pin_block.bytes), core::key::PinFormat::iso4, *key},
                                           *pan, ports::RevealPinFor::message_to_cardholder);
}

Result<void> check_sendable(const Context& context, const Card& card, const CardView& view) {
    if (auto usable = check_usable(card); !usable) return usable;
    if (card.phone_number.empty()) return fail(ErrorCode::phone_missing);
    if (!core::card::has_pin(view.security)) return fail(ErrorCode::pin_not_set);
    if (view.security.is_pin_blocked) return fail(ErrorCode::pin_blocked);
    if (!context.services.card_security->messages)
        return fail(ErrorCode::message_not_sent, "no message gateway is set up");
    return {};
}

Result<void> deliver(const Context& context, const Card& card, const CardView& view) {
    const Desk& desk = *context.services.card_security;
    const auto pin = reveal_pin(context, view);
    if (!pin) return std::unexpected(pin.error());
    const std::string_view masked = card.masked_card_no;
    ports::TextMessage message;
    message.phone_number = card.phone_number;
    message.reference = context.correlation_id;
    const auto tenant = context.services.catalog.tenant(context.tenant_id);
    message.allow_loopback = tenant && tenant->is_demo;
    message.text = fill(wants_english(context, card) ? desk.pin_text_en : desk.pin_text_tr, *pin,
                        masked.substr(masked.size() - std::min<std::size_t>(masked.size(), 4)));
    auto outcome = MessageOutcome::not_reached;
    for (int i = 0; i < attempts_max && outcome == MessageOutcome::not_reached; ++i)
        outcome = desk.messages->send(message);
    if (outcome == MessageOutcome::accepted) return {};
    return fail(ErrorCode::message_not_sent, outcome == MessageOutcome::refused ? "refused" : "no answer");
}

}  // namespace

Result<Entered> send_pin(Context& context, TokenId token_id, std::string_view idempotency_key) {
    // The key is used up in a commit of its own, before anything leaves: of two twins one sends. A second commit says
    // that the message was taken: without it a twin hears that it was not.
    const Command sent_before{token_id, "pin.send-sms.sent", idempotency_key};
    bool is_mine = false;
    std::optional<Card> card;
    std::optional<CardView> seen;
    const auto claimed = run_command(context, {token_id, "pin.send-sms", idempotency_key},
                                     [&](const Card& known, const CardView& view) -> Result<Decide> {
                                         if (auto good = check_sendable(context, known, view); !good)
                                             return std::unexpected(std::move(good.error()));
                                         card = known, seen = view;
                                         return [&is_mine](Subject&) -> std::optional<Result<Entered>> {
                                             is_mine = true;
                                             return Entered{true, 0};
                                         };
                                     });
    if (!claimed) return claimed;
    if (!is_mine)
        return run_command(context, sent_before, [](const Card&, const CardView&) -> Result<Decide> {
            return fail(ErrorCode::message_not_sent, "the first call under this key sent nothing");
        });
    const auto sent = deliver(context, *card, *seen);
    log_disclosure(context, "pin_sent", token_id, sent.has_value());
    if (!sent) return std::unexpected(sent.error());
    if (idempotency_key.empty()) return claimed;
    const auto noted = run_command(context, sent_before, [](const Card&, const CardView&) -> Result<Decide> {
        return [](Subject&) -> std::optional<Result<Entered>> { return Entered{true, 0}; };
    });
    return noted ? noted : claimed;  // it has left, whatever could not be noted
}

}  // namespace takas::app::card_security
