// The use case of every card transaction: find the card's account, go to its lane, gather facts, decide, write, answer
// after the commit. See docs/life_of_an_authorization.md.
#pragma once

#include <memory>

#include "app/authorize/directory.hpp"
#include "app/authorize/message_key.hpp"
#include "app/card_security/verifier.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ids/id_source.hpp"
#include "app/lane/lanes.hpp"
#include "core/authorization/changes.hpp"

namespace takas::app::authorize {

/// Which card a message names.
struct CardReference {
    TokenId token_id;  ///< 0: found by the number
    std::optional<Blob> pan_hash;
};

struct Answer {
    core::authorization::CardTransaction transaction;  ///< as stored; for a reversal the one that was reversed
    core::authorization::DeclineReason reason{};       ///< of this request: a refused reversal leaves the row alone
    std::int64_t amount_minor = 0;                     ///< reversed, loaded or unloaded
    std::int64_t available_minor = 0;                  ///< after the transaction
    bool is_replay = false;                            ///< the stored answer of an earlier, same message
    card_security::ChipAnswer chip{};                  ///< to a good cryptogram; of a replay made again
};

class Authorizer {
  public:
    using Done = std::move_only_function<void(Result<Answer>)>;

    Authorizer(ports::Store& store, const ports::Clock& clock, ids::IdSource& ids, catalog::Catalog& catalog,
               lane::Lanes& lanes, card_security::Verifier* verifier = nullptr);

    /// Decides a card transaction. A decline is an Answer, not an error; errors are unavailable and outcome_unknown.
    /// An empty STAN or RRN is filled in; a message key that is given already stays. `done` may be called on any
    /// thread.
    void authorize(TenantId tenant_id, CardReference card, core::authorization::Request request, Done done) {
        authorize(tenant_id, std::move(card), std::move(request), nullptr, std::move(done));
    }
    /// As above, with the secrets that came with the message. They are verified on the calling thread, before the
    /// account's lane decides; without a verifier a message with secrets is refused (hsm_unavailable).
    void authorize(TenantId tenant_id, CardReference card, core::authorization::Request request,
                   std::unique_ptr<const card_security::Presented> presented, Done done);

    /// Voids or reverses a transaction. Errors: transaction_not_found, idempotency_conflict (the message key was used
    /// for another reversal); a refusal is an Answer with a reason. A repeat under a message key changes nothing.
    void reverse(TenantId tenant_id, TransactionId transaction_id, core::authorization::ReversalRequest request,
                 Done done);

    /// Fills STAN and RRN in already and makes the message one that is recognised when it comes again: for those who
    /// may have to send it twice.
    void make_repeatable(core::authorization::Request& request) const;

    Directory& directory() { return directory_; }

  private:
    struct Pending;
    using PendingPtr = std::shared_ptr<Pending>;
    void verify_and_submit(const PendingPtr& pending);
    bool become_facts(lane::Work& work, Pending& pending, core::authorization::Facts& facts,
                      core::card::CardSecurity& security) const;
    void count(lane::Work& work, const Pending& pending, const core::authorization::Decision& decision,
               const core::card::Card& card, core::card::CardSecurity security) const;
    static void answer_chip_again(lane::Work& work, Pending& pending);
    void answer_chip(Pending& pending) const;
    void decide(lane::Work& work, Pending& pending);
    static void decide_reversal(lane::Work& work, Pending& pending);
    void answer(Pending& pending) const;
    Result<std::int64_t> reversed_before(const Pending& pending) const;
    core::authorization::Facts gather(const Pending& pending, const core::ledger::CardAccount& account,
                                      const core::card::Card* card,
                                      const std::optional<core::authorization::CardTransaction>& original) const;
    void complete(const std::shared_ptr<Pending>& pending, ports::CommitOutcome outcome);
    void fill_in(core::authorization::Request& request, TransactionId transaction_id) const;

    ports::Store& store_;
    const ports::Clock& clock_;
    ids::IdSource& ids_;
    catalog::Catalog& catalog_;
    lane::Lanes& lanes_;
    card_security::Verifier* verifier_;  ///< nullptr: no HSM
    Directory directory_;
    RecentKeys recent_keys_;
};

/// The commit's outcome as an error; only for outcomes other than committed.
Error commit_error(ports::CommitOutcome outcome);

}  // namespace takas::app::authorize
