// Every comparison of a field with numbers holds for a set of its values, and for "no value" or not. Comparisons of one
// field that stand side by side in a group are brought together: an intersection inside &&, a union inside ||.
#include "core/control/rule/warnings.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/control/rule/canonical.hpp"
#include "core/control/rule/program.hpp"

namespace takas::core::control::rule {
namespace {

enum class Verdict : std::uint8_t { sometimes, never, always };

/// For which values of one field something holds.
struct Extent {
    RangeSet values;
    bool when_null = false;
};

Range domain_of(const FieldRow& row) { return {row.lowest, row.highest}; }

/// Nothing for comparisons of texts.
std::optional<Extent> extent_of(const Node& node) {
    using enum Operator;
    const FieldRow& row = field_row(node.field);
    const Range domain = domain_of(row);
    if (node.op == is_null) return Extent{{}, true};
    if (node.op == is_not_null) return Extent{{domain}, false};
    if (row.type == FieldType::text) return std::nullopt;
    const RangeSet matching = intersection({domain}, ranges_of(node));
    if (node.op == not_equal || node.op == not_in) return Extent{difference(domain, matching), node.op == not_equal};
    return Extent{matching, false};
}

bool has_gaps(const FieldRow& row) { return row.type == FieldType::enumeration; }

/// The values that a field can have: an enumeration's numbers have gaps.
RangeSet possible_values(const FieldRow& row) {
    if (!has_gaps(row)) return {domain_of(row)};
    std::vector<Range> all;
    for (const EnumName& one : row.values) all.push_back({one.value, one.value});
    return joined(std::move(all));
}

Verdict verdict_of(const FieldRow& row, const Extent& extent) {
    const RangeSet possible = possible_values(row);
    const RangeSet held = intersection(possible, extent.values);
    const bool can_be_null = row.is_nullable;
    if (held.empty() && !(extent.when_null && can_be_null)) return Verdict::never;
    if (held == possible && (extent.when_null || !can_be_null)) return Verdict::always;
    return Verdict::sometimes;
}

class Search {
  public:
    Verdict look_at(const Node& node) {
        switch (node.kind) {
            case NodeKind::comparison:
                return look_at_comparison(node);
            case NodeKind::negation: {
                const Verdict inner = look_at(node.children.front());
                return inner == Verdict::never ? Verdict::always : inner == Verdict::always ? Verdict::never : inner;
            }
            case NodeKind::all_of:
            case NodeKind::any_of:
                return look_at_group(node);
        }
        return Verdict::sometimes;
    }
    std::vector<Warning> found;

  private:
    void warn(const Node& node, std::string english, std::string turkish) {
        if (found.size() < warnings_max)
            found.push_back({node.position, node.path, std::move(english), std::move(turkish)});
    }

    Verdict look_at_comparison(const Node& node) {
        using enum Operator;
        if (node.op == in || node.op == not_in) look_for_doubles(node);
        const FieldRow& row = field_row(node.field);
        if (node.op == is_null || node.op == is_not_null) {
            if (row.is_nullable) return Verdict::sometimes;
        } else if (row.type == FieldType::text) {
            return Verdict::sometimes;
        }
        const bool is_backwards = node.op == between && node.operands[0].number > node.operands[1].number;
        const Verdict verdict = is_backwards ? Verdict::never : verdict_of(row, *extent_of(node));
        if (is_backwards)
            warn(node, "The range is written backwards: '" + canonical_text(node) + "' never holds.",
                 "Aralık ters yazılmış: '" + canonical_text(node) + "' hiçbir zaman sağlanmaz.");
        else
            warn_of(node, verdict);
        return verdict;
    }

    void warn_of(const Node& node, Verdict verdict) {
        const std::string text = shortened(canonical_text(node));
        if (verdict == Verdict::never) warn(node, text + " never holds.", text + " hiçbir zaman sağlanmaz.");
        if (verdict == Verdict::always) warn(node, text + " always holds.", text + " her zaman sağlanır.");
    }

    static std::string shortened(const std::string& text) {
        constexpr std::size_t most = 120;
        if (text.size() <= most) return "'" + text + "'";
        std::size_t size = most;
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
        return "'" + text.substr(0, size) + "...'";
    }

    void look_for_doubles(const Node& node) {
        std::vector<Operand> seen = node.operands;
        std::ranges::sort(seen, [](const Operand& a, const Operand& b) {
            return a.number != b.number ? a.number < b.number : a.text < b.text;
        });
        if (std::ranges::adjacent_find(seen) == seen.end()) return;
        const std::string name(field_row(node.field).name.view());
        warn(node, "A value stands twice in the list of '" + name + "'.",
             "'" + name + "' listesinde bir değer iki kez geçiyor.");
    }

    Verdict look_at_group(const Node& node) {
        const bool is_all = node.kind == NodeKind::all_of;
        const Verdict decisive = is_all ? Verdict::never : Verdict::always;
        const Verdict neutral = is_all ? Verdict::always : Verdict::never;
        bool is_decided = false, are_all_neutral = true;
        for (const Node& child : node.children) {
            const Verdict verdict = look_at(child);
            is_decided |= verdict == decisive;
            are_all_neutral &= verdict == neutral;
        }
        if (is_decided) return decisive;  // the part that decides was named already
        if (are_all_neutral) return neutral;
        if (!fields_decide(node, is_all, decisive)) return Verdict::sometimes;
        warn_of(node, decisive);
        return decisive;
    }

    /// Whether the comparisons of one field alone make the group never (&&) or always (||) hold.
    static bool fields_decide(const Node& node, bool is_all, Verdict decisive) {
        std::map<Field, Extent> extents;
        for (const Node& child : node.children) {
            if (child.kind != NodeKind::comparison) continue;
            const auto extent = extent_of(child);
            if (!extent) continue;
            const auto [at, is_new] = extents.try_emplace(child.field, *extent);
            if (is_new) continue;
            Extent& sum = at->second;
            sum.values = is_all ? intersection(sum.values, extent->values) : united(sum.values, extent->values);
            sum.when_null = is_all ? sum.when_null && extent->when_null : sum.when_null || extent->when_null;
        }
        return std::ranges::any_of(
            extents, [&](const auto& one) { return verdict_of(field_row(one.first), one.second) == decisive; });
    }
};

}  // namespace

std::vector<Warning> warnings_of(const Node& root) {
    Search search;
    search.look_at(root);
    return std::move(search.found);
}

}  // namespace takas::core::control::rule
