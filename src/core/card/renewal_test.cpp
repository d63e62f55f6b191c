#include "core/card/renewal.hpp"

#include <gtest/gtest.h>

namespace takas::core::card {
namespace {

const Date today = *make_date(2028, 3, 15);

Card active_card() {
    Card card;
    card.status = CardStatus::active;
    card.expire_date = {2803};
    card.pan_sequence_no = 1;
    return card;
}

TEST(Renewal, GivesTheNextSequenceNumberAndRemembersThePieceBefore) {
    const Instant now{7};
    const Card card = renewed(active_card(), {3303}, now);
    EXPECT_EQ(card.expire_date, Expiry{3303});
    EXPECT_EQ(card.pan_sequence_no, 2);
    EXPECT_EQ(card.previous_expire_date, Expiry{2803});
    EXPECT_EQ(card.previous_pan_sequence_no, 1);
    EXPECT_EQ(card.renewed_at, now);
    EXPECT_TRUE(is_renewal_waiting(card));

    Card last = active_card();
    last.pan_sequence_no = pan_sequence_no_max;
    EXPECT_EQ(renewed(last, {3303}, now).pan_sequence_no, 0);
}

TEST(Renewal, OnlyOfActiveCardsAndOnceAtATime) {
    EXPECT_TRUE(check_renewable(active_card(), today));
    for (const auto status : {CardStatus::pending_activation, CardStatus::suspended, CardStatus::lost,
                              CardStatus::stolen, CardStatus::fraud, CardStatus::closed}) {
        Card card = active_card();
        card.status = status;
        EXPECT_EQ(check_renewable(card, today).error().code, ErrorCode::card_wrong_status);
    }
    const Card waiting = renewed(active_card(), {3303}, {});
    EXPECT_EQ(check_renewable(waiting, today).error().code, ErrorCode::card_already_renewed);
    EXPECT_TRUE(check_renewable(*renewal_activated(waiting), today));
    EXPECT_TRUE(check_renewable(waiting, *make_date(2028, 4, 1)));  // the piece before it has expired
    Card replaced = active_card();
    replaced.replaced_by_token_id = TokenId{9};
    EXPECT_EQ(check_renewable(replaced, today).error().code, ErrorCode::card_already_renewed);
}

TEST(Renewal, ActivationEndsThePieceBefore) {
    const auto card = renewal_activated(renewed(active_card(), {3303}, {}));
    ASSERT_TRUE(card);
    EXPECT_FALSE(is_renewal_waiting(*card));
    EXPECT_EQ(expiry_of(*card, Expiry{2803}), Expiry{3303});
    EXPECT_EQ(renewal_activated(*card).error().code, ErrorCode::card_not_renewed);
}

TEST(Renewal, AMessageSpeaksOfThePieceWhoseExpiryItStates) {
    const Card card = renewed(active_card(), {3303}, {});
    EXPECT_EQ(piece_of_expiry(card, Expiry{2803}), Piece::previous);
    EXPECT_EQ(piece_of_expiry(card, Expiry{3303}), Piece::current);
    EXPECT_EQ(piece_of_expiry(card, Expiry{3001}), Piece::current);
    EXPECT_EQ(piece_of_expiry(card, std::nullopt), Piece::current);
    EXPECT_EQ(expiry_of(card, Expiry{2803}), Expiry{2803});
    EXPECT_EQ(expiry_of(card, Expiry{3001}), Expiry{3303});
    EXPECT_EQ(piece_of_expiry(active_card(), Expiry{2803}), Piece::current);
}

TEST(Renewal, EachChipHasItsOwnCounter) {
    CardSecurity security;
    security.last_atc = 400;
    renew(security);
    EXPECT_EQ(security.previous_last_atc, 400);
    EXPECT_EQ(check_atc(security, 1), AtcVerdict::fresh);
}

}  // namespace
}  // namespace takas::core::card
