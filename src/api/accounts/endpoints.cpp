#include "api/accounts/endpoints.hpp"

#include "api/accounts/funding_dto.hpp"
#include "app/funding/funding.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::accounts::AccountView;
using app::funding::Direction;

Result<AccountDto> answer_of(const Result<AccountView>& view) {
    if (!view) return std::unexpected(view.error());
    return to_dto(*view);
}

Result<AccountDto> get_account(Call& call) {
    const auto id = call.path_id<AccountId>("accountId", ErrorCode::account_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(app::accounts::get_account(call.context, *id));
}

Result<AccountDto> get_card_account(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(app::accounts::get_account_of_card(call.context, *id));
}

constexpr std::array sort_columns{SortColumn{"entryNo", "entry_no"}, SortColumn{"bookedAt", "booked_at"}};

Result<Paged<AccountEntryDto>> list_entries(Call& call, const Query<AccountEntryListQuery>& query) {
    const auto id = call.path_id<AccountId>("accountId", ErrorCode::account_not_found);
    if (!id) return std::unexpected(id.error());
    const auto wish = page_wish(query.value, sort_columns);
    if (!wish) return std::unexpected(wish.error());
    const auto found = app::accounts::list_entries(call.context, *id, *wish);
    if (!found) return std::unexpected(found.error());
    Paged<AccountEntryDto> answer{found->page.total_count, {}, found->page.next_cursor};
    for (const auto& entry : found->page.rows) answer.items.push_back(to_dto(entry, found->account.currency));
    return answer;
}

Result<FundingResponseDto> fund(Call& call, const FundingRequestDto& body, Direction direction) {
    const auto id = call.path_id<AccountId>("accountId", ErrorCode::account_not_found);
    if (!id) return std::unexpected(id.error());
    FieldErrors errors;
    std::int64_t minor = 0;
    if (const auto digits = app::transactions::read_currency(body.currency, "currency", errors)) {
        minor = app::transactions::read_amount(body.amount, *digits, "amount", errors).value_or(0);
        if (minor == 0 && errors.empty())
            errors.add("amount", "An amount above zero is needed.", "Sıfırdan büyük bir tutar gerekli.");
    }
    if (!errors.empty()) return std::move(errors).as_error();
    const auto funded = app::funding::fund(
        call.context, *id, {direction, minor, body.currency, body.reference, text_or_empty(body.description)});
    if (!funded) return std::unexpected(funded.error());
    auto view = app::accounts::get_account(call.context, *id);
    if (!view) return std::unexpected(std::move(view.error()));
    view->account = funded->account;
    FundingResponseDto dto;
    static_cast<AccountDto&>(dto) = to_dto(*view);
    dto.transaction_id = funded->transaction_id;
    return dto;
}

Result<FundingResponseDto> load(Call& call, const FundingRequestDto& body) { return fund(call, body, Direction::load); }

Result<FundingResponseDto> unload(Call& call, const FundingRequestDto& body) {
    return fund(call, body, Direction::unload);
}

using enum Method;

constexpr std::string_view tag = "Account";

constexpr std::array rows{
    endpoint<&get_account>(get, "/api/v1/issuing/account/{accountId}", "getAccount", tag, "Get an account",
                           Permission::account_read, Idempotency::none, {ErrorCode::account_not_found}),
    endpoint<&get_card_account>(get, "/api/v1/issuing/card/{tokenId}/account", "getCardAccount", tag,
                                "Get the account of a card", Permission::account_read, Idempotency::none,
                                {ErrorCode::card_not_found}),
    endpoint<&list_entries>(get, "/api/v1/issuing/account/{accountId}/entry", "getAccountEntries", tag,
                            "Statement: postings and holds with running balances", Permission::account_read,
                            Idempotency::none, {ErrorCode::account_not_found}),
    endpoint<&load>(post, "/api/v1/issuing/account/{accountId}/load", "loadAccount", tag,
                    "Load money onto an account, once per reference", Permission::account_write, Idempotency::accepted,
                    {ErrorCode::account_not_found, ErrorCode::currency_mismatch, ErrorCode::reference_reused}),
    endpoint<&unload>(post, "/api/v1/issuing/account/{accountId}/unload", "unloadAccount", tag,
                      "Take money off an account, once per reference", Permission::account_write, Idempotency::accepted,
                      {ErrorCode::account_not_found, ErrorCode::currency_mismatch, ErrorCode::reference_reused,
                       ErrorCode::insufficient_funds}),
};

}  // namespace

std::span<const Endpoint> account_endpoints() { return rows; }

}  // namespace takas::api
