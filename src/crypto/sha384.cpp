#include "crypto/sha384.hpp"

#include "crypto/openssl_handles.hpp"

namespace takas::crypto {

std::array<std::uint8_t, 48> sha384(ByteView data) {
    static const DigestHandle algorithm = must(DigestHandle(EVP_MD_fetch(nullptr, "SHA384", nullptr)), "SHA-384");
    std::array<std::uint8_t, 48> out;
    must(EVP_Digest(data.data(), data.size(), out.data(), nullptr, algorithm.get(), nullptr), "SHA-384");
    return out;
}

}  // namespace takas::crypto
