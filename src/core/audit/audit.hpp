// Who changed what (contract 4.9): one record for each change of a card, a product or a policy, chained by hashes. Each
// subject has a chain of its own, whose end is kept in a row beside it (docs/adr/0014). Pure: hashing and sealing are
// the use case's (app/audit).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::audit {

/// What a chain is about. Stored: numbers never change meaning.
enum class Subject : std::uint8_t {
    card = 0,
    product = 1,
    product_group = 2,
    card_art = 3,
    bin_range = 4,
    authorization_control = 5,
    velocity_control = 6,
    transaction_fee = 7,
    card_issuance_fee = 8,
    card_annual_fee = 9,
    tax = 10,
    vault_merchant = 20,
    vault_card = 21,
    vault_owner = 22,
    vault_temp_card = 23,
};

/// Which list a record is shown in. A policy's records stand in the chain of its card or product.
enum class Topic : std::uint8_t { card = 0, product = 1, policy = 2, vault = 20 };

enum class Action : std::uint8_t { created = 0, updated = 1, deleted = 2, accessed = 3 };

struct PropertyChange {
    std::string property_name;  ///< "policy.domestic.pos"
    std::optional<std::string> old_value, new_value;
};

struct AuditRecord {
    TenantId tenant_id;
    Subject subject{};
    std::string subject_key;     ///< token id, product code, id
    std::int64_t record_no = 0;  ///< 1, 2 ... in its chain
    EntityId id;                 ///< rises with time: lists go by it
    Topic topic{};
    Action action{};
    std::string service_name;
    std::vector<PropertyChange> property_changes;
    std::string user_id, user_name;
    std::string client_ip_address;
    std::string correlation_id;
    Instant execution_time;
    Blob previous_hash;  ///< of the record before; zeros for the first
    Blob hash;           ///< SHA-256 over all of the above (canonical_text)
};

/// The end of a chain.
struct AuditHead {
    TenantId tenant_id;
    Subject subject{};
    std::string subject_key;
    std::int64_t version = 0;  ///< how many records the chain has
    Blob hash;                 ///< of the last
    std::string seal;          ///< said by one who has the installation's keys (app/secrets: prove)
};

/// What a record's hash is taken over: every field but the hash, each with its length, so that no two records give the
/// same text.
std::string canonical_text(const AuditRecord& record);

}  // namespace takas::core::audit

namespace takas {

template <>
struct EnumNames<core::audit::Subject> {
    using E = core::audit::Subject;
    static constexpr std::string_view name = "AuditSubject";
    static constexpr std::array values{named(E::card, "Card"),
                                       named(E::product, "CardProduct"),
                                       named(E::product_group, "CardProductGroup"),
                                       named(E::card_art, "CardArt"),
                                       named(E::bin_range, "CardBinRange"),
                                       named(E::authorization_control, "AuthorizationControl"),
                                       named(E::velocity_control, "VelocityControl"),
                                       named(E::transaction_fee, "TransactionFee"),
                                       named(E::card_issuance_fee, "CardIssuanceFee"),
                                       named(E::card_annual_fee, "CardAnnualFee"),
                                       named(E::tax, "Tax"),
                                       named(E::vault_merchant, "VaultMerchant"),
                                       named(E::vault_card, "VaultCard"),
                                       named(E::vault_owner, "VaultOwner"),
                                       named(E::vault_temp_card, "VaultTempCard")};
};
template <>
struct EnumNames<core::audit::Topic> {
    using E = core::audit::Topic;
    static constexpr std::string_view name = "AuditTopic";
    static constexpr std::array values{named(E::card, "Card"), named(E::product, "Product"), named(E::policy, "Policy"),
                                       named(E::vault, "Vault")};
};
template <>
struct EnumNames<core::audit::Action> {
    using E = core::audit::Action;
    static constexpr std::string_view name = "AuditAction";
    static constexpr std::array values{named(E::created, "Created"), named(E::updated, "Updated"),
                                       named(E::deleted, "Deleted"), named(E::accessed, "Accessed")};
};
template <>
struct Describe<core::audit::PropertyChange> {
    using T = core::audit::PropertyChange;
    static constexpr std::string_view name = "AuditPropertyChangeDto";
    static constexpr std::array fields{
        field<&T::property_name>("Which property, with its path").required().example("policy.domestic.pos"),
        field<&T::old_value>("Value before; null: it had none. Masked where the property is").example("true"),
        field<&T::new_value>("Value after; null: it has none").example("false"),
    };
};
template <>
struct Describe<core::audit::AuditRecord> {
    using T = core::audit::AuditRecord;
    static constexpr std::string_view name = "AuditRecord";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::subject, &T::subject_key, &T::record_no, &T::id, &T::topic, &T::action,
                &T::service_name, &T::property_changes, &T::user_id, &T::user_name, &T::client_ip_address,
                &T::correlation_id, &T::execution_time, &T::previous_hash, &T::hash>;
};
template <>
struct Describe<core::audit::AuditHead> {
    using T = core::audit::AuditHead;
    static constexpr std::string_view name = "AuditHead";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::subject, &T::subject_key, &T::version, &T::hash, &T::seal>;
};

}  // namespace takas
