#include "store/postgres/postgres_store.hpp"

#include "store/postgres/test_database.hpp"
#include "store/suite/store_suite.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;

/// The suite's store with its database.
class StoreInDatabase final : public Store {
  public:
    explicit StoreInDatabase(const PostgresOptions& options) : store_(open_store(database_, options)) {}
    void commit(Unit unit, Done done) override { store_->commit(std::move(unit), std::move(done)); }
    Result<void> scan(const app::ports::Table& table, const Query& query, const Sink& sink) override {
        return store_->scan(table, query, sink);
    }
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const Condition> conditions) override {
        return store_->count(table, conditions);
    }
    bool writable() const override { return store_->writable(); }

  private:
    TestDatabase database_;
    std::unique_ptr<PostgresStore> store_;
};

std::unique_ptr<Store> grouped() { return std::make_unique<StoreInDatabase>(suite_options()); }

std::unique_ptr<Store> one_by_one() {
    auto options = suite_options();
    options.max_units_per_commit = 1;
    return std::make_unique<StoreInDatabase>(options);
}

std::unique_ptr<Store> one_connection() {
    auto options = suite_options();
    options.writer_connections = 1;
    return std::make_unique<StoreInDatabase>(options);
}

std::unique_ptr<Store> many_connections() {
    auto options = suite_options();
    options.writer_connections = 8;
    return std::make_unique<StoreInDatabase>(options);
}

}  // namespace
}  // namespace takas::store::postgres

namespace takas::store::suite {

INSTANTIATE_TEST_SUITE_P(postgres, StoreSuite,
                         testing::Values(MakeStore(postgres::grouped), MakeStore(postgres::one_by_one),
                                         MakeStore(postgres::one_connection), MakeStore(postgres::many_connections)));

}  // namespace takas::store::suite
