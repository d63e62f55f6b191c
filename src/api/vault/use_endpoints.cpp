// The blacklist, the BIN inquiry, and what a payment connector needs.
#include <fmt/format.h>

#include "api/vault/card_answers.hpp"
#include "api/vault/endpoints.hpp"
#include "api/vault/paywall.hpp"
#include "api/vault/use_dto.hpp"
#include "app/vault/blacklist.hpp"
#include "app/vault/resolve.hpp"

namespace takas::api {
namespace {

using namespace vault;
using app::vault::BlacklistSubject;
using enum ErrorCode;
using enum Method;

constexpr std::string_view no_uuid = "00000000-0000-0000-0000-000000000000", no_time = "0001-01-01T00:00:00";

BlacklistSubject subject_of(const BlacklistBody& from) {
    return {owner_of(from), from.card_number, from.is_saved_card, from.unique_code};
}

Result<WallAnswer<BlacklistAddedDto>> add_to_blacklist(Call& call, const BlacklistBody& body) {
    const auto entry = app::vault::add_to_blacklist(call.context, caller_of(call), subject_of(body));
    if (!entry) return std::unexpected(entry.error());
    return wall_answer(BlacklistAddedDto{entry->entry_uuid});
}

Result<WallAnswer<Nothing>> remove_from_blacklist(Call& call, const BlacklistBody& body) {
    auto done = app::vault::remove_from_blacklist(call.context, caller_of(call), subject_of(body));
    if (!done) return std::unexpected(std::move(done.error()));
    return wall_done();
}

Result<WallAnswer<BlacklistStateDto>> state_of(Call& call, const BlacklistSubject& subject) {
    const auto entry = app::vault::find_in_blacklist(call.context, caller_of(call), subject);
    if (!entry) return std::unexpected(entry.error());
    BlacklistStateDto dto{std::string(no_uuid), std::string(no_time), std::string(no_time), false, false};
    if (*entry) {
        dto.id = (*entry)->entry_uuid;
        dto.insert_date_time_utc = to_text((*entry)->creation_time);
        dto.in_black_list = dto.is_active = true;
    }
    return wall_answer(std::move(dto));
}

Result<WallAnswer<BlacklistStateDto>> ask_blacklist(Call& call, const Headers<BlacklistHeaders>& headers) {
    return state_of(call, subject_of(headers.value));
}
Result<WallAnswer<BlacklistStateDto>> ask_blacklist_by_body(Call& call, const BlacklistBody& body) {
    return state_of(call, subject_of(body));
}

Result<PaymentAnswer<BinDto>> ask_bin(Call& call, const Headers<BinHeaders>& headers) {
    const std::string& digits = headers.value.bin_number;
    if (digits.size() == 7) return fail_field("binnumber", "Six or eight digits.", "Altı veya sekiz hane.");
    const auto bin = call.context.services.vault->bins.find(digits);
    if (!bin) return fail(vault_bin_not_found);
    BinDto dto;
    fill_details(dto, *bin);
    dto.bin_number = digits;
    dto.is_matched_by_six_digit_bin = bin->bin.size() == 6;
    dto.is_matched_by_eight_digit_bin = !dto.is_matched_by_six_digit_bin;
    return payment_answer(std::move(dto));
}

Result<WallAnswer<ResolvedCardDto>> resolve(Call& call, const ResolveBody& body) {
    auto card = app::vault::resolve_card(call.context, caller_of(call),
                                         {owner_of(body), body.unique_code, body.temp_card_token}, body.reference);
    if (!card) return std::unexpected(std::move(card.error()));
    const auto& content = card->content;
    ResolvedCardDto dto;
    dto.scope = static_cast<std::int32_t>(card->scope);
    dto.resolution_id = card->resolution_id;
    dto.owner_name = content.holder;
    if (!content.number.empty()) dto.number = content.number;
    if (card->cvv) dto.cvv = std::string(text_of(card->cvv->reveal()));
    if (!content.first_digits.empty()) {
        dto.card_no_first = content.first_digits;
        dto.card_no_last = content.last;
        dto.identity_number = content.identity;
    }
    if (content.year != 0) {
        dto.expire_month = fmt::format("{:02}", content.month);
        dto.expire_year = std::to_string(content.year);
    }
    if (!card->fingerprint_id.empty()) dto.fingerprint_id = card->fingerprint_id;
    return wall_answer(std::move(dto));
}

Result<WallAnswer<OutcomeDto>> tell_outcome(Call& call, const OutcomeBody& body) {
    app::vault::PaymentOutcome outcome{body.reference, body.approved, {}, {}};
    if (body.card_save && body.card_save->save) {
        outcome.save_for = owner_of(*body.card_save);
        outcome.nickname = body.card_save->nickname;
    }
    const auto stored = app::vault::tell_outcome(call.context, caller_of(call), outcome);
    if (!stored) return std::unexpected(stored.error());
    OutcomeDto dto;
    if (*stored) {
        dto.saved = true;
        dto.unique_code = (*stored)->unique_code;
    }
    return wall_answer(std::move(dto));
}

constexpr std::string_view list = "/paywall/blacklist/card", inquiry = "/paywall/blacklist/card/inquiry";
constexpr ErrorList of_subject{vault_card_detail_invalid, vault_number_invalid, vault_unique_code_invalid,
                               vault_unique_code_old,     vault_card_not_found, vault_partner_not_found};

constexpr std::array rows{
    wall_row<&add_to_blacklist>(blacklist_door, post, list, "addToVaultBlacklist", "Put a card on the blacklist",
                                {vault_already_blacklisted, vault_card_detail_invalid, vault_number_invalid,
                                 vault_unique_code_invalid, vault_unique_code_old, vault_partner_not_found}),
    wall_row<&remove_from_blacklist>(blacklist_door, del, list, "removeFromVaultBlacklist",
                                     "Take a card off the blacklist",
                                     {vault_not_blacklisted, vault_card_detail_invalid, vault_number_invalid,
                                      vault_unique_code_invalid, vault_unique_code_old, vault_partner_not_found}),
    wall_row<&ask_blacklist>(
        blacklist_door, get, inquiry, "getVaultBlacklistState",
        "Is a card on the blacklist; with a number in a header: the POST twin keeps it out of logs", of_subject),
    wall_row<&ask_blacklist_by_body>(blacklist_door, post, inquiry, "askVaultBlacklist",
                                     "Is a card on the blacklist, asked with a body", of_subject),
    payment_row<&ask_bin>(bin_door, get, "/api/paywall/bin/inquiry", "getVaultBin", "What a BIN says about its cards",
                          {vault_bin_not_found}),
    wall_row<&resolve>(resolve_door, post, "/paywall/card/resolve", "resolveVaultCard",
                       "For a payment connector: the card itself, once for a payment; audited",
                       {vault_card_detail_invalid, vault_reference_used, vault_card_expired, vault_card_unavailable,
                        vault_unique_code_invalid, vault_unique_code_old, vault_card_not_found,
                        vault_temp_card_not_found, vault_partner_not_found}),
    wall_row<&tell_outcome>(resolve_door, post, "/paywall/card/resolve/outcome", "tellVaultPaymentOutcome",
                            "How the payment ended: uses up a temporary card, or keeps it",
                            {not_found, vault_reference_used, vault_temp_card_not_found, vault_partner_not_found}),
};

}  // namespace

std::span<const Endpoint> vault_use_endpoints() { return rows; }

}  // namespace takas::api
