// Remembers what was answered under an Idempotency-Key (contract 1.3): the same request again gets the same answer, one
// that is still running is told so, another request under the same key is refused. Replies are stored encrypted, in the
// commit of the change they confirm.
//
// What is kept: every outcome of a handler but those that a repeat can change (5xx, 429, retryable conflicts) and those
// that changed nothing (validation).
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "app/context/context.hpp"
#include "core/idempotency/idempotency.hpp"
#include "net/http_message.hpp"

namespace takas::api {

inline constexpr std::size_t idempotency_key_max = 64;

/// 1 to 64 printable ASCII characters, as a header can carry them.
bool is_idempotency_key(std::string_view key);

/// May this refusal be repeated word by word to a caller that asks again?
bool is_remembered(const Error& error);

/// SHA-256 over method, path, query and body: the same key must mean the same request.
Blob fingerprint_of(const net::HttpRequest& request);

struct RememberedReply {
    int status = 0;
    std::string body;
};

/// What a request carries through its life when it has a key.
struct ReplyTicket {
    TenantId tenant_id;
    std::string key;  ///< a digest of what the caller sent, which may be anything
    std::string_view operation_id;
    Blob fingerprint;
    bool replaces_expired = false;  ///< a row under this key is there, older than its lifetime
};

/// Removes up to a thousand replies that are past their lifetime; for a job that runs every few minutes.
Result<void> forget_expired_replies(app::Services& services);

class ReplyMemory {
  public:
    explicit ReplyMemory(app::Services& services) : services_(services) {}

    /// The reply to repeat, or nothing: then the ticket is taken until end(). Errors: request_in_progress,
    /// idempotency_conflict, and what the store says.
    Result<std::optional<RememberedReply>> begin(ReplyTicket& ticket);
    void end(const ReplyTicket& ticket);

    /// Adds the row that remembers this reply to the unit that makes it true.
    Result<void> remember(const ReplyTicket& ticket, int status, std::string_view body, app::ports::Unit& unit);

  private:
    bool take(const std::string& name);
    Result<std::optional<RememberedReply>> look_up(ReplyTicket& ticket);

    app::Services& services_;
    struct Shard {
        std::mutex mutex;
        std::unordered_set<std::string> running;  ///< "<tenant>/<key>"
    };
    std::array<Shard, 16> shards_;
    Shard& shard_of(const std::string& name) { return shards_[std::hash<std::string>{}(name) % shards_.size()]; }
};

}  // namespace takas::api
