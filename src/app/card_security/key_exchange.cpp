#include "app/card_security/key_exchange.hpp"

#include "app/card_security/exchanged_keys.hpp"
#include "app/keys/keys.hpp"
#include "base/log.hpp"

namespace takas::app::card_security {

using core::key::KeyUsage;
using core::key::PaymentKey;

namespace {

/// What both sides should plan with; nothing ends by itself.
constexpr std::int64_t validity_s = 365LL * 86'400;

Result<PaymentKey> receive_key(const Context& context, const WantedExchange& wanted, PaymentKey draft) {
    const auto ours = context.services.keys.find({.tenant_id = context.tenant_id, .usage = KeyUsage::key_exchange});
    if (!ours) return std::unexpected(ours.error());
    return context.services.hsm.import_rsa_oaep(std::move(draft), **ours, wanted.wrapped_key, wanted.key_check_value);
}

}  // namespace

Result<PublicKey> public_key(const Context& context) {
    const auto key = context.services.keys.find({.tenant_id = context.tenant_id, .usage = KeyUsage::key_exchange});
    if (!key) return std::unexpected(key.error());
    auto spki = context.services.hsm.public_key(**key);
    if (!spki) return std::unexpected(std::move(spki.error()));
    return PublicKey{std::move(*spki), (*key)->algorithm};
}

Result<ExchangedKey> exchange_key(Context& context, const WantedExchange& wanted) {
    if (wanted.algorithm && !core::key::allows(core::key::usage_row(wanted.usage), *wanted.algorithm))
        return fail_field("algorithm", "The key type is not defined for this algorithm.",
                          "Anahtar türü bu algoritmayla kullanılamaz.");
    keys::KeyOrder order;
    order.usage = wanted.usage;
    order.label = exchange_label;
    order.algorithm = wanted.algorithm;
    order.exportability = core::key::Exportability::exportable;
    auto draft = keys::next_draft(context, order);
    if (!draft) return std::unexpected(std::move(draft.error()));

    ExchangedKey out;
    const bool is_ours = wanted.wrapped_key.empty();
    auto made =
        is_ours ? context.services.hsm.generate(std::move(*draft)) : receive_key(context, wanted, std::move(*draft));
    if (!made) return std::unexpected(std::move(made.error()));
    if (is_ours) {
        auto wrapped = context.services.hsm.export_rsa_oaep(*made, wanted.partner_spki);
        if (!wrapped) return std::unexpected(std::move(wrapped.error()));
        out.wrapped_key = std::move(*wrapped);
    }
    auto key = keys::replace_active(context, std::move(*made));
    if (!key) return std::unexpected(std::move(key.error()));
    log::info("key_exchanged")
        .add("tenant_id", context.tenant_id)
        .add("usage", wanted.usage)
        .add("kcv", key->kcv)
        .add("user_id", context.user_id)
        .add("correlation_id", context.correlation_id);
    out.key = std::move(*key);
    out.valid_until = context.now.plus_seconds(validity_s);
    return out;
}

}  // namespace takas::app::card_security
