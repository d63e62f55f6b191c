// Every stored table: its record, primary key and further unique keys. The columns follow from the records; the SQL
// that creates them is in store/migrations, and a test compares the two.
//
// Distribution (docs/adr/0003): tables of a card account carry account_id in their keys, so that card, account,
// transactions and ledger entries of one account can live on one node.
#pragma once

#include "app/ports/store.hpp"
#include "core/audit/audit.hpp"
#include "core/authorization/transaction.hpp"
#include "core/card/card.hpp"
#include "core/card/card_batch.hpp"
#include "core/card/card_security.hpp"
#include "core/cluster/server_node.hpp"
#include "core/control/control.hpp"
#include "core/customer/customer.hpp"
#include "core/event/event.hpp"
#include "core/fee/card_charge.hpp"
#include "core/fee/fee.hpp"
#include "core/idempotency/idempotency.hpp"
#include "core/identity/identity.hpp"
#include "core/key/payment_key.hpp"
#include "core/ledger/ledger.hpp"
#include "core/note/note.hpp"
#include "core/perso/delivery.hpp"
#include "core/perso/issuance.hpp"
#include "core/perso/perso_file.hpp"
#include "core/product/product.hpp"
#include "core/vault/bin.hpp"
#include "core/vault/card.hpp"
#include "core/vault/merchant.hpp"
#include "core/webhook/webhook.hpp"

namespace takas::app::ports {

/// A single value the server keeps about its own store: schema owner, key fingerprint, counters.
struct Meta {
    std::string name;
    std::string value;
};

}  // namespace takas::app::ports

namespace takas {
template <>
struct Describe<app::ports::Meta> {
    using T = app::ports::Meta;
    static constexpr std::string_view name = "Meta";
    static constexpr auto& fields = columns<&T::name, &T::value>;
};
}  // namespace takas

namespace takas::app::ports {

namespace tables_detail {

template <auto... Members>
inline constexpr std::array<std::string_view, sizeof...(Members)> names{member_name<Members>...};

template <class Record>
std::span<const Field> columns_of() {
    return Describe<Record>::fields;
}

template <class Record>
constexpr Table make(std::string_view name, std::span<const std::string_view> key,
                     std::span<const UniqueKey> unique = {}, bool append_only = false) {
    Table table;
    table.name = name;
    table.record_name = Describe<Record>::name;
    table.columns = &columns_of<Record>;
    table.key = key;
    table.unique = unique;
    table.append_only = append_only;
    return table;
}

}  // namespace tables_detail

using tables_detail::make;
using tables_detail::names;

template <>
struct TableOf<Meta> {
    static constexpr Table table = make<Meta>("meta", names<&Meta::name>);
};

template <>
struct TableOf<core::identity::Tenant> {
    using T = core::identity::Tenant;
    static constexpr std::array<UniqueKey, 2> unique{names<&T::code>, names<&T::tenant_uuid>};
    static constexpr Table table = make<T>("tenant", names<&T::tenant_id>, unique);
};
template <>
struct TableOf<core::identity::User> {
    using T = core::identity::User;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::user_name>};
    static constexpr Table table = make<T>("user_account", names<&T::tenant_id, &T::user_id>, unique);
};
template <>
struct TableOf<core::identity::ApiClient> {
    using T = core::identity::ApiClient;
    static constexpr Table table = make<T>("api_client", names<&T::client_id>);
};
template <>
struct TableOf<core::identity::Role> {
    using T = core::identity::Role;
    static constexpr Table table = make<T>("role", names<&T::tenant_id, &T::name>);
};
template <>
struct TableOf<core::identity::RefreshToken> {
    using T = core::identity::RefreshToken;
    static constexpr Table table = make<T>("refresh_token", names<&T::family_id>);
};
template <>
struct TableOf<core::identity::ExchangeRate> {
    using T = core::identity::ExchangeRate;
    static constexpr Table table =
        make<T>("exchange_rate", names<&T::tenant_id, &T::source_currency, &T::target_currency, &T::valid_from>);
};
template <>
struct TableOf<core::idempotency::StoredReply> {
    using T = core::idempotency::StoredReply;
    static constexpr Table table = make<T>("stored_reply", names<&T::tenant_id, &T::idempotency_key>);
};

template <>
struct TableOf<core::customer::Customer> {
    using T = core::customer::Customer;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::customer_no>};
    static constexpr Table table = make<T>("customer", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::customer::CustomerSearch> {
    using T = core::customer::CustomerSearch;
    static constexpr Table table =
        make<T>("customer_search", names<&T::tenant_id, &T::kind, &T::value, &T::customer_id>);
};
template <>
struct TableOf<core::customer::CustomerSegment> {
    using T = core::customer::CustomerSegment;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("customer_segment", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::note::UserNote> {
    using T = core::note::UserNote;
    static constexpr Table table =
        make<T>("user_note", names<&T::tenant_id, &T::entity_type, &T::entity_id, &T::id>, {}, /*append_only=*/true);
};

template <>
struct TableOf<core::product::CardBin> {
    using T = core::product::CardBin;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::bin>};  // a BIN has one owner on the whole server
    static constexpr Table table = make<T>("card_bin", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::product::CardBinRange> {
    using T = core::product::CardBinRange;
    static constexpr Table table = make<T>("card_bin_range", names<&T::tenant_id, &T::id>);
};
template <>
struct TableOf<core::product::CardArt> {
    using T = core::product::CardArt;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::code>};
    static constexpr Table table = make<T>("card_art", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::product::CardArtImage> {
    using T = core::product::CardArtImage;
    static constexpr Table table = make<T>("card_art_image", names<&T::tenant_id, &T::art_id, &T::side>);
};
template <>
struct TableOf<core::product::CardProductGroup> {
    using T = core::product::CardProductGroup;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("card_product_group", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::product::CardProduct> {
    using T = core::product::CardProduct;
    static constexpr Table table = make<T>("card_product", names<&T::tenant_id, &T::code>);
};

template <>
struct TableOf<core::control::AuthorizationControl> {
    using T = core::control::AuthorizationControl;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("authorization_control", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::control::VelocityControl> {
    using T = core::control::VelocityControl;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("velocity_control", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::control::ControlLink> {
    using T = core::control::ControlLink;
    static constexpr std::array<UniqueKey, 1> unique{
        names<&T::tenant_id, &T::family, &T::control_id, &T::level, &T::token_id, &T::card_product_code,
              &T::card_product_group_id, &T::customer_segment_id>};
    static constexpr Table table = make<T>("control_link", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::control::ControlVersion> {
    using T = core::control::ControlVersion;
    static constexpr Table table =
        make<T>("control_version", names<&T::tenant_id, &T::family, &T::control_id, &T::version_no>);
};
template <>
struct TableOf<core::control::CardUsage> {
    using T = core::control::CardUsage;
    static constexpr Table table = make<T>("card_usage", names<&T::account_id, &T::token_id>);
};
template <>
struct TableOf<core::fee::Tax> {
    using T = core::fee::Tax;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("tax", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::fee::TransactionFee> {
    using T = core::fee::TransactionFee;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("transaction_fee", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::fee::CardIssuanceFee> {
    using T = core::fee::CardIssuanceFee;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("card_issuance_fee", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::fee::CardAnnualFee> {
    using T = core::fee::CardAnnualFee;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::name>};
    static constexpr Table table = make<T>("card_annual_fee", names<&T::tenant_id, &T::id>, unique);
};

template <>
struct TableOf<core::fee::CardFeeDue> {
    using T = core::fee::CardFeeDue;
    static constexpr Table table =
        make<T>("card_fee_due", names<&T::account_id, &T::token_id, &T::fee_type, &T::occasion_no>);
};
template <>
struct TableOf<core::fee::CardFeeSweep> {
    using T = core::fee::CardFeeSweep;
    static constexpr Table table = make<T>("card_fee_sweep", names<&T::tenant_id>);
};

template <>
struct TableOf<core::audit::AuditRecord> {
    using T = core::audit::AuditRecord;
    static constexpr Table table = make<T>(
        "audit_record", names<&T::tenant_id, &T::subject, &T::subject_key, &T::record_no>, {}, /*append_only=*/true);
};
template <>
struct TableOf<core::audit::AuditHead> {
    using T = core::audit::AuditHead;
    static constexpr Table table = make<T>("audit_head", names<&T::tenant_id, &T::subject, &T::subject_key>);
};

template <>
struct TableOf<core::key::PaymentKey> {
    using T = core::key::PaymentKey;
    static constexpr std::array<UniqueKey, 1> unique{
        names<&T::tenant_id, &T::usage, &T::label, &T::bin, &T::key_index, &T::key_version_no>};
    static constexpr Table table = make<T>("payment_key", names<&T::tenant_id, &T::id>, unique);
};

template <>
struct TableOf<core::ledger::CardAccount> {
    using T = core::ledger::CardAccount;
    static constexpr Table table = make<T>("card_account", names<&T::account_id>);
};
template <>
struct TableOf<core::card::Card> {
    using T = core::card::Card;
    static constexpr Table table = make<T>("card", names<&T::account_id, &T::token_id>);
};
template <>
struct TableOf<core::card::CardNumber> {
    using T = core::card::CardNumber;
    static constexpr Table table = make<T>("card_number", names<&T::pan_hash>);
};
template <>
struct TableOf<core::card::CardSecurity> {
    using T = core::card::CardSecurity;
    static constexpr Table table = make<T>("card_security", names<&T::account_id, &T::token_id>);
};
template <>
struct TableOf<core::card::CardBatch> {
    using T = core::card::CardBatch;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::idempotency_key>};
    static constexpr Table table = make<T>("card_batch", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::card::CardBatchItem> {
    using T = core::card::CardBatchItem;
    static constexpr Table table = make<T>("card_batch_item", names<&T::tenant_id, &T::batch_id, &T::item_no>);
};
template <>
struct TableOf<core::perso::Issuance> {
    using T = core::perso::Issuance;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::tenant_id, &T::barcode>};
    static constexpr Table table = make<T>("issuance", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::perso::Delivery> {
    using T = core::perso::Delivery;
    static constexpr Table table = make<T>("delivery", names<&T::tenant_id, &T::barcode>);
};
template <>
struct TableOf<core::perso::PersoFile> {
    using T = core::perso::PersoFile;
    static constexpr std::array<UniqueKey, 1> unique{
        names<&T::tenant_id, &T::perso_office_code, &T::file_on, &T::file_no>};
    static constexpr Table table = make<T>("perso_file", names<&T::tenant_id, &T::id>, unique);
};
template <>
struct TableOf<core::perso::PersoFileLine> {
    using T = core::perso::PersoFileLine;
    static constexpr Table table = make<T>("perso_file_line", names<&T::tenant_id, &T::file_id, &T::issuance_id>);
};
template <>
struct TableOf<core::authorization::CardTransaction> {
    using T = core::authorization::CardTransaction;
    static constexpr Table table = make<T>("card_transaction", names<&T::account_id, &T::transaction_id>);
};
template <>
struct TableOf<core::authorization::TransactionKey> {
    using T = core::authorization::TransactionKey;
    static constexpr Table table =
        make<T>("transaction_key", names<&T::message_key, &T::account_id>, {}, /*append_only=*/true);
};
template <>
struct TableOf<core::authorization::TransactionEvent> {
    using T = core::authorization::TransactionEvent;
    static constexpr Table table =
        make<T>("transaction_event", names<&T::account_id, &T::transaction_id, &T::event_no>, {}, /*append_only=*/true);
};
template <>
struct TableOf<core::ledger::LedgerEntry> {
    using T = core::ledger::LedgerEntry;
    static constexpr Table table =
        make<T>("ledger_entry", names<&T::account_id, &T::entry_no>, {}, /*append_only=*/true);
};
template <>
struct TableOf<core::ledger::LedgerCarry> {
    using T = core::ledger::LedgerCarry;
    static constexpr Table table = make<T>("ledger_carry", names<&T::account_id>);
};
template <>
struct TableOf<core::event::DomainEvent> {
    using T = core::event::DomainEvent;
    static constexpr Table table = make<T>("domain_event", names<&T::sequence_no>, {}, /*append_only=*/true);
};

template <>
struct TableOf<core::webhook::Webhook> {
    using T = core::webhook::Webhook;
    static constexpr Table table = make<T>("webhook", names<&T::tenant_id, &T::id>);
};
template <>
struct TableOf<core::webhook::WebhookDelivery> {
    using T = core::webhook::WebhookDelivery;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::webhook_id, &T::event_sequence_no>};
    static constexpr Table table = make<T>("webhook_delivery", names<&T::id>, unique);
};
template <>
struct TableOf<core::webhook::FanOutCursor> {
    using T = core::webhook::FanOutCursor;
    static constexpr Table table = make<T>("fan_out_cursor", names<&T::id>);
};

template <>
struct TableOf<core::cluster::ServerNode> {
    using T = core::cluster::ServerNode;
    static constexpr Table table = make<T>("server_node", names<&T::node>);
};

template <>
struct TableOf<core::vault::VaultMerchant> {
    using T = core::vault::VaultMerchant;
    static constexpr std::array<UniqueKey, 2> unique{names<&T::merchant_uuid>, names<&T::code>};
    static constexpr Table table = make<T>("vault_merchant", names<&T::id>, unique);
};
template <>
struct TableOf<core::vault::VaultCredential> {
    using T = core::vault::VaultCredential;
    static constexpr Table table = make<T>("vault_credential", names<&T::key_id>);
};
template <>
struct TableOf<core::vault::VaultKey> {
    using T = core::vault::VaultKey;
    static constexpr Table table = make<T>("vault_key", names<&T::merchant_id, &T::use, &T::key_version>);
};
template <>
struct TableOf<core::vault::VaultTempToken> {
    using T = core::vault::VaultTempToken;
    static constexpr Table table = make<T>("vault_temp_token", names<&T::token_hash>);
};
template <>
struct TableOf<core::vault::VaultTempCard> {
    using T = core::vault::VaultTempCard;
    static constexpr Table table = make<T>("vault_temp_card", names<&T::merchant_id, &T::token_hash>);
};
template <>
struct TableOf<core::vault::VaultCard> {
    using T = core::vault::VaultCard;
    static constexpr std::array<UniqueKey, 1> unique{names<&T::merchant_id, &T::duplicate_key>};
    static constexpr Table table = make<T>("vault_card", names<&T::merchant_id, &T::id>, unique);
};
template <>
struct TableOf<core::vault::VaultFingerprint> {
    using T = core::vault::VaultFingerprint;
    static constexpr Table table = make<T>("vault_fingerprint", names<&T::merchant_id, &T::card_mac>);
};
template <>
struct TableOf<core::vault::VaultBlacklistEntry> {
    using T = core::vault::VaultBlacklistEntry;
    static constexpr Table table = make<T>("vault_blacklist", names<&T::merchant_id, &T::card_mac>);
};
template <>
struct TableOf<core::vault::VaultResolution> {
    using T = core::vault::VaultResolution;
    static constexpr Table table = make<T>("vault_resolution", names<&T::merchant_id, &T::reference>);
};
template <>
struct TableOf<core::vault::VaultBin> {
    using T = core::vault::VaultBin;
    static constexpr Table table = make<T>("vault_bin", names<&T::bin>);
};

/// All tables, for the migration test and for `takas verify`.
std::span<const Table* const> all_tables();

}  // namespace takas::app::ports
