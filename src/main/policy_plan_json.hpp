// What `takas policy plan --json` prints: the plan and its trial as one JSON object, for programs that approve plans
// (docs/operating/policy_files.md).
#pragma once

#include <optional>
#include <string>

#include "api/policy_files/policy_files.hpp"
#include "app/policy_files/past_trial.hpp"

namespace takas::main {

/// `trial`: on the last `days`; nothing when the plan was not tried. One line, without its end.
std::string plan_json(const api::PolicyPlan& plan, const std::optional<app::policy_files::Trial>& trial,
                      std::int64_t days);

}  // namespace takas::main
