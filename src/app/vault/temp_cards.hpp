// From a browser to the merchant: a token that a merchant's server gives to a page, and the temporary card that the
// page makes with it. A temporary card is consumed once: by being stored, or by the result of the payment that read it.
// Whoever consumes it erases its row; of two who meet only one finds it there.
#pragma once

#include <optional>
#include <string>

#include "app/context/context.hpp"
#include "app/vault/content.hpp"
#include "app/vault/credentials.hpp"

namespace takas::app::vault {

using core::vault::VaultTempCard;
using core::vault::VaultTempToken;

inline constexpr std::int64_t temp_token_minutes_max = 1'440;
inline constexpr std::int64_t temp_card_minutes_max = 30;
inline constexpr std::int64_t temp_card_minutes_usual = 30;

struct TempTokenWish {
    bool client_card_save = false, three_d_session = false, client_sdk = false;
    std::int64_t expiry_min = 0;
};
struct GivenToken {
    EntityId id;
    std::string token;  ///< a UUID, this once
    Instant expires_at;
    bool client_card_save = false, three_d_session = false;
};
/// Errors: vault_lifetime_unexpected.
Result<GivenToken> make_temp_token(Context& context, const Caller& caller, const TempTokenWish& wish);

/// Whose page this is. Errors: vault_temp_token_invalid (unknown, expired, without card saving, used up), those of the
/// store.
Result<Caller> caller_of_token(Services& services, std::string_view token);

struct TempCardWish {
    CardScope scope = CardScope::ecom;
    CardContent content;
    std::string cvv;
    std::int64_t expiry_min = temp_card_minutes_usual;
};
/// Errors: those of the checks (checks.hpp), vault_lifetime_unexpected, vault_card_expired, vault_temp_token_invalid,
/// unavailable when the memory for verification codes is full.
Result<GivenToken> make_temp_card(Context& context, const Caller& caller, TempCardWish wish);

/// What became of a card token, with its content. Error: vault_temp_card_not_found.
struct FoundTempCard {
    VaultTempCard row;
    CardContent content;
};
Result<FoundTempCard> find_temp_card(Context& context, const Caller& caller, const Blob& token_hash);

/// In the unit: its row goes, and who meets it finds no card; its verification code goes after the commit.
void consume(Context& context, const VaultTempCard& card);

Blob hash_of_token(std::string_view token);

/// Erases what has expired. How many rows.
Result<std::int64_t> sweep_expired(Services& services);

}  // namespace takas::app::vault
