// The door through which webhooks leave. What is behind it checks the address, follows no redirect and keeps every
// limit; the one who sends knows only how it ended.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace takas::app::ports {

/// One POST.
struct WebhookRequest {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::int32_t timeout_ms = 10'000;  ///< for everything: name look-up, connection, answer
    bool allow_loopback = false;       ///< a demo institution: loopback, there also by plain http
    bool wants_body = false;           ///< the answer's body is of interest
};

/// What came of an answer's body. Only a whole one is passed on.
enum class ReplyBody : std::uint8_t {
    whole,      ///< an empty one, too
    cut_off,    ///< it ended too early
    too_large,  ///< longer than the sender reads
    encoded,    ///< compressed or the like
};

struct WebhookReply {
    std::int32_t status = 0;                 ///< 0: no answer came
    std::string error;                       ///< one machine word, "" when an answer came and its end was not missed
    std::optional<std::string> retry_after;  ///< as sent
    std::string body{};                      ///< when it was wanted and is whole
    ReplyBody body_state = ReplyBody::whole;
    bool may_have_arrived = true;  ///< false: no connection stood, nothing of the request was sent
};

class WebhookSender {
  public:
    using Done = std::move_only_function<void(WebhookReply)>;
    virtual ~WebhookSender() = default;
    /// Would it be sent there, as far as that can be told without looking the name up? Error: webhook_url_refused.
    virtual Result<void> check(std::string_view /*url*/, bool /*allow_loopback*/) const { return {}; }
    /// `done` is called exactly once, on any thread, and must not block.
    virtual void send(WebhookRequest request, Done done) = 0;
};

/// The reply of a sender that is being closed: the attempt does not count.
inline constexpr const char* sender_closed = "shutdown";

}  // namespace takas::app::ports
