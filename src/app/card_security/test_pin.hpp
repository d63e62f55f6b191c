// The terminal of Transaction Testing: makes PIN blocks from clear PINs and opens them again. The HSM refuses both for
// institutions that do not test.
#pragma once

#include "app/card_security/presented.hpp"
#include "app/context/context.hpp"
#include "core/card/pan.hpp"
#include "core/key/key_terms.hpp"

namespace takas::app::card_security {

struct TestPinBlock {
    Bytes octets;
    std::string key_check_value;
};

/// `usage`: zpk (the exchanged one) or tpk; `format`: nothing is Iso0, under an AES key Iso4.
/// Errors: hsm_key_not_found, hsm_key_usage_refused (the key is not for this format), hsm_pin_not_allowed.
Result<TestPinBlock> make_pin_block(const Context& context, const core::card::Pan& pan, std::string_view clear_pin,
                                    core::key::KeyUsage usage, std::optional<core::key::PinFormat> format);
/// The clear digits. Errors: as above, hsm_pin_block_invalid.
Result<crypto::SecretBytes> open_pin_block(const Context& context, const core::card::Pan& pan, ByteView block,
                                           core::key::KeyUsage usage, std::optional<core::key::PinFormat> format);

}  // namespace takas::app::card_security
