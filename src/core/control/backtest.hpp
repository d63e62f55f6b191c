// The past of one card account, decided again under two sets of controls, limits and fees: the one that is in force and
// a changed one. Each set is its own world: what it refuses is not counted and leaves the money on the account, so that
// later transactions meet other limits and another balance. Pure: rows in, decisions out; nothing that lives is
// touched.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/authorization/circumstances.hpp"
#include "core/authorization/decide.hpp"
#include "core/authorization/transaction.hpp"
#include "core/control/consider.hpp"

namespace takas::core::control {

/// A decision that was made, as its row tells it.
struct PastDecision {
    const authorization::CardTransaction* row = nullptr;
    authorization::Facts facts;
    authorization::Circumstances circumstances;
    const card::Card* card = nullptr;  ///< nullptr: the message found no card
    bool is_followed = false;          ///< something happened to it later; pre-authorizations are followed anyhow
};

/// The controls that count from this moment on must have been looked at with everything since: the begin of the longest
/// window of the set that reaches back from `from`. Nothing: a limit of a lifetime reaches back to the beginning.
std::optional<Instant> counted_since(const PolicySet& set, Instant from);

/// What one set makes of the past of one account.
class PolicyWorld {
  public:
    explicit PolicyWorld(const PolicySet& set) : set_(set) {}

    void begin_account();
    /// `facts` are what rules see, but for the card's usage. `made` is the decision that was made; it stands here too
    /// before the period that is tested.
    const authorization::Decision& decide(const PastDecision& past, std::optional<std::int64_t> billing_minor,
                                          const authorization::Decision& made, bool is_standing, rule::Facts& facts);
    /// A reversal, a void, an expiry of a transaction of this account.
    void happened(const authorization::TransactionEvent& event);

    const authorization::Decision& decision() const { return decision_; }
    std::int64_t fee_minor() const { return fee_minor_; }
    /// The control or limit that refused the last decision; nullptr when none did.
    const Considered* refused_by() const;
    const PolicySet& set() const { return set_; }

  private:
    /// A transaction to which something may still happen.
    struct Open {
        TokenId token_id;
        std::vector<Considered> counted;
        bool is_approved = false, was_approved = false, is_credit = false;
        std::int64_t remaining_minor = 0, fee_minor = 0;
        std::int64_t made_remaining_minor = 0, made_fee_minor = 0;  ///< as it really was
    };
    /// A card in place of another took over what that one had counted.
    struct Heir {
        TokenId token_id, before;
    };
    Counters& counters_of(TokenId token_id);
    Counters& counters_of(const card::Card& card, card::CardStatus status);
    void give_back_open(Open& open, std::int64_t amount_minor);
    Open* original_of(const PastDecision& past);
    void adapt_original(const PastDecision& past, const Open* original, authorization::Facts& facts) const;
    void settle(const PastDecision& past, const authorization::Decision& made, const authorization::Facts& facts,
                Open* original);
    void remember(const PastDecision& past, const authorization::Decision& made, const authorization::Facts& facts);

    const PolicySet& set_;
    Selection selection_;
    Conclusion conclusion_;
    authorization::Decision decision_;
    std::int64_t fee_minor_ = 0;
    std::vector<std::pair<TokenId, Counters>> counters_;
    std::vector<Heir> heirs_;
    std::unordered_map<TransactionId, Open> open_;
    std::unordered_map<TransactionId, bool> refused_;  ///< approved in truth and refused here
    std::int64_t more_available_minor_ = 0;            ///< than the account really had
};

/// Both worlds, side by side.
class Backtest {
  public:
    Backtest(const PolicySet& current, const PolicySet& changed) : current_(current), changed_(changed) {}

    void begin_account();
    /// In the order in which they were decided. `is_standing`: before the period, when what was decided stands and only
    /// counts. Returns the decision that was made.
    const authorization::Decision& decide(const PastDecision& past, bool is_standing);
    void happened(const authorization::TransactionEvent& event);

    const PolicyWorld& current() const { return current_; }
    const PolicyWorld& changed() const { return changed_; }

  private:
    PolicyWorld current_, changed_;
    rule::Facts facts_;
    authorization::Decision made_;
};

}  // namespace takas::core::control
