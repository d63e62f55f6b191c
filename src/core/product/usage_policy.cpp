#include "core/product/usage_policy.hpp"

namespace takas::core::product {
namespace {

/// By Usage.
constexpr std::array<std::optional<bool> PolicyFlags::*, usage_count> members{
    &PolicyFlags::pos,
    &PolicyFlags::contactless,
    &PolicyFlags::ecommerce,
    &PolicyFlags::moto,
    &PolicyFlags::ecommerce_without_cvv2,
    &PolicyFlags::cash_withdrawal,
    &PolicyFlags::cash_advance,
    &PolicyFlags::refund,
    &PolicyFlags::credential_on_file,
    &PolicyFlags::fallback,
};

/// Flags that are given replace what is there; `given` gets them.
void lay_over(UsageSet& refused, UsageSet& given, const std::optional<PolicyFlags>& flags) {
    if (!flags) return;
    for (std::size_t i = 0; i < usage_count; ++i) {
        const std::optional<bool>& flag = *flags.*members[i];
        if (!flag) continue;
        refused.set(static_cast<Usage>(i), !*flag);
        given.add(static_cast<Usage>(i));
    }
}

void lay_over(UsagePolicy& policy, std::array<UsageSet, 2>& given, const CardPolicy& above) {
    lay_over(policy.refused[0], given[0], above.domestic);
    lay_over(policy.refused[1], given[1], above.international);
    policy.requires_3d_secure = above.require_3d_secure.value_or(policy.requires_3d_secure);
    policy.requires_online_pin = above.online_pin_required.value_or(policy.requires_online_pin);
    if (above.active_from) policy.active_from = above.active_from;
    if (above.active_to) policy.active_to = above.active_to;
}

}  // namespace

bool UsagePolicy::is_open() const {
    return refused[0].is_empty() && refused[1].is_empty() && !requires_3d_secure && !requires_online_pin &&
           !active_from && !active_to;
}

std::optional<bool> flag_of(const std::optional<PolicyFlags>& flags, Usage usage) {
    if (!flags) return std::nullopt;
    return *flags.*members[static_cast<std::size_t>(usage)];
}

UsagePolicy usage_policy(const CardPolicy& of_product) {
    UsagePolicy policy;
    std::array<UsageSet, 2> ignored{};
    lay_over(policy, ignored, of_product);
    return policy;
}

void override_by(UsagePolicy& policy, const CardPolicy& of_card) { lay_over(policy, policy.of_card, of_card); }

}  // namespace takas::core::product
