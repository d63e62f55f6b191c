#include "app/authorize/message_key.hpp"

#include <algorithm>
#include <cstring>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace takas::app::authorize {
namespace {

/// Field by field with a separator that no field holds, so that two lists of fields never read alike.
class Fields {
  public:
    Fields& add(std::string_view text) {
        text_.append(text).push_back('\0');
        return *this;
    }
    Fields& add(std::int64_t number) { return add(std::to_string(number)); }
    crypto::Sha256 digest() const { return crypto::sha256(bytes_of(text_)); }

  private:
    std::string text_;
};

/// Four octets of time, so that keys of one hour lie together in the store, then the digest.
Blob key_of(std::uint32_t hour, const Fields& fields) {
    const auto digest = fields.digest();
    Blob key;
    for (int shift = 24; shift >= 0; shift -= 8) key.bytes.push_back(static_cast<char>((hour >> shift) & 0xFF));
    key.bytes.append(reinterpret_cast<const char*>(digest.data()), 16);
    return key;
}

/// Hours since 1970. A local time that no clock shows gets an end of the scale: the same message, the same hour.
std::uint32_t hour_of(Instant local_time) {
    constexpr std::int64_t us_per_hour = 3'600'000'000;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(local_time.value / us_per_hour, 1, 0xFFFF'FFFE));
}

}  // namespace

Blob message_key(TenantId tenant_id, const core::authorization::Request& r) {
    return key_of(hour_of(r.local_transaction_time), Fields()
                                                         .add("message")
                                                         .add(tenant_id.value)
                                                         .add(static_cast<std::int64_t>(r.network))
                                                         .add(r.stan)
                                                         .add(r.local_transaction_time.value)
                                                         .add(r.acceptor.terminal_no)
                                                         .add(r.acceptor.acquirer_id)
                                                         .add(static_cast<std::int64_t>(r.code)));
}

std::int64_t message_hash(const core::authorization::Request& r, TokenId token_id) {
    const auto digest = Fields()
                            .add(token_id.value)
                            .add(r.transaction_amount_minor)
                            .add(r.transaction_currency.value)
                            .add(r.network_billing_minor.value_or(-1))
                            .add(static_cast<std::int64_t>(r.flow_code))
                            .add(r.acceptor.card_acceptor_no)
                            .add(r.acceptor.mcc)
                            .add(static_cast<std::int64_t>(r.pos_entry_mode))
                            .add(r.original_transaction_id.value)
                            .digest();
    std::int64_t hash = 0;
    std::memcpy(&hash, digest.data(), sizeof hash);
    return hash;
}

Blob keyed_message_key(TenantId tenant_id, std::string_view idempotency_key, Instant now) {
    constexpr std::int64_t us_per_day = 86'400'000'000;
    const Instant day{now.value - now.value % us_per_day};
    return key_of(hour_of(day), Fields().add("idempotency").add(tenant_id.value).add(idempotency_key));
}

Blob offline_chip_key(TenantId tenant_id, TokenId token_id, ByteView atc_and_cryptogram, Date offline_on) {
    constexpr std::int64_t us_per_day = 86'400'000'000;
    return key_of(
        hour_of(Instant{offline_on.value * us_per_day}),
        Fields().add("offline chip").add(tenant_id.value).add(token_id.value).add(hex_encode(atc_and_cryptogram)));
}

Blob reversal_key(TenantId tenant_id, TransactionId transaction_id, std::string_view idempotency_key) {
    return key_of(0, Fields().add("reversal").add(tenant_id.value).add(transaction_id.value).add(idempotency_key));
}

Blob funding_key(std::string_view reference) { return key_of(0, Fields().add("funding").add(reference)); }

Blob card_fee_key(TokenId token_id, core::fee::CardFeeType fee_type, std::int64_t occasion_no) {
    return key_of(
        0, Fields().add("card fee").add(token_id.value).add(static_cast<std::int64_t>(fee_type)).add(occasion_no));
}

bool RecentKeys::seen_or_add(AccountId account_id, const Blob& key) {
    std::uint64_t name = 0;
    constexpr std::size_t digest_at = 4;  // behind the hour
    if (key.bytes.size() >= digest_at + sizeof name) std::memcpy(&name, key.bytes.data() + digest_at, sizeof name);
    name ^= std::hash<AccountId>{}(account_id);
    const std::lock_guard lock(mutex_);
    if (young_.contains(name) || old_.contains(name)) return true;
    if (young_.size() >= generation_max) {
        old_ = std::move(young_);
        young_.clear();
    }
    young_.insert(name);
    return false;
}

}  // namespace takas::app::authorize
