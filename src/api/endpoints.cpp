#include "api/endpoints.hpp"

#include "api/accounts/endpoints.hpp"
#include "api/audit/endpoints.hpp"
#include "api/auth/endpoints.hpp"
#include "api/backtests/endpoints.hpp"
#include "api/cards/endpoints.hpp"
#include "api/cards/security_endpoints.hpp"
#include "api/controls/endpoints.hpp"
#include "api/customers/endpoints.hpp"
#include "api/events/endpoints.hpp"
#include "api/fees/endpoints.hpp"
#include "api/fields/endpoints.hpp"
#include "api/language/endpoints.hpp"
#include "api/notes/endpoints.hpp"
#include "api/operations/operations.hpp"
#include "api/perso/endpoints.hpp"
#include "api/products/endpoints.hpp"
#include "api/rules/endpoints.hpp"
#include "api/sandbox/endpoints.hpp"
#include "api/system/endpoints.hpp"
#include "api/transactions/endpoints.hpp"
#include "api/vault/endpoints.hpp"
#include "api/webhooks/endpoints.hpp"
#include "api/what_if/endpoints.hpp"

namespace takas::api {
namespace {

constexpr std::array areas{
    &auth_endpoints,
    &customer_endpoints,
    &segment_endpoints,
    &note_endpoints,
    &bin_endpoints,
    &art_and_group_endpoints,
    &product_endpoints,
    &card_endpoints,
    &card_change_endpoints,
    &noname_endpoints,
    &pin_endpoints,
    &cvv2_endpoints,
    &key_exchange_endpoints,
    &chip_endpoints,
    &account_endpoints,
    &transaction_endpoints,
    &sandbox_endpoints,
    &sandbox_pin_endpoints,
    &webhook_endpoints,
    &event_endpoints,
    &perso_endpoints,
    &system_endpoints,
    &art_image_endpoints,
    &audit_endpoints,
    &language_endpoints,
    &fee_endpoints,
    &fee_tax_endpoints,
    &vault_temp_endpoints,
    &vault_card_endpoints,
    &vault_use_endpoints,
    &vault_forward_endpoints,
    &vault_system_endpoints,
    &vault_upkeep_endpoints,
    &rule_endpoints,
    &authorization_control_endpoints,
    &authorization_link_endpoints,
    &velocity_control_endpoints,
    &velocity_link_endpoints,
    &card_velocity_endpoints,
    &backtest_endpoints,
    &what_if_endpoints,
    &used_limit_endpoints,
};

constexpr std::array section_rows{
    Section{"Auth", "Access tokens: OAuth 2.0 with password, client credentials and refresh tokens."},
    Section{"Customer", "Card owners, known by the number the institution gives them."},
    Section{"Segment", "Classes of customers that the institution defines."},
    Section{"CardBin", "BINs given by the card schemes."},
    Section{"CardBinRange", "The part of a BIN from which a product draws its card numbers."},
    Section{"CardArt", "Card images that products refer to."},
    Section{"CardProductGroup", "Named groups of products."},
    Section{"CardProduct", "Templates of which cards are issued."},
    Section{"Card", "Cards, known by their token id."},
    Section{"CardSecurity", "PINs, CVV2, card numbers and the exchange of the keys they travel under."},
    Section{"Perso", "Orders of printed cards on their way through personalisation offices and couriers."},
    Section{"Fee", "What transactions and cards cost, to whom it applies, and the taxes on it."},
    Section{"AuthorizationControl", "What cards may be used for, whom that concerns, and its versions."},
    Section{"VelocityControl", "How much and how often cards may be used, whom that concerns, and its versions."},
    Section{"Backtest", "Controls that are tried on past transactions before they count."},
    Section{"Account", "What a card spends from: balances, loads and the statement."},
    Section{"Rule", "The language in which an institution says when a control or a fee counts."},
    Section{"CardTransaction", "Authorizations and what became of them, with the checks that explain each decision."},
    Section{"TransactionTesting", "Transactions made through the API instead of a network, for test installations."},
    Section{"Webhook", "Where events are sent, and their deliveries."},
    Section{"Event", "What happened, in order: the log behind the webhooks."},
    Section{"AuditLog", "Who changed cards, products and policies: when, from where, and what."},
    Section{"VaultFields", "The card form that merchants put into their pages: script, page and files."},
    Section{"Language", "What people read where programs read names."},
    Section{"Vault", "Cards kept for merchants and insurers: temporary and stored ones, by the Paywall contract."},
    Section{"System", "The platform operator's part: institutions, users, BINs, exchange rates."},
    Section{"Operations", "Health, metrics and this reference."},
};

}  // namespace

std::span<const Section> sections() { return section_rows; }

std::vector<Endpoint> all_endpoints() {
    std::vector<Endpoint> all;
    for (const auto rows : areas) all.insert(all.end(), rows().begin(), rows().end());
    return all;
}

std::span<const RawEndpoint> all_raw_endpoints() {
    static const std::vector<RawEndpoint> all = [] {
        std::vector<RawEndpoint> rows;
        for (const auto area : {operations_endpoints(), fields_endpoints()})
            rows.insert(rows.end(), area.begin(), area.end());
        return rows;
    }();
    return all;
}

}  // namespace takas::api
