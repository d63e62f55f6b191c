#include <array>

#include <fmt/format.h>

#include "commands.hpp"

namespace takas::functional {
namespace {

constexpr std::string_view issuing = "/api/v1/issuing";

std::string path(std::string_view below) { return fmt::format("{}{}", issuing, below); }

/// The id of the current user's institution; the institution has the user's name.
std::string tenant_id(Interpreter& interpreter) {
    const std::string name = "tenant of " + interpreter.user();
    if (interpreter.knows(name)) return interpreter.value(name);
    const std::string code = interpreter.user();
    const Answer answer = as_user(interpreter, "operator", [&] {
        return interpreter.prepare("GET", "/api/v1/system/tenant?maxResultCount=1000&code=" + code);
    });
    const auto tenants = protocol::json::parse(answer.body);
    const auto items = tenants ? at(tenants->root(), "items") : std::nullopt;
    if (!items) throw Failure{"there is no list of tenants"};
    for (const auto item : *items) {
        const auto its_code = item.find("code");
        const auto its_id = item.find("id");
        if (its_code && its_id && its_code->text() == code) interpreter.keep_value(name, std::string(its_id->text()));
    }
    return interpreter.value(name);
}

/// tenant code: an institution of its own with an administrator, a client and Transaction Testing, all of that name.
void tenant(Interpreter& interpreter, const Step& step) {
    const std::string& code = argument(step, 1).text;
    const std::string password = code + "-password-1";
    Body body;
    body.set_text("code", code);
    body.set_text("name", code);
    body.set_text("country", "TR");
    body.set_json("isDemo", "true");
    body.set_json("sandboxEnabled", "true");
    body.set_json("administrator", fmt::format(R"({{"userName":"{}","password":"{}"}})", code, password));
    body.set_json("client", fmt::format(R"({{"clientId":"{}","isPublic":true}})", code));
    set_fields(body, std::span(step.words).subspan(2));
    const Answer answer =
        as_user(interpreter, "operator", [&] { return interpreter.ask("POST", "/api/v1/system/tenant", body.text()); });
    check(interpreter, step, answer);
    if (answer.status != 200) return;
    interpreter.keep(code, answer.body);
    interpreter.keep_value("tenant of " + code, body_value(answer, "tenant.id"));
    interpreter.set_password(code, password);
}

/// new-user name role: in the tenant of the current user's name (a tenant made by `tenant`, or demo).
void new_user(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    const std::string tenant = interpreter.user();
    const std::string password = name + "-password-1";
    Body body;
    body.set_json("tenantId", tenant_id(interpreter));
    body.set_text("userName", name);
    body.set_text("password", password);
    body.set_json("roles", fmt::format(R"(["{}"])", argument(step, 2).text));
    const Answer answer =
        as_user(interpreter, "operator", [&] { return interpreter.ask("POST", "/api/v1/system/user", body.text()); });
    check(interpreter, step, answer);
    if (answer.status != 200) return;
    interpreter.keep(name, answer.body);
    interpreter.set_password(name, password);
    interpreter.set_client(name, tenant);
}

/// rate USD TRY 40.005 [field=value ...]: from now on unless told, for the current tenant
void rate(Interpreter& interpreter, const Step& step) {
    Body body;
    body.set_json("tenantId", tenant_id(interpreter));
    body.set_json("sourceCurrency", currency_json(argument(step, 1)));
    body.set_json("targetCurrency", currency_json(argument(step, 2)));
    body.set_word("rate", argument(step, 3));
    set_fields(body, std::span(step.words).subspan(4));
    check(interpreter, step, as_user(interpreter, "operator", [&] {
              return interpreter.ask("POST", "/api/v1/system/currency-exchange-rate", body.text());
          }));
}

void customer(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    Body body;
    set_fields(body, std::span(step.words).subspan(2));
    body.default_text("type", "Individual");
    body.default_text("customerNo", name);
    body.default_text("name", "Ayşe");
    body.default_text("surname", "Yılmaz");
    const Answer answer = interpreter.ask("POST", path("/customer"), body.text());
    check(interpreter, step, answer);
    if (answer.status != 200) return;
    interpreter.keep(name, answer.body);
    interpreter.keep_value("last customer", body_value(answer, "customerNo"));
}

/// A BIN of its own for the current tenant, made by the operator; its name is "bin <user>".
std::string bin_of(Interpreter& interpreter) {
    const std::string name = "bin " + interpreter.user();
    if (interpreter.knows(name)) return interpreter.value(name);
    Body body;
    body.set_json("tenantId", tenant_id(interpreter));
    body.set_text("bin", fmt::format("979299{:02}", interpreter.next_number++));
    body.set_text("brand", "Troy");
    body.set_text("cardDci", "Prepaid");
    body.set_text("cardType", "Prepaid");
    body.set_json("length", "16");
    body.set_json("currency", "949");
    body.set_text("country", "TR");
    const Answer answer = as_user(interpreter, "operator",
                                  [&] { return interpreter.prepare("POST", "/api/v1/system/card-bin", body.text()); });
    interpreter.keep_value(name, body_value(answer, "id"));
    return interpreter.value(name);
}

/// range name [first last]: a BIN range; a slice of its own unless told.
void range(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    const int slice = interpreter.next_number++;
    Body body;
    set_fields(body, std::span(step.words).subspan(2));
    if (!body.has("binId")) body.set_json("binId", bin_of(interpreter));
    body.default_text("name", name);
    body.default_text("startRange", fmt::format("{:03}0000", slice));
    body.default_text("endRange", fmt::format("{:03}9999", slice));
    const Answer answer = interpreter.ask("POST", path("/card-bin-range"), body.text());
    check(interpreter, step, answer);
    if (answer.status == 200) interpreter.keep(name, answer.body);
}

void product(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    Body body;
    set_fields(body, std::span(step.words).subspan(2));
    if (!body.has("binRangeId")) {
        const Step its_range{.line = step.line, .source = {}, .words = {{"range"}, {name + " range"}}, .expected = {}};
        range(interpreter, its_range);
        body.set_json("binRangeId", interpreter.value(name + " range.id"));
    }
    body.default_text("code", name);
    body.default_text("name", name);
    body.default_text("cardDci", "Prepaid");
    body.default_text("brand", "Troy");
    body.default_json("currency", "949");
    body.default_json("validityPeriodMonths", "60");
    body.default_json("physicals", R"([{"physicalType":"Virtual","isDefault":true}])");
    const Answer answer = interpreter.ask("POST", path("/card-product"), body.text());
    check(interpreter, step, answer);
    if (answer.status != 200) return;
    interpreter.keep(name, answer.body);
    interpreter.keep_value("last product", body_value(answer, "code"));
}

Answer change_status(Interpreter& interpreter, const std::string& card, std::string_view status,
                     std::string_view reason) {
    Body body;
    body.set_json("tokenId", interpreter.value(card + ".tokenId"));
    body.set_text("status", status);
    body.set_text("reason", reason);
    return interpreter.ask("PUT", path("/card/status"), body.text());
}

/// card name [active] [customer name] [product name] [child-of card] [field=value ...]
void card(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    Body body;
    bool active = false;
    for (std::size_t i = 2; i < step.words.size(); ++i) {
        const Word& word = step.words[i];
        if (word.is("active"))
            active = true;
        else if (word.is("customer"))
            body.set_text("customerNo", argument(step, ++i).text);
        else if (word.is("product"))
            body.set_text("cardProductCode", argument(step, ++i).text);
        else if (word.is("child-of"))
            body.set_json("parentTokenId", interpreter.value(argument(step, ++i).text + ".tokenId"));
        else
            set_fields(body, {&word, 1});
    }
    if (!body.has("customerNo")) body.set_text("customerNo", interpreter.value("last customer"));
    if (!body.has("cardProductCode")) body.set_text("cardProductCode", interpreter.value("last product"));
    const Answer answer = interpreter.ask("POST", path("/card"), body.text());
    check(interpreter, step, answer);
    if (answer.status != 200) return;
    interpreter.keep(name, answer.body);
    if (active && change_status(interpreter, name, "Active", "CustomerRequest").status != 200)
        throw Failure{"the card cannot be activated"};
}

void activate(Interpreter& interpreter, const Step& step) {
    check(interpreter, step, change_status(interpreter, argument(step, 1).text, "Active", "CustomerRequest"));
}

void status(Interpreter& interpreter, const Step& step) {
    check(interpreter, step,
          change_status(interpreter, argument(step, 1).text, argument(step, 2).text, argument(step, 3).text));
}

/// shop: what most scenarios begin with.
void shop(Interpreter& interpreter, const Step& step) {
    const auto make = [&](auto command, const char* name) {
        command(interpreter, Step{.line = step.line, .source = {}, .words = {{""}, {name}}, .expected = {}});
    };
    make(product, "standard");
    make(customer, "holder");
}

constexpr std::array commands{
    Command{"tenant", "code [field=value ...]: an institution with administrator and client of that name", tenant},
    Command{"new-user", "name role: a user in the current tenant", new_user},
    Command{"rate", "USD TRY 40.005 [field=value ...]: an exchange rate, from now on unless told", rate},
    Command{"customer", "name [field=value ...]", customer},
    Command{"range", "name [field=value ...]: a BIN range", range},
    Command{"product", "name [field=value ...]", product},
    Command{"card", "name [active] [customer name] [product name] [child-of card] [field=value ...]", card},
    Command{"activate", "card", activate},
    Command{"status", "card status reason", status},
    Command{"shop", ": the product \"standard\" in lira and the customer \"holder\"", shop},
};

}  // namespace

std::span<const Command> setup_commands() { return commands; }

}  // namespace takas::functional
