#include "crypto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "bare_crypto.hpp"
#include "base/encoding.hpp"
#include "crypto/payment/card_code.hpp"
#include "crypto/payment/emv_cryptogram.hpp"
#include "crypto/payment/pin_block.hpp"
#include "crypto/payment/pin_reference.hpp"
#include "instructions.hpp"

namespace takas::bench {
namespace {

using namespace crypto::payment;

/// What an operation may cost of its bare calls.
constexpr double promised_ratio = 1.3;
constexpr std::size_t operations_per_turn = 20'000;
constexpr std::size_t turns = 15;
constexpr std::size_t counted_operations = 3'000;
constexpr std::string_view pan = "4123456789012345";

Bytes from_hex(std::string_view hex) { return hex_decode(hex).value(); }

/// Keeps a result alive for the optimiser, and stops when there is none.
template <class T>
void use(const Outcome<T>& outcome) {
    if (!outcome) throw std::runtime_error("an operation was refused");
}

void our_cvv(std::size_t count) {
    const Bytes cvk = from_hex("0123456789ABCDEFFEDCBA9876543210");
    for (std::size_t i = 0; i < count; ++i) use(cvv(cvk, pan, "3012", "201"));
}

void our_pvv(std::size_t count) {
    const Bytes pvk = from_hex("0123456789ABCDEFFEDCBA9876543210");
    for (std::size_t i = 0; i < count; ++i) use(pvv(pvk, 1, pan, "1234"));
}

/// The data of the payment HSM's case for Visa CVN 18.
void our_arqc(std::size_t count) {
    const Bytes imk = from_hex("0123456789ABCDEFFEDCBA9876543210");
    const Bytes amount = from_hex("000000004000"), other = from_hex("000000000000"), country = from_hex("0124"),
                tvr = from_hex("8000048000"), currency = from_hex("0124"), date = from_hex("191105"),
                type = from_hex("01"), un = from_hex("52BF4585"), aip = from_hex("1800"), atc = from_hex("001C"),
                iad = from_hex("06011203A0B800"), csu = from_hex("00000000"), presented = from_hex("7A788EA6B8A3E733");
    const ArqcInput input{amount, other, country, tvr, currency, date, type, un, aip, atc, iad};
    const EmvProfile& profile = *find_emv_profile("VISA_CVN18");
    for (std::size_t i = 0; i < count; ++i) {
        const auto verdict =
            verify_arqc_and_answer(profile, imk, {"1234567890123456", "00"}, input, presented, {{}, csu, {}});
        use(verdict);
        if (!verdict->is_valid) throw std::runtime_error("the cryptogram was refused");
    }
}

void our_translate(std::size_t count) {
    const Bytes in = from_hex("0123456789ABCDEFFEDCBA9876543210");
    const Bytes out = from_hex("89ABCDEF0123456776543210FEDCBA98");
    const CipherKey key_in = *CipherKey::tdes(in);
    const CipherKey key_out = *CipherKey::tdes(out);
    const auto block = encipher_pin(PinFormat::iso0, "1234", pan, key_in);
    const PinTranslation translation{PinFormat::iso0, key_in, PinFormat::iso0, key_out, pan, {}};
    for (std::size_t i = 0; i < count; ++i) use(translate_pin(translation, block->reveal()));
}

struct Operation {
    std::string_view name;
    std::string_view label;
    void (*ours)(std::size_t);
    void (*bare)(std::size_t);
};
constexpr std::array operations{
    Operation{"cvv", "CVV", &our_cvv, &bare_cvv},
    Operation{"pvv", "PVV", &our_pvv, &bare_pvv},
    Operation{"arqc", "ARQC and ARPC", &our_arqc, &bare_arqc},
    Operation{"translate", "PIN block translation", &our_translate, &bare_translate},
};

double microseconds_of(void (*work)(std::size_t)) {
    const auto start = std::chrono::steady_clock::now();
    work(operations_per_turn);
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
    return taken.count() / operations_per_turn;
}

void add_ratio(Figures& figures, std::string name, double ratio) {
    figures.add(std::move(name), decimals(ratio, 2), "at most 1.3", ratio <= promised_ratio);
}

void measure_time(Figures& figures, const Operation& operation) {
    microseconds_of(operation.ours);
    microseconds_of(operation.bare);
    std::vector<double> ours, bare, ratios;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        ours.push_back(microseconds_of(operation.ours));
        bare.push_back(microseconds_of(operation.bare));
        ratios.push_back(ours.back() / bare.back());
    }
    figures.add(fmt::format("{}, µs", operation.label), decimals(median(ours), 2));
    figures.add(fmt::format("{}, bare calls, µs", operation.label), decimals(median(bare), 2));
    add_ratio(figures, fmt::format("{}, ratio", operation.label), median(ratios));
}

void measure_instructions(Figures& figures, const Operation& operation) {
    const double ours = instructions_of_part(std::string(operation.name), counted_operations);
    const double bare = instructions_of_part(fmt::format("bare-{}", operation.name), counted_operations);
    figures.add(std::string(operation.label), whole(ours));
    figures.add(fmt::format("{}, bare calls", operation.label), whole(bare));
    add_ratio(figures, fmt::format("{}, ratio", operation.label), ours / bare);
}

}  // namespace

void benchmark_crypto(Figures& figures) {
    figures.group(
        "Time of an operation",
        fmt::format("On one core against the same cipher calls in a bare OpenSSL loop (EVP; ciphers, contexts "
                    "and lasting keys kept, derived keys set up each time), in alternating turns of {} operations; "
                    "medians of {}, a ratio is the median of the ratios of neighbours.",
                    whole(operations_per_turn), turns));
    for (const Operation& operation : operations) measure_time(figures, operation);
    figures.group("Instructions of an operation", "Counted by callgrind as the difference of two runs.");
    for (const Operation& operation : operations) measure_instructions(figures, operation);
}

bool do_crypto_work(const std::string& part, std::size_t count) {
    for (const Operation& operation : operations) {
        if (part == operation.name) {
            operation.ours(count);
            return true;
        }
        if (part == fmt::format("bare-{}", operation.name)) {
            operation.bare(count);
            return true;
        }
    }
    return false;
}

}  // namespace takas::bench
