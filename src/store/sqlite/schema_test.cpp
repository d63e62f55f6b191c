#include "store/sqlite/schema.hpp"

#include <gmock/gmock.h>

#include <cstdio>

#include "app/ports/tables.hpp"
#include "core/text/latin.hpp"
#include "store/record/column.hpp"
#include "store/sqlite/sql_text.hpp"
#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

using namespace suite;
using migrations::Migration;

std::string open_error(const TestFolder& folder, std::span<const Migration> known) {
    auto options = suite_options();
    options.migrations = known;
    auto store = SqliteStore::open(folder.database(), options);
    return store ? "" : store.error().internal_detail;
}

std::unique_ptr<Connection> connect(const TestFolder& folder) {
    auto connection = Connection::open({.path = folder.database(), .vfs = {}});
    EXPECT_TRUE(connection);
    return std::move(*connection);
}

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

TEST(migrate, refuses_a_database_of_a_newer_program) {
    const TestFolder folder;
    ASSERT_EQ(open_error(folder, suite_migrations), "");
    EXPECT_EQ(open_error(folder, std::span(suite_migrations).first(1)),
              "database is at version 2, this binary knows 1: use a newer binary");
    EXPECT_EQ(open_error(folder, suite_migrations), "");
}

TEST(migrate, refuses_an_edited_history) {
    const TestFolder folder;
    ASSERT_EQ(open_error(folder, suite_migrations), "");
    auto edited = suite_migrations;
    edited[0].sql = "CREATE TABLE sample (id {integer_key});";
    EXPECT_EQ(open_error(folder, edited), "migration 1 (sample) is not the one this database was built with");
}

TEST(migrate, a_failed_migration_leaves_nothing_and_starts_again) {
    const TestFolder folder;
    std::array broken{suite_migrations[0],
                      Migration{2, "happening", "CREATE TABLE half (a TEXT); CREATE TABLE oops (;"}};
    EXPECT_NE(open_error(folder, broken).find("migration 2 (happening)"), std::string::npos);
    EXPECT_EQ(connect(folder)->run("SELECT * FROM half"), SQLITE_ERROR) << "rolled back";
    EXPECT_EQ(connect(folder)->run("SELECT * FROM sample"), SQLITE_OK) << "the one before it stays";
    EXPECT_EQ(open_error(folder, suite_migrations), "");
}

/// A database of the first release: its message keys get the hour of the message in front, and a table of their own.
TEST(migrate, moves_message_keys_to_their_own_table) {
    const TestFolder folder;
    ASSERT_EQ(open_error(folder, migrations::all().first(1)), "");
    auto connection = connect(folder);
    const auto column_values = [&](std::int64_t id, int code, std::string_view key, std::int64_t local_time) {
        std::string columns, values;
        for (const Field& field : app::ports::table_of<core::authorization::CardTransaction>().columns()) {
            // Columns that a later migration adds are not there yet.
            if (!connection->prepare("SELECT " + std::string(field.name) + " FROM card_transaction")) continue;
            const bool is_number = record::column_class(*field.type) == record::ColumnClass::integer;
            const std::string value = field.name == "transaction_id"           ? std::to_string(id)
                                      : field.name == "code"                   ? std::to_string(code)
                                      : field.name == "message_key"            ? std::string(key)
                                      : field.name == "local_transaction_time" ? std::to_string(local_time)
                                                                               : (is_number ? "5" : "''");
            columns += (columns.empty() ? "" : ",") + std::string(field.name);
            values += (values.empty() ? "" : ",") + value;
        }
        return "INSERT INTO card_transaction (" + columns + ") VALUES (" + values + ")";
    };
    constexpr std::int64_t hour_us = 3'600'000'000;
    ASSERT_TRUE(connection->execute(column_values(1, 0, "x'00AA'", 0x07A1FF * hour_us + 1)));
    ASSERT_TRUE(connection->execute(column_values(2, 22, "x'BB'", 0x07A1FF * hour_us)));
    ASSERT_TRUE(connection->execute(column_values(3, 0, "NULL", 0)));
    connection.reset();

    ASSERT_EQ(open_error(folder, migrations::all()), "");
    connection = connect(folder);
    const auto rows_of = [&](const char* table) {
        std::string rows;
        const std::string sql = std::string("SELECT transaction_id || ':' || hex(message_key) FROM ") + table +
                                " WHERE message_key IS NOT NULL ORDER BY transaction_id";
        const Statement query = connection->prepare(sql);
        while (query && sqlite3_step(query.get()) == SQLITE_ROW)
            rows += std::string(reinterpret_cast<const char*>(sqlite3_column_text(query.get(), 0))) + " ";
        return rows;
    };
    EXPECT_EQ(rows_of("transaction_key"), "1:0007A1FF00AA 2:00000000BB ");
    EXPECT_EQ(rows_of("card_transaction"), "1:0007A1FF00AA 2:00000000BB ");
}

/// Customers made before names had keys get those that the program gives today.
TEST(migrate, gives_customers_the_keys_of_their_names) {
    using core::customer::Customer;
    const TestFolder folder;
    ASSERT_EQ(open_error(folder, migrations::all().first(6)), "");
    auto connection = connect(folder);
    const auto insert = [&](int id, std::string_view name, std::string_view surname) {
        std::string columns, values;
        for (const Field& field : app::ports::table_of<Customer>().columns()) {
            if (field.name.ends_with("_key")) continue;
            const bool is_number = record::column_class(*field.type) == record::ColumnClass::integer;
            const bool is_list = field.type->kind == Kind::list;
            const std::string value = field.name == "id" || field.name == "customer_no" ? std::to_string(id)
                                      : field.name == "name"                            ? quoted(name)
                                      : field.name == "surname"                         ? quoted(surname)
                                      : field.type->optional                            ? "NULL"
                                      : is_list                                         ? "'[]'"
                                                                                        : (is_number ? "1" : "''");
            columns += (columns.empty() ? "" : ",") + std::string(field.name);
            values += (values.empty() ? "" : ",") + value;
        }
        return connection->execute("INSERT INTO customer (" + columns + ") VALUES (" + values + ")");
    };
    ASSERT_TRUE(insert(1, "ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ", "abcçdefgğhıijklmnoöpqrsştuüvwxyz"));
    ASSERT_TRUE(insert(2, "Kâmil Âdil ÎÛ îû", "O'Brien-2 / Şti."));
    connection.reset();
    const auto store = open_store(folder, SqliteOptions{});
    const auto customers = store->list<Customer>({{}, {}, 0, 10});
    ASSERT_TRUE(customers);
    ASSERT_EQ(customers->size(), 2U);
    for (const Customer& one : *customers) {
        EXPECT_EQ(one.name_key, core::text::name_key(one.name));
        EXPECT_EQ(one.surname_key, core::text::name_key(one.surname));
    }
}

TEST(migrate, refuses_gaps_and_a_file_that_is_no_database) {
    const TestFolder folder;
    const std::array gap{suite_migrations[1]};
    EXPECT_NE(open_error(folder, gap).find("not in its place"), std::string::npos);
    std::filesystem::remove(folder.database());
    std::FILE* file = std::fopen(folder.database().c_str(), "w");
    for (int i = 0; i < 200; ++i) std::fputs("this is a shopping list, not a database\n", file);
    std::fclose(file);
    EXPECT_NE(open_error(folder, suite_migrations).find("not a database"), std::string::npos);
}

TEST(verify_schema, the_product_s_migrations_make_the_product_s_tables) {
    const TestFolder folder;
    const auto store = open_store(folder, SqliteOptions{});
    EXPECT_THAT(*store->verify_schema(app::ports::all_tables()), testing::ElementsAre());
}

TEST(migrate, drafts_in_shadow_are_found_by_an_index_in_their_order) {
    using core::control::ControlVersion, core::control::VersionState;
    const TestFolder folder;
    ASSERT_EQ(open_error(folder, migrations::all()), "");
    const app::ports::Query of_state{{app::ports::where<&ControlVersion::state>(VersionState::shadow)},
                                     {{"tenant_id"}, {"family"}, {"control_id"}}};
    const auto connection = connect(folder);
    const Statement plan =
        connection->prepare("EXPLAIN QUERY PLAN " + select_sql(app::ports::table_of<ControlVersion>(), of_state));
    std::string steps;
    while (plan && sqlite3_step(plan.get()) == SQLITE_ROW)
        steps += std::string(reinterpret_cast<const char*>(sqlite3_column_text(plan.get(), 3))) + ";";
    EXPECT_EQ(steps, "SEARCH control_version USING INDEX control_version_state (state=?);");
}

TEST(verify_schema, names_each_difference) {
    const TestFolder folder;
    const std::array tables{&table_of<Sample>(), &table_of<Happening>()};
    {
        const auto store = open_store(folder);
        EXPECT_EQ(*store->verify_schema(tables), std::vector<std::string>{});
    }
    auto connection = connect(folder);
    ASSERT_TRUE(
        connection->execute("DROP TABLE happening; DROP INDEX sample_code;"
                            "ALTER TABLE sample DROP COLUMN version;"
                            "ALTER TABLE sample DROP COLUMN bytes;"
                            "ALTER TABLE sample ADD COLUMN bytes TEXT;"
                            "ALTER TABLE sample ADD COLUMN extra TEXT;"
                            "CREATE UNIQUE INDEX sample_text ON sample (text);"));
    const auto differences = schema_differences(*connection, tables);
    ASSERT_TRUE(differences);
    EXPECT_THAT(*differences,
                testing::UnorderedElementsAre(
                    "sample.version: missing in the database", "sample.bytes: is TEXT, should be BLOB",
                    "sample.bytes: should be NOT NULL", "sample.extra: is not in the record",
                    "sample: no unique index on (code, tenant_id)",
                    "sample: unique index on (text) is not in the table's description", "happening: no such table"));
}

}  // namespace
}  // namespace takas::store::sqlite
