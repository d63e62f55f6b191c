#include "app/card_security/chip_message.hpp"

namespace takas::app::card_security {

using core::authorization::TransactionCode;

namespace {

constexpr std::uint8_t cryptogram_type_mask = 0xC0, type_aac = 0x00, type_arqc = 0x80;

/// Packed digits; their form was checked when the tag was read.
std::int64_t number_of(ByteView packed) {
    std::int64_t number = 0;
    for (const std::uint8_t octet : packed) number = number * 100 + (octet >> 4) * 10 + (octet & 0x0F);
    return number;
}

}  // namespace

std::optional<std::uint8_t> chip_transaction_type(TransactionCode code) {
    switch (code) {
        case TransactionCode::purchase:
            return 0x00;
        case TransactionCode::cash_withdrawal:
            return 0x01;
        case TransactionCode::refund:
            return 0x20;
        case TransactionCode::balance_inquiry:
            return 0x30;
        default:
            return std::nullopt;
    }
}

bool fits_message(const protocol::tlv::ChipData& data, const CardView& card, const Circumstances& circumstances) {
    // The end of a pre-authorization carries the cryptogram of its beginning, whose amount was an estimate.
    const bool has_same_amount = circumstances.code == TransactionCode::pre_authorization_completion ||
                                 number_of(data.amount_authorized) == circumstances.amount_minor;
    const auto type = chip_transaction_type(circumstances.code);
    return has_same_amount && number_of(data.transaction_currency) == circumstances.currency.value &&
           (!type || (data.transaction_type.size() == 1 && data.transaction_type[0] == *type)) &&
           (data.pan_sequence_number.empty() || number_of(data.pan_sequence_number) == card.pan_sequence_no) &&
           (data.cryptogram_information.empty() ||
            (data.cryptogram_information[0] & cryptogram_type_mask) == type_arqc);
}

bool is_declined_by_card(const protocol::tlv::ChipData& data) {
    return !data.cryptogram_information.empty() && (data.cryptogram_information[0] & cryptogram_type_mask) == type_aac;
}

}  // namespace takas::app::card_security
