#include "app/vault/duplicates.hpp"

#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "base/encoding.hpp"
#include "crypto/aead.hpp"

namespace takas::app::vault {

using core::vault::VaultFingerprint;
using ports::where;

Blob card_mac_of(const Pool& pool, const CardContent& content) {
    std::string subject = content.subject();
    Blob mac = lookup_mac(*pool.keys, "card", subject);
    wipe(subject);
    return mac;
}

Result<std::optional<VaultCard>> find_duplicate(Context& context, const Pool& pool, StoredCard& card) {
    VaultFingerprint fingerprint{pool.holder->id, card_mac_of(pool, card.content), {}};
    auto known = context.store().find<VaultFingerprint>({where<&VaultFingerprint::merchant_id>(fingerprint.merchant_id),
                                                         where<&VaultFingerprint::card_mac>(fingerprint.card_mac)});
    if (!known) return std::unexpected(std::move(known.error()));
    if (*known) {
        fingerprint.fingerprint_id = (*known)->fingerprint_id;
    } else {
        fingerprint.fingerprint_id = auth::random_uuid(context.services.random);
        context.unit.insert(fingerprint);
        context.decides_again_on.push_back(ports::table_of<VaultFingerprint>().name);
    }
    card.row.fingerprint_id = fingerprint.fingerprint_id;
    const Bytes parts =
        crypto::associated_data({to_name(card.row.scope), pool.owner_mac.bytes, fingerprint.card_mac.bytes});
    const Blob mac = lookup_mac(*pool.keys, "duplicate", text_of(parts));
    card.row.duplicate_key = hex_encode(bytes_of(mac.bytes));
    return context.store().find<VaultCard>(
        {where<&VaultCard::merchant_id>(pool.holder->id), where<&VaultCard::duplicate_key>(*card.row.duplicate_key)});
}

}  // namespace takas::app::vault
