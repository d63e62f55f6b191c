#include "crypto/payment/emv_cryptogram.hpp"

#include <algorithm>
#include <array>

#include "crypto/payment/des_keys.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t cryptogram_bytes = 8;
constexpr std::size_t max_iad_bytes = 32;

/// One element of the data that every profile signs.
struct Element {
    ByteView ArqcInput::* value;
    std::size_t size_bytes;
};

constexpr std::array elements{
    Element{&ArqcInput::amount_authorized, 6},
    Element{&ArqcInput::amount_other, 6},
    Element{&ArqcInput::terminal_country, 2},
    Element{&ArqcInput::tvr, 5},
    Element{&ArqcInput::currency, 2},
    Element{&ArqcInput::transaction_date, 3},
    Element{&ArqcInput::transaction_type, 1},
    Element{&ArqcInput::unpredictable_number, 4},
    Element{&ArqcInput::aip, 2},
    Element{&ArqcInput::atc, 2},
};

constexpr std::size_t elements_bytes = [] {
    std::size_t sum = 0;
    for (const Element& element : elements) sum += element.size_bytes;
    return sum;
}();

/// Data to sign, gathered without allocating.
struct Gathered {
    ByteView view() const { return ByteView(bytes).first(size); }
    void add(ByteView part) {
        std::ranges::copy(part, bytes.begin() + static_cast<std::ptrdiff_t>(size));
        size += part.size();
    }
    std::array<std::uint8_t, elements_bytes + max_iad_bytes> bytes;
    std::size_t size = 0;
};

/// `size` octets from `at` on, when there are so many.
bool add_part(Gathered& data, ByteView iad, std::size_t at, std::size_t size) {
    if (iad.size() < at + size) return false;
    data.add(iad.subspan(at, size));
    return true;
}

/// Visa: length(1) DKI(1) CVN(1) CVR(4) ...  Mastercard: DKI(1) CVN(1) CVR(6) DAC(2) counters(8).
bool add_tail(Gathered& data, AcTail tail, ByteView iad) {
    switch (tail) {
        case AcTail::visa_cvr:
            return add_part(data, iad, 3, 4);
        case AcTail::mastercard_cvr:
            return add_part(data, iad, 2, 6);
        case AcTail::mastercard_cvr_and_counters:
            return add_part(data, iad, 2, 6) && add_part(data, iad, 10, 8);
        case AcTail::whole_iad:
            return !iad.empty() && add_part(data, iad, 0, iad.size());
    }
    return false;
}

Outcome<Gathered> gather(const EmvProfile& profile, const ArqcInput& input) {
    if (input.issuer_application_data.size() > max_iad_bytes) return refuse(Fault::data_length_refused);
    Gathered data;
    for (const Element& element : elements) {
        if ((input.*element.value).size() != element.size_bytes) return refuse(Fault::data_length_refused);
        data.add(input.*element.value);
    }
    if (!add_tail(data, profile.ac_tail, input.issuer_application_data)) return refuse(Fault::data_length_refused);
    return data;
}

Outcome<DoubleKey> session_key(AcSessionKey method, const DoubleKey& icc_master_key, ByteView atc,
                               ByteView unpredictable_number) {
    switch (method) {
        case AcSessionKey::common_atc:
            return common_ac_session_key(icc_master_key, atc);
        case AcSessionKey::mastercard_skd:
            return mastercard_session_key(icc_master_key, atc, unpredictable_number);
        case AcSessionKey::none:
            break;
    }
    DoubleKey same;
    std::ranges::copy(icc_master_key.reveal(), same.writable().begin());
    return same;
}

Outcome<DesBlock> method_1(const DesKeys& key, ByteView cryptogram, ByteView response_code) {
    if (cryptogram.size() != cryptogram_bytes || response_code.size() != 2) return refuse(Fault::data_length_refused);
    DesBlock block;
    std::ranges::copy(cryptogram, block.begin());
    block[0] ^= response_code[0];
    block[1] ^= response_code[1];
    key.encrypt(block);
    return block;
}

Outcome<std::array<std::uint8_t, 4>> method_2(const DesKeys& key, ByteView cryptogram, ByteView card_status_update,
                                              ByteView proprietary_data) {
    if (cryptogram.size() != cryptogram_bytes || card_status_update.size() != 4 || proprietary_data.size() > 8)
        return refuse(Fault::data_length_refused);
    Gathered data;
    data.add(cryptogram);
    data.add(card_status_update);
    data.add(proprietary_data);
    const DesBlock mac = retail_mac(key, Padding::one_and_zeros, data.view());
    return std::array{mac[0], mac[1], mac[2], mac[3]};
}

Outcome<IssuerAnswer> answer_under(const DesKeys& key, ArpcMethod method, ByteView cryptogram, const ArpcInput& input) {
    IssuerAnswer answer;
    const auto add = [&](ByteView part) {
        std::ranges::copy(part, answer.bytes.begin() + static_cast<std::ptrdiff_t>(answer.size_bytes));
        answer.size_bytes += part.size();
    };
    if (method == ArpcMethod::one) {
        const auto arpc = method_1(key, cryptogram, input.response_code);
        if (!arpc) return refuse(arpc.error());
        add(*arpc);
        answer.arpc_bytes = arpc->size();
        add(input.response_code);
        return answer;
    }
    const auto arpc = method_2(key, cryptogram, input.card_status_update, input.proprietary_data);
    if (!arpc) return refuse(arpc.error());
    add(*arpc);
    answer.arpc_bytes = arpc->size();
    add(input.card_status_update);
    add(input.proprietary_data);
    return answer;
}

}  // namespace

Outcome<DesBlock> arqc(const EmvProfile& profile, const DoubleKey& icc_master_key, const ArqcInput& input) {
    const auto data = gather(profile, input);
    if (!data) return refuse(data.error());
    const auto key = session_key(profile.ac_session_key, icc_master_key, input.atc, input.unpredictable_number);
    if (!key) return refuse(key.error());
    return retail_mac(*key, profile.ac_padding, data->view());
}

Outcome<bool> verify_arqc(const EmvProfile& profile, ByteView imk_ac, const CardIdentity& card, const ArqcInput& input,
                          ByteView presented) {
    const auto icc_key = icc_master_key(profile.master_key, imk_ac, card);
    if (!icc_key) return refuse(icc_key.error());
    const auto expected = arqc(profile, *icc_key, input);
    if (!expected) return refuse(expected.error());
    return constant_time_equal(*expected, presented);
}

Outcome<IssuerAnswer> arpc(const EmvProfile& profile, const DoubleKey& icc_master_key, ByteView cryptogram,
                           ByteView atc, ByteView unpredictable_number, const ArpcInput& input) {
    const auto key = session_key(profile.arpc_key, icc_master_key, atc, unpredictable_number);
    if (!key) return refuse(key.error());
    return answer_under(DesKeys(*key), profile.arpc, cryptogram, input);
}

Outcome<ArqcVerdict> verify_arqc_and_answer(const EmvProfile& profile, ByteView imk_ac, const CardIdentity& card,
                                            const ArqcInput& input, ByteView presented, const ArpcInput& answer) {
    const auto data = gather(profile, input);
    if (!data) return refuse(data.error());
    const auto icc_key = icc_master_key(profile.master_key, imk_ac, card);
    if (!icc_key) return refuse(icc_key.error());
    const auto key = session_key(profile.ac_session_key, *icc_key, input.atc, input.unpredictable_number);
    if (!key) return refuse(key.error());
    const DesKeys session(*key);
    const DesBlock expected = retail_mac(session, profile.ac_padding, data->view());
    ArqcVerdict verdict;
    verdict.is_valid = constant_time_equal(expected, presented);
    if (!verdict.is_valid) return verdict;
    // Every profile answers under the cryptogram's own key or under the card's master key.
    const bool is_under_session = profile.arpc_key == profile.ac_session_key;
    auto answered = is_under_session ? answer_under(session, profile.arpc, presented, answer)
                                     : answer_under(DesKeys(*icc_key), profile.arpc, presented, answer);
    if (!answered) return refuse(answered.error());
    verdict.answer = *answered;
    return verdict;
}

Outcome<DesBlock> arpc_method_1(const DoubleKey& key, ByteView cryptogram, ByteView response_code) {
    return method_1(DesKeys(key), cryptogram, response_code);
}

Outcome<std::array<std::uint8_t, 4>> arpc_method_2(const DoubleKey& key, ByteView cryptogram,
                                                   ByteView card_status_update, ByteView proprietary_data) {
    return method_2(DesKeys(key), cryptogram, card_status_update, proprietary_data);
}

}  // namespace takas::crypto::payment
