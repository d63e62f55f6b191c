#include "app/vault/forward.hpp"

#include <algorithm>
#include <array>

#include "app/vault/merchants.hpp"
#include "app/vault/trail.hpp"
#include "base/log.hpp"

namespace takas::app::vault {
namespace {

constexpr std::array<std::string_view, 8> own_headers{"host",       "content-length", "content-type",      "connection",
                                                      "user-agent", "expect",         "transfer-encoding", "upgrade"};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Result<void> check(const ForwardOrder& order, const Caller& caller) {
    if (auto url = check_forward_url(order.url, caller.merchant->forward_hosts); !url) return url;
    for (const auto& [name, value] : order.headers) {
        const bool is_own = std::ranges::find(own_headers, lower(name)) != own_headers.end();
        const bool is_safe = !name.empty() && std::ranges::all_of(name, [](char c) {
            return c > ' ' && c < 0x7f && c != ':';
        }) && std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7f; });
        if (is_own || !is_safe)
            return fail_field("Headers", "A header is not allowed.", "Bir başlığa izin verilmiyor.");
    }
    return {};
}

/// The use of the card becomes durable before anybody hears of the card.
Result<ResolvedCard> use_card(Context& context, const Caller& caller, const ForwardOrder& order) {
    while (true) {
        auto card = resolve_card(context, caller, order.source, order.reference);
        if (!card) return card;
        const auto outcome = context.store().commit_and_wait(std::exchange(context.unit, {}));
        using enum ports::CommitOutcome;
        if (outcome.outcome == committed) {
            for (const auto& step : context.after_commit) step();
            context.after_commit.clear();
            return card;
        }
        if (context.decide_again(outcome)) continue;
        return fail(outcome.outcome == unknown ? ErrorCode::outcome_unknown : ErrorCode::unavailable,
                    "the use of a card could not be stored");
    }
}

struct Sent {
    ResolvedCard card;
    std::string cvv;
    ~Sent() { wipe(cvv); }
};

}  // namespace

Result<void> check_forward_url(std::string_view url, std::span<const std::string> hosts) {
    constexpr std::string_view scheme = "https://";
    const auto refuse = [](std::string why) { return fail(ErrorCode::vault_host_refused, std::move(why)); };
    if (!url.starts_with(scheme)) return refuse("no https");
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view authority = rest.substr(0, std::min(rest.find_first_of("/?#\\"), rest.size()));
    if (authority.find('@') != std::string_view::npos) return refuse("a user in the URL");
    const std::string_view host = authority.substr(0, std::min(authority.find(':'), authority.size()));
    if (!is_dns_name(host) || std::ranges::find(hosts, host) == hosts.end()) return refuse("the host is not allowed");
    return {};
}

void forward_card(Context& context, const Caller& caller, ForwardOrder order,
                  std::move_only_function<void(Result<ForwardAnswer>)> done) {
    if (auto right = check(order, caller); !right) return done(std::unexpected(std::move(right.error())));
    ports::WebhookSender* sender = context.services.webhook_sender;
    if (!sender) return done(fail(ErrorCode::unavailable, "this server sends nothing"));
    auto card = use_card(context, caller, order);
    if (!card) return done(std::unexpected(std::move(card.error())));
    const auto sent = std::make_shared<Sent>();
    sent->card = std::move(*card);
    if (sent->card.cvv) sent->cvv = text_of(sent->card.cvv->reveal());
    auto body = fill_template(order.body, order.form, sent->card.content, sent->cvv);
    if (!body) return done(std::unexpected(std::move(body.error())));
    ports::WebhookRequest request;
    request.url = std::move(order.url);
    request.headers = std::move(order.headers);
    request.headers.emplace_back(
        "Content-Type", order.form == BodyForm::json ? "application/json" : "application/x-www-form-urlencoded");
    request.body = std::move(*body);
    request.timeout_ms = std::clamp(order.timeout_ms, 1, forward_timeout_ms_max);
    request.wants_body = true;
    sender->send(std::move(request), [sent, done = std::move(done)](ports::WebhookReply reply) mutable {
        if (reply.status == 0 || !reply.error.empty()) {
            wipe(reply.body);
            log::warning("vault_forward_failed").add("detail", reply.error);
            return done(
                fail(reply.error.starts_with("refused") ? ErrorCode::vault_host_refused : ErrorCode::vault_host_failed,
                     reply.error));
        }
        done(ForwardAnswer{reply.status, redacted(reply.body, sent->card.content, sent->cvv)});
        wipe(reply.body);
    });
}

}  // namespace takas::app::vault
