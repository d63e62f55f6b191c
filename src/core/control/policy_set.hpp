// Everything an institution has set up about the use of its cards, compiled: rules as programs, links as lists per
// target. Made when something changes, then read by every decision without a lock, an allocation or the store.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/control/broken_rule.hpp"
#include "core/control/control.hpp"
#include "core/control/counters.hpp"
#include "core/control/rule/rule.hpp"
#include "core/fee/fee.hpp"

namespace takas::core::control {

/// Items of one institution: bounds the work of one decision and the memory for it.
inline constexpr std::size_t items_max = 4096;

/// Counters that rules of authorization controls read (todayCount ... monthAmount); kept only where one does.
inline constexpr CounterKey card_day_key = 1, card_month_key = 2;

/// What the families have in common, ready to be asked.
struct Item {
    Family family{};
    EntityId id;
    std::int64_t version_no = 0;  ///< of its definition; a fee's is its row's version
    bool is_shadow = false;       ///< evaluated and recorded, never deciding
    bool is_tenant_wide = false;
    std::string name;
    Criteria criteria;  ///< only what restricts: no Unknown in it
    int criteria_count = 0;
    std::optional<rule::Rule> rule;
    std::optional<Date> effective_from, effective_to;

    bool is_effective(Date on) const {
        return (!effective_from || *effective_from <= on) && (!effective_to || on <= *effective_to);
    }
    /// Criteria and rule.
    bool matches(const rule::Facts& facts) const;
};
struct AuthorizationItem : Item {
    ControlAction action{};
    std::optional<authorization::ResponseCode> response_code;
    std::int32_t priority = 0;
};
struct VelocityItem : Item {
    VelocityPeriod period{};
    std::optional<money::Currency> currency;
    std::optional<Decimal> limit_amount, min_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<authorization::ResponseCode> response_code;
    CounterKey key = 0;
};
struct FeeItem : Item {
    fee::TransactionFee fee;
};

/// Where a card stands among the targets of links.
struct CardPlace {
    TokenId token_id;
    std::string_view card_product_code;
    EntityId customer_segment_id;
};

/// An item is linked to the card, and the rule of the link does not hold.
struct IdleLink {
    LinkLevel level{};
    std::int32_t rule = -1;  ///< its position in PolicySet::link_rules
};

/// The level at which each item applies to one card: the most specific of its links whose rule holds. Reused from
/// decision to decision, so that its memory is asked for once.
class Selection {
  public:
    std::optional<LinkLevel> level(std::size_t index) const {
        const std::uint8_t level = marks_[index].level;
        return level == 0 ? std::nullopt : std::optional(static_cast<LinkLevel>(level));
    }
    /// Of an item that does not apply although it is linked: the most specific of its links.
    std::optional<IdleLink> idle_link(std::size_t index) const {
        const Mark& mark = marks_[index];
        if (mark.level != 0 || mark.idle_level == 0) return std::nullopt;
        return IdleLink{static_cast<LinkLevel>(mark.idle_level), mark.idle_rule};
    }

  private:
    friend class PolicySet;
    struct Mark {
        std::uint8_t level = 0, idle_level = 0;
        std::int32_t idle_rule = -1;
    };
    std::vector<Mark> marks_;
};

class PolicySet {
  public:
    struct Source {
        std::vector<AuthorizationControl> authorization_controls;
        std::vector<VelocityControl> velocity_controls;
        std::vector<fee::TransactionFee> transaction_fees;
        std::vector<fee::Tax> taxes;  ///< active ones, by name
        std::vector<ControlLink> links;
        /// Drafts in shadow mode, with the number of their version.
        std::vector<std::pair<AuthorizationControl, std::int64_t>> authorization_shadows;
        std::vector<std::pair<VelocityControl, std::int64_t>> velocity_shadows;
        std::vector<std::pair<std::string, EntityId>> product_groups;  ///< of products that are in one
    };
    /// A stored rule that no longer compiles fails closed: a Decline refuses and a limit counts as if it had none, an
    /// Allow never matches, a fee is not charged; so for the rules of links. It is added to `broken`.
    static std::shared_ptr<const PolicySet> compile(Source source, std::vector<BrokenRule>* broken = nullptr);

    /// In the order in which they are asked: highest priority first, then the older.
    std::span<const AuthorizationItem> authorization_items() const { return authorization_; }
    std::span<const VelocityItem> velocity_items() const { return velocity_; }
    std::span<const FeeItem> fee_items() const { return fees_; }
    std::span<const fee::Tax> taxes() const { return taxes_; }
    /// Each once, however many links have it.
    std::span<const rule::Rule> link_rules() const { return link_rules_; }

    /// Positions of an item in a Selection: authorization items, then velocity items, then fees.
    std::size_t velocity_begin() const { return authorization_.size(); }
    std::size_t fee_begin() const { return authorization_.size() + velocity_.size(); }

    void select(const CardPlace& place, const rule::Facts& facts, Selection& selection) const;
    /// Without a transaction: what concerns the card whatever is asked of it; with `is_wide` also what concerns some of
    /// its transactions, because the rule of a link asks about them.
    void select_for_card(const CardPlace& place, const rule::Facts& facts, bool is_wide, Selection& selection) const;

    /// 0 when the product is in no group.
    EntityId product_group(std::string_view card_product_code) const;
    /// A link or rule asks for the card's owner.
    bool asks_for_owner() const { return asks_for_owner_; }
    /// A rule asks for what the card has used today or this month.
    bool asks_for_usage() const { return asks_for_usage_; }
    /// Something here counts under this key.
    bool knows(CounterKey key) const;
    /// At most so many counters can be known of one card.
    std::size_t counter_count() const { return keys_.size() + (asks_for_usage_ ? 2 : 0); }

  private:
    struct LinkRef {
        std::uint16_t index = 0;
        LinkLevel level{};
        std::int32_t rule_index = -1;
    };
    using Links = std::vector<LinkRef>;
    friend struct PolicyCompiler;
    template <class Holds>
    void select_where(const CardPlace& place, Selection& selection, Holds holds) const;

    std::vector<AuthorizationItem> authorization_;
    std::vector<VelocityItem> velocity_;
    std::vector<FeeItem> fees_;
    std::vector<fee::Tax> taxes_;
    Links tenant_wide_;
    std::unordered_map<std::int64_t, Links> by_token_, by_group_, by_segment_;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, Links, TextHash, std::equal_to<>> by_product_;
    std::unordered_map<std::string, EntityId, TextHash, std::equal_to<>> product_groups_;
    std::vector<rule::Rule> link_rules_;
    std::vector<CounterKey> keys_;  ///< sorted
    bool asks_for_owner_ = false, asks_for_usage_ = false;
};

/// What a velocity control counts, as a number: the control with everything that decides which transactions count.
CounterKey counter_key(const VelocityControl& control);

}  // namespace takas::core::control
