#include "app/card_security/test_pin.hpp"

#include "app/card_security/exchanged_keys.hpp"
#include "app/ports/hsm.hpp"

namespace takas::app::card_security {
namespace {

using core::key::PinFormat;

Result<keys::KeyRef> pin_key(const Context& context, core::key::KeyUsage usage) {
    if (usage == core::key::KeyUsage::zpk) return exchanged_key(context.services.keys, context.tenant_id, usage, {});
    return context.services.keys.find({.tenant_id = context.tenant_id, .usage = usage});
}

PinFormat format_for(const core::key::PaymentKey& key, std::optional<PinFormat> wanted) {
    return wanted.value_or(core::key::is_aes(key.algorithm) ? PinFormat::iso4 : PinFormat::iso0);
}

}  // namespace

Result<TestPinBlock> make_pin_block(const Context& context, const core::card::Pan& pan, std::string_view clear_pin,
                                    core::key::KeyUsage usage, std::optional<PinFormat> format) {
    const auto key = pin_key(context, usage);
    if (!key) return std::unexpected(key.error());
    auto block = context.services.hsm.encipher_pin(clear_pin, pan, format_for(**key, format), **key);
    if (!block) return std::unexpected(std::move(block.error()));
    return TestPinBlock{std::move(*block), (*key)->kcv};
}

Result<crypto::SecretBytes> open_pin_block(const Context& context, const core::card::Pan& pan, ByteView block,
                                           core::key::KeyUsage usage, std::optional<PinFormat> format) {
    const auto key = pin_key(context, usage);
    if (!key) return std::unexpected(key.error());
    return context.services.hsm.reveal_pin({block, format_for(**key, format), **key}, pan,
                                           ports::RevealPinFor::sandbox);
}

}  // namespace takas::app::card_security
