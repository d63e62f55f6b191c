// The vocabulary of scenarios: one row per command. The rows live beside what they do: setup_commands.cpp makes the
// institution's things, money_commands.cpp moves money, call_commands.cpp talks plain HTTP.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "body.hpp"
#include "expectation.hpp"
#include "interpreter.hpp"

namespace takas::functional {

struct Command {
    std::string_view name;
    std::string_view usage;
    void (*run)(Interpreter&, const Step&);
};

std::span<const Command> call_commands();
std::span<const Command> setup_commands();
std::span<const Command> money_commands();
std::span<const Command> vault_commands();

// What commands have in common.

/// The step's word of that number; throws Failure when there is none.
const Word& argument(const Step& step, std::size_t index);

/// What stands behind -> without a closing "as name"; keeps the answer under that name.
std::span<const Word> expected_of(Interpreter& interpreter, const Step& step, const Answer& answer);

/// Checks what the step expects; without an expectation the answer has to be a 200 or 204.
void check(Interpreter& interpreter, const Step& step, const Answer& answer);

/// Sends METHOD path [header ...] [field=value ...] [{json}] with these headers besides, and checks the answer.
void call_with(Interpreter& interpreter, const Step& step, Headers headers);

/// As JSON: "TRY", "USD" and the like are their ISO 4217 numbers.
std::string currency_json(const Word& word);

/// Runs `work` as another user.
template <class Work>
auto as_user(Interpreter& interpreter, const std::string& user, Work work) {
    struct Back {
        Interpreter& interpreter;
        std::string user;
        ~Back() { interpreter.set_user(std::move(user)); }
    } const back{interpreter, interpreter.user()};
    interpreter.set_user(user);
    return work();
}

}  // namespace takas::functional
