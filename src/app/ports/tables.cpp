#include "app/ports/tables.hpp"

#include "app/ports/backtest_table.hpp"

namespace takas::app::ports {
namespace {

template <class... Records>
constexpr std::array<const Table*, sizeof...(Records)> tables_of{&TableOf<Records>::table...};

}  // namespace

std::span<const Table* const> all_tables() {
    return tables_of<
        Meta, core::identity::Tenant, core::identity::User, core::identity::ApiClient, core::identity::Role,
        core::identity::RefreshToken, core::identity::ExchangeRate, core::idempotency::StoredReply,
        core::customer::Customer, core::customer::CustomerSearch, core::customer::CustomerSegment, core::note::UserNote,
        core::product::CardBin, core::product::CardBinRange, core::product::CardArt, core::product::CardArtImage,
        core::product::CardProductGroup, core::product::CardProduct, core::audit::AuditRecord, core::audit::AuditHead,
        core::key::PaymentKey, core::ledger::CardAccount, core::card::Card, core::card::CardNumber,
        core::card::CardSecurity, core::perso::Issuance, core::perso::Delivery, core::perso::PersoFile,
        core::perso::PersoFileLine, core::card::CardBatch, core::card::CardBatchItem,
        core::authorization::CardTransaction, core::authorization::TransactionKey,
        core::authorization::TransactionEvent, core::ledger::LedgerEntry, core::ledger::LedgerCarry,
        core::event::DomainEvent, core::webhook::Webhook, core::webhook::WebhookDelivery, core::webhook::FanOutCursor,
        core::cluster::ServerNode, core::control::AuthorizationControl, core::control::VelocityControl,
        core::control::ControlLink, core::control::ControlVersion, core::control::CardUsage, core::control::BacktestRun,
        core::fee::Tax, core::fee::TransactionFee, core::fee::CardIssuanceFee, core::fee::CardAnnualFee,
        core::fee::CardFeeDue, core::fee::CardFeeSweep, core::vault::VaultMerchant, core::vault::VaultCredential,
        core::vault::VaultKey, core::vault::VaultTempToken, core::vault::VaultTempCard, core::vault::VaultCard,
        core::vault::VaultFingerprint, core::vault::VaultBlacklistEntry, core::vault::VaultResolution,
        core::vault::VaultBin>;
}

}  // namespace takas::app::ports
