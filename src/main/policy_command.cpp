// `takas policy export | plan | apply`. Plan and apply are the same work on a copy in memory; apply then commits the
// difference in one unit of work, guarded by the versions that were read: whatever happens, all of it counts or
// nothing.
#include "main/policy_command.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/policy_files/policy_files.hpp"
#include "app/backtests/sets.hpp"
#include "app/policy_files/past_trial.hpp"
#include "app/ports/tables.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"
#include "main/policy_plan_json.hpp"
#include "main/policy_trial_text.hpp"
#include "protocol/toml/toml.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

using api::PolicyAction;
using api::PolicyChange;
using api::PolicyFile;
using api::PolicyPlan;
using app::policy_files::Staging;
using app::policy_files::Trial;
using app::ports::CommitOutcome;
using core::identity::Tenant;

int refuse(const std::string& what) {
    fmt::print(stderr, "takas: {}\n", what);
    return exit_failed;
}

/// Every .toml file of the folder. Error: validation, with what is wrong.
Result<std::vector<PolicyFile>> read_folder(const std::string& folder) {
    std::vector<PolicyFile> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".toml") continue;
        const std::string path = entry.path().string();
        if (!entry.is_regular_file(error) || entry.file_size(error) > protocol::toml::text_bytes_max)
            return fail(ErrorCode::validation, path + " is no file, or larger than 16 MiB");
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) return fail(ErrorCode::validation, path + " cannot be read");
        files.push_back({entry.path().filename().string(), std::move(text).str()});
    }
    if (error) return fail(ErrorCode::validation, folder + " cannot be read: " + error.message());
    if (files.empty()) return fail(ErrorCode::validation, "there are no .toml files in " + folder);
    std::ranges::sort(files, {}, &PolicyFile::name);
    return files;
}

/// Beside its place first: nobody finds half a file.
bool write_file(const std::filesystem::path& path, const std::string& text) {
    const auto part = std::filesystem::path(path).concat(".part");
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(part, path, error);
    return out && !error;
}

void print(const PolicyChange& change) {
    constexpr std::array signs{'+', '~', '-'};
    fmt::print("{} {} \"{}\"\n", signs.at(static_cast<std::size_t>(change.action)), change.table, change.name);
    for (const PolicyChange::Key& key : change.keys) {
        if (change.action == PolicyAction::added)
            fmt::print("    {} = {}\n", key.key, key.now);
        else if (change.action == PolicyAction::changed)
            fmt::print("    {}: {} -> {}\n", key.key, key.before.empty() ? "(not said)" : key.before,
                       key.now.empty() ? "(not said)" : key.now);
    }
    for (const std::string& warning : change.warnings) fmt::print("    ! {}\n", warning);
}

void print(const PolicyPlan& plan, const std::string& folder) {
    for (const auto& one : plan.mistakes) {
        const std::string path = (std::filesystem::path(folder) / one.file).string();
        fmt::print(stderr, "{}:{}: {}{}{}\n", path, one.line, one.key, one.key.empty() ? "" : ": ", one.reason);
    }
    if (!plan.mistakes.empty()) {
        fmt::print(stderr, "{} mistakes: nothing was changed\n", plan.mistakes.size());
        return;
    }
    std::array<int, 3> counts{};
    for (const PolicyChange& change : plan.changes) {
        print(change);
        ++counts.at(static_cast<std::size_t>(change.action));
    }
    for (const std::string& one : plan.kept) fmt::print("= {} is in no file and stays (--prune deletes it)\n", one);
    if (plan.changes.empty())
        fmt::print("No change\n");
    else
        fmt::print("{} to add, {} to change, {} to delete\n", counts[0], counts[1], counts[2]);
    fmt::print("Plan {}\n", plan.hash);
}

/// A plan, on a copy in memory that lives as long.
struct Planned {
    store::memory::MemoryStore memory;
    std::unique_ptr<Staging> staging;
    PolicyPlan plan;
};

Result<std::unique_ptr<Planned>> make_plan(const app::Context& context, const PolicyOrder& order) {
    const auto files = read_folder(order.folder);
    if (!files) return std::unexpected(files.error());
    auto planned = std::make_unique<Planned>();
    auto staging = Staging::load(context, planned->memory);
    if (!staging) return std::unexpected(std::move(staging.error()));
    planned->staging = std::move(*staging);
    auto plan = api::plan_policy(*planned->staging, *files, order.prunes);
    if (!plan) return std::unexpected(std::move(plan.error()));
    planned->plan = std::move(*plan);
    if (!order.as_json) print(planned->plan, order.folder);
    return planned;
}

/// What card issuance and annual fees say decides no transaction.
bool is_decided_by(const PolicyChange& change) {
    return change.table != "cardIssuanceFee" && change.table != "cardAnnualFee";
}

/// How the last days would have come out under the plan; nothing when it decides nothing, or nobody asks.
Result<std::optional<Trial>> try_plan(const app::Context& context, Planned& planned, const PolicyOrder& order) {
    if (order.days == 0 || std::ranges::none_of(planned.plan.changes, is_decided_by)) return std::nullopt;
    auto wanted = app::backtests::source_of(planned.staging->context().store(), context.tenant_id);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    constexpr std::int64_t day_s = 86'400;
    app::policy_files::TrialWish wish{context.now.plus_seconds(-order.days * day_s), context.now};
    wish.transactions_max = order.trial_transactions_max;
    return app::policy_files::try_on_past(context, std::move(*wanted), wish);
}

/// A wrong file is no wrong command line: 1.
int report(const Error& error) { return refuse(explanation(error)); }

int commit(const app::Context& context, app::ports::Unit unit) {
    switch (context.store().commit_and_wait(std::move(unit)).outcome) {
        case CommitOutcome::committed:
            fmt::print("Applied\n");
            return 0;
        case CommitOutcome::conflict:
        case CommitOutcome::version_moved:
            return refuse("something was changed meanwhile, and nothing was applied: plan again");
        case CommitOutcome::unavailable:
            return refuse("nothing was applied: the store takes nothing");
        case CommitOutcome::unknown:
            break;
    }
    return refuse("it is not known whether it was applied, all of it or nothing: plan again to see");
}

/// The institution that is meant, on a server without doors.
Result<KeysSession> open_session(const Settings& settings, const PolicyOrder& order) {
    KeysOrder keys_order;
    keys_order.tenant = order.tenant;
    auto session = open_keys_session(settings, keys_order, !order.tenant.empty());
    if (!session || session->tenant) return session;
    auto all = session->server->services().store.list<Tenant>({{}, {}, 0, 3});
    if (!all) return std::unexpected(std::move(all.error()));
    std::erase_if(*all, [](const Tenant& one) { return one.tenant_id == core::identity::platform_tenant; });
    if (all->size() != 1)
        return fail(ErrorCode::tenant_not_found, "there is not exactly one institution: --tenant says which");
    session->tenant = std::make_shared<const Tenant>(std::move(all->front()));
    return session;
}

int with_session(const Settings& settings, const PolicyOrder& order, const std::string& service, auto command) {
    const auto session = open_session(settings, order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    context.user_name = session->operator_name;
    context.service_name = service;
    return command(context);
}

}  // namespace

int export_policy_to(const app::Context& context, const std::string& folder) {
    const auto files = api::export_policy(context);
    if (!files) return report_failure(files.error());
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    for (const PolicyFile& file : *files)
        if (!write_file(std::filesystem::path(folder) / file.name, file.text))
            return refuse((std::filesystem::path(folder) / file.name).string() + " cannot be written");
    fmt::print("{} files in {}\n", files->size(), folder);
    return 0;
}

int plan_policy_in(const app::Context& context, const PolicyOrder& order) {
    const auto planned = make_plan(context, order);
    if (!planned) return report(planned.error());
    const PolicyPlan& plan = (*planned)->plan;
    std::optional<Trial> trial;
    if (plan.mistakes.empty()) {
        auto tried = try_plan(context, **planned, order);
        if (!tried) return report(tried.error());
        trial = std::move(*tried);
    }
    if (order.as_json)
        fmt::print("{}\n", plan_json(plan, trial, order.days));
    else if (trial)
        print_trial(*trial, order.days);
    if (!plan.mistakes.empty()) return exit_failed;
    return plan.changes.empty() ? 0 : exit_changes;
}

int apply_policy_in(const app::Context& context, const PolicyOrder& order, const std::function<bool()>& goes_on) {
    const auto planned = make_plan(context, order);
    if (!planned) return report(planned.error());
    const PolicyPlan& plan = (*planned)->plan;
    if (!plan.mistakes.empty()) return exit_failed;
    if (plan.changes.empty()) return 0;  // also when it is repeated
    if (!order.expect.empty() && order.expect != plan.hash)
        return refuse("this is not the plan " + order.expect + ", and nothing was applied: plan again");
    if (order.expect.empty() && !order.is_agreed) {
        fmt::print(stderr, "takas: nothing was applied: --yes applies it, --expect HASH only exactly this plan\n");
        return exit_changes;
    }
    auto unit = (*planned)->staging->difference();
    if (!unit) return report(unit.error());
    if (!goes_on()) return exit_failed;
    return commit(context, std::move(*unit));
}

int policy_export(const Settings& settings, const PolicyOrder& order) {
    return with_session(settings, order, "policy export",
                        [&](const app::Context& context) { return export_policy_to(context, order.folder); });
}

int policy_plan(const Settings& settings, const PolicyOrder& order) {
    return with_session(settings, order, "policy plan",
                        [&](const app::Context& context) { return plan_policy_in(context, order); });
}

int policy_apply(const Settings& settings, const PolicyOrder& order) {
    return with_session(settings, order, "policy apply", [&](const app::Context& context) {
        return apply_policy_in(context, order, [] { return true; });
    });
}

}  // namespace takas::main
