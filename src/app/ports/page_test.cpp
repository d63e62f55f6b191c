#include "app/ports/page.hpp"

#include <gtest/gtest.h>

#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::ports {
namespace {

using core::note::UserNote;

struct PageTest : testing::Test {
    void put(std::int64_t id, std::string name, std::int64_t tenant = 1) {
        UserNote note;
        note.tenant_id = {tenant}, note.id = {id}, note.entity_id = std::move(name);
        Unit unit;
        unit.insert(std::move(note));
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    }
    Result<PageOf<UserNote>> page(const PageWish& wish) {
        return page_of<UserNote>(store, {where<&UserNote::tenant_id>(TenantId{1})}, wish, {"id", true});
    }
    /// All ids, page by page; `between` runs after each page.
    std::vector<std::int64_t> walk(PageWish wish, const std::function<void()>& between = [] {}) {
        std::vector<std::int64_t> ids;
        do {
            const auto found = page(wish);
            if (!found) return {-1};
            for (const UserNote& row : found->rows) ids.push_back(row.id.value);
            wish.cursor = found->next_cursor;
            between();
        } while (!wish.cursor.empty());
        return ids;
    }
    store::memory::MemoryStore store;
};
using Ids = std::vector<std::int64_t>;

TEST_F(PageTest, TheCursorWalksEveryOrder) {
    for (std::int64_t id = 1; id <= 7; ++id) put(id, id % 2 ? "odd" : "even");
    put(1, "other tenant", 2);
    for (const std::int64_t limit : {1, 2, 3, 6, 7, 100}) {
        EXPECT_EQ(walk({.limit = limit}), (Ids{7, 6, 5, 4, 3, 2, 1})) << limit;
        EXPECT_EQ(walk({.order = {{"entity_id"}}, .limit = limit}), (Ids{2, 4, 6, 1, 3, 5, 7})) << limit;
        EXPECT_EQ(walk({.order = {{"entity_id", true}, {"id", true}}, .limit = limit}), (Ids{7, 5, 3, 1, 6, 4, 2}));
    }
    EXPECT_EQ(page({.limit = 1})->total_count, 7);
}

TEST_F(PageTest, NothingIsSkippedOrDoubledWhileRowsAreMade) {
    for (std::int64_t id = 1; id <= 5; ++id) put(id, "old");
    std::int64_t next = 100;
    EXPECT_EQ(walk({.limit = 2}, [&] { put(next++, "new"); }), (Ids{5, 4, 3, 2, 1}));
    // By name the new ones come before the cursor, and stay out; or behind it, and are met once.
    EXPECT_EQ(walk({.order = {{"entity_id", true}}, .limit = 2}, [&] { put(next++, "a"); }).size(), 5U + 3U + 4U);
}

TEST_F(PageTest, ACursorIsOfOneListAndOrder) {
    for (std::int64_t id = 1; id <= 3; ++id) put(id, "x");
    const std::string cursor = page({.limit = 1})->next_cursor;
    ASSERT_FALSE(cursor.empty());
    const auto code_of = [&](PageWish wish) { return page(wish).error().fields.front().path; };
    EXPECT_EQ(code_of({.order = {{"entity_id"}}, .cursor = cursor}), "cursor");
    EXPECT_EQ(code_of({.order = {{"id"}}, .cursor = cursor}), "cursor");
    for (const std::string wrong : {"x", "!", "NTppZC0", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6aWQ"})
        EXPECT_EQ(code_of({.cursor = wrong}), "cursor") << wrong;
    EXPECT_EQ(code_of({.cursor = cursor.substr(0, cursor.size() - 4)}), "cursor");
    EXPECT_EQ(code_of({.cursor = cursor + "MTox"}), "cursor");
}

}  // namespace
}  // namespace takas::app::ports
