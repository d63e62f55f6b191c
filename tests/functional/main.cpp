// takas_scenarios: plays scenario files against a server in this process and says which of them came out as written.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

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

/// The report, or nothing when the file came out as written.
std::optional<std::string> play_file(const fs::path& file, const Options& options, Transcript& transcript) {
    const auto script = parse_script(contents_of(file));
    if (!script) return fmt::format("{}: {}", file.string(), script.error());
    WorldOptions world_options{.door = options.door == "http" ? DoorKind::http : DoorKind::local,
                               .store = options.store == "sqlite" ? StoreKind::sqlite : StoreKind::memory,
                               .folder = {}};
    if (!options.keep_in.empty()) {
        world_options.folder = fs::path(options.keep_in) / file.parent_path().filename() / file.stem();
        fs::create_directories(world_options.folder);
    }
    World world(std::move(world_options));
    return Interpreter(world, transcript, file.string(), {options.restart}).play(*script);
}

/// Plays the file in a process of its own: a server that crashes or hangs in one scenario leaves the others alone, and
/// the sanitizers do not remember the threads of hundreds of servers.
bool passes(const fs::path& file, const Options& options) {
    std::cout.flush();
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(scenario_seconds_max);
        Transcript transcript(options.transcript);
        const auto report = play_file(file, options, transcript);
        if (report) std::cout << *report << std::endl;
        std::exit(report ? 1 : 0);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return false;
    if (WIFSIGNALED(status)) std::cout << fmt::format("{}: ended by signal {}\n", file.string(), WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int run(const Options& options) {
    const std::vector<fs::path> files = files_of(options.files);
    if (!options.transcript.empty()) fs::remove(options.transcript);
    const auto failed = std::ranges::count_if(files, [&](const fs::path& file) { return !passes(file, options); });
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
    app.add_option("--store", options.store, "sqlite or memory")->check(CLI::IsMember({"sqlite", "memory"}));
    app.add_flag("--restart", options.restart, "restart the server after every step");
    app.add_option("--transcript", options.transcript, "write every call to this file, one JSON object a line");
    app.add_option("--keep", options.keep_in, "keep each scenario's data folder and log below this folder");
    app.add_option("files", options.files, "scenario files or folders of them")->required();
    app.footer("Commands of scenarios:\n" + takas::functional::list_of_commands());
    CLI11_PARSE(app, argc, argv);
    return takas::functional::run(options);
}
