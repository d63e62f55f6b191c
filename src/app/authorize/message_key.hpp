// What makes two messages the same message, and what makes two same messages alike.
#pragma once

#include <mutex>
#include <unordered_set>

#include "base/bytes.hpp"
#include "core/authorization/request.hpp"
#include "core/fee/card_charge.hpp"

namespace takas::app::authorize {

/// Twenty octets: the hour of the local time, then sixteen of a digest over tenant, network, STAN, local time,
/// terminal, acquirer and code (contract 10.5). Unique per account; the tenant counts because messages for unknown
/// cards share an account that nobody owns.
Blob message_key(TenantId tenant_id, const core::authorization::Request& request);

/// Over what the message asks for: a repeat has the same, another message under the same key has not.
std::int64_t message_hash(const core::authorization::Request& request, TokenId token_id);

/// Of a message without STAN or local time that has an Idempotency-Key. Of one UTC day: such a key may be used again
/// when it is a day old.
Blob keyed_message_key(TenantId tenant_id, std::string_view idempotency_key, Instant now);

/// Of a transaction that the chip decided offline: its counter and cryptogram serve one message, whatever trace data
/// they come with. Of the terminal's day: such keys are kept as long as other messages' of that time.
Blob offline_chip_key(TenantId tenant_id, TokenId token_id, ByteView atc_and_cryptogram, Date offline_on);

/// Of a reversal that has an Idempotency-Key: for this transaction it is used up. Its hour is 0: the day of a repeat
/// does not matter.
Blob reversal_key(TenantId tenant_id, TransactionId transaction_id, std::string_view idempotency_key);

/// The key of a load or unload: its reference. Its hour is 0: a reference is never used twice.
Blob funding_key(std::string_view reference);

/// The key of what a card is charged for being made or held: of each occasion there is one. Its hour is 0: an occasion
/// never comes twice.
Blob card_fee_key(TokenId token_id, core::fee::CardFeeType fee_type, std::int64_t occasion_no);

/// Remembers which keys were used lately, so that a repeat is recognised before its batch would fail on the unique key.
/// Forgetting costs one repeated decision, nothing else: the unique key decides.
class RecentKeys {
  public:
    /// True when the key was added before.
    bool seen_or_add(AccountId account_id, const Blob& key);

  private:
    static constexpr std::size_t generation_max = 100'000;
    std::mutex mutex_;
    std::unordered_set<std::uint64_t> young_, old_;
};

}  // namespace takas::app::authorize
