// The webhook sender over the outbound HTTP client: translates between the port's request and the client's.
#pragma once

#include <memory>

#include "app/ports/webhook_sender.hpp"
#include "net/http_client.hpp"

namespace takas::main {

class WebhookDoor final : public app::ports::WebhookSender {
  public:
    explicit WebhookDoor(std::unique_ptr<net::HttpClient> client) : client_(std::move(client)) {}
    Result<void> check(std::string_view url, bool allow_loopback) const override;
    void send(app::ports::WebhookRequest request, Done done) override;

  private:
    std::unique_ptr<net::HttpClient> client_;
};

}  // namespace takas::main
