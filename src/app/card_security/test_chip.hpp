// The chip of Transaction Testing: field 55 as a card of this institution would send it, with a good cryptogram. The
// HSM refuses it for institutions that do not test.
#pragma once

#include "app/card_security/card_view.hpp"
#include "app/context/context.hpp"
#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace takas::app::card_security {

struct TestChipData {
    std::int32_t atc = 0;
    std::int64_t amount_minor = 0;
    core::money::Currency currency;
    core::authorization::TransactionCode code{};
    std::uint32_t unpredictable_number = 0;
};

/// Errors: hsm_profile_unknown (also of a card without a chip), hsm_key_not_found, hsm_pin_not_allowed and others of
/// the HSM.
Result<Bytes> make_chip_data(const Context& context, const CardView& card, const TestChipData& wanted);

/// Track 2 as the same chip sends it without contact and without EMV, with this counter; empty when the card's profile
/// knows no such mode, or its number is too long for it. Errors: as above.
Result<crypto::SecretBytes> make_contactless_track(const Context& context, const CardView& card,
                                                   const TestChipData& wanted);

}  // namespace takas::app::card_security
