// For tests: two institutions in a store in memory, the first with a BIN, a range, products and a customer. Commits
// what a use case put into its unit as a door does, running it again when it asks for that. Not part of the server.
#pragma once

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/create_card.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/customers/customers.hpp"
#include "app/lane/lanes.hpp"
#include "app/products/products.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/system/system_world_test.hpp"

namespace takas::app::cards {

struct CardWorld {
    static constexpr TenantId tenant{2}, other_tenant{3};

    store::memory::MemoryStore store;
    auth::StandingClock clock;
    auth::SystemRandom random;
    ids::IdSource ids{clock, 0};
    catalog::Catalog catalog{store};
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{});
    PanVault vault{keyring};
    secrets::SecretBox secret_box{keyring};
    lane::Lanes lanes{store, 2, {}};
    system::Uncalled uncalled;
    Services services{store,      clock, random,   ids,      catalog,  vault,
                      secret_box, lanes, uncalled, uncalled, uncalled, uncalled};

    Context context(TenantId who = tenant) {
        return {.services = services,
                .tenant_id = who,
                .user_id = "00000000-0000-4000-8000-000000000001",
                .now = clock.now(),
                .correlation_id = "test",
                .unit = {}};
    }

    /// Runs the use case and commits its unit, like the dispatcher. A commit that is refused is `refused`.
    template <class UseCase>
    auto run(UseCase use_case, TenantId who = tenant, ErrorCode refused = ErrorCode::concurrent_change)
        -> decltype(use_case(std::declval<Context&>())) {
        Context c = context(who);
        while (true) {
            auto result = use_case(c);
            if (!result || c.unit.empty()) return result;
            const auto outcome = store.commit_and_wait(std::move(c.unit));
            if (outcome.outcome == ports::CommitOutcome::committed) return result;
            if (!c.decide_again(outcome)) return fail(refused, std::string(outcome.table));
        }
    }

    /// A BIN of eight digits, given by the operator.
    core::product::CardBin add_bin(std::string digits = "97921234", TenantId owner = tenant) {
        core::product::CardBin bin;
        bin.tenant_id = owner;
        bin.id = ids.next<EntityId>();
        bin.bin = std::move(digits);
        bin.brand = core::product::CardBrand::troy;
        bin.currency = {949};
        ports::Unit unit;
        unit.insert(bin);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        return bin;
    }

    core::product::CardBinRange add_range(EntityId bin_id, std::string start = "0000000", std::string end = "0999999",
                                          core::product::Allocation allocation = core::product::Allocation::random) {
        auto made =
            run([&](Context& c) { return products::create_range(c, {bin_id, "range", start, end, allocation, true}); });
        EXPECT_TRUE(made) << made.error().internal_detail;
        return made->range;
    }

    static core::product::CardProduct wanted_product(std::string code, EntityId range) {
        core::product::CardProduct product;
        product.code = std::move(code);
        product.name = "Product";
        product.brand = core::product::CardBrand::troy;
        product.bin_range_id = range;
        product.currency = {949};
        product.physicals.resize(2);
        product.physicals[0].physical_type = core::product::ProductType::virtual_card;
        product.physicals[0].is_default = true;
        product.physicals[1].physical_type = core::product::ProductType::emv;
        return product;
    }
    core::product::CardProduct add_product(core::product::CardProduct wanted) {
        auto made = run([&](Context& c) { return products::create_product(c, wanted); });
        EXPECT_TRUE(made);
        return *made;
    }

    static core::customer::Customer wanted_customer(std::string number) {
        core::customer::Customer customer;
        customer.customer_no = std::move(number);
        customer.name = "Ayşe", customer.surname = "Yılmaz";
        return customer;
    }
    core::customer::Customer add_customer(std::string number = "C-1") {
        auto made = run([&](Context& c) { return customers::create(c, wanted_customer(number)); });
        EXPECT_TRUE(made);
        return *made;
    }

    static NewCard wanted_card(std::string product = "V", std::string customer = "C-1") {
        NewCard wanted;
        wanted.card_product_code = std::move(product);
        wanted.customer_no = std::move(customer);
        return wanted;
    }
    Result<Card> issue(const NewCard& wanted, TenantId who = tenant) {
        return run([&](Context& c) { return create_card(c, wanted); }, who);
    }

    template <class Record>
    std::vector<Record> all() {
        return *store.list<Record>({{}, {}, 0, 100'000});
    }
};

/// The code of a refusal; count_ when it was none.
template <class T>
ErrorCode code_of(const Result<T>& result) {
    return result ? ErrorCode::count_ : result.error().code;
}

}  // namespace takas::app::cards
