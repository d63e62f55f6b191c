#include "app/webhooks/access_tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <vector>

#include "base/encoding.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::webhooks {

/// The members of RFC 6749, 5.1 that count here.
struct TokenAnswer {
    std::string access_token;
    std::string token_type;
    RawJson expires_in;  ///< a number of seconds; some servers send it as text, or with a fraction
};

}  // namespace takas::app::webhooks

namespace takas {
template <>
struct Describe<app::webhooks::TokenAnswer> {
    using T = app::webhooks::TokenAnswer;
    static constexpr std::string_view name = "TokenAnswer";
    static constexpr auto fields = std::array{
        field<&T::access_token>("").required().length(1, 8'192),  // as long as servers take a header
        field<&T::token_type>("").required(),
        field<&T::expires_in>(""),
    };
};
}  // namespace takas

namespace takas::app::webhooks {
namespace {

using Done = ports::WebhookSender::Done;

constexpr std::int64_t lifetime_unsaid_s = 300;  // "recommended" is all the standard says of expires_in
constexpr std::int64_t lifetime_max_s = 86'400;
constexpr std::int64_t margin_max_s = 30;  // what clocks differ by and a slow delivery takes

/// application/x-www-form-urlencoded, as the standard wants id and secret before they are joined.
std::string form_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._*";
    std::string out;
    for (const char c : text) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              plain.find(c) != std::string_view::npos;
        const auto octet = static_cast<unsigned char>(c);
        if (is_plain)
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out.append({'%', hex[octet >> 4U], hex[octet & 15U]});
    }
    return out;
}

bool is_bearer(std::string_view token_type) {
    return std::ranges::equal(token_type, std::string_view("bearer"), {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

/// Whole seconds, not more than a day; what is no number counts as not said.
std::int64_t seconds_said(std::string_view json) {
    if (json.size() >= 2 && json.front() == '"') json = json.substr(1, json.size() - 2);
    double seconds = 0;
    const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), seconds);
    if (error == std::errc::result_out_of_range) return lifetime_max_s;
    if (error != std::errc{} || end != json.data() + json.size() || !std::isfinite(seconds)) return lifetime_unsaid_s;
    return static_cast<std::int64_t>(std::clamp(seconds, 0.0, static_cast<double>(lifetime_max_s)));
}

}  // namespace

std::optional<AccessToken> parse_access_token(std::string_view body) {
    const auto answer = protocol::json::decode<TokenAnswer>(body, {.style = protocol::json::NameStyle::snake});
    if (!answer || !is_bearer(answer->token_type)) return std::nullopt;
    const bool fits = std::ranges::all_of(answer->access_token, [](char c) { return c > 0x20 && c < 0x7F; });
    if (!fits) return std::nullopt;
    const std::int64_t said = seconds_said(answer->expires_in.text);
    return AccessToken{answer->access_token, std::max<std::int64_t>(said - std::min(margin_max_s, said / 10 + 1), 0)};
}

ports::WebhookRequest token_request(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets,
                                    bool allow_loopback) {
    ports::WebhookRequest request;
    request.url = secrets.token_url;
    request.timeout_ms = webhook.timeout_seconds * 1'000;
    request.allow_loopback = allow_loopback;
    request.wants_body = true;
    const std::string client = form_encoded(secrets.client_id) + ':' + form_encoded(secrets.client_secret);
    request.headers.emplace_back("Authorization", "Basic " + base64_encode(bytes_of(client)));
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.headers.emplace_back("Accept", "application/json");
    request.body = "grant_type=client_credentials";
    if (!secrets.scope.empty()) request.body += "&scope=" + form_encoded(secrets.scope);
    return request;
}

struct AccessTokens::State : std::enable_shared_from_this<AccessTokens::State> {
    struct Waiting {
        ports::WebhookRequest request;
        Done done;
    };
    struct Entry {
        std::int64_t version = 0;  ///< of the webhook whose credentials these are
        std::string token;
        Instant usable_until;
        bool is_asking = false;
        std::vector<Waiting> waiting;
    };

    explicit State(ports::WebhookSender& used) : sender(used) {}

    void deliver(std::int64_t id, const std::string& token, Waiting one) {
        one.request.headers.emplace_back("Authorization", "Bearer " + token);
        sender.send(std::move(one.request), [self = shared_from_this(), id, token,
                                             done = std::move(one.done)](ports::WebhookReply reply) mutable {
            if (reply.status == 401) self->forget(id, token);
            done(std::move(reply));
        });
    }

    void forget(std::int64_t id, const std::string& token) {
        const std::lock_guard lock(mutex);
        Entry& entry = entries[id];
        if (entry.token == token) entry.token.clear();
    }

    void take(std::int64_t id, std::int64_t version, Instant asked_at, ports::WebhookReply reply) {
        auto token = reply.status == 200 ? parse_access_token(reply.body) : std::nullopt;
        std::vector<Waiting> waiting;
        {
            const std::lock_guard lock(mutex);
            Entry& entry = entries[id];
            entry.is_asking = false;
            waiting.swap(entry.waiting);
            if (token && entry.version == version) {
                entry.token = token->text;
                entry.usable_until = asked_at.plus_seconds(token->lifetime_s);
            }
        }
        for (Waiting& one : waiting) {
            if (token)
                deliver(id, token->text, std::move(one));
            else
                one.done({0, error_of(reply), reply.retry_after});
        }
    }

    static std::string error_of(const ports::WebhookReply& reply) {
        if (reply.error == ports::sender_closed) return reply.error;
        if (reply.status == 0) return "oauth_" + reply.error;
        return reply.status == 200 ? "oauth_bad_answer" : "oauth_refused";
    }

    ports::WebhookSender& sender;
    std::mutex mutex;
    std::map<std::int64_t, Entry> entries;  ///< by webhook; as many as there are subscriptions of the kind
};

AccessTokens::AccessTokens(ports::WebhookSender& sender) : state_(std::make_shared<State>(sender)) {}

void AccessTokens::send(const core::webhook::Webhook& webhook, const WebhookSecrets& secrets,
                        ports::WebhookRequest request, Instant now, Done done) {
    const std::int64_t id = webhook.id.value;
    auto asked = token_request(webhook, secrets, request.allow_loopback);
    std::string token;
    {
        const std::lock_guard lock(state_->mutex);
        State::Entry& entry = state_->entries[id];
        if (std::exchange(entry.version, webhook.version) != webhook.version) entry.token.clear();
        if (!entry.token.empty() && now < entry.usable_until) {
            token = entry.token;
        } else {
            entry.waiting.push_back({std::move(request), std::move(done)});
            if (std::exchange(entry.is_asking, true)) return;
        }
    }
    if (!token.empty()) return state_->deliver(id, token, {std::move(request), std::move(done)});
    state_->sender.send(std::move(asked),
                        [state = state_, id, version = webhook.version, now](ports::WebhookReply reply) {
                            state->take(id, version, now, std::move(reply));
                        });
}

}  // namespace takas::app::webhooks
