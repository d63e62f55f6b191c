// The card vault's merchants, and calls with their credentials.
#include <array>

#include <fmt/format.h>

#include "commands.hpp"

namespace takas::functional {
namespace {

constexpr std::string_view current_merchant = "current vault merchant";

std::string demo_tenant(Interpreter& interpreter) {
    const Answer answer = interpreter.prepare("GET", "/api/v1/system/tenant?code=demo");
    return body_value(answer, "items[0].id");
}

void make_credential(Interpreter& interpreter, const std::string& shop, std::string_view kind,
                     std::string_view scopes) {
    const std::string id = interpreter.value(shop + ".id");
    const Answer answer = interpreter.prepare("POST", "/api/v1/system/vault-merchant/" + id + "/credential",
                                              fmt::format(R"({{"kind":"{}","scopes":{}}})", kind, scopes));
    const std::string name = fmt::format("{}-{}", shop, kind == "Public" ? "public" : "private");
    interpreter.keep(name, answer.body);
    interpreter.keep_value(name + " key", body_value(answer, "credential.keyId"));
    interpreter.keep_value(name + " secret", body_value(answer, "secret"));
}

/// vault name [field=value ...]: a merchant of the vault with a public and a private pair; or back to one made before
void vault_merchant(Interpreter& interpreter, const Step& step) {
    const std::string& name = argument(step, 1).text;
    interpreter.keep_value(std::string(current_merchant), name);
    if (interpreter.knows(name)) return;
    as_user(interpreter, "operator", [&] {
        Body body;
        body.set_json("tenantId", demo_tenant(interpreter));
        body.set_text("code", name);
        set_fields(body, std::span(step.words).subspan(2));
        const Answer answer = interpreter.ask("POST", "/api/v1/system/vault-merchant", body.text());
        check(interpreter, step, answer);
        if (answer.status != 200) return;
        interpreter.keep(name, answer.body);
        make_credential(interpreter, name, "Public", R"(["TempToken","Bin"])");
        make_credential(interpreter, name, "Private", R"(["Cards","Blacklist","Resolve","Forward"])");
    });
}

Headers pair(Interpreter& interpreter, std::string_view kind) {
    const std::string name = fmt::format("{}-{}", interpreter.value(current_merchant), kind);
    return {{fmt::format("apikey{}", kind), interpreter.value(name + " key")},
            {fmt::format("apiclient{}", kind), interpreter.value(name + " secret")},
            {"locale", "en"}};
}

/// pay METHOD path ...: as call, with the merchant's public pair
void pay(Interpreter& interpreter, const Step& step) { call_with(interpreter, step, pair(interpreter, "public")); }

/// wall METHOD path ...: as call, with the merchant's private pair
void wall(Interpreter& interpreter, const Step& step) { call_with(interpreter, step, pair(interpreter, "private")); }

constexpr std::array commands{
    Command{"vault", "name [field=value ...]: a merchant of the card vault with both pairs of credentials",
            vault_merchant},
    Command{"pay", "METHOD path ...: as call, with the merchant's public pair", pay},
    Command{"wall", "METHOD path ...: as call, with the merchant's private pair", wall},
};

}  // namespace

std::span<const Command> vault_commands() { return commands; }

}  // namespace takas::functional
