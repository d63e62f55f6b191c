// What the chip forms have in common: which profile a name means, and the transaction of a case. For
// forms_crypto_emv*.cpp.
#pragma once

#include <vector>

#include "crypto/payment/emv_cryptogram.hpp"
#include "crypto/payment/emv_script.hpp"
#include "forms_crypto.hpp"

namespace takas::vectors {

/// By any name the files use: "VISA18", "VisaCVN18", "VISA_CVN18". Failure when it is none.
const payment::EmvProfile& emv_profile(std::string_view name);

/// The profile, and for PANs of more than 16 digits the same with the other master key option: schemes leave the option
/// to the issuer, and the files do not name it. The one that the given card key (out.<key_name>) speaks for comes
/// alone.
std::vector<payment::EmvProfile> emv_profiles_of(const Case& c, std::string_view imk_name, std::string_view key_name);

/// Runs the check with each candidate; Failure of the first when none holds.
template <class CheckOne>
void any_profile(const std::vector<payment::EmvProfile>& profiles, CheckOne check) {
    for (std::size_t i = profiles.size(); i-- > 1;) {
        try {
            return check(profiles[i]);
        } catch (const Failure&) {
            // the next candidate
        }
    }
    check(profiles.front());
}

payment::CardIdentity card_of(Value in);

/// The values of a transaction, kept so that ArqcInput's views live.
struct Transaction {
    Bytes amount_authorized, amount_other, terminal_country, tvr, currency, transaction_date, transaction_type,
        unpredictable_number, aip, atc, issuer_application_data;
    payment::ArqcInput input() const;
};

/// From an object whose members are tags, written "9F02" or "tag_9f02".
Transaction transaction_from(Value tags);
/// A member by its tag in either spelling; empty when it is absent.
Bytes tag(Value object, std::string_view name);

}  // namespace takas::vectors
