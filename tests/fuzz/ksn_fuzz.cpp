// Any bytes as a key serial number of either DUKPT: refused, or keys that come out the same from both roots.
#include <algorithm>
#include <bit>
#include <cstdlib>

#include "crypto/payment/dukpt_aes.hpp"
#include "crypto/payment/dukpt_tdes.hpp"

namespace {

using namespace takas;
using namespace takas::crypto::payment;

constexpr std::array<std::uint8_t, 32> bdk{0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10, 0xF1, 0xF1, 0xF1,
                                           0xF1, 0xF1, 0xF1, 0xF1, 0xF1, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54,
                                           0x32, 0x10, 0xF1, 0xF1, 0xF1, 0xF1, 0xF1, 0xF1, 0xF1, 0xF1};

void must(bool holds) {
    if (!holds) std::abort();
}

void tdes(ByteView bytes) {
    const auto ksn = TdesKsn::from(bytes);
    if (!ksn) return must(ksn.error() == Fault::ksn_refused);
    must(ksn->counter() != 0 && std::popcount(ksn->counter()) <= 10 && std::ranges::equal(ksn->bytes(), bytes));
    const auto initial = tdes_initial_key(ByteView(bdk).first(16), bytes);
    const auto key = tdes_transaction_key(ByteView(bdk).first(16), *ksn);
    must(std::ranges::equal(tdes_transaction_key_from_initial(*initial, *ksn).reveal(), key->reveal()));
    must(!std::ranges::equal(initial->reveal(), key->reveal()));
}

void aes(ByteView bytes) {
    const auto ksn = AesKsn::from(bytes);
    if (!ksn) return must(ksn.error() == Fault::ksn_refused);
    must(ksn->counter() != 0 && std::popcount(ksn->counter()) <= 16 && std::ranges::equal(ksn->bytes(), bytes));
    for (const std::size_t size : {16uz, 24uz, 32uz}) {
        const ByteView root = ByteView(bdk).first(size);
        const auto initial = aes_initial_key(root, ksn->initial_key_id());
        const auto key = aes_transaction_key(root, *ksn);
        must(std::ranges::equal(aes_transaction_key_from_initial(initial->reveal(), *ksn)->reveal(), key->reveal()));
        must(aes_working_key(key->reveal(), *ksn, AesDukptUse::pin, AesDukptKeyType::aes128).has_value());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tdes({data, size});
    aes({data, size});
    return 0;
}
