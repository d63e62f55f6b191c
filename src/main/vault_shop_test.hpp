// A merchant of the demo institution's vault on a whole server, its credentials and its cards: what the tests of the
// vault in this folder share. Who starts the server, and how, is theirs.
#pragma once

#include <gtest/gtest.h>

#include "app/ports/tables.hpp"
#include "app/system/demo_seed.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/temp_cards.hpp"
#include "main/server.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {

struct VaultShop {
    static constexpr std::string_view pan = "5528790000000008";

    std::shared_ptr<store::memory::MemoryStore> store = std::make_shared<store::memory::MemoryStore>();
    std::unique_ptr<Server> server;
    app::vault::Caller caller;  ///< nobody until `become`

    void become(EntityId merchant_id) { caller = {*server->services().vault->directory.merchant(merchant_id), "test"}; }
    /// The operator's, or the caller's institution's once there is one.
    app::Context context() const {
        app::Context out = operator_context(server->services());
        if (caller.merchant) out.tenant_id = caller.merchant->tenant_id;
        return out;
    }
    void commit(app::Context& work) const {
        ASSERT_EQ(store->commit_and_wait(std::move(work.unit)).outcome, app::ports::CommitOutcome::committed);
        for (const auto& step : work.after_commit) step();
        work.held.clear();
    }
    EntityId make_merchant(const std::string& code, const app::vault::MerchantWish& wish) const {
        using core::identity::Tenant;
        auto work = context();
        const auto tenant = store->find<Tenant>({app::ports::where<&Tenant::code>(app::system::demo_tenant_code)});
        const auto made = create_merchant(work, (*tenant)->tenant_id, code, wish);
        EXPECT_TRUE(made) << made.error().internal_detail;
        commit(work);
        return made->id;
    }
    app::vault::CreatedCredential make_credential(EntityId merchant_id, const app::vault::NewCredential& wanted) const {
        auto work = context();
        auto made = create_credential(work, merchant_id, wanted);
        EXPECT_TRUE(made) << made.error().internal_detail;
        commit(work);
        return std::move(*made);
    }
    static app::vault::OwnerWish owner(std::string id) { return {false, {}, std::move(id), {}, {}}; }
    static app::vault::CardContent content(std::string_view number = pan) {
        app::vault::CardContent c;
        c.number = number;
        c.holder = "Ayşe Yılmaz", c.nickname = "N";
        c.year = 2040, c.month = 12;
        return c;
    }
    app::vault::StoredCard make_card(const std::string& owner_id = "u1") const {
        auto work = context();
        auto card = store_card(work, caller, owner(owner_id), app::vault::CardScope::ecom, content());
        EXPECT_TRUE(card) << card.error().internal_detail;
        commit(work);
        return std::move(*card);
    }
    app::vault::GivenToken make_temporary(std::string cvv = "123") const {
        auto work = context();
        auto token = make_temp_token(work, caller, {true, false, false, 60});
        EXPECT_TRUE(token);
        commit(work);
        auto browser = app::vault::caller_of_token(server->services(), token->token);
        EXPECT_TRUE(browser);
        auto second = context();
        app::vault::TempCardWish wish;
        wish.content = content();
        wish.cvv = std::move(cvv);
        auto card = make_temp_card(second, *browser, std::move(wish));
        EXPECT_TRUE(card) << card.error().internal_detail;
        commit(second);
        return std::move(*card);
    }
};

}  // namespace takas::main
