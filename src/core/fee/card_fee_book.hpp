// Which issuance or annual fee a card is charged: an institution's fees with their links, compiled, asked for one card
// at a time. Not on the path of a decision: a job asks.
//
// The most specific level at which a fee concerns the card wins (card, product, group, segment, institution); at one
// level the fee with the most conditions, then the newest.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/card/card.hpp"
#include "core/control/rule/rule.hpp"
#include "core/customer/customer.hpp"
#include "core/fee/card_charge.hpp"
#include "core/fee/fee.hpp"
#include "core/fee/period.hpp"

namespace takas::core::fee {

/// A card with what links and rules ask about it. What it points to must outlive it.
struct CardSubject {
    const card::Card& card;
    const customer::Customer* customer = nullptr;  ///< nullptr: it has no owner
    EntityId product_group_id;                     ///< 0: the product is in none
    Date created_on;                               ///< both days are the institution's
    Date on;                                       ///< what it is charged for
};

class CardFeeBook {
  public:
    struct Source {
        std::vector<CardIssuanceFee> issuance_fees;
        std::vector<CardAnnualFee> annual_fees;
        std::vector<control::ControlLink> links;
    };
    /// `local_date`: the institution's day of a moment. A stored rule that no longer compiles makes its fee or link
    /// match nothing; the fee's name is added to `broken`.
    CardFeeBook(Source source, const std::function<Date(Instant)>& local_date, std::vector<std::string>& broken);

    /// For a piece that was made at `made_at`: fees made later do not concern it. nullptr: it costs nothing.
    const CardIssuanceFee* issuance_fee(const CardSubject& subject, CardFeeType type, Instant made_at) const;
    /// The one that is charged to the card by the day `subject.on`. nullptr: none.
    const CardAnnualFee* annual_fee(const CardSubject& subject) const;

    /// How the annual fees count their periods, each once.
    const std::vector<PeriodRule>& period_rules() const { return period_rules_; }
    /// The day on which the oldest of the annual fees was made.
    Date first_annual_fee_on() const;
    bool empty() const { return issuance_.empty() && annual_.empty(); }

  private:
    struct Link {
        control::LinkLevel level{};
        TokenId token_id;
        std::string card_product_code;
        EntityId group_id, segment_id;
        std::optional<control::rule::Rule> rule;
        bool is_broken = false;
    };
    template <class Fee>
    struct Entry {
        Fee fee;
        std::optional<control::rule::Rule> rule;
        bool is_broken = false;
        int condition_count = 0;
        Date created_on;
        std::vector<Link> links;
    };
    template <class Fee>
    static Entry<Fee> entry_of(Fee fee, const Source& source, const std::function<Date(Instant)>& local_date,
                               std::vector<std::string>& broken);
    template <class Fee, class Fits>
    static const Fee* best(const std::vector<Entry<Fee>>& entries, const CardSubject& subject, Fits fits);

    std::vector<Entry<CardIssuanceFee>> issuance_;
    std::vector<Entry<CardAnnualFee>> annual_;
    std::vector<PeriodRule> period_rules_;
};

/// The fields card*, customer* and product* of a rule's facts. Texts are views of the subject's.
control::rule::Facts facts_of(const CardSubject& subject);

}  // namespace takas::core::fee
