#include "store/archive/archive_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

namespace takas::store::archive {
namespace {

struct ArchiveFolderTest : testing::Test {
    static std::filesystem::path make_root() {
        std::string pattern = "/tmp/takas_archive_XXXXXX";
        return mkdtemp(pattern.data());
    }
    ~ArchiveFolderTest() override { std::filesystem::remove_all(root); }
    std::string text(std::string_view archive, std::string_view file) {
        std::string out;
        EXPECT_TRUE(files.read(archive, file, [&](std::string_view piece) { out += piece; }));
        return out;
    }
    const std::filesystem::path root = make_root();
    ArchiveFolder files{root / "archive"};
};

TEST_F(ArchiveFolderTest, an_archive_is_there_once_it_is_published) {
    EXPECT_TRUE(files.list()->empty());
    auto draft = files.begin("2026-10");
    ASSERT_TRUE(draft);
    const std::string large(1'000'000, 'x');
    EXPECT_TRUE((*draft)->add("a.ndjson", large));
    EXPECT_TRUE((*draft)->add("a.ndjson", "end\n"));
    EXPECT_TRUE((*draft)->add("empty.ndjson", ""));
    EXPECT_TRUE((*draft)->add("manifest.json", "{}"));
    EXPECT_TRUE(files.list()->empty());
    EXPECT_TRUE((*draft)->publish());
    EXPECT_EQ(*files.list(), std::vector<std::string>{"2026-10"});
    EXPECT_EQ(text("2026-10", "a.ndjson"), large + "end\n");
    EXPECT_EQ(text("2026-10", "empty.ndjson"), "");
    struct stat status{};
    ASSERT_EQ(::stat((root / "archive" / "2026-10" / "a.ndjson").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(ArchiveFolderTest, what_an_earlier_draft_left_is_removed_and_what_is_published_stays) {
    std::filesystem::create_directories(root / "archive" / "2026-10.7-0.part");
    {
        const auto lock = files.lock();
        ASSERT_TRUE(lock);
        EXPECT_FALSE(std::filesystem::exists(root / "archive" / "2026-10.7-0.part"));
        EXPECT_EQ(ArchiveFolder(root / "archive").lock().error().code, ErrorCode::concurrent_change);
    }
    EXPECT_TRUE(files.lock()) << "it is free again";
    {
        EXPECT_TRUE((*files.begin("2026-10"))->add("left.ndjson", "over"));
    }
    EXPECT_EQ(std::ranges::distance(std::filesystem::directory_iterator(root / "archive")), 1) << "the lock only";
    // Two drafts of one name never meet, and the second cannot be published over the first.
    auto other = files.begin("2026-10");
    EXPECT_TRUE((*other)->add("manifest.json", "other"));
    auto draft = files.begin("2026-10");
    EXPECT_TRUE((*draft)->add("manifest.json", "{}"));
    EXPECT_TRUE((*draft)->publish());
    EXPECT_FALSE((*other)->publish());
    EXPECT_EQ(text("2026-10", "manifest.json"), "{}");
    EXPECT_EQ(files.read("2026-10", "left.ndjson", [](std::string_view) {}).error().code, ErrorCode::not_found);
    EXPECT_EQ(files.begin("2026-10").error().code, ErrorCode::already_exists);
}

TEST_F(ArchiveFolderTest, no_name_leads_out_of_the_folder) {
    for (const std::string_view name : {"..", "../x", "a/b", "", ".hidden"}) {
        EXPECT_FALSE(files.begin(name)) << name;
        EXPECT_FALSE(files.read("2026-10", name, [](std::string_view) {})) << name;
    }
}

}  // namespace
}  // namespace takas::store::archive
