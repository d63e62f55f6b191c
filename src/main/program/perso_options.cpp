#include "main/program/perso_options.hpp"

namespace takas::main {

void add_perso_commands(CLI::App& app, const AddSettings& add_settings, PersoOrders& orders) {
    CLI::App& perso = *app.add_subcommand("perso", "files for personalisation offices and couriers");
    perso.require_subcommand(1);
    CLI::App& file = *perso.add_subcommand("export", "hand an office the cards that wait for it");
    add_settings(file);
    file.add_option("--tenant", orders.file.tenant, "the institution's code")->required();
    file.add_option("--office", orders.file.office, "the office's code, as in products and orders")->required();
    file.add_option("--date", orders.file.date, "cards ordered up to and on this day (YYYY-MM-DD)")->required();
    file.add_option("--number", orders.file.number, "of the office's files of this date")
        ->check(CLI::Range(1, 999))
        ->capture_default_str();
    file.add_option("--to", orders.file.to, "the new file")->required();
    CLI::App& result = *perso.add_subcommand("result", "take an office's answer or a courier's report");
    add_settings(result);
    result.add_option("--tenant", orders.result.tenant, "the institution's code")->required();
    result.add_option("file", orders.result.path, "the file they sent")->required();

    CLI::App& jobs = *app.add_subcommand("jobs", "what servers do by themselves, by hand");
    jobs.require_subcommand(1);
    CLI::App& run = *jobs.add_subcommand("run", "run a job once; a second run changes nothing");
    add_settings(run);
    run.add_option("name", orders.job.name, "card-renewal, card-expiry or card-fees")->required();
    run.add_option("--date", orders.job.date, "for those that are due on this day (YYYY-MM-DD)");
}

std::optional<PersoAction> parsed_perso_action(const CLI::App& app) {
    if (app.got_subcommand("jobs"))
        return [](const Settings& settings, const PersoOrders& orders) { return run_job(settings, orders.job); };
    if (!app.got_subcommand("perso")) return std::nullopt;
    if (app.get_subcommand("perso")->got_subcommand("result"))
        return [](const Settings& settings, const PersoOrders& orders) {
            return take_result_file(settings, orders.result);
        };
    return [](const Settings& settings, const PersoOrders& orders) { return export_perso(settings, orders.file); };
}

}  // namespace takas::main
