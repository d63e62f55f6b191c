#include "app/cards/policy.hpp"

#include "app/cards/change_card.hpp"
#include "app/products/products.hpp"
#include "core/product/product_rules.hpp"

namespace takas::app::cards {
namespace {

using core::product::CardPolicy;
using core::product::PolicyFlags;
using Flag = std::optional<bool>;

const Flag& flag_at(const PolicyFlags& flags, std::size_t i) {
    return *static_cast<const Flag*>(member_of(Describe<PolicyFlags>::fields[i], &flags));
}
Flag& flag_at(PolicyFlags& flags, std::size_t i) {
    return *static_cast<Flag*>(Describe<PolicyFlags>::fields[i].member(&flags));
}

constexpr std::size_t flag_count = std::tuple_size_v<decltype(Describe<PolicyFlags>::fields)>;
static_assert(flag_count == std::tuple_size_v<decltype(Describe<FlagSources>::fields)>);

/// What is given goes above what is there.
void lay_over(std::optional<PolicyFlags>& there, const std::optional<PolicyFlags>& given) {
    if (!given) return;
    if (!there) there.emplace();
    for (std::size_t i = 0; i < flag_count; ++i)
        if (flag_at(*given, i)) flag_at(*there, i) = flag_at(*given, i);
}

template <class Value>
void lay_over(std::optional<Value>& there, const std::optional<Value>& given) {
    if (given) there = given;
}

CardPolicy merged(CardPolicy there, const CardPolicy& given) {
    lay_over(there.domestic, given.domestic);
    lay_over(there.international, given.international);
    lay_over(there.require_3d_secure, given.require_3d_secure);
    lay_over(there.online_pin_required, given.online_pin_required);
    lay_over(there.active_from, given.active_from);
    lay_over(there.active_to, given.active_to);
    return there;
}

FlagSources sources_of(const std::optional<PolicyFlags>& of_card) {
    FlagSources sources;
    if (!of_card) return sources;
    for (std::size_t i = 0; i < flag_count; ++i)
        if (flag_at(*of_card, i))
            *static_cast<PolicySource*>(Describe<FlagSources>::fields[i].member(&sources)) = PolicySource::card;
    return sources;
}

void allow_what_nobody_says(std::optional<PolicyFlags>& flags) {
    if (!flags) flags.emplace();
    for (std::size_t i = 0; i < flag_count; ++i) flag_at(*flags, i) = flag_at(*flags, i).value_or(true);
}

/// A product that is no longer there says nothing.
Result<std::optional<CardPolicy>> product_policy(const Context& context, const Card& card) {
    auto product = products::get_product(context, card.card_product_code);
    if (product) return std::move(product->policy);
    if (product.error().code == ErrorCode::product_not_found) return std::nullopt;
    return std::unexpected(std::move(product.error()));
}

Result<EffectivePolicy> effective_policy_of(const Context& context, const Card& card) {
    const auto of_product = product_policy(context, card);
    if (!of_product) return std::unexpected(of_product.error());
    return effective_policy(card.policy, *of_product);
}

}  // namespace

EffectivePolicy effective_policy(const std::optional<CardPolicy>& of_card,
                                 const std::optional<CardPolicy>& of_product) {
    const CardPolicy own = of_card.value_or(CardPolicy{});
    EffectivePolicy effective{merged(of_product.value_or(CardPolicy{}), own), {}};
    CardPolicy& policy = effective.policy;
    allow_what_nobody_says(policy.domestic);
    allow_what_nobody_says(policy.international);
    policy.require_3d_secure = policy.require_3d_secure.value_or(false);
    policy.online_pin_required = policy.online_pin_required.value_or(false);
    const auto source = [](bool is_of_card) { return is_of_card ? PolicySource::card : PolicySource::product; };
    effective.sources = {sources_of(own.domestic),
                         sources_of(own.international),
                         source(own.require_3d_secure.has_value()),
                         source(own.online_pin_required.has_value()),
                         source(own.active_from.has_value()),
                         source(own.active_to.has_value())};
    return effective;
}

Result<EffectivePolicy> get_policy(const Context& context, TokenId token_id) {
    const auto card = get_card(context, token_id);
    if (!card) return std::unexpected(card.error());
    return effective_policy_of(context, *card);
}

Result<EffectivePolicy> set_policy(Context& context, const PolicyChange& wanted) {
    Card after;
    const CardCommand command{.token_id = wanted.token_id, .version = wanted.version};
    const auto done = change_card(context, command, [&](lane::Work& work, const Card& card) -> Result<void> {
        if (card.status == core::card::CardStatus::closed) return fail(ErrorCode::card_wrong_status);
        after = card;
        const CardPolicy there = wanted.resets ? CardPolicy{} : card.policy.value_or(CardPolicy{});
        after.policy = merged(there, wanted.wanted);
        FieldErrors errors;
        core::product::check_policy(*after.policy, "", errors);
        if (!errors.empty()) {
            return fail_field("activeTo", "The date lies before activeFrom.",
                              "Tarih activeFrom tarihinden önce olamaz.");
        }
        work.update(after);
        return {};
    });
    if (!done) return std::unexpected(done.error());
    return effective_policy_of(context, after);
}

}  // namespace takas::app::cards
