// `takas policy`: an institution's policy as files (docs/operating/policy_files.md). Each takes what the command line
// said and returns the exit status.
#pragma once

#include <functional>
#include <string>

#include "app/context/context.hpp"
#include "main/settings.hpp"

namespace takas::main {

/// Something would change; nothing was changed. As the status of `plan`, and of an `apply` that nobody agreed to.
inline constexpr int exit_changes = 2;

struct PolicyOrder {
    std::string tenant{};  ///< the institution's code; "": the only one
    std::string folder{};
    std::string expect{};    ///< the hash of the plan that may be applied; "": any
    bool is_agreed = false;  ///< what is found may be applied
    bool prunes = false;     ///< what the files do not name is deleted
    bool as_json = false;    ///< a plan is told as one JSON object
    std::int64_t days = 30;  ///< on which a plan is tried; 0: on none
    std::int64_t trial_transactions_max = 1'000'000;
};

/// 0 written, 1 failed.
int policy_export(const Settings& settings, const PolicyOrder& order);
/// 0 no change, 1 mistakes in the files, 2 changes.
int policy_plan(const Settings& settings, const PolicyOrder& order);
/// 0 applied, or nothing to do; 1 refused; 2 not agreed to.
int policy_apply(const Settings& settings, const PolicyOrder& order);

/// The same on a server that runs already. `goes_on` is asked before the commit.
int export_policy_to(const app::Context& context, const std::string& folder);
int plan_policy_in(const app::Context& context, const PolicyOrder& order);
int apply_policy_in(const app::Context& context, const PolicyOrder& order, const std::function<bool()>& goes_on);

}  // namespace takas::main
