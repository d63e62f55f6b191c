// `takas jobs run` on a folder with a card that cannot be renewed: whoever runs it reads why.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/cards/cards.hpp"
#include "app/cards/create_card.hpp"
#include "app/cards/status.hpp"
#include "app/customers/customers.hpp"
#include "app/products/products.hpp"
#include "app/system/demo_seed.hpp"
#include "base/log.hpp"
#include "main/commands.hpp"
#include "main/server.hpp"

namespace takas::main {
namespace {

using core::card::Card;

struct JobsCommandTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_jobs_" + std::to_string(::getpid()));

    ~JobsCommandTest() override { std::filesystem::remove_all(folder); }

    template <class UseCase>
    static auto commit(app::Context& c, UseCase use_case) {
        auto done = use_case(c);
        EXPECT_TRUE(done) << error_row(done.error().code).public_code << ' ' << done.error().internal_detail;
        EXPECT_EQ(c.store().commit_and_wait(std::exchange(c.unit, {})).outcome, app::ports::CommitOutcome::committed);
        return std::move(*done);
    }
    /// An active card with auto renewal, whose product is passive by now.
    Card make_card_of_passive_product() const {
        ServerOptions options;
        options.data_dir = folder / "data";
        options.listens = options.does_chores = options.delivers_webhooks = false;
        options.demo = options.sandbox = true;
        const auto server = Server::start(options);
        EXPECT_TRUE(server) << server.error().internal_detail;
        using core::identity::Tenant;
        app::Context c = operator_context((*server)->services());
        c.tenant_id =
            (*c.store().find<Tenant>({app::ports::where<&Tenant::code>(app::system::demo_tenant_code)}))->tenant_id;
        c.user_id = "os:test";
        core::customer::Customer holder;
        holder.customer_no = "holder", holder.name = "Ayşe", holder.surname = "Yılmaz";
        commit(c, [&](auto& context) { return app::customers::create(context, holder); });
        app::cards::NewCard wanted;
        wanted.card_product_code = "DEMO-PREPAID", wanted.customer_no = "holder", wanted.auto_renewal = true;
        Card card = commit(c, [&](auto& context) { return app::cards::create_card(context, wanted); });
        EXPECT_TRUE(app::cards::change_status(
            c, {card.token_id, core::card::CardStatus::active, core::card::CardStatusReason::customer_request, ""}));
        auto passive = app::products::get_product(c, "DEMO-PREPAID");
        EXPECT_TRUE(passive);
        passive->status = core::product::ProductStatus::passive;
        const auto version = passive->version++;
        c.unit.update(*passive, version);
        EXPECT_EQ(c.store().commit_and_wait(std::move(c.unit)).outcome, app::ports::CommitOutcome::committed);
        return card;
    }
};

TEST_F(JobsCommandTest, says_of_each_card_why_it_is_not_renewed) {
    std::filesystem::create_directories(folder);
    const Card card = make_card_of_passive_product();
    Settings settings;
    settings.data = folder / "data";
    settings.sandbox = Switch::on;
    const auto month = card.expire_date.value % 100;
    const std::string day =
        std::to_string(2000 + card.expire_date.value / 100) + (month < 10 ? "-0" : "-") + std::to_string(month) + "-28";
    testing::internal::CaptureStderr();
    const int status = run_job(settings, {"card-renewal", day});
    const std::string told = testing::internal::GetCapturedStderr();
    EXPECT_NE(status, 0);
    EXPECT_NE(told.find("\"event\":\"card_not_renewed\""), std::string::npos) << told;
    EXPECT_NE(told.find("\"token_id\":" + std::to_string(card.token_id.value) + ",\"reason\":\"CARD:"),
              std::string::npos)
        << told;
    EXPECT_FALSE(log::enabled(log::Level::error));
}

}  // namespace
}  // namespace takas::main
