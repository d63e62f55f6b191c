// Plays a scenario against a world. Commands are rows of one table (commands.cpp); a step that does not come out as
// expected ends the scenario with a report that shows the step, the question and the answer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "answer.hpp"
#include "script.hpp"
#include "transcript.hpp"
#include "world.hpp"

namespace takas::functional {

struct PlayOptions {
    bool restart_between_steps = false;
};

/// Why a step failed; thrown by commands, caught by play().
struct Failure {
    std::string why;
};

class Interpreter {
  public:
    Interpreter(World& world, Transcript& transcript, std::string scenario, PlayOptions options = {});

    /// Nothing when all went as expected; else the report.
    std::optional<std::string> play(const Script& script);

    // What commands work with.

    World& world() { return world_; }

    /// Sends with the current user's token and the headers of the scenario.
    Answer ask(const std::string& method, const std::string& target, const std::string& body = {},
               Headers headers = {});
    /// As ask, and a status other than 200 or 204 is a failure: for what is only preparation.
    Answer prepare(const std::string& method, const std::string& target, const std::string& body = {});

    /// Replaces ${name.path}.
    std::string fill(std::string_view text) const;

    /// Keeps an answer's JSON body under a name.
    void keep(const std::string& name, const std::string& json);
    void keep_value(const std::string& name, const std::string& text) { values_[name] = text; }
    /// The text at "name.path"; a failure when there is none.
    std::string value(std::string_view reference) const;
    bool knows(const std::string& name) const { return values_.contains(name) || documents_.contains(name); }

    void set_user(std::string name) { user_ = std::move(name); }
    const std::string& user() const { return user_; }
    /// A password that differs from the user's name.
    void set_password(const std::string& user, std::string password) { passwords_[user] = std::move(password); }
    void set_client(const std::string& user, std::string client) { clients_[user] = std::move(client); }

    /// The request of a named transaction, for `repeat`.
    struct Sent {
        std::string target, body, answer;
        int status = 0;
    };
    std::map<std::string, Sent, std::less<>> sent;
    int next_number = 1;  ///< for names and STANs that a scenario leaves out

  private:
    struct Token {
        std::string text;
        Instant good_until;
    };
    std::string token();
    void run(const Step& step);
    std::string report(const Step& step, std::string_view why) const;

    World& world_;
    Transcript& transcript_;
    std::string scenario_;
    PlayOptions options_;
    std::string user_ = "demo";
    std::map<std::string, Token> tokens_;
    std::map<std::string, std::string> passwords_, clients_;
    std::map<std::string, std::string, std::less<>> values_;
    std::map<std::string, std::shared_ptr<protocol::json::Document>, std::less<>> documents_;
    std::string last_exchange_;
};

/// Runs the step's command. Throws Failure.
void run_command(Interpreter& interpreter, const Step& step);

/// One line per command, for --help.
std::string list_of_commands();

}  // namespace takas::functional
