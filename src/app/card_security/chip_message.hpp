// Whether what a chip signed is what the message asks for: without this a good cryptogram over a small amount would
// carry any other. Pure; the cryptogram itself is the HSM's matter.
#pragma once

#include <optional>

#include "app/card_security/verifier.hpp"
#include "protocol/tlv/chip_data.hpp"

namespace takas::app::card_security {

/// Tag 9C of these codes (ISO 8583 processing code, first two digits); nothing where terminals differ.
std::optional<std::uint8_t> chip_transaction_type(core::authorization::TransactionCode code);

/// Amount (9F02), currency (5F2A), type (9C), PAN sequence number (5F34, when there) and that an ARQC was made (9F27,
/// when there): a card that declined (AAC) or decided by itself (TC) asks nothing.
bool fits_message(const protocol::tlv::ChipData& data, const CardView& card, const Circumstances& circumstances);

/// The card itself declined (AAC).
bool is_declined_by_card(const protocol::tlv::ChipData& data);

}  // namespace takas::app::card_security
