#include <gtest/gtest.h>

#include "api/system/api_world_test.hpp"

namespace takas::api::system {
namespace {

using app::ports::where;

struct SystemApi : ::testing::Test {
    ApiWorld world;
    std::string tenant = std::to_string(world.demo_tenant().value);
    SystemApi() { world.sign_in("operator"); }

    net::HttpResponse send(std::string method, std::string target, std::string body = {}) {
        return world.send(std::move(method), "/api/v1/system" + target, std::move(body));
    }
    static std::string text(const net::HttpResponse& r, std::string_view path) { return ApiWorld::text(r, path); }
    static void expect(const net::HttpResponse& r, int status, std::string_view code = "") {
        EXPECT_EQ(r.status, status) << r.body;
        EXPECT_EQ(ApiWorld::code(r), code) << r.body;
    }
    std::string user_body(std::string_view name, std::string_view password = "a long enough password",
                          std::string_view roles = R"(["viewer"])") {
        return R"({"tenantId":)" + tenant + R"(,"userName":")" + std::string(name) + R"(","password":")" +
               std::string(password) + R"(","roles":)" + std::string(roles) + "}";
    }
    std::string bin_body(std::string_view digits, std::string_view rest = "") {
        return R"({"tenantId":)" + tenant + R"(,"bin":")" + std::string(digits) +
               R"(","brand":"Visa","cardDci":"Debit","currency":949,"country":"TR")" + std::string(rest) + "}";
    }
    std::string rate_body(std::string_view rate, std::string_view rest = R"("sourceCurrency":826)") {
        return R"({"tenantId":)" + tenant + R"(,"targetCurrency":949,"rate":)" + std::string(rate) + "," +
               std::string(rest) + "}";
    }
};

TEST_F(SystemApi, only_operators_may_call) {
    world.sign_in("demo");
    for (const Endpoint& row : system_endpoints()) {
        std::string path(row.path);
        if (const auto brace = path.find('{'); brace != std::string::npos)
            path.replace(brace, path.find('}') - brace + 1, "1");
        const auto refused = world.send(std::string(name_of(row.method)), path, row.body ? "{}" : "");
        expect(refused, 403, "COMMON:00003");
    }
    world.token = "nonsense";
    expect(send("GET", "/tenant"), 401, "COMMON:00005");
}

TEST_F(SystemApi, a_new_institution_can_work_at_once) {
    const auto created = send("POST", "/tenant",
                              R"({"code":"acme","name":"Acme","country":"TR",
        "administrator":{"userName":"admin","password":"a long enough password"},
        "client":{"clientId":"acme-erp","roles":["integrator"]}})");
    expect(created, 200);
    const std::string id = text(created, "tenant.id");
    EXPECT_FALSE(text(created, "clientSecret").empty());
    EXPECT_EQ(text(send("GET", "/tenant/" + id), "code"), "acme");
    EXPECT_EQ(text(send("GET", "/role?tenantId=" + id), "totalCount"), "7");

    const auto token =
        world.send("POST", "/connect/token",
                   "grant_type=client_credentials&client_id=acme-erp&client_secret=" + text(created, "clientSecret"));
    EXPECT_EQ(token.status, 200) << token.body;
    const auto administrator =
        world.send("POST", "/connect/token",
                   "grant_type=password&username=admin&password=a+long+enough+password&client_id=acme-erp"
                   "&client_secret=" +
                       text(created, "clientSecret"));
    EXPECT_EQ(administrator.status, 200) << administrator.body;

    expect(send("POST", "/tenant", R"({"code":"acme","name":"Other","country":"TR"})"), 409, "SYS:00001");
    expect(send("POST", "/tenant", R"({"code":"b","name":"B","country":"TR","client":{"clientId":"demo"}})"), 409,
           "COMMON:00016");
    expect(send("POST", "/tenant", R"({"code":"b","name":"B","country":"TR",
        "client":{"clientId":"b","roles":["operator"]}})"),
           422, "SYS:00005");
    expect(send("POST", "/tenant", R"({"code":"b","name":"B","country":"XX",
        "administrator":{"userName":"b","password":"short"}})"),
           400, "COMMON:00001");
}

TEST_F(SystemApi, a_switched_off_institution_is_out_at_once) {
    const std::string operator_token = world.token;
    world.sign_in("demo");
    const std::string demo_token = world.token;
    EXPECT_TRUE(world.authenticator.authenticate(demo_token));
    world.token = operator_token;
    const auto changed = send("PUT", "/tenant/" + tenant, R"({"isActive":false,"name":"Closed Bank"})");
    expect(changed, 200);
    EXPECT_EQ(text(changed, "name"), "Closed Bank");
    EXPECT_EQ(text(changed, "sandboxEnabled"), "true");
    EXPECT_FALSE(world.authenticator.authenticate(demo_token));
    expect(send("PUT", "/tenant/1", R"({"isActive":false})"), 400, "COMMON:00001");
    expect(send("PUT", "/tenant/999", R"({})"), 404, "SYS:00002");
    expect(send("GET", "/tenant/abc"), 404, "SYS:00002");
}

TEST_F(SystemApi, users_are_made_changed_and_put_out) {
    const auto created = send("POST", "/user", user_body("ayse"));
    expect(created, 200);
    EXPECT_EQ(created.body.find("password"), std::string::npos);
    const std::string id = text(created, "id");
    const std::string form = "grant_type=password&username=ayse&password=a+long+enough+password&client_id=demo";
    const auto token = world.send("POST", "/connect/token", form);
    ASSERT_EQ(token.status, 200) << token.body;
    EXPECT_TRUE(world.authenticator.authenticate(text(token, "access_token")));

    expect(send("PUT", "/user/" + id, R"({"roles":["administrator"]})"), 200);
    EXPECT_TRUE(
        contains(world.authenticator.authenticate(text(token, "access_token"))->permissions, Permission::card_write));
    expect(send("DELETE", "/user/" + id), 204);
    EXPECT_EQ(text(send("GET", "/user/" + id), "isActive"), "false");
    EXPECT_FALSE(world.authenticator.authenticate(text(token, "access_token")));
    EXPECT_EQ(world.send("POST", "/connect/token", form).status, 400);

    world.clock.time = world.clock.time.plus_seconds(1);
    expect(send("PUT", "/user/" + id, R"({"isActive":true})"), 200);
    EXPECT_EQ(world
                  .send("POST", "/connect/token",
                        "grant_type=refresh_token&client_id=demo&refresh_token=" + text(token, "refresh_token"))
                  .status,
              400);
    EXPECT_EQ(world.send("POST", "/connect/token", form).status, 200);
}

TEST_F(SystemApi, a_new_password_ends_the_lock_and_the_old_tokens) {
    const std::string id = text(send("POST", "/user", user_body("ayse")), "id");
    const std::string form = "grant_type=password&username=ayse&client_id=demo&password=";
    const auto token = world.send("POST", "/connect/token", form + "a+long+enough+password");
    for (int i = 0; i < 5; ++i) world.send("POST", "/connect/token", form + "wrong");
    EXPECT_FALSE(text(send("GET", "/user/" + id), "lockedUntil").empty());
    world.clock.time = world.clock.time.plus_seconds(1);
    expect(send("POST", "/user/" + id + "/password", R"({"password":"another long password"})"), 204);
    EXPECT_FALSE(world.authenticator.authenticate(text(token, "access_token")));
    EXPECT_EQ(world.send("POST", "/connect/token", form + "another+long+password").status, 200);
    EXPECT_EQ(world.send("POST", "/connect/token", form + "a+long+enough+password").status, 400);
    expect(send("POST", "/user/" + id + "/password", R"({"password":"short"})"), 400, "COMMON:00001");
    expect(send("POST", "/user/1/password", R"({"password":"another long password"})"), 404, "SYS:00004");
}

TEST_F(SystemApi, users_that_cannot_be) {
    expect(send("POST", "/user", user_body("demo")), 409, "SYS:00003");
    expect(send("POST", "/user", user_body("ayse", "short")), 400, "COMMON:00001");
    expect(send("POST", "/user", user_body("longusername", "LongUserName")), 400, "COMMON:00001");
    expect(send("POST", "/user", user_body("ayse", "a long enough password", R"(["operator"])")), 422, "SYS:00005");
    expect(send("POST", "/user", R"({"tenantId":99,"userName":"x","password":"a long enough password"})"), 404,
           "SYS:00002");
    expect(send("POST", "/user", "{}"), 400, "COMMON:00001");
    expect(send("GET", "/user/5"), 404, "SYS:00004");
    using core::identity::User;
    const auto me = **world.store.find<User>({where<&User::user_name>("operator")});
    expect(send("DELETE", "/user/" + std::to_string(me.user_id.value)), 400, "COMMON:00001");
    const auto list = send("GET", "/user?tenantId=" + tenant + "&sorting=userName%20desc&isActive=true");
    EXPECT_EQ(text(list, "totalCount"), "1") << list.body;
    expect(send("GET", "/user?sorting=password"), 400, "COMMON:00001");
}

TEST_F(SystemApi, clients_and_roles) {
    const std::string client = R"({"clientId":"erp","tenantId":)" + tenant;
    const auto created = send("POST", "/api-client", client + R"(,"roles":["viewer"]})");
    expect(created, 200);
    EXPECT_EQ(text(created, "clientSecret").size(), 43U);
    expect(send("POST", "/api-client", client + "}"), 409, "COMMON:00016");
    expect(send("POST", "/api-client", client + R"(,"isPublic":true,"roles":["viewer"]})"), 400, "COMMON:00001");
    EXPECT_EQ(send("GET", "/api-client").body.find("ecret"), std::string::npos);
    const std::string form =
        "grant_type=client_credentials&client_id=erp&client_secret=" + text(created, "clientSecret");
    const auto token = world.send("POST", "/connect/token", form);
    EXPECT_TRUE(world.authenticator.authenticate(text(token, "access_token")));
    expect(send("DELETE", "/api-client/erp"), 204);
    EXPECT_FALSE(world.authenticator.authenticate(text(token, "access_token")));
    EXPECT_EQ(world.send("POST", "/connect/token", form).status, 401);
    expect(send("DELETE", "/api-client/nobody"), 404, "COMMON:00002");

    const auto role = [&](std::string_view name, std::string_view permissions) {
        return send("POST", "/role",
                    R"({"tenantId":)" + tenant + R"(,"name":")" + std::string(name) + R"(","permissions":)" +
                        std::string(permissions) + "}");
    };
    expect(role("teller", R"(["card.read","customer.read"])"), 200);
    expect(role("teller", R"(["card.read"])"), 409, "COMMON:00016");
    expect(role("boss", R"(["system"])"), 400, "COMMON:00001");
    expect(role("boss", R"(["card.destroy"])"), 400, "COMMON:00001");
    expect(send("POST", "/user", user_body("ayse", "a long enough password", R"(["teller"])")), 200);
}

TEST_F(SystemApi, bins_never_overlap) {
    const auto created = send("POST", "/card-bin", bin_body("457173"));
    expect(created, 200);
    EXPECT_EQ(text(created, "length"), "16");
    expect(send("POST", "/card-bin", bin_body("457173")), 409, "PROD:00005");
    expect(send("POST", "/card-bin", bin_body("45717360")), 409, "PROD:00005");
    expect(send("POST", "/card-bin", bin_body("520000")), 409, "PROD:00005");
    expect(send("POST", "/card-bin", bin_body("45717")), 400, "COMMON:00001");
    expect(send("POST", "/card-bin", bin_body("4571731x")), 400, "COMMON:00001");
    expect(send("POST", "/card-bin", bin_body("45717400", R"(,"length":20)")), 400, "COMMON:00001");
    expect(send("POST", "/card-bin",
                R"({"tenantId":)" + tenant +
                    R"(,"bin":"370000","brand":"Amex","cardDci":"Credit","currency":1,"country":"XX"})"),
           400, "COMMON:00001");
    const auto amex = send("POST", "/card-bin",
                           R"({"tenantId":)" + tenant +
                               R"(,"bin":"370000","brand":"Amex","cardDci":"Credit","currency":949,"country":"TR"})");
    EXPECT_EQ(text(amex, "length"), "15") << amex.body;

    const std::string path = "/card-bin/" + text(created, "id");
    const auto changed =
        send("PUT", path, R"({"brand":"MasterCard","cardDci":"Credit","currency":978,"country":"DE"})");
    expect(changed, 200);
    EXPECT_EQ(text(changed, "bin"), "457173");
    EXPECT_EQ(text(changed, "currency"), "978");
    expect(send("DELETE", path), 204);
    expect(send("GET", path), 404, "PROD:00006");
    expect(send("DELETE", path), 404, "PROD:00006");
    expect(send("POST", "/card-bin", bin_body("45717360")), 200);
    EXPECT_EQ(text(send("GET", "/card-bin?bin=4571"), "totalCount"), "1");
}

TEST_F(SystemApi, a_bin_with_ranges_stays) {
    using core::product::CardBin;
    const auto bin = **world.store.find<CardBin>({where<&CardBin::bin>("97920000")});
    const std::string path = "/card-bin/" + std::to_string(bin.id.value);
    expect(send("DELETE", path), 422, "PROD:00007");
    expect(send("PUT", path, R"({"brand":"Troy","cardDci":"Prepaid","currency":978,"country":"TR"})"), 422,
           "PROD:00007");
    expect(send("PUT", path, R"({"brand":"Troy","cardDci":"Prepaid","currency":949,"country":"TR","isActive":false})"),
           200);
}

TEST_F(SystemApi, a_rate_counts_from_the_answer_on) {
    const core::money::Currency pound{826}, lira{949};
    expect(send("POST", "/currency-exchange-rate", rate_body("55.123456789")), 200);
    const auto rate = world.catalog.rate(world.demo_tenant(), pound, lira, world.clock.now());
    ASSERT_TRUE(rate);
    EXPECT_EQ(rate->rate_e9, 55'123'456'789);
    expect(send("POST", "/currency-exchange-rate", rate_body("56")), 409, "COMMON:00016");
    expect(send("POST", "/currency-exchange-rate",
                rate_body("56", R"("sourceCurrency":826,"validFrom":"2031-03-02T00:00:00Z","source":"TCMB")")),
           200);
    const auto list = send("GET", "/currency-exchange-rate?sourceCurrency=826&sorting=validFrom%20desc");
    EXPECT_EQ(text(list, "totalCount"), "2") << list.body;
    for (const std::string_view wrong : {"0", "-1", "1.1234567891", "99999999999"})
        expect(send("POST", "/currency-exchange-rate", rate_body(wrong)), 400, "COMMON:00001");
    expect(send("POST", "/currency-exchange-rate", rate_body("1", R"("sourceCurrency":949)")), 400, "COMMON:00001");
    expect(send("POST", "/currency-exchange-rate", rate_body("1", R"("sourceCurrency":1)")), 400, "COMMON:00001");
}

TEST_F(SystemApi, the_sides_of_a_rate_are_given_back) {
    const auto set = send("POST", "/currency-exchange-rate",
                          rate_body("55", R"("sourceCurrency":826,"buyRate":54.5,"sellRate":55.75,)"
                                          R"("validTo":"2099-01-01T00:00:00+03:00","source":"desk")"));
    EXPECT_EQ(text(set, "buyRate"), "54.5") << set.body;
    const auto list = send("GET", "/currency-exchange-rate?source=desk");
    EXPECT_NE(list.body.find(R"("sellRate":55.75)"), std::string::npos) << list.body;
    EXPECT_NE(list.body.find(R"("validTo":"2098-12-31T21:00:00Z")"), std::string::npos) << list.body;
    EXPECT_EQ(text(send("GET", "/currency-exchange-rate?source=Desk"), "totalCount"), "0");
}

TEST_F(SystemApi, rates_that_contradict_themselves_are_refused) {
    for (const std::string_view wrong :
         {R"("buyRate":55.1)", R"("sellRate":54.9)", R"("buyRate":0)", R"("sellRate":-1)", R"("buyRate":1.1234567891)",
          R"("validFrom":"2031-03-02T00:00:00Z","validTo":"2031-03-02T00:00:00Z")",
          R"("validFrom":"2099-01-01T00:00:00Z")", R"("buyRate":27.4)", R"("sellRate":82.6)"})
        expect(
            send("POST", "/currency-exchange-rate", rate_body("55", R"("sourceCurrency":826,)" + std::string(wrong))),
            400, "COMMON:00001");
    expect(send("POST", "/currency-exchange-rate",
                rate_body("55", R"("sourceCurrency":826,"buyRate":27.4,"sellRate":82.6,"isConfirmed":true)")),
           200);
}

TEST_F(SystemApi, a_rate_that_has_not_begun_may_be_replaced) {
    const auto tomorrow = [&](std::string_view rate, std::string_view source = "desk") {
        return send("POST", "/currency-exchange-rate",
                    rate_body(rate, R"("sourceCurrency":826,"source":")" + std::string(source) + R"(","validFrom":")" +
                                        to_text(world.clock.now().plus_seconds(86'400)) + R"(")"));
    };
    expect(tomorrow("55"), 200);
    expect(tomorrow("55.0"), 200);
    expect(tomorrow("56"), 200);
    expect(tomorrow("57", "other"), 409, "COMMON:00016");
    const auto list = send("GET", "/currency-exchange-rate?sourceCurrency=826");
    EXPECT_EQ(text(list, "totalCount"), "1");
    EXPECT_NE(list.body.find(R"("rate":56)"), std::string::npos);
}

TEST_F(SystemApi, a_table_is_taken_whole_or_not_at_all) {
    const auto table = [&](std::string_view rates, std::string_view rest = "") {
        return send("PUT", "/currency-exchange-rate",
                    R"({"tenantId":)" + tenant + R"(,"source":"list")" + std::string(rest) + R"(,"rates":[)" +
                        std::string(rates) + "]}");
    };
    constexpr std::string_view pound = R"({"sourceCurrency":826,"targetCurrency":949,"rate":55})";
    constexpr std::string_view yen = R"({"sourceCurrency":392,"targetCurrency":949,"rate":0.27,"sellRate":0.28})";
    constexpr std::string_view wrong = R"({"sourceCurrency":756,"targetCurrency":949,"rate":0})";
    const auto refused = table(std::string(pound) + "," + std::string(wrong));
    expect(refused, 400, "COMMON:00001");
    EXPECT_NE(refused.body.find(R"("rates[1].rate")"), std::string::npos) << refused.body;
    expect(table(std::string(pound) + "," + std::string(pound)), 400, "COMMON:00001");
    expect(table(""), 400, "COMMON:00001");
    EXPECT_EQ(text(send("GET", "/currency-exchange-rate?source=list"), "totalCount"), "0");
    const auto taken = table(std::string(pound) + "," + std::string(yen));
    EXPECT_EQ(text(taken, "rateCount"), "2") << taken.body;
    expect(table(std::string(pound) + "," + std::string(yen)), 200);
    expect(table(R"({"sourceCurrency":392,"targetCurrency":949,"rate":0.26},)" + std::string(pound)), 409,
           "COMMON:00016");
    EXPECT_EQ(text(send("GET", "/currency-exchange-rate?source=list"), "totalCount"), "2");
    std::string many(pound);
    for (int i = 0; i < 500; ++i) many += "," + std::string(pound);
    expect(table(many), 400, "COMMON:00001");
}

TEST_F(SystemApi, what_the_store_refuses_is_said) {
    world.store.set_writable(false);
    expect(send("POST", "/card-bin", bin_body("457173")), 503, "COMMON:00007");
    expect(send("POST", "/currency-exchange-rate", rate_body("55")), 503, "COMMON:00007");
}

}  // namespace
}  // namespace takas::api::system
