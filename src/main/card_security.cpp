#include "main/card_security.hpp"

#include "main/webhook_door.hpp"
#include "notify/messages/file_gateway.hpp"
#include "notify/messages/http_gateway.hpp"

namespace takas::main {
namespace {

constexpr std::string_view to_files = "file";

}  // namespace

CardSecurityParts::CardSecurityParts(app::ports::Store& store, const app::ports::Clock& clock, app::ports::Hsm& hsm,
                                     app::keys::KeyDirectory& keys, const app::cards::PanVault& pan_vault,
                                     const ServerOptions& options)
    : products(store, clock),
      verifier(hsm, keys, pan_vault, products),
      desk{.products = products, .verifier = verifier, .weak_pins = words_of(options.weak_pins)} {
    if (!options.pin_message_tr.empty()) desk.pin_text_tr = options.pin_message_tr;
    if (!options.pin_message_en.empty()) desk.pin_text_en = options.pin_message_en;
}

Result<void> CardSecurityParts::open_gateway(const ServerOptions& options) {
    const bool has_folder = !options.data_dir.empty();
    const std::string_view wanted = options.message_gateway;
    if (wanted == to_files || (wanted.empty() && options.demo && has_folder)) {
        if (!has_folder) return fail(ErrorCode::validation, "--message-gateway file needs a data folder");
        messages = std::make_unique<notify::messages::FileGateway>(options.data_dir / "messages");
    } else if (!wanted.empty()) {
        auto client = net::HttpClient::start();
        if (!client) return std::unexpected(std::move(client.error()));
        sender = std::make_unique<WebhookDoor>(std::move(*client));
        messages = std::make_unique<notify::messages::HttpGateway>(
            *sender, notify::messages::HttpGatewayOptions{.url = options.message_gateway,
                                                          .bearer_token = options.message_gateway_token});
    }
    desk.messages = messages.get();
    return {};
}

}  // namespace takas::main
