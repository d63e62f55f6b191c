// The institution's own policy in one decision: gathers what its rules may ask, has core/control consider it, turns the
// conclusion into facts, and, once the decision is made, counts and records. Runs in the account's lane.
#pragma once

#include <memory>
#include <optional>

#include "app/catalog/catalog.hpp"
#include "app/lane/work.hpp"
#include "core/authorization/changes.hpp"
#include "core/control/policy_record.hpp"
#include "core/control/rule_facts.hpp"
#include "core/money/applied_rate.hpp"

namespace takas::app::authorize {

class PolicyStage {
  public:
    PolicyStage(catalog::Catalog& catalog, lane::Work& work) : catalog_(catalog), work_(&work) {}
    /// For trying: with what the card has used, outside its lane. Nothing can be concluded.
    PolicyStage(catalog::Catalog& catalog, const core::control::Counters& usage) : catalog_(catalog), usage_(&usage) {}

    /// Fills the facts of controls, limits and fees. False when something that is needed cannot be read.
    bool consider(const core::authorization::Request& request, const core::card::Card& card,
                  const core::authorization::CardTransaction* original, core::authorization::Facts& facts);
    /// Counts what was approved and puts the record into the changes, the original's too.
    void conclude(const core::authorization::Request& request, const core::authorization::Facts& facts,
                  const core::authorization::Decision& decision, core::authorization::Changes& changes);

    const core::control::PolicySet* set() const { return set_.get(); }
    const core::control::Conclusion& conclusion() const { return conclusion_; }
    /// What is kept of it with the transaction.
    core::control::PolicyRecord record() const;
    /// As rules saw them; texts are the message's and the card's.
    const core::control::rule::Facts& rule_facts() const { return rule_facts_; }

    std::optional<core::money::RateTerms> rate{};  ///< when the billing amount is the institution's own

  private:
    bool gather(const core::authorization::Request& request, const core::card::Card& card, Instant at);
    core::control::Situation situation(const core::authorization::Facts& facts) const;
    void take_over(const core::authorization::CardTransaction& original);

    catalog::Catalog& catalog_;
    lane::Work* work_ = nullptr;
    const core::control::Counters* usage_ = nullptr;  ///< in place of the lane's
    std::shared_ptr<const core::control::PolicySet> set_;
    const core::card::Card* card_ = nullptr;
    core::authorization::Circumstances circumstances_;
    core::control::rule::Facts rule_facts_;
    core::control::Conclusion conclusion_;
    core::control::Counters counters_;  ///< as the transaction sees them; the card's own once it is approved
    std::optional<core::control::PolicyRecord> original_record_;  ///< changed by a completion or an increment
    std::optional<std::int64_t> billing_minor_;
};

/// What a transaction counted is given back with `amount_minor` of it, when nothing of it is left its number too: a
/// reversal, a void, a hold that expired. The transaction's record then says so. The card's usage was read before, so
/// that nothing can fail here. A card in place of that one has taken over what it had counted, and gets it back too.
void give_back_limits(lane::Work& work, core::authorization::CardTransaction& transaction, std::int64_t amount_minor);

}  // namespace takas::app::authorize
