#include "api/events/event_stream.hpp"

#include "api/events/dto.hpp"
#include "api/events/event_dto.hpp"
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

}  // namespace

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
