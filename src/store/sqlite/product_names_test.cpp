// Products, groups and arts made before their names had keys get those that the program gives today (migration 11).
#include <fmt/format.h>

#include "app/ports/tables.hpp"
#include "core/text/latin.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

constexpr std::array<std::string_view, 3> product_names{"ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ",
                                                        "abcçdefgğhıijklmnoöpqrsştuüvwxyz", "Kâmil ÎÛ îû - 2 / Şti."};
constexpr std::size_t migrations_before = 10;

template <class Record>
void expect_keys(SqliteStore& store) {
    const auto rows = store.list<Record>({{}, {}, 0, 10});
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->size(), product_names.size());
    for (const Record& one : *rows) {
        EXPECT_EQ(one.name_key, core::text::name_key(one.name));
        EXPECT_EQ(one.version, 1);
    }
}

TEST(migrate, gives_products_groups_and_arts_the_keys_of_their_names) {
    const TestFolder folder;
    {
        SqliteOptions options;
        options.migrations = migrations::all().first(migrations_before);
        ASSERT_TRUE(SqliteStore::open(folder.database(), options));
    }
    {
        auto connection = Connection::open({.path = folder.database(), .vfs = {}});
        ASSERT_TRUE(connection);
        for (std::size_t i = 0; i < product_names.size(); ++i) {
            const std::string sql = fmt::format(
                "INSERT INTO card_product VALUES (1, 'p{0}', '{1}', 0, 0, 1, 949, 60, 0, 0, '', '[]', NULL, 0, 30, 3, "
                "3, "
                "4, 0, 0, 0, 0, 0, NULL, 0, 1, 0);"
                "INSERT INTO card_product_group VALUES (1, {0}, '{1}', '');"
                "INSERT INTO card_art (tenant_id, id, name, code, front_image, back_image, description) VALUES (1, "
                "{0}, "
                "'{1}', 'a{0}', '', '', '')",
                i, product_names[i]);
            ASSERT_EQ((*connection)->run(sql.c_str()), SQLITE_OK);
        }
    }
    const auto store = open_store(folder, SqliteOptions{});
    expect_keys<core::product::CardProduct>(*store);
    expect_keys<core::product::CardProductGroup>(*store);
    expect_keys<core::product::CardArt>(*store);
}

}  // namespace
}  // namespace takas::store::sqlite
