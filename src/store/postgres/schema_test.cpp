#include "store/postgres/schema.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "app/ports/tables.hpp"
#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;
using migrations::Migration;

std::string open_error(const TestDatabase& database, std::span<const Migration> known) {
    auto options = suite_options();
    options.migrations = known;
    auto store = PostgresStore::open(database.url(), options);
    return store ? "" : store.error().internal_detail;
}

TEST(migrate, refuses_a_database_of_a_newer_program) {
    const TestDatabase database;
    ASSERT_EQ(open_error(database, suite_migrations), "");
    EXPECT_EQ(open_error(database, std::span(suite_migrations).first(1)),
              "database is at version 2, this binary knows 1: use a newer binary");
    EXPECT_EQ(open_error(database, suite_migrations), "");
}

TEST(migrate, refuses_an_edited_history_and_gaps) {
    const TestDatabase database;
    EXPECT_NE(open_error(database, std::array{suite_migrations[1]}).find("not in its place"), std::string::npos);
    ASSERT_EQ(open_error(database, suite_migrations), "");
    auto edited = suite_migrations;
    edited[0].sql = "CREATE TABLE sample (id {integer_key});";
    EXPECT_EQ(open_error(database, edited), "migration 1 (sample) is not the one this database was built with");
}

TEST(migrate, a_failed_migration_leaves_nothing_and_starts_again) {
    const TestDatabase database;
    std::array broken{suite_migrations[0],
                      Migration{2, "happening", "CREATE TABLE half (a TEXT); CREATE TABLE oops (;"}};
    EXPECT_NE(open_error(database, broken).find("migration 2 (happening)"), std::string::npos);
    EXPECT_EQ(database.sql("SELECT count(*) FROM pg_class WHERE relname IN ('half', 'sample')"), "1");
    EXPECT_EQ(open_error(database, suite_migrations), "");
}

TEST(migrate, records_what_is_for_another_dialect_without_running_it) {
    const TestDatabase database;
    const std::array mixed{suite_migrations[0],
                           Migration{2, "elsewhere", "THIS IS NOT SQL", migrations::Dialect::sqlite}};
    EXPECT_EQ(open_error(database, mixed), "");
    EXPECT_EQ(database.sql("SELECT string_agg(name, ',' ORDER BY version) FROM schema_migration"), "sample,elsewhere");
}

TEST(migrate, servers_that_start_at_once_take_turns) {
    const TestDatabase database;
    std::array<std::string, 6> errors;
    std::vector<std::thread> servers;
    for (std::string& error : errors) servers.emplace_back([&] { error = open_error(database, migrations::all()); });
    for (auto& s : servers) s.join();
    EXPECT_THAT(errors, testing::Each(""));
}

TEST(verify_schema, the_product_s_migrations_make_the_product_s_tables) {
    const TestDatabase database;
    auto options = suite_options();
    options.migrations = migrations::all();
    const auto store = open_store(database, options);
    EXPECT_THAT(*store->verify_schema(app::ports::all_tables()), testing::ElementsAre());
}

TEST(verify_schema, names_each_difference) {
    const TestDatabase database;
    const std::array tables{&table_of<Sample>(), &table_of<Happening>()};
    const auto store = open_store(database);
    EXPECT_EQ(*store->verify_schema(tables), std::vector<std::string>{});
    database.sql(
        "DROP TABLE happening; DROP INDEX sample_code; ALTER TABLE sample DROP COLUMN version;"
        "ALTER TABLE sample DROP COLUMN bytes; ALTER TABLE sample ADD COLUMN bytes TEXT;"
        "ALTER TABLE sample ADD COLUMN extra TEXT; CREATE UNIQUE INDEX sample_text ON sample (text);"
        "CREATE UNIQUE INDEX sample_some ON sample (rate) WHERE sample_id > 5");
    const auto differences = store->verify_schema(tables);
    ASSERT_TRUE(differences);
    EXPECT_THAT(*differences,
                testing::UnorderedElementsAre(
                    "sample.version: missing in the database", "sample.bytes: is text COLLATE default, should be bytea",
                    "sample.bytes: should be NOT NULL", "sample.extra: is not in the record",
                    "sample: no unique index on (code, tenant_id)", "sample: unique index sample_some is partial",
                    "sample: unique index on (text) is not in the table's description", "happening: no such table"));
}

}  // namespace
}  // namespace takas::store::postgres
