// What `takas policy plan` says about the past days that it tried the plan on.
#pragma once

#include "app/policy_files/past_trial.hpp"

namespace takas::main {

void print_trial(const app::policy_files::Trial& trial, std::int64_t days);

}  // namespace takas::main
