#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "commands.hpp"

namespace takas::functional {
namespace {

constexpr std::string_view sandbox = "/api/v1/sandbox/transaction";
constexpr std::string_view issuing = "/api/v1/issuing";

enum class Form { text, number, currency, yes, card, transaction };

/// How a scenario says it, what the API calls it, and how it is written.
struct Alias {
    std::string_view word, field;
    Form form;
};

constexpr std::array aliases{
    Alias{"card", "tokenId", Form::card},
    Alias{"number", "cardNo", Form::text},
    Alias{"expiry", "expireDate", Form::number},
    Alias{"code", "transactionCode", Form::text},
    Alias{"flow", "transactionFlowCode", Form::text},
    Alias{"network", "transactionNetwork", Form::text},
    Alias{"domain", "transactionDomain", Form::text},
    Alias{"mode", "posEntryMode", Form::text},
    Alias{"mcc", "mcc", Form::number},
    Alias{"stan", "stan", Form::text},
    Alias{"rrn", "rrn", Form::text},
    Alias{"time", "localTransactionTime", Form::text},
    Alias{"terminal", "terminalNo", Form::text},
    Alias{"merchant", "cardAcceptorNo", Form::text},
    Alias{"acquirer", "acquirerId", Form::text},
    Alias{"pin", "pin", Form::text},
    Alias{"cvv2", "cvv2", Form::text},
    Alias{"original", "originalTransactionId", Form::transaction},
    Alias{"partial", "isPartialApprovalSupported", Form::yes},
    Alias{"advice", "isAdvice", Form::yes},
};

struct Names {
    std::string_view amount, currency, original;
};

void set_alias(Interpreter& interpreter, Body& body, const Alias& alias, const Word& value) {
    switch (alias.form) {
        case Form::text:
            return body.set_text(alias.field, value.text);
        case Form::number:
            return body.set_word(alias.field, value);
        case Form::currency:
            return body.set_json(alias.field, currency_json(value));
        case Form::yes:
            return body.set_json(alias.field, value.is("yes") ? "true" : "false");
        case Form::card:
            return body.set_json(alias.field, interpreter.value(value.text + ".tokenId"));
        case Form::transaction:
            return body.set_json(alias.field, interpreter.value(value.text + ".transactionId"));
    }
}

/// Pairs "word value" and words "field=value", from words[first] on.
Body message(Interpreter& interpreter, const Step& step, std::size_t first, const Names& names) {
    Body body;
    for (std::size_t i = first; i < step.words.size(); ++i) {
        const Word& word = step.words[i];
        if (word.text.find('=') != std::string::npos) {
            set_fields(body, {&word, 1});
            continue;
        }
        const Word& value = argument(step, ++i);
        if (word.is("amount")) {
            body.set_word(names.amount, value);
        } else if (word.is("currency")) {
            body.set_json(names.currency, currency_json(value));
        } else if (word.is("of")) {
            body.set_json(names.original, interpreter.value(value.text + ".transactionId"));
        } else {
            const auto alias = std::ranges::find(aliases, std::string_view(word.text), &Alias::word);
            if (alias == aliases.end()) throw Failure{"nothing is called " + word.text};
            set_alias(interpreter, body, *alias, value);
        }
    }
    return body;
}

/// "approved", "declined AUTH:00021" or a status, then conditions. Nothing means approved.
void check_decision(Interpreter& interpreter, const Step& step, const Answer& answer) {
    auto expected = expected_of(interpreter, step, answer);
    const bool declined = !expected.empty() && expected[0].is("declined");
    if (!expected.empty() && !declined && !expected[0].is("approved")) return check_answer(answer, expected);
    if (!expected.empty()) expected = expected.subspan(1);
    if (answer.status != 200) throw Failure{"a decision is expected"};
    if (body_value(answer, "isSuccess") != (declined ? "false" : "true"))
        throw Failure{declined ? "a decline is expected" : "an approval is expected"};
    if (declined && !expected.empty() && expected[0].text.starts_with("AUTH:")) {
        if (body_value(answer, "errorCode") != expected[0].text)
            throw Failure{fmt::format("{} is expected, not {}", expected[0].text, body_value(answer, "errorCode"))};
        expected = expected.subspan(1);
    }
    check_body(answer, expected);
}

/// Sends and remembers under the name, so that it can be repeated.
void send(Interpreter& interpreter, const Step& step, const std::string& name, std::string_view target,
          const Body& body) {
    const Answer answer = interpreter.ask("POST", std::string(target), body.text());
    if (answer.status == 200) interpreter.keep(name, answer.body);
    interpreter.sent[name] = {std::string(target), body.text(), answer.body, answer.status};
    check_decision(interpreter, step, answer);
}

void auth(Interpreter& interpreter, const Step& step) {
    Body body = message(interpreter, step, 2, {"transactionAmount", "transactionCurrency", "originalTransactionId"});
    body.default_text("transactionCode", "Purchase");
    body.default_json("transactionAmount", "0");
    body.default_json("transactionCurrency", "949");
    body.default_text("posEntryMode", "Chip");
    body.default_json("mcc", "5411");
    send(interpreter, step, argument(step, 1).text, sandbox, body);
}

void refund(Interpreter& interpreter, const Step& step) {
    Body body = message(interpreter, step, 2, {"amount", "currency", "transactionId"});
    body.default_json("currency", "949");
    send(interpreter, step, argument(step, 1).text, fmt::format("{}/refund", sandbox), body);
}

void take_back(Interpreter& interpreter, const Step& step, std::string_view type) {
    Body body = message(interpreter, step, 2, {"amount", "currency", "transactionId"});
    body.set_json("transactionId", interpreter.value(argument(step, 1).text + ".transactionId"));
    body.set_text("reversalType", type);
    check_decision(interpreter, step, interpreter.ask("POST", fmt::format("{}/void", sandbox), body.text()));
}

void void_transaction(Interpreter& interpreter, const Step& step) { take_back(interpreter, step, "Void"); }
void reverse(Interpreter& interpreter, const Step& step) { take_back(interpreter, step, "Reversal"); }
void partial_reverse(Interpreter& interpreter, const Step& step) { take_back(interpreter, step, "PartialReversal"); }

/// repeat name: the same message again. "same_reply": everything that was decided is answered as the first time.
void repeat(Interpreter& interpreter, const Step& step) {
    const auto found = interpreter.sent.find(argument(step, 1).text);
    if (found == interpreter.sent.end()) throw Failure{"nothing of that name was sent"};
    const Interpreter::Sent first = found->second;
    const Answer answer = interpreter.ask("POST", first.target, first.body);
    if (step.expected.empty() || !step.expected[0].is("same_reply")) return check_decision(interpreter, step, answer);
    constexpr std::array fields{"transactionId", "isSuccess", "responseCode",  "errorCode",
                                "authNo",        "rrn",       "billingAmount", "approvedAmount"};
    Answer before{.status = first.status, .content_type = {}, .body = first.answer};
    for (const char* field : fields)
        if (body_value(before, field) != body_value(answer, field))
            throw Failure{
                fmt::format("{} was {} and is {}", field, body_value(before, field), body_value(answer, field))};
    check_body(answer, std::span(step.expected).subspan(1));
}

/// The account of a card, or the account itself.
std::string account_id(Interpreter& interpreter, const std::string& name) {
    const std::string known = "account of " + name;
    if (!interpreter.knows(known)) {
        const Answer answer = interpreter.prepare(
            "GET", fmt::format("{}/card/{}/account", issuing, interpreter.value(name + ".tokenId")));
        interpreter.keep_value(known, body_value(answer, "accountId"));
    }
    return interpreter.value(known);
}

void fund(Interpreter& interpreter, const Step& step, std::string_view direction) {
    Body body;
    body.set_word("amount", argument(step, 2));
    for (std::size_t i = 3; i < step.words.size(); ++i) {
        if (step.words[i].is("reference"))
            body.set_text("reference", argument(step, ++i).text);
        else if (step.words[i].is("currency"))
            body.set_json("currency", currency_json(argument(step, ++i)));
        else
            set_fields(body, {&step.words[i], 1});
    }
    body.default_json("currency", "949");
    body.default_text("reference", fmt::format("reference {}", interpreter.next_number++));
    const std::string account = account_id(interpreter, argument(step, 1).text);
    check(interpreter, step,
          interpreter.ask("POST", fmt::format("{}/account/{}/{}", issuing, account, direction), body.text()));
}

void load(Interpreter& interpreter, const Step& step) { fund(interpreter, step, "load"); }
void unload(Interpreter& interpreter, const Step& step) { fund(interpreter, step, "unload"); }

/// Words in pairs: what the scenario calls it and its value, or a condition "path = value".
void check_pairs(const Answer& answer, std::span<const Word> words,
                 std::span<const std::pair<std::string_view, std::string_view>> fields) {
    while (!words.empty()) {
        const auto field = std::ranges::find(fields, std::string_view(words[0].text),
                                             &std::pair<std::string_view, std::string_view>::first);
        if (field == fields.end()) return check_body(answer, words);
        if (words.size() < 2) throw Failure{"a value is missing"};
        const std::array<Word, 3> condition{Word{std::string(field->second)}, Word{"="}, words[1]};
        check_body(answer, condition);
        words = words.subspan(2);
    }
}

/// balance card posted 100.00 held 40.00 available 60.00
void balance(Interpreter& interpreter, const Step& step) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> fields{
        {{"posted", "postedBalance"}, {"held", "heldAmount"}, {"available", "availableBalance"}}};
    const std::string account = account_id(interpreter, argument(step, 1).text);
    const Answer answer = interpreter.prepare("GET", fmt::format("{}/account/{}", issuing, account));
    check_pairs(answer, std::span(step.words).subspan(2), fields);
}

/// Removes "check Name Outcome" from the words and looks it up in the answer's list of checks.
std::vector<Word> without_checks(const Answer& answer, std::span<const Word> words) {
    std::vector<Word> rest;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].is("check") || i + 2 >= words.size()) {
            rest.push_back(words[i]);
            continue;
        }
        const auto document = protocol::json::parse(answer.body);
        const auto checks = document ? at(document->root(), "checks") : std::nullopt;
        std::string outcome = "absent";
        if (checks)
            for (const auto check : *checks)
                if (check.find("name") && check.find("name")->text() == words[i + 1].text)
                    outcome = text_of(check.find("outcome").value_or(check));
        if (outcome != words[i + 2].text)
            throw Failure{fmt::format("check {} is {}, not {}", words[i + 1].text, outcome, words[i + 2].text)};
        i += 2;
    }
    return rest;
}

/// transaction name state Pending result Approved [check Balance Failed] [path = value ...]
void transaction(Interpreter& interpreter, const Step& step) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> fields{{{"state", "transactionState"},
                                                                                   {"result", "transactionResult"},
                                                                                   {"remaining", "remainingAmount"},
                                                                                   {"response", "responseCode"}}};
    const std::string id = interpreter.value(argument(step, 1).text + ".transactionId");
    const Answer answer = interpreter.prepare("GET", "/api/v1/issuing-transaction/card-transaction/" + id);
    interpreter.keep("transaction", answer.body);
    const std::vector<Word> rest = without_checks(answer, std::span(step.words).subspan(2));
    check_pairs(answer, rest, fields);
}

/// charge-card-fees "2 charged, 0 wait"
void charge_card_fees(Interpreter& interpreter, const Step& step) {
    const std::string done = interpreter.world().charge_card_fees();
    if (done != argument(step, 1).text) throw Failure{"the job says: " + done};
}

/// run-backtests: the job, once
void run_backtests(Interpreter& interpreter, const Step&) {
    if (const std::string problem = interpreter.world().run_backtests(); !problem.empty()) throw Failure{problem};
}

/// expire-holds: the server's own job may have ended some before
void expire_holds(Interpreter& interpreter, const Step&) {
    if (const std::string problem = interpreter.world().expire_holds(); !problem.empty()) throw Failure{problem};
}

constexpr std::array commands{
    Command{"auth",
            "name card card amount 40.00 [currency USD] [code ..] [mcc ..] [stan ..] [time ..] [flow ..] "
            "[original name] [partial yes] -> approved | declined AUTH:00021",
            auth},
    Command{"refund", "name of transaction | card card, amount 5.00 -> approved | declined", refund},
    Command{"void", "name -> approved | declined", void_transaction},
    Command{"reverse", "name -> approved | declined", reverse},
    Command{"partial-reverse", "name amount 5.00 -> approved | declined", partial_reverse},
    Command{"repeat", "name -> same_reply", repeat},
    Command{"load", "card amount [reference ..] [currency ..]", load},
    Command{"unload", "card amount [reference ..] [currency ..]", unload},
    Command{"balance", "card posted .. held .. available ..", balance},
    Command{"transaction", "name [state ..] [result ..] [remaining ..] [check Name Outcome] [path = value]",
            transaction},
    Command{"run-backtests", ": runs the job backtests", run_backtests},
    Command{"expire-holds", ": runs the job hold-expiry", expire_holds},
    Command{"charge-card-fees", "\"2 charged, 0 wait\": runs the job card-fees, what it comes to", charge_card_fees},
};

}  // namespace

std::span<const Command> money_commands() { return commands; }

}  // namespace takas::functional
