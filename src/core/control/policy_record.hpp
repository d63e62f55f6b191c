// What is stored with a transaction about the institution's policy: the circumstances of the decision, every item that
// was considered, and the fee with its taxes. Enough to explain the decision and to try another policy on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/authorization/circumstances.hpp"
#include "core/control/consider.hpp"

namespace takas::core::control {

struct ChargedFee {
    EntityId fee_id;
    fee::TaxInclusionMode tax_inclusion_mode{};
    std::int64_t net_minor = 0;
    std::vector<std::pair<std::string, std::int64_t>> taxes;  ///< name, amount in minor units
    friend bool operator==(const ChargedFee&, const ChargedFee&) = default;
};

/// How the billing amount was worked out of the institution's own table.
struct AppliedRate {
    std::int64_t base_rate_e9 = 0;
    std::int64_t markup_bps = 0;
    friend bool operator==(const AppliedRate&, const AppliedRate&) = default;
};

struct PolicyRecord {
    authorization::Circumstances circumstances;
    std::vector<Considered> considered;
    std::vector<std::string> link_rules;  ///< of those that did not hold, as they were then
    std::optional<ChargedFee> fee;
    std::optional<AppliedRate> rate;
};

/// So much of the texts of link rules is kept with one decision; items whose rule has no room any more name none.
inline constexpr std::size_t link_rules_bytes_max = 8'192;

/// The texts that `considered` refers to in the set; afterwards it refers to them.
std::vector<std::string> take_link_rules(const PolicySet& set, std::vector<Considered>& considered);

std::string encode(const PolicyRecord& record);
/// Nothing when the bytes are no record of a known format.
std::optional<PolicyRecord> decode_policy_record(std::string_view bytes);

}  // namespace takas::core::control
