// The last words of a process whose crypto library broke.
#include "crypto/openssl_handles.hpp"

#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace takas::crypto {

void stop_on_broken_crypto(std::string_view what) {
    std::ignore = std::fprintf(stderr, "takas: the crypto library failed: %.*s. Stopping.\n",
                               static_cast<int>(what.size()), what.data());
    std::abort();
}

}  // namespace takas::crypto
