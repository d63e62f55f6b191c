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

/// Makes data folder, keys, database and the platform's first operator. `distributes`: spreads the accounts over the
/// workers of a Citus database first; that is all when no data folder is given, and when there is an operator already.
int init(const Settings& settings, const FirstOperator& first, bool distributes);

/// Recomputes everything in the data folder from its entries and facts; 1 when something differs.
/// `archive`: also the archive in that folder, when it is not "".
int verify(const Settings& settings, const std::string& archive);

struct ArchiveOrder {
    std::string before;  ///< "yyyy-MM-dd": months that end by then
    std::string to;      ///< folder; "" is that of the settings
};

/// Moves old months of transactions into files; 1 when something stands against it.
int archive(const Settings& settings, const ArchiveOrder& order);

/// Copies the SQLite database of the data folder, in use or not, into a new file.
int backup(const Settings& settings, const std::string& to);

struct PersoExport {
    std::string tenant;  ///< the institution's code
    std::string office;
    std::string date;  ///< "yyyy-MM-dd": cards ordered up to and on this day
    std::int16_t number = 1;
    std::string to;  ///< the new file
};

/// Hands an office the file of a day; 1 when something stands against it.
int export_perso(const Settings& settings, const PersoExport& order);

struct ResultFile {
    std::string tenant;
    std::string path;
};
/// Takes what an office answered, or a courier reported; 1 when lines were refused.
int take_result_file(const Settings& settings, const ResultFile& file);

struct JobOrder {
    std::string name;
    std::string date;  ///< "yyyy-MM-dd": those that are due on this day; "": today
};
/// Runs a job once, for every institution; 1 when something could not be done.
int run_job(const Settings& settings, const JobOrder& order);

/// Replaces the vault's BIN table by a CSV file; 1 when a line is wrong.
int import_vault_bins(const Settings& settings, const std::string& path);

int print_openapi();
int print_version();

}  // namespace takas::main
