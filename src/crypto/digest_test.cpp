#include "crypto/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/encoding.hpp"

namespace takas::crypto {
namespace {

// FIPS 180-4 examples.
TEST(digest, gives_the_published_sha256) {
    EXPECT_EQ(hex_encode(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex_encode(sha256(bytes_of("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex_encode(sha256(bytes_of(std::string(1'000'000, 'a')))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(digest, is_the_same_in_pieces) {
    const std::string text(1'000, 'x');
    Sha256Stream stream;
    for (std::size_t at = 0; at < text.size(); at += 100) stream.add(bytes_of(std::string_view(text).substr(at, 100)));
    EXPECT_EQ(stream.finish(), sha256(bytes_of(text)));
    EXPECT_EQ(Sha256Stream().finish(), sha256({}));
}

// RFC 4231 cases 1, 2 and 6.
TEST(digest, gives_the_published_hmac) {
    EXPECT_EQ(hex_encode(hmac_sha256(Bytes(20, 0x0b), bytes_of("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex_encode(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(
        hex_encode(hmac_sha256(Bytes(131, 0xaa), bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(digest, an_empty_key_is_not_the_previous_key) {
    const Sha256 with_empty_key = hmac_sha256({}, {});
    EXPECT_EQ(hex_encode(with_empty_key), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    hmac_sha256(bytes_of("Jefe"), {});
    EXPECT_EQ(hmac_sha256({}, {}), with_empty_key);
}

TEST(digest, threads_do_not_disturb_each_other) {
    std::vector<std::thread> threads;
    std::vector<int> wrong(4);
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&wrong, t] {
            const std::string key = std::to_string(t);
            const Sha256 expected = hmac_sha256(bytes_of(key), bytes_of("message"));
            for (int i = 0; i < 500; ++i)
                if (hmac_sha256(bytes_of(key), bytes_of("message")) != expected) ++wrong[t];
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace takas::crypto
