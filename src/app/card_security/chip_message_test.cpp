#include "app/card_security/chip_message.hpp"

#include <gtest/gtest.h>

namespace takas::app::card_security {
namespace {

using core::authorization::TransactionCode;

/// 14.99 lira, a purchase with the card of sequence number 1.
struct ChipMessageTest : ::testing::Test {
    Bytes amount{0x00, 0x00, 0x00, 0x00, 0x14, 0x99}, currency{0x09, 0x49}, type{0x00}, sequence{0x01},
        information{0x80};
    CardView card;
    Circumstances circumstances;

    ChipMessageTest() {
        circumstances.code = TransactionCode::purchase;
        circumstances.amount_minor = 1'499;
        circumstances.currency = {949};
    }
    protocol::tlv::ChipData data() const {
        protocol::tlv::ChipData out;
        out.amount_authorized = amount, out.transaction_currency = currency, out.transaction_type = type;
        out.pan_sequence_number = sequence, out.cryptogram_information = information;
        return out;
    }
    bool fits() const { return fits_message(data(), card, circumstances); }
};

TEST_F(ChipMessageTest, what_was_signed_is_what_is_asked) {
    EXPECT_TRUE(fits());
    sequence.clear(), information.clear();
    EXPECT_TRUE(fits()) << "tags that may be left out";
}

TEST_F(ChipMessageTest, another_amount_does_not_fit) {
    circumstances.amount_minor = 149'900;
    EXPECT_FALSE(fits());
    circumstances.code = TransactionCode::pre_authorization_completion;
    EXPECT_TRUE(fits());
}

TEST_F(ChipMessageTest, another_currency_does_not_fit) {
    currency = {0x08, 0x40};
    EXPECT_FALSE(fits());
}

TEST_F(ChipMessageTest, another_type_does_not_fit_where_the_type_is_known) {
    circumstances.code = TransactionCode::cash_withdrawal;
    EXPECT_FALSE(fits());
    type = {0x01};
    EXPECT_TRUE(fits());
    circumstances.code = TransactionCode::quasi_cash;
    EXPECT_TRUE(fits());
}

TEST_F(ChipMessageTest, another_sequence_number_does_not_fit) {
    sequence = {0x02};
    EXPECT_FALSE(fits());
    card.pan_sequence_no = 2;
    EXPECT_TRUE(fits());
}

TEST_F(ChipMessageTest, only_an_arqc_asks) {
    information = {0x40};
    EXPECT_FALSE(fits());
    EXPECT_FALSE(is_declined_by_card(data()));
    information = {0x00};
    EXPECT_FALSE(fits());
    EXPECT_TRUE(is_declined_by_card(data()));
    information.clear();
    EXPECT_FALSE(is_declined_by_card(data()));
}

}  // namespace
}  // namespace takas::app::card_security
