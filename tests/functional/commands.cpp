#include "commands.hpp"

#include <array>

#include <fmt/format.h>

namespace takas::functional {
namespace {

const std::array tables{&call_commands, &setup_commands, &money_commands, &vault_commands};

}  // namespace

const Word& argument(const Step& step, std::size_t index) {
    if (index >= step.words.size()) throw Failure{"a word is missing"};
    return step.words[index];
}

std::span<const Word> expected_of(Interpreter& interpreter, const Step& step, const Answer& answer) {
    std::span<const Word> expected = step.expected;
    if (expected.size() < 2 || !expected[expected.size() - 2].is("as")) return expected;
    interpreter.keep(expected.back().text, answer.body);
    return expected.first(expected.size() - 2);
}

void check(Interpreter& interpreter, const Step& step, const Answer& answer) {
    const auto expected = expected_of(interpreter, step, answer);
    if (!expected.empty()) return check_answer(answer, expected);
    if (answer.status != 200 && answer.status != 204) throw Failure{"status 200 or 204 is expected"};
}

std::string currency_json(const Word& word) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> numbers{{{"TRY", "949"},
                                                                                    {"USD", "840"},
                                                                                    {"EUR", "978"},
                                                                                    {"GBP", "826"},
                                                                                    {"JPY", "392"},
                                                                                    {"KWD", "414"},
                                                                                    {"CHF", "756"}}};
    for (const auto& [name, number] : numbers)
        if (word.text == name) return std::string(number);
    return word.quoted ? json_string(word.text) : word.text;
}

void run_command(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 0).text;
    for (const auto table : tables)
        for (const Command& command : table())
            if (command.name == name) return command.run(interpreter, step);
    throw Failure{"there is no command " + name};
}

std::string list_of_commands() {
    std::string out;
    for (const auto table : tables)
        for (const Command& command : table()) out += fmt::format("  {} {}\n", command.name, command.usage);
    return out;
}

}  // namespace takas::functional
