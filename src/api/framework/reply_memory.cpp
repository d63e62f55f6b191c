#include "api/framework/reply_memory.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "base/bytes.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"

namespace takas::api {
namespace {

using core::idempotency::StoredReply;

constexpr std::string_view fingerprint_purpose = "stored_reply.fingerprint";

/// What the row says of the request. Keyed: a body may hold four digits of a PIN, and whoever copied the table could
/// find out which by trying them all.
Blob keyed(const app::secrets::SecretBox& box, const ReplyTicket& ticket) {
    return Blob{box.prove({fingerprint_purpose, ticket.key, ticket.fingerprint.bytes})};
}
bool is_same_request(const app::secrets::SecretBox& box, const StoredReply& row, const ReplyTicket& ticket) {
    return row.operation_id == ticket.operation_id &&
           box.is_proof(row.fingerprint.bytes, {fingerprint_purpose, ticket.key, ticket.fingerprint.bytes});
}

std::string running_name(const ReplyTicket& ticket) {
    return std::to_string(ticket.tenant_id.value) + '/' + ticket.key;
}

}  // namespace

bool is_idempotency_key(std::string_view key) {
    return !key.empty() && key.size() <= idempotency_key_max &&
           std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
}

bool is_remembered(const Error& error) {
    const ErrorRow& row = error_row(error.code);
    return !row.retryable && row.http_status < 500 && row.http_status != 400;
}

Blob fingerprint_of(const net::HttpRequest& request) {
    // The parts are joined with their lengths, so that moving a character from one to the next changes the result.
    const auto digest =
        crypto::sha256(crypto::associated_data({request.method, request.path, request.query, request.body}));
    return Blob{std::string(text_of(digest))};
}

Result<void> forget_expired_replies(app::Services& services) {
    using namespace app::ports;
    const Instant limit{services.clock.now().value - core::idempotency::lifetime_s * 1'000'000};
    auto expired = services.store.list<StoredReply>(
        {{where<&StoredReply::created_at>(Compare::less, limit)}, {{"created_at"}}, 0, 1000});
    if (!expired) return std::unexpected(std::move(expired.error()));
    Unit unit;
    for (StoredReply& row : *expired) unit.erase(std::move(row));
    if (unit.empty()) return {};
    const auto outcome = services.store.commit_and_wait(std::move(unit)).outcome;
    if (outcome != CommitOutcome::committed) return fail(ErrorCode::unavailable, "expired replies stay for now");
    return {};
}

Result<std::optional<RememberedReply>> ReplyMemory::begin(ReplyTicket& ticket) {
    if (!take(running_name(ticket))) return fail(ErrorCode::request_in_progress);
    auto known = look_up(ticket);
    if (!known || *known) end(ticket);
    return known;
}

void ReplyMemory::end(const ReplyTicket& ticket) {
    const std::string name = running_name(ticket);
    Shard& shard = shard_of(name);
    const std::lock_guard lock(shard.mutex);
    shard.running.erase(name);
}

bool ReplyMemory::take(const std::string& name) {
    Shard& shard = shard_of(name);
    const std::lock_guard lock(shard.mutex);
    return shard.running.insert(name).second;
}

Result<std::optional<RememberedReply>> ReplyMemory::look_up(ReplyTicket& ticket) {
    using app::ports::where;
    auto found = services_.store.find<StoredReply>(
        {where<&StoredReply::tenant_id>(ticket.tenant_id), where<&StoredReply::idempotency_key>(ticket.key)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return std::nullopt;
    const StoredReply& row = **found;
    if (row.created_at.plus_seconds(core::idempotency::lifetime_s) <= services_.clock.now()) {
        ticket.replaces_expired = true;
        return std::nullopt;
    }
    if (!is_same_request(services_.secret_box, row, ticket)) return fail(ErrorCode::idempotency_conflict);
    auto body = services_.secret_box.open(row.reply_sealed,
                                          {"stored_reply", std::to_string(ticket.tenant_id.value), ticket.key});
    if (!body) return std::unexpected(std::move(body.error()));
    return RememberedReply{row.status, std::string(text_of(body->reveal()))};
}

Result<void> ReplyMemory::remember(const ReplyTicket& ticket, int status, std::string_view body,
                                   app::ports::Unit& unit) {
    auto sealed = services_.secret_box.seal(body, {"stored_reply", std::to_string(ticket.tenant_id.value), ticket.key});
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    StoredReply row{.tenant_id = ticket.tenant_id,
                    .idempotency_key = ticket.key,
                    .operation_id = std::string(ticket.operation_id),
                    .fingerprint = keyed(services_.secret_box, ticket),
                    .status = status,
                    .reply_sealed = std::move(*sealed),
                    .created_at = services_.clock.now()};
    if (ticket.replaces_expired) {
        unit.upsert(std::move(row));
    } else {
        unit.insert(std::move(row));  // a twin on another server is refused by the primary key
    }
    return {};
}

}  // namespace takas::api
