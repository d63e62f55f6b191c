#include "customers.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "cards.hpp"
#include "core/customer/customer_rules.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace takas::bench {
namespace {

using core::customer::Customer;

constexpr std::int64_t customers_per_commit = 2'000;
constexpr int customers_node = 14;  // no server of a benchmark has this number

constexpr std::array names{"Ayşe", "Fatma", "Işıl", "Zeynep", "İrem", "Çiğdem", "Mehmet", "Ali", "Ömer", "Şükrü"};
constexpr std::array beginnings{"Yıl", "Kara", "Öz", "Ak", "Çel", "Şim", "Ün", "Gür", "Işık", "İnce", "Dem", "Kıl"};
constexpr std::array endings{"maz", "çı", "türk", "soy", "ik", "şek", "al", "kan", "oğlu", "er", "ir", "ıç"};

Customer customer_of(std::int64_t number, TenantId tenant_id, app::ids::IdSource& ids, Instant now) {
    const auto n = static_cast<std::size_t>(number);
    Customer c;
    c.tenant_id = tenant_id;
    c.id = ids.next<CustomerId>();
    c.customer_no = fmt::format("bench-{}", number);
    c.name = names[n % names.size()];
    c.surname = std::string(beginnings[n / 10 % beginnings.size()]) + endings[n / 120 % endings.size()];
    c.customer_identifications.push_back({});
    c.customer_identifications.back().value = fmt::format("{:011}", 10'000'000'000 + number);
    c.customer_communications.push_back({});
    c.customer_communications.back().type = core::customer::CommunicationType::mobile_phone;
    c.customer_communications.back().info = fmt::format("+90555{:07}", number);
    core::customer::set_keys(c);
    c.version = 1;
    c.creation_time = now.plus_seconds(number - 1'000'000);  // over the last days, as numbers are
    return c;
}

}  // namespace

void put_customers_into_folder(const std::string& data, std::int64_t count) {
    auto store = store::sqlite::SqliteStore::open(data + "/takas.db");
    if (!store) throw std::runtime_error("the server's database cannot be opened: " + store.error().internal_detail);
    using core::identity::Tenant;
    const auto tenant = (*store)->find<Tenant>({app::ports::where<&Tenant::is_demo>(true)});
    if (!tenant || !*tenant) throw std::runtime_error("the store has no demo institution");
    const SystemClock clock;
    app::ids::IdSource ids(clock, customers_node);
    app::ports::Unit unit;
    for (std::int64_t i = 0; i < count; ++i) {
        const Customer customer = customer_of(i, (*tenant)->tenant_id, ids, clock.now());
        for (auto& row : core::customer::search_rows(customer)) unit.insert(std::move(row));
        unit.insert(customer);
        if ((i + 1) % customers_per_commit != 0 && i + 1 != count) continue;
        if ((*store)->commit_and_wait(std::exchange(unit, {})).outcome != app::ports::CommitOutcome::committed)
            throw std::runtime_error("the store refused the customers of the benchmark");
    }
}

}  // namespace takas::bench
