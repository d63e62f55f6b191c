// Policy as files through a whole server: what is exported and applied is exported again octet by octet, everything
// that is wrong is told at once, and what changes between plan and commit refuses all of it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/controls/controls.hpp"
#include "app/customers/segments.hpp"
#include "app/fees/taxes.hpp"
#include "app/ports/tables.hpp"
#include "app/products/products.hpp"
#include "app/system/demo_seed.hpp"
#include "main/policy_command.hpp"
#include "main/server.hpp"
#include "protocol/json/value.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

using app::ports::where;
using core::audit::AuditRecord;
using core::audit::Subject;
using core::control::AuthorizationControl;
using core::control::ControlVersion;
using core::control::VelocityControl;

const auto always = [] { return true; };

/// A server on a store in memory with the demo institution, and folders of files.
struct PolicyWorld {
    std::shared_ptr<store::memory::MemoryStore> store = std::make_shared<store::memory::MemoryStore>();
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_policy_" + std::to_string(::getpid()));
    std::unique_ptr<Server> server;
    std::string out, err;  ///< what the last command said

    PolicyWorld() {
        std::filesystem::create_directories(folder);
        ServerOptions o;
        o.data_dir = folder / "data";
        o.store = StoreKind::memory;
        o.given_store = store;
        o.listens = o.does_chores = o.delivers_webhooks = false;
        o.demo = o.sandbox = true;
        auto started = Server::start(o);
        EXPECT_TRUE(started) << started.error().internal_detail;
        server = std::move(*started);
    }
    ~PolicyWorld() {
        server.reset();
        std::filesystem::remove_all(folder);
    }
    PolicyWorld(const PolicyWorld&) = delete;

    app::Context context() const {
        using core::identity::Tenant;
        app::Context c = operator_context(server->services());
        c.tenant_id = (*store->find<Tenant>({where<&Tenant::code>(app::system::demo_tenant_code)}))->tenant_id;
        c.user_id = c.user_name = "os:test";
        c.service_name = "policy apply";
        return c;
    }
    void commit(app::Context& c) const {
        ASSERT_EQ(store->commit_and_wait(std::move(c.unit)).outcome, app::ports::CommitOutcome::committed);
        c.begin_afresh();
    }
    std::string path(const std::string& name) const { return (folder / name).string(); }
    std::string write(const std::string& to, const std::string& file, const std::string& text) const {
        std::filesystem::create_directories(path(to));
        std::ofstream(folder / to / file, std::ios::binary) << text;
        return path(to);
    }
    /// All files of the folder, with their names.
    std::string read(const std::string& from) const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder / from)) {
            std::ostringstream text;
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            files[entry.path().filename().string()] = std::move(text).str();
        }
        std::string all;
        for (const auto& [name, text] : files) all += "== " + name + "\n" + text;
        return all;
    }
    template <class Command>
    int told(const Command& command) {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status = command();
        out = testing::internal::GetCapturedStdout();
        err = testing::internal::GetCapturedStderr();
        return status;
    }
    int run_export(const std::string& to) {
        return told([&] { return export_policy_to(context(), path(to)); });
    }
    int run_plan(const std::string& from, bool prunes = false) {
        return told([&] { return plan_policy_in(context(), {.folder = path(from), .prunes = prunes}); });
    }
    int run_apply(const std::string& from, bool prunes = false, const std::string& expect = "",
                  const std::function<bool()>& goes_on = always) {
        const PolicyOrder order{.folder = path(from), .expect = expect, .is_agreed = expect.empty(), .prunes = prunes};
        return told([&] { return apply_policy_in(context(), order, goes_on); });
    }
    std::string hash() const {
        const auto at = out.find("Plan ");
        return at == std::string::npos ? "" : out.substr(at + 5, 64);
    }
    template <class Record>
    std::vector<Record> rows() const {
        return *store->list<Record>({{where<&Record::tenant_id>(context().tenant_id)}, {}, 0, 10'000});
    }
    std::string ask(const std::string& target, const std::string& body, const char* method = "POST") const {
        const auto signed_in = server->call({"POST",
                                             "/connect/token",
                                             {{"Content-Type", "application/x-www-form-urlencoded"}},
                                             "grant_type=password&client_id=demo&username=demo&password=demo"});
        const auto at = signed_in.body.find(R"("access_token":")") + 16;
        const std::string token = "Bearer " + signed_in.body.substr(at, signed_in.body.find('"', at) - at);
        const auto reply =
            server->call({method, target, {{"Content-Type", "application/json"}, {"Authorization", token}}, body});
        EXPECT_EQ(reply.status, 200) << target << reply.body;
        return reply.body;
    }
    /// A card with money, and purchases of 10, 20, 30 ... lira with it.
    void buy(int purchases) const {
        ask("/api/v1/issuing/customer", R"({"type":"Individual","name":"Ada","surname":"Kaya","customerNo":"b1"})");
        ask("/api/v1/issuing/card", R"({"cardProductCode":"DEMO-PREPAID","productType":"Virtual","customerNo":"b1"})");
        const auto card = rows<core::card::Card>().back();
        const auto id = std::to_string(card.token_id.value);
        if (card.status != core::card::CardStatus::active)
            ask("/api/v1/issuing/card/status",
                R"({"tokenId":)" + id + R"(,"status":"Active","reason":"CustomerRequest"})", "PUT");
        ask("/api/v1/issuing/account/" + std::to_string(card.account_id.value) + "/load",
            R"({"amount":10000,"currency":949,"reference":"b1"})");
        for (int i = 1; i <= purchases; ++i)
            EXPECT_NE(
                ask("/api/v1/sandbox/transaction",
                    R"({"tokenId":)" + id +
                        R"(,"transactionCode":"Purchase","transactionCurrency":949,"mcc":5411,"posEntryMode":"Chip",)" +
                        R"("transactionAmount":)" + std::to_string(i * 10) + "}")
                    .find(R"("isSuccess":true)"),
                std::string::npos);
    }
    void add_segment(const std::string& name) const {
        auto c = context();
        ASSERT_TRUE(app::customers::create_segment(c, {.name = name, .description = ""}));
        commit(c);
    }
};

struct PolicyTest : testing::Test, PolicyWorld {
    void write_some() const {
        add_segment("Gold");
        write("some", "product_groups.toml", "format = 1\n[[productGroup]]\nname = 'Travel'\n");
        write(
            "some", "products.toml",
            "format = 1\n[[product]]\ncode = 'TRAVEL'\nname = 'Travel card'\ncardDci = 'Prepaid'\nbrand = 'Troy'\n"
            "binRange = '" +
                range() +
                "'\ncurrency = 949\nvalidityPeriodMonths = 36\nproductGroup = 'Travel'\n"
                "policy.domestic.cashAdvance = false\nphysicals = [{ physicalType = 'Virtual', isDefault = true }]\n");
        write("some", "authorization_controls.toml",
              "format = 1\n[[authorizationControl]]\nname = 'No gambling'\nrule = 'mcc==7995||todayCount>20'\n"
              "action = 'Decline'\ncriteria.transactionCode = 'Purchase'\neffectiveFrom = 2031-03-01\n"
              "links = [{ cardProductCode = ['TRAVEL'], customerSegment = ['Gold'] },\n"
              "  { cardProductGroup = ['Travel'], rule = 'transactionAmount>5' }]\n");
        write("some", "velocity_controls.toml",
              "format = 1\n[[velocityControl]]\nname = 'Daily'\nperiod = 'Daily'\nlimitAmount = '5000.00'\n"
              "tenantWide = true\n");
        write("some", "transaction_fees.toml",
              "format = 1\n[[transactionFee]]\nname = 'Cash'\nrate = '1.5'\nmin = '1.00'\n"
              "transactionCode = 'CashWithdrawal'\ntenantWide = true\n");
        write(
            "some", "card_issuance_fees.toml",
            "format = 1\n[[cardIssuanceFee]]\nname = 'New'\namount = '25.00'\nlinks = [{ cardProductGroup = ['Travel'] "
            "}]\n");
        write("some", "card_annual_fees.toml",
              "format = 1\n[[cardAnnualFee]]\nname = 'Year'\namount = '10.00'\nchargeMonthOffset = 3\n");
        write("some", "taxes.toml", "format = 1\n[[tax]]\nname = 'KKDF'\nrate = '0.5'\n");
    }
    /// The range of the demo's Troy cards, as files call it.
    std::string range() const {
        const auto product = app::products::get_product(context(), app::system::demo_prepaid_code);
        const auto use = app::products::get_range(context(), product->bin_range_id);
        return use->range.bin + ":" + use->range.start_range;
    }
};

TEST_F(PolicyTest, what_is_exported_is_no_change) {
    ASSERT_EQ(run_export("a"), 0) << err;
    EXPECT_EQ(run_plan("a"), 0) << out << err;
    EXPECT_NE(out.find("No change"), std::string::npos);
    EXPECT_NE(read("a").find("binRange = \"" + range() + "\""), std::string::npos) << read("a");
    EXPECT_NE(read("a").find("rate = \"5\""), std::string::npos) << read("a");
}

TEST_F(PolicyTest, every_kind_is_made_with_its_links_and_comes_back_octet_by_octet) {
    write_some();
    EXPECT_EQ(run_plan("some"), exit_changes) << err;
    EXPECT_NE(out.find("+ authorizationControl \"No gambling\""), std::string::npos) << out;
    EXPECT_NE(out.find("8 to add, 0 to change, 0 to delete"), std::string::npos) << out;
    EXPECT_NE(out.find("= tax \"BSMV\" is in no file and stays"), std::string::npos) << out;
    EXPECT_TRUE(rows<VelocityControl>().empty()) << "a plan changes nothing";
    const std::string planned = hash();
    ASSERT_EQ(run_apply("some", false, planned), 0) << out << err;
    EXPECT_EQ(rows<core::control::ControlLink>().size(), 4U);
    EXPECT_EQ(rows<AuthorizationControl>().at(0).rule, "mcc == 7995 || todayCount > 20");
    EXPECT_EQ(rows<ControlVersion>().size(), 3U);

    EXPECT_EQ(run_plan("some"), 0) << out << err;
    ASSERT_EQ(run_export("a"), 0);
    EXPECT_EQ(run_plan("a", true), 0) << out << err;

    // Everything away but what products need, and back.
    for (const char* file : {"authorization_controls", "velocity_controls", "transaction_fees", "card_issuance_fees",
                             "card_annual_fees", "taxes"})
        write("none", std::string(file) + ".toml", "format = 1\n");
    ASSERT_EQ(run_apply("none", true), 0) << out << err;
    EXPECT_TRUE(rows<AuthorizationControl>().empty());
    EXPECT_TRUE(rows<core::control::ControlLink>().empty());
    EXPECT_TRUE(rows<core::fee::Tax>().empty());
    ASSERT_EQ(run_apply("a"), 0) << out << err;
    ASSERT_EQ(run_export("b"), 0);
    EXPECT_EQ(read("a"), read("b"));
}

TEST_F(PolicyTest, a_change_is_shown_key_by_key_and_written_with_who_did_it) {
    write_some();
    ASSERT_EQ(run_apply("some"), 0) << out << err;
    write(
        "next", "velocity_controls.toml",
        "format = 1\n[[velocityControl]]\nname = 'Daily'\nperiod = 'Daily'\nlimitAmount = '4000.00'\nlimitCount = 3\n");
    EXPECT_EQ(run_plan("next"), exit_changes) << err;
    EXPECT_NE(out.find("~ velocityControl \"Daily\"\n    limitAmount: \"5000\" -> \"4000\"\n"
                       "    limitCount: (not said) -> 3\n    tenantWide: true -> false\n"
                       "    ! It has no effect until it is linked.\n"),
              std::string::npos)
        << out;
    ASSERT_EQ(run_apply("next"), 0) << err;
    const auto control = rows<VelocityControl>().at(0);
    EXPECT_EQ(control.version, 2);
    EXPECT_EQ(control.active_version_no, 2);
    std::vector<AuditRecord> records;
    for (auto& one : rows<AuditRecord>())
        if (one.subject == Subject::velocity_control) records.push_back(one);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[1].user_id, "os:test");
    EXPECT_EQ(records[1].service_name, "policy apply");
}

TEST_F(PolicyTest, a_plan_is_tried_on_the_days_before) {
    buy(4);
    write("new", "velocity_controls.toml",
          "format = 1\n[[velocityControl]]\nname = 'Daily'\nperiod = 'Daily'\nlimitAmount = '50.00'\n"
          "tenantWide = true\n");
    EXPECT_EQ(run_plan("new"), exit_changes) << err;
    // 10 and 20 are bought; 30 and 40 exceed.
    EXPECT_NE(out.find("Tried on the last 30 days: 4 decisions, 4 approved before, 2 now\n"
                       "    2 approved before, declined now: 70.00 TRY\n    1 cards are affected\n"),
              std::string::npos)
        << out;
    EXPECT_TRUE(rows<VelocityControl>().empty());
    write("fee", "transaction_fees.toml",
          "format = 1\n[[transactionFee]]\nname = 'Small'\namount = '1.00'\nmcc = 5411\nlinks = [{ cardProductCode = "
          "['DEMO-PREPAID'] }]\n");
    EXPECT_EQ(run_plan("fee"), exit_changes) << err;
    EXPECT_NE(out.find("    4 approved with another amount or fee: 0.00 TRY\n"), std::string::npos) << out;

    const auto plan_with = [&](PolicyOrder order) {
        order.folder = path("new");
        EXPECT_EQ(told([&] { return plan_policy_in(context(), order); }), exit_changes) << err;
        return out;
    };
    EXPECT_EQ(plan_with({.days = 0}).find("Tried"), std::string::npos) << out;
    EXPECT_NE(
        plan_with({.trial_transactions_max = 3}).find("! stopped after 3 decisions of 1 accounts: there are more."),
        std::string::npos)
        << out;
    EXPECT_EQ(plan_with({.trial_transactions_max = 4}).find("stopped"), std::string::npos) << out;
    ASSERT_EQ(run_apply("new"), 0) << out << err;
    EXPECT_EQ(out.find("Tried"), std::string::npos) << out;
    EXPECT_EQ(run_plan("new"), 0);
    EXPECT_EQ(out.find("Tried"), std::string::npos) << "nothing changes: " << out;
}

TEST_F(PolicyTest, all_that_is_wrong_is_told_at_once_with_its_line) {
    write("bad", "velocity_controls.toml",
          "format = 1\n\n[[velocityControl]]\nname = 'A'\nperiod = 'Fortnightly'\nlimitAmout = '5'\n\n"
          "[[velocityControl]]\nname = 'B'\nperiod = 'Daily'\nlimitAmount = 12.5\n\n"
          "[[velocityControl]]\nname = 'C'\nperiod = 'Daily'\nlimitCount = 2\nrule = 'mcc == \"x\"'\n\n"
          "[[velocityControl]]\nname = 'D'\nperiod = 'Daily'\n\n"
          "[[velocityControl]]\nname = 'E'\nperiod = 'Daily'\nlimitCount = 2\n"
          "links = [{ cardProductCode = ['NOPE'] }]\n\n"
          "[[velocityControl]]\nname = 'F'\nperiod = 'Daily'\nlimitCount = 2\nlinks = [{ tokenId = 5 }]\n\n"
          "[[velocityControl]]\nname = 'F'\nperiod = 'Daily'\nlimitCount = 2\n");
    write("bad", "products.toml", "format = 2\n");
    write("bad", "taxes.toml", "format = 1\n[[tax]\n");
    write("bad", "fees.toml", "format = 1\n");
    EXPECT_EQ(run_plan("bad"), 1);
    const std::string at = path("bad") + "/velocity_controls.toml:";
    for (const std::string& wanted :
         {at + "5: period: The value is not known", at + "6: limitAmout: There is no such key",
          at + "11: limitAmount: ", at + "17: rule",
          at + "19: ", at + "27: links[0].cardProductCode: There is no card product \"NOPE\"",
          at + "33: links[0].tokenId: There is no such key",
          path("bad") + "/products.toml:1: format: ", path("bad") + "/taxes.toml:2: ", path("bad") + "/fees.toml:0: "})
        EXPECT_NE(err.find(wanted), std::string::npos) << wanted << "\n" << err;
    EXPECT_EQ(run_apply("bad"), 1);
    EXPECT_TRUE(rows<VelocityControl>().empty());
}

TEST_F(PolicyTest, the_same_name_twice_is_a_mistake) {
    write("bad", "taxes.toml", "format = 1\n[[tax]]\nname = 'X'\nrate = '1'\n[[tax]]\nname = 'X'\nrate = '2'\n");
    EXPECT_EQ(run_plan("bad"), 1);
    EXPECT_NE(err.find("taxes.toml:5: name: It is in line 2 already."), std::string::npos) << err;
}

TEST_F(PolicyTest, an_entry_that_another_one_makes_room_for_is_tried_again) {
    const auto controls = [](const std::string& a, const std::string& b, int priority_of_b) {
        const std::string same = "tenantWide = true\nmcc = 5411\naction = '";
        return "format = 1\n[[authorizationControl]]\nname = 'A'\npriority = 1\n" + same + a +
               "'\n[[authorizationControl]]\nname = 'B'\npriority = " + std::to_string(priority_of_b) + "\n" + same +
               b + "'\n";
    };
    const auto apply_these = [&](const std::string& text) {
        write("c", "authorization_controls.toml", text);
        return run_apply("c");
    };
    ASSERT_EQ(apply_these(controls("Decline", "Decline", 1)), 0) << err;
    EXPECT_EQ(apply_these(controls("Allow", "Decline", 1)), 1) << "they contradict each other";
    EXPECT_NE(err.find("authorization_controls.toml:2: "), std::string::npos) << err;
    EXPECT_EQ(apply_these(controls("Allow", "Decline", 2)), 0) << err;
    EXPECT_EQ(rows<AuthorizationControl>().at(0).version, 2);
}

TEST_F(PolicyTest, two_that_change_places_are_changed_in_one_apply) {
    const auto controls = [](int priority_of_a, int priority_of_b) {
        const std::string same = "tenantWide = true\nmcc = 5411\n";
        return "format = 1\n[[authorizationControl]]\nname = 'A'\naction = 'Decline'\npriority = " +
               std::to_string(priority_of_a) + "\n" + same +
               "[[authorizationControl]]\nname = 'B'\naction = 'Allow'\npriority = " + std::to_string(priority_of_b) +
               "\n" + same;
    };
    write("c", "authorization_controls.toml", controls(1, 2));
    ASSERT_EQ(run_apply("c"), 0) << err;
    write("c", "authorization_controls.toml", controls(2, 1));
    EXPECT_EQ(run_plan("c"), exit_changes) << err;
    EXPECT_NE(out.find("~ authorizationControl \"A\"\n    priority: 1 -> 2\n"), std::string::npos) << out;
    const std::string planned = hash();
    ASSERT_EQ(run_apply("c", false, planned), 0) << err;
    for (const auto& one : rows<AuthorizationControl>()) {
        EXPECT_EQ(one.priority, one.name == "A" ? 2 : 1);
        EXPECT_TRUE(one.is_active);
    }
    EXPECT_EQ(run_plan("c"), 0) << out;
    write("c", "authorization_controls.toml", controls(3, 3));
    EXPECT_EQ(run_apply("c"), 1) << "at the same priority they contradict each other";
    for (const auto& one : rows<AuthorizationControl>()) EXPECT_TRUE(one.is_active);
}

TEST_F(PolicyTest, a_plan_is_told_as_json) {
    buy(3);
    write("new", "velocity_controls.toml",
          "format = 1\n[[velocityControl]]\nname = 'Daily'\nperiod = 'Daily'\nlimitAmount = '30.00'\n");
    const auto json_of = [&](const std::string& from) {
        const int status = told([&] { return plan_policy_in(context(), {.folder = path(from), .as_json = true}); });
        EXPECT_EQ(std::ranges::count(out, '\n'), 1) << "one line, and nothing else";
        EXPECT_TRUE(protocol::json::parse(out)) << out;
        return status;
    };
    const auto has = [&](const std::string& part) {
        EXPECT_NE(out.find(part), std::string::npos) << part << "\n" << out;
    };
    EXPECT_EQ(run_plan("new"), exit_changes);
    const std::string planned = hash();
    EXPECT_EQ(json_of("new"), exit_changes) << err;
    has(R"({"mistakes":[],"changes":[{"action":"added","kind":"velocityControl","name":"Daily","keys":[)");
    has(R"({"key":"limitAmount","before":null,"now":"\"30\""})");
    has(R"("warnings":["It has no effect until it is linked."]}],"added":1,"changed":0,"deleted":0,"kept":[],)");
    has(R"("hash":")" + planned + '"');
    has(R"("trial":{"days":30,"accounts":)");
    has(R"("isWhole":true,"report":{"decisionCount":3,"approvedBefore":3,"approvedAfter":3)");
    write("bad", "taxes.toml", "format = 1\n[[tax]]\nname = 'X'\n");
    EXPECT_EQ(json_of("bad"), 1);
    has(R"({"mistakes":[{"file":"taxes.toml","line":2,"key":"rate","reason":)");
    has(R"("hash":null,"trial":null})");
    EXPECT_TRUE(err.empty()) << err;
}

TEST_F(PolicyTest, nobody_agreed_to_it) {
    write_some();
    EXPECT_EQ(told([&] { return apply_policy_in(context(), {.folder = path("some")}, always); }), exit_changes);
    EXPECT_NE(err.find("nothing was applied"), std::string::npos);
    EXPECT_EQ(run_apply("some", false, std::string(64, '0')), 1);
    EXPECT_NE(err.find("plan again"), std::string::npos);
    EXPECT_TRUE(rows<VelocityControl>().empty());
}

TEST_F(PolicyTest, another_change_before_the_plan_is_applied_refuses_it) {
    write_some();
    EXPECT_EQ(run_plan("some"), exit_changes);
    const std::string planned = hash();
    auto c = context();
    ASSERT_TRUE(app::fees::create_tax(c, [] {
        core::fee::Tax tax;
        tax.name = "Other";
        tax.rate = {1, 0};
        return tax;
    }()));
    commit(c);
    EXPECT_EQ(run_apply("some", false, planned), 1) << out;
    EXPECT_TRUE(rows<VelocityControl>().empty());
}

TEST_F(PolicyTest, a_change_between_reading_and_committing_leaves_nothing_of_it) {
    write_some();
    const auto rename = [&] {
        auto c = context();
        const auto group = rows<core::product::CardProductGroup>().at(0);
        auto wanted = group;
        wanted.description = "changed meanwhile";
        EXPECT_TRUE(app::products::update_group(c, group.id, wanted));
        commit(c);
        return true;
    };
    EXPECT_EQ(run_apply("some", false, "", rename), 1);
    EXPECT_NE(err.find("plan again"), std::string::npos) << err;
    EXPECT_TRUE(rows<VelocityControl>().empty());
    EXPECT_EQ(rows<core::fee::Tax>().size(), 1U);
    EXPECT_EQ(run_apply("some"), 0) << err;
}

TEST_F(PolicyTest, what_is_in_use_is_not_deleted) {
    write_some();
    ASSERT_EQ(run_apply("some"), 0) << err;
    write("none", "product_groups.toml", "format = 1\n");
    EXPECT_EQ(run_apply("none", true), 1);
    EXPECT_NE(err.find("\"Travel\" cannot be deleted"), std::string::npos) << err;
    EXPECT_EQ(rows<core::product::CardProductGroup>().size(), 2U);
}

TEST_F(PolicyTest, a_card_that_is_made_meanwhile_keeps_its_product) {
    write("none", "products.toml", "format = 1\n");
    const auto make_card = [&] {
        ask("/api/v1/issuing/customer", R"({"type":"Individual","name":"Ayşe","surname":"Yılmaz","customerNo":"h1"})");
        ask("/api/v1/issuing/card", R"({"cardProductCode":"DEMO-PREPAID","productType":"Virtual","customerNo":"h1"})");
        return true;
    };
    EXPECT_EQ(run_apply("none", true, "", make_card), 1) << out;
    EXPECT_NE(err.find("plan again"), std::string::npos) << err;
    EXPECT_EQ(rows<core::product::CardProduct>().size(), 2U);
    EXPECT_EQ(run_apply("none", true), 1);
    EXPECT_NE(err.find("\"DEMO-PREPAID\" cannot be deleted"), std::string::npos) << err;
    EXPECT_EQ(err.find("DEMO-VIRTUAL"), std::string::npos) << err;
    EXPECT_EQ(rows<core::product::CardProduct>().size(), 2U);
}

// Random sets of fees and controls: applied over whatever was there before, exported, taken away, applied and exported
// again.
RC_GTEST_PROP(PolicyProperty, export_apply_export_gives_the_same_octets, ()) {
    static PolicyWorld world;  // one server for all cases: they build on each other
    const auto amount = [] { return *rc::gen::inRange(1, 1'000'000); };
    const auto decimal = [](int hundredths) {
        return "'" + std::to_string(hundredths / 100) + "." + std::to_string(hundredths % 100 + 100).substr(1) + "'";
    };
    std::string fees = "format = 1\n", limits = "format = 1\n";
    const int fee_count = *rc::gen::inRange(0, 5), limit_count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < fee_count; ++i) {
        fees +=
            "[[transactionFee]]\nname = 'ücret \"" + std::to_string(i) + "\"'\namount = " + decimal(amount()) + "\n";
        if (*rc::gen::arbitrary<bool>()) fees += "max = " + decimal(100'000'000) + "\n";
        if (*rc::gen::arbitrary<bool>()) fees += "tenantWide = true\n";
        if (*rc::gen::arbitrary<bool>()) fees += "rule = 'mcc in (5411,5412) && cardDci==\"Prepaid\"'\n";
        if (*rc::gen::arbitrary<bool>()) fees += "mcc = " + std::to_string(*rc::gen::inRange(1, 9999)) + "\n";
        if (*rc::gen::arbitrary<bool>()) fees += "links = [{ cardProductGroup = ['Demo'] }]\n";
    }
    for (int i = 0; i < limit_count; ++i) {
        limits += "[[velocityControl]]\nname = \"limit\\\\" + std::to_string(i) + "'\"\nperiod = '" +
                  *rc::gen::element<std::string>("Daily", "Monthly", "Lifetime", "Rolling24Hours") +
                  "'\nlimitAmount = " + decimal(amount()) + "\nlimitCount = " + std::to_string(amount()) + "\n";
        if (*rc::gen::arbitrary<bool>()) limits += "isActive = false\n";
        if (*rc::gen::arbitrary<bool>())
            limits += "links = [{ cardProductCode = ['DEMO-PREPAID'], rule = 'mcc>" +
                      std::to_string(*rc::gen::inRange(1, 9999)) + "' }]\n";
    }
    const std::string group = world.rows<core::product::CardProductGroup>().at(0).name;
    for (auto at = fees.find("'Demo'"); at != std::string::npos; at = fees.find("'Demo'"))
        fees.replace(at, 6, "'" + group + "'");
    world.write("wanted", "transaction_fees.toml", fees);
    world.write("wanted", "velocity_controls.toml", limits);
    world.write("none", "transaction_fees.toml", "format = 1\n");
    world.write("none", "velocity_controls.toml", "format = 1\n");
    const auto applied = [&](const std::string& from) {
        const int status = world.run_apply(from, true);
        if (status != 0) RC_FAIL(world.out + world.err);
    };
    applied("wanted");
    RC_ASSERT(world.rows<core::fee::TransactionFee>().size() == static_cast<std::size_t>(fee_count));
    RC_ASSERT(world.rows<VelocityControl>().size() == static_cast<std::size_t>(limit_count));
    RC_ASSERT(world.run_export("a") == 0);
    RC_ASSERT(world.run_plan("wanted", true) == 0);
    applied("none");
    applied("a");
    RC_ASSERT(world.run_export("b") == 0);
    RC_ASSERT(world.read("a") == world.read("b"));
}

}  // namespace
}  // namespace takas::main
