#include "core/control/policy_set.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/authorization/compact.hpp"

namespace takas::core::control {

using rule::Field;

namespace {

template <class E>
bool restricts(const std::optional<E>& wanted) {
    return wanted && static_cast<std::int64_t>(*wanted) != 0;
}

/// Unknown is the first member of code, entry mode and terminal type; of a domain every value means itself.
Criteria without_unknown(Criteria criteria) {
    if (!restricts(criteria.transaction_code)) criteria.transaction_code.reset();
    if (!restricts(criteria.pos_entry_mode)) criteria.pos_entry_mode.reset();
    if (!restricts(criteria.terminal_type)) criteria.terminal_type.reset();
    return criteria;
}

int count_of(const Criteria& c) {
    return int{c.transaction_code.has_value()} + int{c.transaction_domain.has_value()} +
           int{c.pos_entry_mode.has_value()} + int{c.mcc.has_value()} + int{c.terminal_type.has_value()};
}

template <class E>
bool is_met(const std::optional<E>& wanted, const rule::Value& value) {
    return !wanted || (!value.is_null() && value.number() == static_cast<std::int64_t>(*wanted));
}

std::uint64_t fnv_1a(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

constexpr bool is_about_owner(Field field) { return field >= Field::customer_no && field <= Field::nationality; }
constexpr bool is_about_usage(Field field) { return field >= Field::today_count; }

}  // namespace

bool Item::matches(const rule::Facts& facts) const {
    if (criteria_count > 0 &&
        !(is_met(criteria.transaction_code, facts[Field::transaction_code]) &&
          is_met(criteria.transaction_domain, facts[Field::transaction_domain]) &&
          is_met(criteria.pos_entry_mode, facts[Field::pos_entry_mode]) && is_met(criteria.mcc, facts[Field::mcc]) &&
          is_met(criteria.terminal_type, facts[Field::terminal_type])))
        return false;
    return !rule || rule->evaluate(facts);
}

CounterKey counter_key(const VelocityControl& control) {
    using authorization::put_fields, authorization::put_text, authorization::put_varint;
    std::string what;
    put_varint(what, control.id.value);
    put_varint(what, static_cast<std::int64_t>(control.period));
    put_varint(what, control.currency ? control.currency->value : 0);
    put_text(what, control.min_amount ? to_text(*control.min_amount) : std::string());
    put_text(what, control.rule);
    const Criteria criteria = without_unknown(control.criteria);
    put_fields(what, Describe<Criteria>::fields, &criteria);
    return std::max<CounterKey>(fnv_1a(what), card_month_key + 1);
}

template <class Holds>
void PolicySet::select_where(const CardPlace& place, Selection& selection, Holds holds) const {
    selection.marks_.assign(authorization_.size() + velocity_.size() + fees_.size(), {});
    const auto apply = [&](const Links& links) {
        for (const LinkRef& link : links) {
            auto& mark = selection.marks_[link.index];
            const auto wanted = static_cast<std::uint8_t>(link.level);
            if (mark.level != 0 && mark.level <= wanted) continue;
            if (link.rule_index < 0 || holds(link_rules_[static_cast<std::size_t>(link.rule_index)])) {
                mark.level = wanted;
            } else if (mark.idle_level == 0 || wanted < mark.idle_level) {
                mark.idle_level = wanted;
                mark.idle_rule = link.rule_index;
            }
        }
    };
    const auto apply_found = [&](const auto& links, const auto& key) {
        if (const auto found = links.find(key); found != links.end()) apply(found->second);
    };
    apply_found(by_token_, place.token_id.value);
    apply_found(by_product_, place.card_product_code);
    if (const EntityId group = product_group(place.card_product_code)) apply_found(by_group_, group.value);
    if (place.customer_segment_id) apply_found(by_segment_, place.customer_segment_id.value);
    apply(tenant_wide_);
}

void PolicySet::select(const CardPlace& place, const rule::Facts& facts, Selection& selection) const {
    select_where(place, selection, [&](const rule::Rule& rule) { return rule.evaluate(facts); });
}

void PolicySet::select_for_card(const CardPlace& place, const rule::Facts& facts, bool is_wide,
                                Selection& selection) const {
    const auto asks_for_transaction = [](const rule::Rule& rule) {
        return std::ranges::any_of(rule.fields(),
                                   [](Field field) { return !field_row(field).is_in(rule::Scope::issuance); });
    };
    select_where(place, selection,
                 [&](const rule::Rule& rule) { return asks_for_transaction(rule) ? is_wide : rule.evaluate(facts); });
}

EntityId PolicySet::product_group(std::string_view card_product_code) const {
    const auto found = product_groups_.find(card_product_code);
    return found == product_groups_.end() ? EntityId{} : found->second;
}

bool PolicySet::knows(CounterKey key) const {
    if (key == card_day_key || key == card_month_key) return asks_for_usage_;
    return std::ranges::binary_search(keys_, key);
}

/// Builds a set; only while it is being compiled is it changed.
struct PolicyCompiler {
    PolicySet& set;
    std::vector<BrokenRule>* broken;
    std::map<std::pair<Family, std::int64_t>, std::vector<std::uint16_t>> positions{};
    std::map<std::string, std::int32_t, std::less<>> link_rule_positions{};

    std::optional<rule::Rule> compile(std::string_view text, rule::Scope scope, bool& is_good) {
        if (text.empty()) return std::nullopt;
        auto compiled = rule::compile(text, scope);
        is_good = compiled.has_value();
        if (!is_good) return std::nullopt;
        for (const Field field : compiled->fields()) {
            set.asks_for_owner_ = set.asks_for_owner_ || is_about_owner(field);
            set.asks_for_usage_ = set.asks_for_usage_ || is_about_usage(field);
        }
        return std::move(*compiled);
    }

    /// False when its rule does not compile: what refuses or limits stays, without the rule; what permits or charges is
    /// left out.
    template <class Row>
    bool fill(Item& item, Family family, const Row& row, rule::Scope scope) {
        item.family = family;
        item.id = row.id;
        item.name = row.name;
        item.is_tenant_wide = row.tenant_wide;
        item.criteria = without_unknown(row.criteria);
        item.criteria_count = count_of(item.criteria);
        item.effective_from = row.effective_from;
        item.effective_to = row.effective_to;
        bool is_good = true;
        item.rule = compile(row.rule, scope, is_good);
        if (!is_good && broken) broken->push_back({family, row.id, row.name, {}});
        return is_good;
    }

    void add(const AuthorizationControl& row, std::int64_t version_no, bool is_shadow) {
        AuthorizationItem item;
        const bool is_good = fill(item, Family::authorization_control, row, rule::Scope::counters);
        if (!is_good && (is_shadow || row.action == ControlAction::allow)) return;
        item.version_no = version_no, item.is_shadow = is_shadow;
        item.action = row.action, item.response_code = row.response_code, item.priority = row.priority;
        set.authorization_.push_back(std::move(item));
    }
    void add(const VelocityControl& row, std::int64_t version_no, bool is_shadow) {
        VelocityItem item;
        const bool is_good = fill(item, Family::velocity_control, row, rule::Scope::transaction);
        if (!is_good && is_shadow) return;
        item.version_no = version_no, item.is_shadow = is_shadow;
        item.period = row.period, item.currency = row.currency;
        item.limit_amount = row.limit_amount, item.min_amount = row.min_amount, item.limit_count = row.limit_count;
        item.response_code = row.response_code;
        item.key = counter_key(row);
        set.keys_.push_back(item.key);
        set.velocity_.push_back(std::move(item));
    }
    void add(const fee::TransactionFee& row) {
        FeeItem item;
        if (!fill(item, Family::transaction_fee, row, rule::Scope::transaction)) return;
        item.version_no = row.version;
        item.fee = row;
        set.fees_.push_back(std::move(item));
    }

    void number_items() {
        std::uint16_t index = 0;
        const auto number = [&](const auto& items) {
            for (const Item& item : items) {
                positions[{item.family, item.id.value}].push_back(index);
                if (item.is_tenant_wide) set.tenant_wide_.push_back({index, LinkLevel::tenant, -1});
                ++index;
            }
        };
        number(set.authorization_);
        number(set.velocity_);
        number(set.fees_);
    }

    /// What is kept when a rule is unusable: refusals and limits.
    bool restricts_cards(std::size_t index) const {
        if (index >= set.velocity_begin()) return index < set.fee_begin();
        return set.authorization_[index].action == ControlAction::decline;
    }

    PolicySet::Links& links_of(const ControlLink& link) {
        switch (link.level) {
            case LinkLevel::card:
                return set.by_token_[link.token_id.value];
            case LinkLevel::card_product:
                return set.by_product_[link.card_product_code];
            case LinkLevel::card_product_group:
                return set.by_group_[link.card_product_group_id.value];
            case LinkLevel::customer_segment:
                set.asks_for_owner_ = true;
                return set.by_segment_[link.customer_segment_id.value];
            case LinkLevel::tenant:
                break;
        }
        return set.tenant_wide_;
    }

    const Item& item_at(std::size_t index) const {
        if (index >= set.fee_begin()) return set.fees_[index - set.fee_begin()];
        if (index >= set.velocity_begin()) return set.velocity_[index - set.velocity_begin()];
        return set.authorization_[index];
    }

    /// -1: no rule.
    std::int32_t link_rule_of(const std::string& text, bool& is_good) {
        if (const auto known = link_rule_positions.find(text); known != link_rule_positions.end()) return known->second;
        auto rule = compile(text, rule::Scope::counters, is_good);
        if (!rule) return -1;
        const auto position = static_cast<std::int32_t>(set.link_rules_.size());
        set.link_rules_.push_back(std::move(*rule));
        return link_rule_positions[text] = position;
    }

    void add(const ControlLink& link) {
        const auto found = positions.find({link.family, link.control_id.value});
        if (found == positions.end()) return;  // of an inactive control, or a family that decides elsewhere
        bool is_good = true;
        const std::int32_t rule_index = link_rule_of(link.rule, is_good);
        if (!is_good && broken)
            broken->push_back({link.family, link.control_id, item_at(found->second.front()).name, link.id});
        for (const std::uint16_t index : found->second)
            if (is_good || restricts_cards(index)) links_of(link).push_back({index, link.level, rule_index});
    }
};

std::shared_ptr<const PolicySet> PolicySet::compile(Source source, std::vector<BrokenRule>* broken) {
    auto set = std::make_shared<PolicySet>();
    PolicyCompiler compiler{*set, broken};
    for (const auto& row : source.authorization_controls)
        if (row.is_active) compiler.add(row, row.active_version_no, false);
    for (const auto& [row, version_no] : source.authorization_shadows) compiler.add(row, version_no, true);
    for (const auto& row : source.velocity_controls)
        if (row.is_active) compiler.add(row, row.active_version_no, false);
    for (const auto& [row, version_no] : source.velocity_shadows) compiler.add(row, version_no, true);
    for (const auto& row : source.transaction_fees) compiler.add(row);
    std::ranges::sort(set->authorization_, {}, [](const AuthorizationItem& item) {
        return std::tuple(-std::int64_t{item.priority}, item.id.value, item.is_shadow);
    });
    std::ranges::sort(set->velocity_, {},
                      [](const VelocityItem& item) { return std::pair(item.id.value, item.is_shadow); });
    set->authorization_.resize(std::min(set->authorization_.size(), items_max));
    set->velocity_.resize(std::min(set->velocity_.size(), items_max));
    set->fees_.resize(std::min(set->fees_.size(), items_max));
    std::ranges::sort(set->keys_);
    const auto repeated = std::ranges::unique(set->keys_);
    set->keys_.erase(repeated.begin(), repeated.end());
    set->taxes_ = std::move(source.taxes);
    for (auto& [code, group] : source.product_groups) set->product_groups_.emplace(std::move(code), group);
    compiler.number_items();
    for (const ControlLink& link : source.links) compiler.add(link);
    return set;
}

}  // namespace takas::core::control
