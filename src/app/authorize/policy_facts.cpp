#include "app/authorize/policy_facts.hpp"

#include "core/authorization/policy.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::app::authorize {

using core::authorization::Facts;
using core::authorization::Request;
using core::product::Side;

namespace {

/// "" when it is none.
std::string_view alpha2_of(std::string_view letters) {
    if (letters.size() == 3) {
        const auto* country = protocol::reference::country_by_alpha3(letters);
        return country ? country->alpha2 : std::string_view();
    }
    const auto* country = protocol::reference::country_by_alpha2(letters);
    return country ? country->alpha2 : std::string_view();
}

}  // namespace

Side side_of(const Request& request, std::string_view bin_country) {
    const std::string_view terminal_country = alpha2_of(request.acceptor.card_acceptor_country);
    if (terminal_country.empty() || bin_country.empty())
        return request.domain == core::authorization::TransactionDomain::international ? Side::international
                                                                                       : Side::domestic;
    return terminal_country == bin_country ? Side::domestic : Side::international;
}

void add_policy(const catalog::UsagePolicies& policies, const Request& request, const core::card::Card& card,
                Facts& facts) {
    auto policy = policies.of_product(card.tenant_id, card.card_product_code);
    if (card.policy) core::product::override_by(policy, *card.policy);
    if (policy.is_open()) return;
    const auto country = policies.country_of_bin(card.bin);
    const std::string_view letters(country.data(), country[0] == '\0' ? 0 : country.size());
    facts.policy = core::authorization::terms_of(policy, side_of(request, letters));
    if (core::authorization::is_moto(request.cardholder_presence, request.acceptor.terminal_type))
        facts.policy.value |= core::authorization::PolicyTerms::is_moto;
    facts.policy_from = policy.active_from;
    facts.policy_to = policy.active_to;
    facts.terminal_type = request.acceptor.terminal_type;
    facts.pos_entry_mode = request.pos_entry_mode;
}

}  // namespace takas::app::authorize
