#include "app/what_if/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/authorize/policy_facts.hpp"
#include "app/catalog/catalog.hpp"
#include "app/transactions/transaction_view.hpp"
#include "app/what_if/breakpoints.hpp"

namespace takas::app::what_if {

namespace {

using namespace core::authorization;

/// Looks for changes. The first error of the engine ends the search.
class Search {
  public:
    Search(const Trial& trial, const Request& request, Instant at, const Decided& declined)
        : trial_(trial), request_(request), at_(at), declined_(declined) {}

    Result<std::vector<Change>> run() {
        const auto failed = std::ranges::find(declined_.decision.checks, Outcome::failed, &Check::outcome);
        const auto rule = static_cast<Rule>(failed - declined_.decision.checks.begin());
        if (rule >= Rule::authorization_controls || rule == Rule::format) find_amount();
        if (rule == Rule::policy || rule == Rule::authorization_controls || rule == Rule::velocity) {
            find_channel();
            find_three_d_secure();
            find_domain();
        }
        if (rule == Rule::policy || rule == Rule::authorization_controls || rule == Rule::velocity) find_time();
        if (error_) return std::unexpected(std::move(*error_));
        return std::move(found_);
    }

  private:
    /// All of what is asked is approved: a part of it is not what was asked.
    bool passes(const Request& request, Instant at) {
        if (error_) return false;
        auto decided = trial_.decide(request, at);
        if (!decided) {
            error_ = std::move(decided.error());
            return false;
        }
        return decided->decision.approved;
    }
    bool passes_with(std::int64_t amount_minor) {
        Request other = request_;
        other.transaction_amount_minor = amount_minor;
        if (request_.network_billing_minor && request_.transaction_amount_minor > 0) {
            // The network would convert the smaller amount at the same rate.
            __extension__ using Wide = __int128;
            other.network_billing_minor = static_cast<std::int64_t>(static_cast<Wide>(*request_.network_billing_minor) *
                                                                    amount_minor / request_.transaction_amount_minor);
        }
        return passes(other, at_);
    }

    /// The largest that passes: from above, part by part; inside a part more money only costs more.
    void find_amount() {
        const std::int64_t largest = request_.transaction_amount_minor - 1;
        if (largest < 1) return;
        auto begins = amount_breakpoints(trial_, request_, declined_, largest);
        begins.insert(begins.begin(), 1);
        std::int64_t high = largest;
        for (auto low = begins.rbegin(); low != begins.rend() && !error_; high = *low - 1, ++low) {
            if (passes_with(high)) return add_amount(high);
            if (*low == high || !passes_with(*low)) continue;
            std::int64_t good = *low, bad = high;
            while (bad - good > 1 && !error_) {
                const std::int64_t middle = good + (bad - good) / 2;
                (passes_with(middle) ? good : bad) = middle;
            }
            return add_amount(good);
        }
    }
    void add_amount(std::int64_t minor) {
        Change change{ChangeKind::amount};
        change.amount_minor = minor;
        found_.push_back(change);
    }

    void find_channel() {
        struct Channel {
            PosEntryMode mode;
            TerminalType terminal;
        };
        static constexpr std::array channels{
            Channel{PosEntryMode::chip, TerminalType::pos}, Channel{PosEntryMode::contactless_chip, TerminalType::pos},
            Channel{PosEntryMode::e_commerce, TerminalType::ecommerce}, Channel{PosEntryMode::chip, TerminalType::atm}};
        for (const Channel& one : channels) {
            if (one.mode == request_.pos_entry_mode && one.terminal == request_.acceptor.terminal_type) continue;
            Request other = request_;
            other.pos_entry_mode = one.mode;
            other.acceptor.terminal_type = one.terminal;
            other.cardholder_presence = one.mode == PosEntryMode::e_commerce ? CardholderPresence::electronic_order
                                                                             : CardholderPresence::present;
            if (!passes(other, at_)) continue;
            Change change{ChangeKind::channel};
            change.pos_entry_mode = one.mode, change.terminal_type = one.terminal;
            found_.push_back(change);
        }
    }
    void find_three_d_secure() {
        if (request_.is_3d_secure) return;
        Request other = request_;
        other.is_3d_secure = true;
        if (passes(other, at_)) found_.push_back({ChangeKind::three_d_secure});
    }
    void find_domain() {
        const auto& policies = trial_.services().catalog.usage_policies();
        const auto country = policies.country_of_bin(trial_.card().bin);
        const std::string_view letters(country.data(), country[0] == '\0' ? 0 : country.size());
        if (authorize::side_of(request_, letters) == core::product::Side::domestic &&
            request_.domain != TransactionDomain::international)
            return;
        Request other = request_;
        other.domain = TransactionDomain::domestic;
        other.acceptor.card_acceptor_country = letters;
        if (!passes(other, at_)) return;
        Change change{ChangeKind::domain};
        change.domain = TransactionDomain::domestic;
        found_.push_back(change);
    }
    void find_time() {
        for (const Instant moment : moments_after(trial_, declined_, at_, days_ahead_max)) {
            Request other = request_;
            other.local_transaction_time = other.local_transaction_time.plus_us(moment.value - at_.value);
            if (error_) return;
            if (!passes(other, moment)) continue;
            Change change{ChangeKind::time};
            change.at = moment;
            found_.push_back(change);
            return;
        }
    }

    const Trial& trial_;
    const Request& request_;
    const Instant at_;
    const Decided& declined_;
    std::vector<Change> found_;
    std::optional<Error> error_;
};

}  // namespace

Result<std::vector<Change>> changes_that_pass(const Trial& trial, const Request& request, Instant at,
                                              const Decided& declined) {
    return Search(trial, request, at, declined).run();
}

Sentence sentence_of(const Change& change, const Request& request) {
    switch (change.kind) {
        case ChangeKind::amount: {
            const auto amount =
                to_text(transactions::major_units(change.amount_minor.value_or(0), request.transaction_currency));
            return {fmt::format("It would pass with an amount of at most {}.", amount),
                    fmt::format("En fazla {} tutarla geçer.", amount)};
        }
        case ChangeKind::channel:
            return {"It would pass through this channel.", "Bu kanaldan yapılırsa geçer."};
        case ChangeKind::three_d_secure:
            return {"It would pass with 3-D Secure.", "3-D Secure ile yapılırsa geçer."};
        case ChangeKind::domain:
            return {"It would pass at a merchant in the card's country.", "Kartın ülkesindeki bir iş yerinde geçer."};
        case ChangeKind::time: {
            const auto time = to_text(change.at.value_or(Instant{}));
            return {fmt::format("It would pass from {} on.", time), fmt::format("{} anından itibaren geçer.", time)};
        }
    }
    return {};
}

Sentence why_nothing_helps(const Decision& declined) {
    const auto failed = std::ranges::find(declined.checks, Outcome::failed, &Check::outcome);
    const auto rule = rule_name(static_cast<Rule>(failed - declined.checks.begin()));
    return {fmt::format("No other amount, channel or time within {} days helps: the check {} would still refuse.",
                        days_ahead_max, rule),
            fmt::format("Başka bir tutar, kanal veya {} gün içinde başka bir zaman işe yaramaz: {} denetimi yine "
                        "reddeder.",
                        days_ahead_max, rule)};
}

}  // namespace takas::app::what_if
