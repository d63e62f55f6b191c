#include "core/control/policy_record.hpp"

#include <algorithm>
#include <utility>

#include "core/authorization/compact.hpp"

namespace takas::core::control {
namespace {

using authorization::put_fields;
using authorization::put_text;
using authorization::put_varint;
using authorization::take_fields;
using authorization::take_text;
using authorization::take_varint;

/// Version 1 had no link rules and no generations of counters.
constexpr std::int64_t format_version = 2, oldest_version = 1;
constexpr std::int64_t considered_max = 2 * items_max, taxes_max = 64;

bool is_limit(const Considered& one) { return one.family == Family::velocity_control; }

void put_used(std::string& out, const Used& used) {
    put_varint(out, used.amount_minor);
    put_varint(out, used.count);
}

bool take(std::string_view& in, std::int64_t& value) {
    const auto taken = take_varint(in);
    if (taken) value = *taken;
    return taken.has_value();
}
bool take_used(std::string_view& in, Used& used) { return take(in, used.amount_minor) && take(in, used.count); }

void put_optional(std::string& out, const std::optional<std::int64_t>& value) {
    put_varint(out, value ? 1 : 0);
    if (value) put_varint(out, *value);
}
bool take_optional(std::string_view& in, std::optional<std::int64_t>& value) {
    std::int64_t present = 0;
    if (!take(in, present)) return false;
    return present == 0 || take(in, value.emplace());
}

void put(std::string& out, const Considered& one) {
    const int kind = static_cast<int>(one.family) | (one.is_shadow ? 8 : 0) | (one.is_card_limit ? 16 : 0);
    out.push_back(static_cast<char>(kind));
    out.push_back(static_cast<char>((static_cast<int>(one.level) << 4) | static_cast<int>(one.outcome)));
    put_varint(out, one.id.value);
    put_varint(out, one.version_no);
    if (one.outcome == ItemOutcome::link_not_matched) put_varint(out, one.link_rule);
    if (!is_limit(one)) return put_varint(out, one.fee_minor);
    put_varint(out, static_cast<std::int64_t>(one.period));
    if (!is_counting(one)) return;
    put_varint(out, static_cast<std::int64_t>(one.key));
    put_varint(out, one.window);
    put_varint(out, one.generation);
    put_used(out, one.before);
    put_used(out, one.added);
    put_used(out, one.given_back);
    put_optional(out, one.limit_amount_minor);
    put_optional(out, one.limit_count);
}

bool take_link_rule(std::string_view& in, Considered& one) {
    std::int64_t position = 0;
    if (!take(in, position) || position < -1 || position > considered_max) return false;
    one.link_rule = static_cast<std::int32_t>(position);
    return true;
}

bool take(std::string_view& in, std::int64_t version, Considered& one) {
    if (in.size() < 2) return false;
    const int kind = static_cast<unsigned char>(in[0]), seen = static_cast<unsigned char>(in[1]);
    in.remove_prefix(2);
    one.family = static_cast<Family>(kind & 7);
    one.is_shadow = (kind & 8) != 0;
    one.is_card_limit = (kind & 16) != 0;
    one.level = static_cast<LinkLevel>(seen >> 4);
    one.outcome = static_cast<ItemOutcome>(seen & 15);
    if (!take(in, one.id.value) || !take(in, one.version_no)) return false;
    if (one.outcome == ItemOutcome::link_not_matched && !take_link_rule(in, one)) return false;
    if (!is_limit(one)) return take(in, one.fee_minor);
    std::int64_t key = 0, period = 0, window = 0;
    if (!take(in, period)) return false;
    one.period = static_cast<VelocityPeriod>(period);
    if (!is_counting(one)) return true;
    if (!take(in, key) || !take(in, window) || (version > 1 && !take(in, one.generation)) ||
        !take_used(in, one.before) || !take_used(in, one.added) || !take_used(in, one.given_back) ||
        !take_optional(in, one.limit_amount_minor) || !take_optional(in, one.limit_count))
        return false;
    one.key = static_cast<CounterKey>(key);
    one.window = static_cast<std::int32_t>(window);
    return true;
}

void put(std::string& out, const ChargedFee& fee) {
    put_varint(out, fee.fee_id.value);
    put_varint(out, static_cast<std::int64_t>(fee.tax_inclusion_mode));
    put_varint(out, fee.net_minor);
    put_varint(out, static_cast<std::int64_t>(fee.taxes.size()));
    for (const auto& [name, amount] : fee.taxes) {
        put_text(out, name);
        put_varint(out, amount);
    }
}

bool take(std::string_view& in, ChargedFee& fee) {
    std::int64_t mode = 0, count = 0;
    if (!take(in, fee.fee_id.value) || !take(in, mode) || !take(in, fee.net_minor) || !take(in, count) || count < 0 ||
        count > taxes_max)
        return false;
    fee.tax_inclusion_mode = static_cast<fee::TaxInclusionMode>(mode);
    for (; count > 0; --count) {
        const auto name = take_text(in);
        auto& tax = fee.taxes.emplace_back(name.value_or(""), 0);
        if (!name || !take(in, tax.second)) return false;
    }
    return true;
}

void put_texts(std::string& out, const std::vector<std::string>& texts) {
    put_varint(out, static_cast<std::int64_t>(texts.size()));
    for (const std::string& text : texts) put_text(out, text);
}

bool take_texts(std::string_view& in, std::vector<std::string>& texts) {
    std::int64_t count = 0;
    if (!take(in, count) || count < 0 || count > considered_max) return false;
    for (; count > 0; --count) {
        const auto text = take_text(in);
        if (!text) return false;
        texts.emplace_back(*text);
    }
    return true;
}

bool refers_to_known(const PolicyRecord& record) {
    const auto known = static_cast<std::int64_t>(record.link_rules.size());
    return std::ranges::all_of(record.considered, [known](const Considered& one) { return one.link_rule < known; });
}

}  // namespace

std::vector<std::string> take_link_rules(const PolicySet& set, std::vector<Considered>& considered) {
    std::vector<std::string> texts;
    std::vector<std::int32_t> taken;
    std::size_t bytes = 0;
    for (Considered& one : considered) {
        if (one.link_rule < 0) continue;
        const std::int32_t position = std::exchange(one.link_rule, -1);
        const auto known = std::ranges::find(taken, position);
        if (known == taken.end()) {
            const auto text = set.link_rules()[static_cast<std::size_t>(position)].canonical_text();
            if (bytes + text.size() > link_rules_bytes_max) continue;
            bytes += text.size();
            texts.emplace_back(text);
        }
        one.link_rule = static_cast<std::int32_t>(known - taken.begin());
        if (known == taken.end()) taken.push_back(position);
    }
    return texts;
}

std::string encode(const PolicyRecord& record) {
    std::string out;
    out.reserve(64 + 32 * record.considered.size());
    put_varint(out, format_version);
    put_fields(out, Describe<authorization::Circumstances>::fields, &record.circumstances);
    put_varint(out, static_cast<std::int64_t>(record.considered.size()));
    for (const Considered& one : record.considered) put(out, one);
    put_texts(out, record.link_rules);
    put_varint(out, record.fee ? 1 : 0);
    if (record.fee) put(out, *record.fee);
    put_varint(out, record.rate ? 1 : 0);
    if (record.rate) {
        put_varint(out, record.rate->base_rate_e9);
        put_varint(out, record.rate->markup_bps);
    }
    return out;
}

std::optional<PolicyRecord> decode_policy_record(std::string_view bytes) {
    PolicyRecord record;
    std::int64_t version = 0, size = 0, has_fee = 0, has_rate = 0;
    if (!take(bytes, version) || version < oldest_version || version > format_version ||
        !take_fields(bytes, Describe<authorization::Circumstances>::fields, &record.circumstances) ||
        !take(bytes, size) || size < 0 || size > considered_max)
        return std::nullopt;
    for (; size > 0; --size)
        if (!take(bytes, version, record.considered.emplace_back())) return std::nullopt;
    if (version > 1 && !take_texts(bytes, record.link_rules)) return std::nullopt;
    if (!refers_to_known(record)) return std::nullopt;
    if (!take(bytes, has_fee) || (has_fee != 0 && !take(bytes, record.fee.emplace()))) return std::nullopt;
    if (!take(bytes, has_rate)) return std::nullopt;
    if (has_rate != 0) {
        auto& rate = record.rate.emplace();
        if (!take(bytes, rate.base_rate_e9) || !take(bytes, rate.markup_bps)) return std::nullopt;
    }
    if (!bytes.empty()) return std::nullopt;
    return record;
}

}  // namespace takas::core::control
