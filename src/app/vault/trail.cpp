#include "app/vault/trail.hpp"

#include "app/vault/vault.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::audit::Subject;
using core::audit::Topic;

namespace {

Result<void> note(Context& context, Chain chain, Action action, Details details) {
    return audit::note(context, {chain.subject, Topic::vault, action, std::move(chain.key), std::move(details)});
}

std::string key_of(EntityId merchant_id, std::string_view rest) {
    return std::to_string(merchant_id.value) + '/' + std::string(rest);
}

bool is_told(ErrorCode code) {
    switch (code) {
        case ErrorCode::vault_partner_not_found:
        case ErrorCode::vault_unique_code_invalid:
        case ErrorCode::vault_unique_code_old:
        case ErrorCode::vault_card_not_found:
        case ErrorCode::vault_temp_card_not_found:
        case ErrorCode::vault_card_unavailable:
        case ErrorCode::vault_card_expired:
            return true;
        default:
            return false;
    }
}

Result<void> tell_refusal(Context& context, const Chain& chain, ErrorCode code, bool takes_turn) {
    while (true) {
        if (takes_turn)
            if (auto turn = take_turn(context, chain); !turn) return turn;
        auto noted =
            note(context, chain, Action::accessed, {detail("refused", std::string(error_row(code).public_code))});
        if (!noted) return noted;
        const auto outcome = context.store().commit_and_wait(std::exchange(context.unit, {}));
        if (outcome.outcome == ports::CommitOutcome::committed) return {};
        if (!context.decide_again(outcome)) return fail(ErrorCode::unavailable, "the record could not be stored");
    }
}

}  // namespace

Context beside(const Context& context) {
    return {.services = context.services,
            .tenant_id = context.tenant_id,
            .user_id = context.user_id,
            .now = context.now,
            .language = context.language,
            .correlation_id = context.correlation_id,
            .unit = {},
            .user_name = context.user_name,
            .client_address = context.client_address,
            .service_name = context.service_name};
}

Chain chain_of_merchant(EntityId merchant_id) { return {Subject::vault_merchant, key_of(merchant_id, {})}; }

Chain chain_of_card(EntityId merchant_id, EntityId card_id) {
    return {Subject::vault_card, key_of(merchant_id, std::to_string(card_id.value))};
}

Chain chain_of_temp_card(EntityId merchant_id, EntityId temp_card_id) {
    return {Subject::vault_temp_card, key_of(merchant_id, std::to_string(temp_card_id.value))};
}

Chain chain_of_owner(EntityId merchant_id, std::string_view owner_mac) {
    constexpr std::size_t shown_octets = 12;
    return {Subject::vault_owner, key_of(merchant_id, hex_encode(bytes_of(owner_mac.substr(0, shown_octets))))};
}

Result<void> take_turn(Context& context, const Chain& chain) {
    Turns& turns = context.services.vault->turns;
    if (turns.has_turn(context.held)) return {};
    auto turn = turns.take(std::to_string(context.tenant_id.value) + ' ' + std::string(to_name(chain.subject)) + ' ' +
                           chain.key);
    if (!turn) return fail(ErrorCode::unavailable, "no turn at an audit chain");
    context.held.push_back(std::move(turn));
    return {};
}

std::unexpected<Error> refuse(Context& context, const Chain& chain, Error error) {
    if (!is_told(error.code)) return std::unexpected(std::move(error));
    Context own = beside(context);
    const bool has_turn = context.services.vault->turns.has_turn(context.held);
    if (auto told = tell_refusal(own, chain, error.code, !has_turn); !told)
        log::error("vault_refusal_not_audited")
            .add("refused", error_row(error.code).public_code)
            .add("detail", told.error().internal_detail);
    return std::unexpected(std::move(error));
}

Result<void> note_merchant(Context& context, EntityId merchant_id, Action action, Details details) {
    return note(context, chain_of_merchant(merchant_id), action, std::move(details));
}

Result<void> note_card(Context& context, EntityId merchant_id, EntityId card_id, Action action, Details details) {
    return note(context, chain_of_card(merchant_id, card_id), action, std::move(details));
}

Result<void> note_temp_card(Context& context, EntityId merchant_id, EntityId temp_card_id, Action action,
                            Details details) {
    return note(context, chain_of_temp_card(merchant_id, temp_card_id), action, std::move(details));
}

Result<void> note_owner(Context& context, EntityId merchant_id, std::string_view owner_mac, Action action,
                        Details details) {
    return note(context, chain_of_owner(merchant_id, owner_mac), action, std::move(details));
}

}  // namespace takas::app::vault
