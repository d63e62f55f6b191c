#include "figures.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

namespace takas::bench {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string processor() {
    std::istringstream lines(read_file("/proc/cpuinfo"));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown processor";
}

std::string machine() {
    const double gib =
        static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 30);
    return fmt::format("{} cores of {}, {:.0f} GiB", std::thread::hardware_concurrency(), processor(), gib);
}

}  // namespace

std::string whole(double number) {
    std::string digits = fmt::format("{:.0f}", number);
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

std::string decimals(double number, int digits) { return fmt::format("{:.{}f}", number, digits); }

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Figures::Figures(std::string title, std::string command) : title_(std::move(title)), command_(std::move(command)) {}

void Figures::group(std::string title, std::string how) { groups_.push_back({std::move(title), std::move(how), {}}); }

void Figures::add(std::string name, std::string value) {
    groups_.back().figures.push_back({std::move(name), std::move(value), {}, true});
}

void Figures::add(std::string name, std::string value, std::string bar, bool is_met) {
    groups_.back().figures.push_back({std::move(name), std::move(value), std::move(bar), is_met});
}

bool Figures::all_met() const {
    return std::ranges::all_of(groups_, [](const Group& g) { return std::ranges::all_of(g.figures, &Figure::is_met); });
}

std::string Figures::text() const {
    // fmt pads by what a terminal shows, so the width is counted so too: without the inner bytes of UTF-8.
    const auto is_letter = [](char c) { return (c & 0xC0) != 0x80; };
    std::ptrdiff_t width = 0;
    for (const Group& g : groups_)
        for (const Figure& f : g.figures) width = std::max(width, std::ranges::count_if(f.name, is_letter));
    std::string out;
    for (const Group& g : groups_) {
        out += fmt::format("\n{}\n", g.title);
        for (const Figure& f : g.figures) {
            out += fmt::format("  {:<{}}  {:>14}", f.name, width, f.value);
            if (!f.bar.empty()) out += fmt::format("   {} ({})", f.bar, f.is_met ? "met" : "MISSED");
            out += '\n';
        }
    }
    return out;
}

std::string Figures::markdown() const {
    std::string out = fmt::format("## {}\n\n`{}`, {:%Y-%m-%d}, {}, Linux.\n", title_, command_,
                                  fmt::gmtime(std::time(nullptr)), machine());
    for (const Group& g : groups_) {
        out += fmt::format("\n### {}\n\n{}\n\n| | measured | promised |\n|---|---:|---|\n", g.title, g.how);
        for (const Figure& f : g.figures)
            out += fmt::format("| {} | {} | {} |\n", f.name, f.value,
                               f.bar.empty() ? "" : fmt::format("{}: {}", f.bar, f.is_met ? "met" : "**missed**"));
    }
    return out;
}

bool Figures::write(const std::string& path) const {
    std::string document = read_file(path);
    if (document.empty())
        document =
            "# Benchmarks\n\nWritten by `./dev bench NAME --write`. The machines are shared and noisy: ratios that "
            "were "
            "measured side by side in one run mean something, absolute numbers drift by a factor of two.\n";
    const std::string heading = fmt::format("## {}\n", title_);
    const auto begin = document.find(heading);
    std::string after;
    if (begin != std::string::npos) {
        const auto end = document.find("\n## ", begin);
        if (end != std::string::npos) after = document.substr(end);
        document.resize(begin);
    } else {
        document += '\n';
    }
    std::ofstream file(path);
    file << document << markdown() << after;
    return file.good();
}

}  // namespace takas::bench
