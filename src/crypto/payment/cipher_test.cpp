#include "crypto/payment/cipher.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

TEST(cipher, agrees_with_published_blocks) {
    // FIPS 81's single DES example, FIPS-197 appendix C.
    const Bytes des_key = from_hex("0123456789abcdef");
    Bytes block = from_hex("4e6f772069732074");
    ecb_encrypt(*CipherKey::tdes(des_key), block, block);
    EXPECT_EQ(hex_encode(block), "3fa40e8a984d4815");
    const Bytes aes_key = from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    block = from_hex("00112233445566778899aabbccddeeff");
    ecb_encrypt(*CipherKey::aes(aes_key), block, block);
    EXPECT_EQ(hex_encode(block), "8ea2b7ca516745bfeafc49904b496089");
}

TEST(cipher, takes_only_lengths_of_its_algorithm) {
    const Bytes octets(40);
    for (std::size_t size = 0; size <= octets.size(); ++size) {
        const ByteView key = ByteView(octets).first(size);
        EXPECT_EQ(CipherKey::tdes(key).has_value(), size == 8 || size == 16 || size == 24) << size;
        EXPECT_EQ(CipherKey::aes(key).has_value(), size == 16 || size == 24 || size == 32) << size;
        if (!CipherKey::aes(key)) EXPECT_EQ(CipherKey::aes(key).error(), Fault::key_length_refused);
    }
}

TEST(cipher, undoes_what_it_did_in_every_mode) {
    EXPECT_TRUE(rc::check([] {
        const bool is_aes = *rc::gen::arbitrary<bool>();
        const Bytes key = random_octets(is_aes ? *rc::gen::element<std::size_t>(16, 24, 32)
                                               : *rc::gen::element<std::size_t>(8, 16, 24));
        const CipherKey cipher = *CipherKey::of(is_aes ? CipherAlgorithm::aes : CipherAlgorithm::tdes, key);
        const Bytes iv = random_octets(cipher.block_bytes());
        const Bytes clear = random_octets(*rc::gen::inRange<std::size_t>(1, 6) * cipher.block_bytes());
        Bytes out(clear.size());
        ecb_encrypt(cipher, clear, out);
        ecb_decrypt(cipher, out, out);
        RC_ASSERT(out == clear);
        cbc_encrypt(cipher, iv, clear, out);
        // The chain by hand: the first block of CBC is ECB of the sum.
        Bytes first(cipher.block_bytes());
        xor_into(first, iv, ByteView(clear).first(first.size()));
        ecb_encrypt(cipher, first, first);
        RC_ASSERT(std::ranges::equal(first, ByteView(out).first(first.size())));
        cbc_decrypt(cipher, iv, out, out);
        RC_ASSERT(out == clear);
        if (!is_aes) return;
        const Bytes text = random_octets(*rc::gen::inRange<std::size_t>(0, 50));
        Bytes stream(text.size());
        ctr_crypt(cipher, iv, text, stream);
        ctr_crypt(cipher, iv, stream, stream);
        RC_ASSERT(stream == text);
    }));
}

TEST(cipher, works_after_forgetting_its_keys) {
    const Bytes key = from_hex("0123456789abcdeffedcba9876543210");
    Bytes block(8);
    ecb_encrypt(*CipherKey::tdes(key), block, block);
    forget_keys();
    Bytes again(8);
    ecb_encrypt(*CipherKey::tdes(key), again, again);
    EXPECT_EQ(hex_encode(again), "08d7b4fb629d0885");
    EXPECT_EQ(block, again);
}

TEST(cipher, two_keys_in_turn_do_not_mix) {
    const Bytes one = from_hex("000102030405060708090a0b0c0d0e0f"), two = from_hex("ff0102030405060708090a0b0c0d0e0f");
    const auto under = [](const Bytes& key) {
        Bytes block(16);
        ecb_encrypt(*CipherKey::aes(key), block, block);
        return hex_encode(block);
    };
    const std::string first = under(one), second = under(two);
    EXPECT_EQ(first, "c6a13b37878f5b826f4f8162a1c8d879") << "FIPS-197's key over a block of zeros";
    EXPECT_NE(first, second);
    EXPECT_EQ(under(one), first);
    EXPECT_EQ(under(one), first) << "the kept schedule";
    forget_keys();
    EXPECT_EQ(under(two), second);
    EXPECT_EQ(under(one), first);
    EXPECT_EQ(under(Bytes(16)), "66e94bd4ef8a2c3b884cfa59ca342b2e") << "zeros are a key like any other";
}

TEST(cipher_death, stops_at_what_is_not_whole_blocks) {
    const Bytes key(16);
    Bytes seven(7);
    EXPECT_DEATH(ecb_encrypt(*CipherKey::tdes(key), seven, seven), "whole blocks");
}

}  // namespace
}  // namespace takas::crypto::payment
