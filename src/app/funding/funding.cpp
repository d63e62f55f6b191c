#include "app/funding/funding.hpp"

#include "app/authorize/message_key.hpp"
#include "core/ledger/book.hpp"
#include "core/note/free_texts.hpp"

namespace takas::app::funding {
namespace {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using authorization::TransactionCode;

CardTransaction row_of(const Context& context, const core::ledger::CardAccount& account, const Funding& f,
                       TransactionId id) {
    CardTransaction t;
    t.tenant_id = account.tenant_id;
    t.account_id = account.account_id;
    t.transaction_id = id;
    t.message_key = authorize::funding_key(f.reference);
    t.code = f.direction == Direction::load ? TransactionCode::load : TransactionCode::unload;
    t.state = authorization::TransactionState::completed;
    t.settle_match_status = authorization::SettleMatchStatus::matched;
    t.flow_code = authorization::TransactionFlowCode::financial;
    t.customer_no = account.customer_no;
    t.transaction_amount_minor = t.billing_amount_minor = f.amount_minor;
    t.transaction_currency = t.billing_currency = f.currency;
    t.posted_minor = f.direction == Direction::load ? f.amount_minor : -f.amount_minor;
    t.transaction_time = t.local_transaction_time = context.now;
    t.card_acceptor_name = f.reference;
    return t;
}

bool same(const CardTransaction& first, const CardTransaction& now) {
    return first.code == now.code && first.transaction_amount_minor == now.transaction_amount_minor &&
           first.transaction_currency == now.transaction_currency;
}

std::optional<Error> refusal(const core::ledger::CardAccount& account, const Funding& f) {
    if (f.currency != account.currency) return Error{ErrorCode::currency_mismatch, {}, {}, {}};
    if (f.direction == Direction::unload && f.amount_minor > account.available_minor())
        return Error{ErrorCode::insufficient_funds, {}, {}, {}};
    if (f.direction == Direction::load && account.posted_minor + f.amount_minor > core::money::balance_max_minor)
        return fail_field("amount", "The balance would be too large.", "Bakiye üst sınırı aşılıyor.").error();
    return std::nullopt;
}

}  // namespace

Result<Funded> fund(Context& context, AccountId account_id, const Funding& funding) {
    if (auto good = core::note::check_free_text("description", funding.description); !good)
        return std::unexpected(std::move(good.error()));
    const auto id = context.next_id<TransactionId>();
    Result<Funded> answer = fail(ErrorCode::unavailable);
    const auto outcome = context.services.lanes.run(account_id, context.tenant_id, [&](lane::Work& work) {
        auto& account = work.account();
        if (!work.aggregate().exists || account.tenant_id != context.tenant_id) {
            answer = fail(ErrorCode::account_not_found);
            return;
        }
        CardTransaction row = row_of(context, account, funding, id);
        auto known = work.transaction_by_key(*row.message_key, /*look_in_store=*/true);
        if (!known) {
            answer = std::unexpected(std::move(known.error()));
            return;
        }
        if (*known) {
            if (same(**known, row))
                answer = Funded{account, (*known)->transaction_id, true};
            else
                answer = fail(ErrorCode::reference_reused);
            return;
        }
        if (auto error = refusal(account, funding)) {
            answer = std::unexpected(std::move(*error));
            return;
        }
        auto entry = core::ledger::post(account, core::ledger::ContraAccount::funding, row.posted_minor,
                                        {id, context.now, funding.description});
        answer = Funded{account, id, false};
        work.touch();
        work.insert(std::move(row));
        work.insert(std::move(entry));
    });
    if (outcome != ports::CommitOutcome::committed) return std::unexpected(authorize::commit_error(outcome));
    return answer;
}

}  // namespace takas::app::funding
