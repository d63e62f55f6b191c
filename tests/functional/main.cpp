// takas_scenarios: plays scenario files against a server in this process and says which of them came out as written.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include "cluster.hpp"
#include "folders.hpp"
#include "interpreter.hpp"

namespace takas::functional {
namespace {

namespace fs = std::filesystem;

constexpr unsigned scenario_seconds_max = 120;  // the longest takes 10 with a restart after every step

struct Options {
    std::string door = "local";
    std::string store = "memory";
    bool restart = false;
    std::string transcript;
    std::string keep_in;
    std::vector<std::string> files;
};

std::vector<fs::path> files_of(const std::vector<std::string>& given) {
    std::vector<fs::path> files;
    for (const fs::path path : given) {
        if (!fs::is_directory(path)) {
            files.push_back(path);
            continue;
        }
        for (const auto& entry : fs::recursive_directory_iterator(path))
            if (entry.path().extension() == ".scn") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string contents_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

StoreKind kind_of(std::string_view name) {
    return name == "sqlite" ? StoreKind::sqlite : name == "postgres" ? StoreKind::postgres : StoreKind::memory;
}

/// Runs the work in a process of its own: a server that crashes or hangs leaves the others alone, and the sanitizers do
/// not remember the threads of hundreds of servers.
bool apart(const std::string& name, const std::function<bool()>& work) {
    std::cout.flush();
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(scenario_seconds_max);
        std::exit(work() ? 0 : 1);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return false;
    if (WIFSIGNALED(status)) std::cout << fmt::format("{}: ended by signal {}\n", name, WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// The cluster of the run with one filled database in it, of which every world gets a copy.
class Template {
  public:
    Template() {
        WorldOptions options{
            .store = StoreKind::postgres, .folder = folder_, .store_url = cluster_.database(name_), .data_from = {}};
        // Ids follow the clock: the worlds' own come after those that they find.
        options.begins_at = options.begins_at.plus_seconds(-60);
        // A server that does not start has said why; the worlds will say it again.
        apart("making the database", [&] { return !World(options).audit(); });
    }
    ~Template() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    std::string copy() const { return cluster_.database("scenario", name_); }
    fs::path data() const { return folder_ / "data"; }

  private:
    std::string name_ = "filled";
    Cluster cluster_;
    fs::path folder_ = temporary_folder("takas-filled-");
};

/// The report, or nothing when the file came out as written.
std::optional<std::string> play_file(const fs::path& file, const Options& options, const Template* original) {
    const auto script = parse_script(contents_of(file));
    if (!script) return fmt::format("{}: {}", file.string(), script.error());
    WorldOptions world_options{.door = options.door == "http" ? DoorKind::http : DoorKind::local,
                               .store = kind_of(options.store),
                               .folder = {},
                               .store_url = original ? original->copy() : "",
                               .data_from = original ? original->data() : fs::path()};
    if (!options.keep_in.empty()) {
        world_options.folder = fs::path(options.keep_in) / file.parent_path().filename() / file.stem();
        fs::create_directories(world_options.folder);
    }
    World world(std::move(world_options));
    Transcript transcript(options.transcript);
    return Interpreter(world, transcript, file.string(), {options.restart}).play(*script);
}

int run(const Options& options) {
    const std::vector<fs::path> files = files_of(options.files);
    if (!options.transcript.empty()) fs::remove(options.transcript);
    const auto original = options.store == "postgres" ? std::make_unique<Template>() : nullptr;
    const auto passes = [&](const fs::path& file) {
        return apart(file.string(), [&] {
            const auto report = play_file(file, options, original.get());
            if (report) std::cout << *report << std::endl;
            return !report;
        });
    };
    const auto failed = std::ranges::count_if(files, [&](const fs::path& file) { return !passes(file); });
    std::cout << fmt::format("{} scenarios, {} store, {} door{}: {} failed\n", files.size(), options.store,
                             options.door, options.restart ? ", restarted after every step" : "", failed);
    return failed == 0 && !files.empty() ? 0 : 1;
}

}  // namespace
}  // namespace takas::functional

int main(int argc, char** argv) {
    takas::functional::Options options;
    CLI::App app("Plays scenarios (tests/scenarios) against a server in this process.");
    app.add_option("--door", options.door, "http or local")->check(CLI::IsMember({"http", "local"}));
    app.add_option("--store", options.store, "sqlite, memory or postgres")
        ->check(CLI::IsMember({"sqlite", "memory", "postgres"}));
    app.add_flag("--restart", options.restart, "restart the server after every step");
    app.add_option("--transcript", options.transcript, "write every call to this file, one JSON object a line");
    app.add_option("--keep", options.keep_in, "keep each scenario's data folder and log below this folder");
    app.add_option("files", options.files, "scenario files or folders of them")->required();
    app.footer("Commands of scenarios:\n" + takas::functional::list_of_commands());
    CLI11_PARSE(app, argc, argv);
    return takas::functional::run(options);
}
