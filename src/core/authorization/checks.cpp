#include "core/authorization/checks.hpp"

#include <charconv>

#include "core/authorization/facts.hpp"
#include "core/authorization/policy.hpp"

namespace takas::core::authorization {
namespace {

constexpr std::array<std::string_view, rule_count> names{"Format",
                                                         "Duplicate",
                                                         "CardFound",
                                                         "CardStatus",
                                                         "CardExpiry",
                                                         "TransactionCode",
                                                         "Original",
                                                         "Cvv",
                                                         "Cvv2",
                                                         "Pin",
                                                         "Arqc",
                                                         "Cavv",
                                                         "Policy",
                                                         "AuthorizationControls",
                                                         "CurrencyConversion",
                                                         "TransactionFee",
                                                         "Velocity",
                                                         "Balance"};

constexpr std::array<char, 4> letters{'s', 'p', 'f', 'n'};

void append_number(std::string& out, std::int64_t value) {
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::string amount(std::int64_t minor, std::uint8_t digits) { return to_text(Decimal{minor, digits}); }

}  // namespace

void encode_checks(const Checks& checks, std::string& out) {
    for (const Check& check : checks) {
        if (&check != &checks.front()) out.push_back(';');
        out.push_back(letters[static_cast<std::size_t>(check.outcome)]);
        if (check.seen == 0 && check.wanted == 0) continue;
        append_number(out, check.seen);
        out.push_back(',');
        append_number(out, check.wanted);
    }
}

std::string encode_checks(const Checks& checks) {
    std::string out;
    encode_checks(checks, out);
    return out;
}

std::optional<Checks> decode_checks(std::string_view text) {
    Checks checks;
    for (std::size_t i = 0; i < rule_count; ++i) {
        if (i > 0) {
            if (!text.starts_with(';')) return std::nullopt;
            text.remove_prefix(1);
        }
        if (text.empty()) return std::nullopt;
        std::size_t outcome = 0;
        while (outcome < letters.size() && letters[outcome] != text.front()) ++outcome;
        if (outcome == letters.size()) return std::nullopt;
        text.remove_prefix(1);
        checks[i].outcome = static_cast<Outcome>(outcome);
        if (text.empty() || text.front() == ';') continue;
        const auto seen = take_number(text);
        if (!seen || !text.starts_with(',')) return std::nullopt;
        text.remove_prefix(1);
        const auto wanted = take_number(text);
        if (!wanted) return std::nullopt;
        checks[i].seen = *seen;
        checks[i].wanted = *wanted;
    }
    return text.empty() ? std::optional(checks) : std::nullopt;
}

std::string_view rule_name(Rule rule) { return names[static_cast<std::size_t>(rule)]; }

std::string explain(Rule rule, const Check& check, std::uint8_t digits) {
    if (check.outcome == Outcome::not_reached) return "an earlier check had refused";
    switch (rule) {
        case Rule::card_status:
            return "card is " + std::string(to_name(static_cast<card::CardStatus>(check.seen)));
        case Rule::card_expiry:
            return "card expires " + std::to_string(check.seen) +
                   (check.wanted ? ", message says " + std::to_string(check.wanted) : "");
        case Rule::transaction_code:
            return std::string(to_name(static_cast<TransactionCode>(check.seen)));
        case Rule::original:
            if (check.outcome == Outcome::skipped) return "no original transaction is involved";
            return "original has " + amount(check.seen, digits) + " left, needed " + amount(check.wanted, digits);
        case Rule::policy:
            return explain_policy(check);
        case Rule::authorization_controls:
            if (check.outcome == Outcome::skipped) return "no control concerns the card";
            return check.outcome == Outcome::passed ? "no control refuses" : "a control refuses";
        case Rule::velocity:
            if (check.outcome == Outcome::skipped) return "no limit counts this";
            return check.outcome == Outcome::passed ? "within all limits" : "a limit is exceeded";
        case Rule::currency_conversion:
            if (check.outcome == Outcome::skipped) return "account currency";
            if (check.outcome == Outcome::failed) return "no exchange rate, or nothing left after rounding";
            return "rate " + to_text(Decimal{check.seen, 9}) + ", billing amount " + amount(check.wanted, digits);
        case Rule::transaction_fee:
            return check.outcome == Outcome::skipped ? "no fee" : "fee " + amount(check.seen, digits);
        case Rule::balance:
            if (check.outcome == Outcome::skipped) return "no money is taken";
            return "available " + amount(check.seen, digits) + ", needed " + amount(check.wanted, digits);
        default:
            return check.outcome == Outcome::skipped ? "not performed" : "";
    }
}

}  // namespace takas::core::authorization
