// What the use cases of card security work with besides the HSM and its keys. Made once by the composition root.
#pragma once

#include <string>
#include <vector>

#include "app/card_security/verifier.hpp"
#include "app/ports/message_gateway.hpp"
#include "app/products/product_cache.hpp"

namespace takas::app::card_security {

struct Desk {
    products::ProductCache& products;
    Verifier& verifier;
    ports::MessageGateway* messages = nullptr;  ///< nullptr: no gateway is set up
    std::vector<std::string> weak_pins{};       ///< refused besides what every institution refuses
    std::string pin_text_tr = "Kartınızın PIN'i: {pin} (**** {last4}). Kimseyle paylaşmayın.";
    std::string pin_text_en = "The PIN of your card is {pin} (**** {last4}). Tell it to nobody.";
};

}  // namespace takas::app::card_security
