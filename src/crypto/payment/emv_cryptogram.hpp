// The application cryptogram of a transaction (ARQC, TC, AAC are one algorithm) and the issuer's answer to it (ARPC,
// tag 91). EMV Book 2 section 8; what differs between schemes comes from the profile.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/emv_profile.hpp"

namespace takas::crypto::payment {

/// Values of the tags that every profile signs, in their signing order, and the issuer application data. Views.
struct ArqcInput {
    ByteView amount_authorized;        ///< 9F02, 6 octets
    ByteView amount_other;             ///< 9F03, 6 octets
    ByteView terminal_country;         ///< 9F1A, 2 octets
    ByteView tvr;                      ///< 95, 5 octets
    ByteView currency;                 ///< 5F2A, 2 octets
    ByteView transaction_date;         ///< 9A, 3 octets
    ByteView transaction_type;         ///< 9C, 1 octet
    ByteView unpredictable_number;     ///< 9F37, 4 octets
    ByteView aip;                      ///< 82, 2 octets
    ByteView atc;                      ///< 9F36, 2 octets
    ByteView issuer_application_data;  ///< 9F10, at most 32 octets, without tag and length
};

/// What the issuer says back.
struct ArpcInput {
    ByteView response_code;       ///< method 1: ARC or ARPC-RC, 2 octets
    ByteView card_status_update;  ///< method 2: CSU, 4 octets
    ByteView proprietary_data;    ///< method 2: at most 8 octets, may be empty
};

/// ARPC and the value of tag 91: method 1 ARPC (8) || response code, method 2 ARPC (4) || CSU || proprietary data.
struct IssuerAnswer {
    ByteView arpc() const { return ByteView(bytes).first(arpc_bytes); }
    ByteView issuer_authentication_data() const { return ByteView(bytes).first(size_bytes); }
    AesBlock bytes{};
    std::size_t arpc_bytes = 0;
    std::size_t size_bytes = 0;
};

/// The cryptogram, under the card's master key.
Outcome<DesBlock> arqc(const EmvProfile& profile, const DoubleKey& icc_master_key, const ArqcInput& input);

/// Whether `presented` (8 octets) is this card's cryptogram. `imk_ac` of 16 octets.
Outcome<bool> verify_arqc(const EmvProfile& profile, ByteView imk_ac, const CardIdentity& card, const ArqcInput& input,
                          ByteView presented);

/// The answer to `cryptogram` (8 octets). `atc` of 2 and `unpredictable_number` of 4 octets where the profile's key
/// takes them.
Outcome<IssuerAnswer> arpc(const EmvProfile& profile, const DoubleKey& icc_master_key, ByteView cryptogram,
                           ByteView atc, ByteView unpredictable_number, const ArpcInput& input);

/// Both in one, sharing the derived keys: what an authorization does. `answer` is computed only for a good cryptogram.
struct ArqcVerdict {
    bool is_valid = false;
    IssuerAnswer answer;
};
Outcome<ArqcVerdict> verify_arqc_and_answer(const EmvProfile& profile, ByteView imk_ac, const CardIdentity& card,
                                            const ArqcInput& input, ByteView presented, const ArpcInput& answer);

/// The two ARPC algorithms by themselves.
Outcome<DesBlock> arpc_method_1(const DoubleKey& key, ByteView cryptogram, ByteView response_code);
Outcome<std::array<std::uint8_t, 4>> arpc_method_2(const DoubleKey& key, ByteView cryptogram,
                                                   ByteView card_status_update, ByteView proprietary_data);

}  // namespace takas::crypto::payment
