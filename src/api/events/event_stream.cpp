#include "api/events/event_stream.hpp"

#include "api/events/dto.hpp"
#include "api/events/event_dto.hpp"
#include "api/framework/permission.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

constexpr std::size_t clogged_bytes = 64 * 1024;  // and a page more may follow: about 200 KiB for each client

class SseSink final : public app::events::EventSink {
  public:
    explicit SseSink(std::shared_ptr<net::ResponseStream> stream) : stream_(std::move(stream)) {}

    bool is_open() const override { return stream_->is_open(); }
    bool is_clogged() const override { return stream_->unsent_bytes() > clogged_bytes; }
    void put(const core::event::DomainEvent& event, const std::string& data) override {
        stream_->write(sse_event(event, data));
    }
    /// A line with the id alone changes what the client will send as Last-Event-ID and dispatches nothing.
    void beat(std::int64_t cursor) override { stream_->write("id: " + std::to_string(cursor) + "\n\n"); }
    void end() override { stream_->end(); }

  private:
    std::shared_ptr<net::ResponseStream> stream_;
};

constexpr std::int64_t recheck_after_s = 15;

/// The last answer, and what it was good for. The generation is read before the store: a change in between makes the
/// answer stale, never wrong.
struct Guard {
    const app::auth::TokenService* tokens;
    const app::catalog::Catalog* catalog;
    crypto::JwtClaims claims;
    std::optional<std::uint64_t> generation{};
    Instant asked_at{};

    app::events::MayListen operator()(Instant now) {
        using enum app::events::MayListen;
        if (now.seconds() >= claims.exp) return no;
        const std::uint64_t current = catalog->generation();
        const bool is_fresh = generation == current && now >= asked_at && now < asked_at.plus_seconds(recheck_after_s);
        if (is_fresh) return yes;
        generation.reset();
        const auto caller = tokens->caller_of(claims);
        if (!caller) return caller.error().code == ErrorCode::unauthenticated ? no : unknown;
        if (!contains(caller->permissions, Permission::webhook_read)) return no;
        generation = current;
        asked_at = now;
        return yes;
    }
};

}  // namespace

app::events::StreamGuard stream_guard(const app::auth::TokenService& tokens, const app::catalog::Catalog& catalog,
                                      crypto::JwtClaims claims) {
    return Guard{&tokens, &catalog, std::move(claims)};
}

std::string sse_event(const core::event::DomainEvent& event, const std::string& data) {
    std::string out = "id: " + std::to_string(event.sequence_no) + "\nevent: ";
    out += to_name(event.kind);
    out += "\ndata: ";
    out += protocol::json::encode(dto_of(event, data));  // JSON of ours has no line breaks
    out += "\n\n";
    return out;
}

std::unique_ptr<app::events::EventSink> sse_sink(std::shared_ptr<net::ResponseStream> stream) {
    return std::make_unique<SseSink>(std::move(stream));
}

}  // namespace takas::api
