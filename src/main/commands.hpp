// The subcommands of the program. Each takes what the command line said and returns the exit status: 0 done, 1 failed,
// 2 the command line or the settings are wrong.
#pragma once

#include "main/settings.hpp"

namespace takas::main {

inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

/// Runs the server until SIGTERM or SIGINT, then answers what is under way and ends.
int serve(const Settings& settings);

struct FirstOperator {
    std::string user_name = "operator";
    std::string password;  ///< empty: a random one is made and printed
};

/// Makes data folder, keys, database and the platform's first operator.
int init(const Settings& settings, const FirstOperator& first);

/// Recomputes everything in the data folder from its entries and facts; 1 when something differs.
int verify(const Settings& settings);

int print_openapi();
int print_version();

}  // namespace takas::main
