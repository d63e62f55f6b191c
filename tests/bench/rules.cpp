#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <stdexcept>

#include "core/authorization/codes.hpp"
#include "core/control/rule/rule.hpp"
#include "engine.hpp"
#include "instructions.hpp"

namespace takas::bench {
namespace {

using namespace core::control::rule;
using core::control::rule::Field;

constexpr double promised_ns = 200;
constexpr std::size_t evaluations_per_turn = 1'000'000;
constexpr std::size_t counted_evaluations = 100'000;
constexpr int turns = 15;

/// Every comparison holds, and all are needed: nothing is skipped.
constexpr std::string_view ten_terms =
    R"(transactionCode in ("Purchase", "CashAdvance", "PreAuthorization") && transactionDomain != "Onus" && )"
    R"(mcc in (5411, 5412, 5499, 5812, 5814, 5999) && transactionAmount > 100 && transactionAmount <= 5000 && )"
    R"(cardAcceptorCountry != "TR" && !(isOffline == true) && localTransactionTime between "08:00" and "22:00" && )"
    R"((posEntryMode == "Chip" || isContactless == true) && customerAge >= 18)";

/// Two hundred numbers in a list, fifty texts in another, and a search inside a text.
std::string with_lists() {
    std::string mccs, products;
    for (int i = 0; i < 200; ++i) mccs += fmt::format("{}{}", i > 0 ? ", " : "", 4018 + 7 * i);
    for (int i = 0; i < 50; ++i) products += fmt::format("{}\"P-{:03}\"", i > 0 ? ", " : "", i);
    return "mcc in (" + mccs + ") && cardProductCode in (" + products + ") && cardAcceptorName contains \"MARKET\"";
}

Facts facts() {
    Facts f;
    f[Field::transaction_code] = Value::name(core::authorization::TransactionCode::purchase);
    f[Field::transaction_domain] = Value::name(core::authorization::TransactionDomain::international);
    f[Field::mcc] = Value::integer(5411);
    f[Field::transaction_amount] = Value::amount(123'450, 2);
    f[Field::card_acceptor_country] = Value::text("DE");
    f[Field::card_acceptor_name] = Value::text("KOSE SUPERMARKET");
    f[Field::card_product_code] = Value::text("P-031");
    f[Field::is_offline] = Value::boolean(false);
    f[Field::is_contactless] = Value::boolean(true);
    f[Field::pos_entry_mode] = Value::name(core::authorization::PosEntryMode::contactless_chip);
    f[Field::local_transaction_time] = Value::time_of_day(14 * 60 + 5);
    f[Field::customer_age] = Value::integer(34);
    return f;
}

/// The compiler must take the facts for ones it has never seen.
void evaluate(const Rule& rule, std::size_t count) {
    Facts one = facts();
    std::size_t held = 0;
    for (std::size_t i = 0; i < count; ++i) {
        asm volatile("" : : "r"(&one) : "memory");
        held += rule.evaluate(one) ? 1 : 0;
    }
    if (held != count) throw std::runtime_error("the rule does not hold on the benchmark's facts");
}

Rule compiled(std::string_view text) {
    auto rule = compile(text, Scope::counters);
    if (!rule) throw std::runtime_error("the benchmark's rule is refused");
    return *rule;
}

/// What disturbs only makes it slower: the best turn is the figure.
double best_ns(const Rule& rule) {
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < turns; ++i) {
        const auto start = std::chrono::steady_clock::now();
        evaluate(rule, evaluations_per_turn);
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count() / evaluations_per_turn);
    }
    return best;
}

double compile_us(std::string_view text) {
    constexpr int count = 2'000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) compiled(text);
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
    return taken.count() / count;
}

}  // namespace

void benchmark_rules(Figures& figures) {
    figures.group("Evaluation of a rule",
                  fmt::format("On one core; the best of {} turns of {} evaluations. Every comparison is needed.", turns,
                              whole(evaluations_per_turn)));
    const Rule ten = compiled(ten_terms), lists = compiled(with_lists());
    const double ten_ns = best_ns(ten);
    figures.add("ten comparisons, ns", decimals(ten_ns, 1), "below 200", ten_ns < promised_ns);
    figures.add("lists of 200 numbers and 50 texts, and contains, ns", decimals(best_ns(lists), 1));
    const std::size_t before = allocation_count();
    evaluate(ten, 1'000);
    evaluate(lists, 1'000);
    const std::size_t allocations = allocation_count() - before;
    figures.add("allocations", whole(static_cast<double>(allocations)), "none", allocations == 0);
    figures.group("Compilation of a rule", "When a rule is saved or loaded: parsed, checked, printed, compiled.");
    figures.add("ten comparisons, µs", decimals(compile_us(ten_terms), 1));
    figures.group("Instructions of an evaluation", "Counted by callgrind as the difference of two runs.");
    figures.add("ten comparisons", whole(instructions_of_part("rule", counted_evaluations)));
    figures.add("lists and contains", whole(instructions_of_part("rule-lists", counted_evaluations)));
}

bool do_rule_work(const std::string& part, std::size_t count) {
    if (part != "rule" && part != "rule-lists") return false;
    evaluate(compiled(part == "rule" ? std::string(ten_terms) : with_lists()), count);
    return true;
}

}  // namespace takas::bench
