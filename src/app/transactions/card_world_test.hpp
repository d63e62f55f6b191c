// For tests: an institution with one customer, card and account in a store in memory, and the engine over it.
// Everything in the books came through the engine, so that `verify` finds them sound. Not part of the server.
#pragma once

#include <gtest/gtest.h>

#include <future>

#include "app/authorize/authorizer.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/funding/funding.hpp"
#include "app/keys/key_directory.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/system/system_world_test.hpp"
#include "crypto/random.hpp"

namespace takas::app::transactions {

struct CardWorld {
    static constexpr TenantId tenant{2};
    static constexpr CustomerId customer{50};
    static constexpr AccountId account{100};
    static constexpr TokenId token{200};
    static constexpr core::money::Currency lira{949};

    store::memory::MemoryStore store;
    auth::StandingClock clock;
    auth::SystemRandom random;
    ids::IdSource ids{clock, 0};
    catalog::Catalog catalog{store};
    auth::TokenService tokens{store, clock, random, auth::TokenKeys::generate()};
    crypto::Keyring keyring = crypto::Keyring::generate(clock.time);
    cards::PanVault pan_vault{keyring};
    secrets::SecretBox secret_box{keyring};
    lane::Lanes lanes{store, 2, {}};
    authorize::Authorizer authorizer{store, clock, ids, catalog, lanes};
    keys::KeyDirectory payment_keys{store};  ///< none are there: what needs one is refused before an HSM is asked
    system::Uncalled uncalled;
    Services services{store,      clock, random,     ids,    catalog,  pan_vault,
                      secret_box, lanes, authorizer, tokens, uncalled, payment_keys};

    CardWorld() {
        ports::Unit unit;
        core::identity::Tenant t;
        t.tenant_id = tenant, t.tenant_uuid = "2", t.code = "bank", t.sandbox_enabled = true;
        unit.insert(t);
        core::customer::Customer c;
        c.tenant_id = tenant, c.id = customer, c.customer_no = "M-1";
        unit.insert(c);
        core::ledger::CardAccount a;
        a.tenant_id = tenant, a.account_id = account, a.customer_id = customer, a.customer_no = "M-1";
        a.currency = lira;
        unit.insert(a);
        core::card::Card card;
        card.tenant_id = tenant, card.account_id = account, card.token_id = token;
        card.customer_id = customer, card.customer_no = "M-1";
        card.masked_card_no = "97920001****0010", card.expire_date = {3612};
        card.status = core::card::CardStatus::active;
        const auto pan = *core::card::Pan::parse(card_no);
        card.pan_sealed = *pan_vault.seal(pan, token);
        unit.insert(card);
        unit.insert(core::card::CardNumber{pan_vault.hash(pan), tenant, account, token, EntityId{9}, 0});
        commit(std::move(unit));
        EXPECT_TRUE(catalog.refresh());
    }

    static constexpr std::string_view card_no = "9792000100000010";

    Context context() {
        return {.services = services,
                .tenant_id = tenant,
                .user_id = "u",
                .now = clock.now(),
                .correlation_id = "test",
                .unit = {}};
    }
    void commit(ports::Unit unit) {
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }

    TransactionId fund(std::int64_t minor, std::string reference, funding::Direction direction = {}) {
        auto c = context();
        const auto funded = funding::fund(c, account, {direction, minor, lira, std::move(reference), "test"});
        EXPECT_TRUE(funded);
        return funded ? funded->transaction_id : TransactionId{};
    }

    static core::authorization::Request request(std::int64_t minor) {
        core::authorization::Request r;
        r.code = core::authorization::TransactionCode::purchase;
        r.transaction_amount_minor = minor;
        r.transaction_currency = lira;
        r.acceptor.mcc = 5812;
        r.acceptor.terminal_no = "T1";
        return r;
    }
    authorize::Answer authorize(core::authorization::Request r, TokenId card = token) {
        std::promise<Result<authorize::Answer>> promise;
        authorizer.authorize(tenant, {card, {}}, std::move(r),
                             [&](Result<authorize::Answer> a) { promise.set_value(std::move(a)); });
        auto answer = promise.get_future().get();
        EXPECT_TRUE(answer);
        return answer.value_or(authorize::Answer{});
    }
    authorize::Answer purchase(std::int64_t minor) { return authorize(request(minor)); }
    authorize::Answer linked(core::authorization::TransactionCode code, std::int64_t minor, TransactionId original) {
        auto r = request(minor);
        r.code = code;
        r.original_transaction_id = original;
        return authorize(std::move(r));
    }
    authorize::Answer reverse(TransactionId id, core::authorization::ReversalType type,
                              std::optional<std::int64_t> minor = {}) {
        std::promise<Result<authorize::Answer>> promise;
        authorizer.reverse(tenant, id, {type, minor, clock.now()},
                           [&](Result<authorize::Answer> a) { promise.set_value(std::move(a)); });
        auto answer = promise.get_future().get();
        EXPECT_TRUE(answer);
        return answer.value_or(authorize::Answer{});
    }

    core::authorization::CardTransaction transaction(TransactionId id) {
        using T = core::authorization::CardTransaction;
        return **store.find<T>({ports::where<&T::transaction_id>(id)});
    }
    core::ledger::CardAccount stored_account() {
        using A = core::ledger::CardAccount;
        return **store.find<A>({ports::where<&A::account_id>(account)});
    }
};

}  // namespace takas::app::transactions
