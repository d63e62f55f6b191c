#include "main/lmk.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/encoding.hpp"
#include "crypto/random.hpp"
#include "hsm/soft/soft_vault.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

namespace payment = crypto::payment;
using crypto::SecretBytes;

struct LmkTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_lmk_" + std::to_string(::getpid()));
    std::filesystem::path file = folder / "keys" / "lmk";
    SecretBytes lmk = crypto::random_secret(hsm::soft::lmk_bytes);

    LmkTest() {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~LmkTest() override { std::filesystem::remove_all(folder); }

    bool is_lmk(const SecretBytes& found) const { return crypto::constant_time_equal(found.reveal(), lmk.reveal()); }

    /// Custodians who say these lines.
    static AskSecret saying(std::vector<std::string> lines) {
        return [lines = std::move(lines), at = std::size_t{0}](std::string_view) mutable -> std::optional<SecretBytes> {
            if (at == lines.size()) return std::nullopt;
            return SecretBytes(bytes_of(lines[at++]));
        };
    }
    std::vector<std::string> shares(std::uint8_t threshold, std::uint8_t count) const {
        std::vector<std::string> texts;
        const auto made = payment::split_into_shares(lmk, threshold, count);
        for (const auto& share : *made) texts.push_back(payment::share_text(share));
        return texts;
    }
};

TEST_F(LmkTest, lives_in_a_file_that_only_its_owner_may_read) {
    EXPECT_FALSE(read_lmk_file(file)->has_value());
    ASSERT_TRUE(write_lmk_file(file, lmk, false));
    EXPECT_TRUE(is_lmk(**read_lmk_file(file)));
    EXPECT_EQ(write_lmk_file(file, lmk, false).error().code, ErrorCode::already_exists);
    std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    EXPECT_NE(read_lmk_file(file).error().internal_detail.find("chmod 600"), std::string::npos);
}

TEST_F(LmkTest, of_another_user_is_refused) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away, and root trusts them";
    ASSERT_TRUE(write_lmk_file(file, lmk, false));
    ASSERT_EQ(::chown(file.c_str(), 1, 1), 0);
    EXPECT_NE(read_lmk_file(file).error().internal_detail.find("another user"), std::string::npos);
}

TEST_F(LmkTest, a_damaged_file_is_no_lmk) {
    ASSERT_TRUE(write_lmk_file(file, lmk, false));
    for (const std::string text : {"", "00", "no hex", "00112233445566778899aabbccddeeff"}) {
        std::ofstream(file) << text;
        EXPECT_FALSE(read_lmk_file(file)) << text;
    }
}

TEST_F(LmkTest, comes_from_enough_shares_in_any_order) {
    auto texts = shares(2, 3);
    EXPECT_TRUE(is_lmk(*lmk_from_custodians(saying({texts[2], texts[0]}))));
    EXPECT_TRUE(is_lmk(*lmk_from_custodians(saying({" " + texts[1] + "\r", texts[2]}))));
    EXPECT_FALSE(lmk_from_custodians(saying({texts[0]}))) << "one is not enough";
    EXPECT_FALSE(lmk_from_custodians(saying({texts[0], texts[0]}))) << "the same one twice";
    EXPECT_FALSE(lmk_from_custodians(saying({}))) << "nobody";
    std::string wrong = texts[1];
    wrong[20] = wrong[20] == '0' ? '1' : '0';
    const auto refused = lmk_from_custodians(saying({texts[0], wrong}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::hsm_key_component_invalid);
    EXPECT_EQ(refused.error().internal_detail.find(wrong.substr(10, 8)), std::string::npos) << "nothing is repeated";
    EXPECT_FALSE(lmk_from_custodians(saying({texts[0], shares(2, 3)[1]}))) << "shares of two splits";
}

TEST_F(LmkTest, comes_from_components_that_an_empty_line_ends) {
    const auto components = *payment::split_into_components(lmk, 3);
    std::vector<std::string> texts;
    for (const SecretBytes& component : components) texts.push_back(hex_encode(component.reveal()));
    EXPECT_TRUE(is_lmk(*lmk_from_custodians(saying({texts[0], texts[1], texts[2], ""}))));
    EXPECT_FALSE(is_lmk(*lmk_from_custodians(saying({texts[0], texts[1], ""}))));
    EXPECT_FALSE(lmk_from_custodians(saying({texts[0], ""})));
    EXPECT_FALSE(lmk_from_custodians(saying({"0011", texts[1], ""})));
}

TEST_F(LmkTest, a_store_is_bound_to_one) {
    store::memory::MemoryStore store;
    EXPECT_EQ(*pinned_lmk_kcv(store), "");
    ASSERT_TRUE(pin_lmk(store, "0011223344"));
    ASSERT_TRUE(pin_lmk(store, "0011223344")) << "the same one again";
    const auto refused = pin_lmk(store, "5566778899");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().internal_detail.find("another LMK"), std::string::npos);
}

TEST_F(LmkTest, a_change_that_ended_in_between_is_finished) {
    const auto next = crypto::random_secret(hsm::soft::lmk_bytes);
    const std::string old_kcv = hsm::soft::kcv_of_lmk(lmk.reveal()), new_kcv = hsm::soft::kcv_of_lmk(next.reveal());
    ASSERT_TRUE(write_lmk_file(file, lmk, false));
    EXPECT_FALSE(finish_lmk_change(file, new_kcv)) << "there is none";
    ASSERT_TRUE(write_lmk_file(next_lmk_path(file), next, true));
    EXPECT_FALSE(finish_lmk_change(file, "0000000000")) << "the store is bound to neither";
    ASSERT_TRUE(finish_lmk_change(file, new_kcv));
    EXPECT_EQ(hsm::soft::kcv_of_lmk((*read_lmk_file(file))->reveal()), new_kcv);
    EXPECT_TRUE(is_lmk(**read_lmk_file(file.string() + "." + old_kcv))) << "kept for backups";
}

}  // namespace
}  // namespace takas::main
