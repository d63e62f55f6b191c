#include "store/keys/key_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "store/keys/private_file.hpp"

namespace takas::store::keys {
namespace {

namespace fs = std::filesystem;
const Instant now = Instant::from_seconds(1'900'000'000);

mode_t mode_of(const fs::path& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class KeyFiles : public testing::Test {
  protected:
    KeyFiles() {
        std::string folder = (fs::temp_directory_path() / "takas_keys_XXXXXX").string();
        settings_.data_dir = ::mkdtemp(folder.data());
    }
    ~KeyFiles() override { fs::remove_all(settings_.data_dir); }

    void expect_failure(bool must_exist, std::string_view sentence) const {
        const auto ring = load_or_create(settings_, must_exist, now);
        ASSERT_FALSE(ring);
        EXPECT_NE(ring.error().internal_detail.find(sentence), std::string::npos) << ring.error().internal_detail;
    }

    KeySettings settings_;
};

TEST_F(KeyFiles, a_new_installation_gets_private_files_and_keeps_its_keys) {
    const auto made = load_or_create(settings_, false, now);
    ASSERT_TRUE(made) << made.error().internal_detail;
    EXPECT_EQ(mode_of(settings_.data_dir / "keys"), 0700);
    EXPECT_EQ(mode_of(kek_path(settings_)), 0600);
    EXPECT_EQ(mode_of(keyring_path(settings_)), 0600);
    EXPECT_EQ(std::distance(fs::directory_iterator(settings_.data_dir / "keys"), {}), 2) << "nothing else is left";
    const auto again = load_or_create(settings_, true, now);
    ASSERT_TRUE(again) << again.error().internal_detail;
    EXPECT_EQ(again->fingerprints(), made->fingerprints());
}

TEST_F(KeyFiles, makes_the_data_folder) {
    settings_.data_dir /= "deep/er";
    EXPECT_TRUE(load_or_create(settings_, false, now));
    settings_.data_dir = settings_.data_dir.parent_path().parent_path();
}

TEST_F(KeyFiles, a_crash_between_the_two_files_is_repaired) {
    ASSERT_TRUE(load_or_create(settings_, false, now));
    const std::string kek = read_file(kek_path(settings_));
    fs::remove(keyring_path(settings_));
    EXPECT_TRUE(load_or_create(settings_, false, now));
    EXPECT_EQ(read_file(kek_path(settings_)), kek);
}

TEST_F(KeyFiles, a_missing_keyring_beside_a_database_is_an_error) {
    expect_failure(true, "keyring is missing, but the database was written with it");
    EXPECT_FALSE(fs::exists(settings_.data_dir / "keys")) << "nothing is made";
    ASSERT_TRUE(load_or_create(settings_, false, now));
    fs::remove(keyring_path(settings_));
    expect_failure(true, keyring_path(settings_).string());
}

TEST_F(KeyFiles, a_missing_kek_is_never_replaced) {
    ASSERT_TRUE(load_or_create(settings_, false, now));
    fs::remove(kek_path(settings_));
    expect_failure(false, "the key-encryption key is missing");
    EXPECT_FALSE(fs::exists(kek_path(settings_)));
}

TEST_F(KeyFiles, a_named_kek_file_must_be_there) {
    settings_.kek_file = settings_.data_dir / "medium" / "kek";
    expect_failure(false, settings_.kek_file.string() + ": the key-encryption key is missing");
    fs::create_directory(settings_.data_dir / "medium");
    ASSERT_TRUE(write_private_file(settings_.kek_file, std::string(64, 'a'), WriteMode::create));
    EXPECT_TRUE(load_or_create(settings_, false, now));
    EXPECT_FALSE(fs::exists(settings_.data_dir / "keys" / "kek"));
}

TEST_F(KeyFiles, the_kek_may_come_from_a_setting) {
    settings_.kek_hex = std::string(64, 'b');
    ASSERT_TRUE(load_or_create(settings_, false, now));
    EXPECT_FALSE(fs::exists(settings_.data_dir / "keys" / "kek"));
    EXPECT_TRUE(load_or_create(settings_, true, now));
    settings_.kek_hex = std::string(64, 'c');
    expect_failure(true, "wrapped under another key-encryption key. Give the key-encryption key that belongs");
    settings_.kek_hex = std::string(63, 'c');
    expect_failure(true, "64 hex digits");
}

TEST_F(KeyFiles, a_wrong_kek_file_is_named) {
    ASSERT_TRUE(load_or_create(settings_, false, now));
    ASSERT_TRUE(write_private_file(kek_path(settings_), std::string(64, 'd') + "\n", WriteMode::replace));
    expect_failure(true, "(now: " + kek_path(settings_).string() + ")");
    for (const std::string& content :
         {std::string(), std::string(64, 'x'), std::string(64, 'd') + "\n\n", std::string(300, 'd')}) {
        ASSERT_TRUE(write_private_file(kek_path(settings_), content, WriteMode::replace));
        expect_failure(true, kek_path(settings_).string());
    }
}

TEST_F(KeyFiles, files_that_others_may_use_are_refused) {
    ASSERT_TRUE(load_or_create(settings_, false, now));
    for (const mode_t mode : {0640U, 0604U, 0660U, 0602U}) {
        ::chmod(kek_path(settings_).c_str(), mode);
        expect_failure(true, "chmod 600 " + kek_path(settings_).string());
    }
    ::chmod(kek_path(settings_).c_str(), 0400);
    EXPECT_TRUE(load_or_create(settings_, true, now));
    ::chmod(keyring_path(settings_).c_str(), 0644);
    expect_failure(true, "chmod 600 " + keyring_path(settings_).string());
    ::chmod(keyring_path(settings_).c_str(), 0600);
    ::chmod((settings_.data_dir / "keys").c_str(), 0755);
    expect_failure(true, "chmod 700 ");
}

TEST_F(KeyFiles, a_changed_keyring_is_refused) {
    ASSERT_TRUE(load_or_create(settings_, false, now));
    std::string text = read_file(keyring_path(settings_));
    text[text.find("2030")] = '3';
    ASSERT_TRUE(write_private_file(keyring_path(settings_), text, WriteMode::replace));
    expect_failure(true, "changed after it was written");
}

TEST_F(KeyFiles, a_rotation_is_saved_and_old_keys_are_never_lost) {
    auto ring = load_or_create(settings_, false, now);
    ASSERT_TRUE(ring);
    ring->rotate(crypto::KeyPurpose::token_signing, now);
    ASSERT_TRUE(save(settings_, *ring));
    EXPECT_EQ(mode_of(keyring_path(settings_)), 0600);
    EXPECT_EQ(load_or_create(settings_, true, now)->fingerprints(), ring->fingerprints());
    EXPECT_FALSE(save(settings_, crypto::Keyring::generate(now))) << "a ring without the keys in use";
    EXPECT_EQ(load_or_create(settings_, true, now)->fingerprints(), ring->fingerprints());
}

TEST_F(KeyFiles, a_file_is_created_once) {
    const fs::path path = settings_.data_dir / "file";
    ASSERT_TRUE(write_private_file(path, "one", WriteMode::create));
    const auto again = write_private_file(path, "two", WriteMode::create);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::already_exists);
    EXPECT_EQ(read_file(path), "one");
    EXPECT_EQ(std::distance(fs::directory_iterator(settings_.data_dir), {}), 1) << "no temporary file is left";
}

TEST_F(KeyFiles, paths_may_be_relative_or_end_in_a_slash) {
    const fs::path before = fs::current_path();
    fs::current_path(settings_.data_dir);
    EXPECT_TRUE(write_private_file("inventory.md", "one", WriteMode::create));
    EXPECT_TRUE(ensure_private_folder("shares"));
    EXPECT_TRUE(ensure_private_folder("new/shares/"));
    EXPECT_TRUE(write_private_file("shares/1", "two", WriteMode::create));
    fs::current_path(before);
    EXPECT_EQ(read_file(settings_.data_dir / "inventory.md"), "one");
    EXPECT_EQ(read_file(settings_.data_dir / "shares" / "1"), "two");
    EXPECT_EQ(fs::status(settings_.data_dir / "new" / "shares").permissions(), fs::perms::owner_all);
}

}  // namespace
}  // namespace takas::store::keys
