#include "main/program/policy_options.hpp"

#include "app/backtests/backtests.hpp"

namespace takas::main {

void add_policy_commands(CLI::App& app, const AddSettings& add_settings, PolicyOrder& order) {
    CLI::App& policy = *app.add_subcommand("policy", "products, controls, limits and fees as files");
    policy.require_subcommand(1);
    const auto add = [&](const char* name, const char* help) -> CLI::App& {
        CLI::App& action = *policy.add_subcommand(name, help);
        add_settings(action);
        action.add_option("--tenant", order.tenant, "the institution's code; not needed when there is only one");
        return action;
    };
    CLI::App& write = add("export", "write an institution's policy into files, one for each kind");
    write.add_option("--out", order.folder, "the folder; made when it is not there")->default_val("policy");

    const auto add_reading = [&](const char* name, const char* help) -> CLI::App& {
        CLI::App& action = add(name, help);
        action.add_option("folder", order.folder, "the folder with the files")->required();
        action.add_flag("--prune", order.prunes, "delete what is stored and not named in the files");
        return action;
    };
    CLI::App& plan = add_reading(
        "plan", "show what the files would change; 0: nothing, 2: something, 1: there are mistakes in them");
    plan.add_flag("--json", order.as_json, "as one JSON object, mistakes included");
    plan.add_option("--days", order.days, "try the changes on the decisions of so many days; 0: do not")
        ->check(CLI::Range(std::int64_t{0}, app::backtests::period_days_max))
        ->capture_default_str();
    CLI::App& apply = add_reading("apply", "make it so, all of it or nothing");
    apply.add_option("--expect", order.expect, "only if this is the plan: the hash that `plan` printed");
    apply.add_flag("--yes", order.is_agreed, "whatever the plan is");
}

std::optional<PolicyCommand> parsed_policy_command(const CLI::App& app) {
    if (!app.got_subcommand("policy")) return std::nullopt;
    const CLI::App& policy = *app.get_subcommand("policy");
    if (policy.got_subcommand("export")) return &policy_export;
    return policy.got_subcommand("plan") ? &policy_plan : &policy_apply;
}

}  // namespace takas::main
