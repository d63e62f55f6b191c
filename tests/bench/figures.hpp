// Collects what a benchmark measured, prints it as a table and writes it as a section of docs/benchmarks.md. Knows
// nothing of what was measured.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace takas::bench {

/// One line of the result. `bar` is what the project promises; empty when there is no promise.
struct Figure {
    std::string name;
    std::string value;
    std::string bar;
    bool is_met = true;
};

class Figures {
  public:
    Figures(std::string title, std::string command);

    /// Starts a group of figures with a sentence on how they were measured.
    void group(std::string title, std::string how);
    void add(std::string name, std::string value);
    /// With a promise: `is_met` says whether it was kept.
    void add(std::string name, std::string value, std::string bar, bool is_met);

    bool all_met() const;
    std::string text() const;
    std::string markdown() const;
    /// Replaces the section of this title in the document, or appends it. False when the file cannot be written.
    bool write(const std::string& path) const;

  private:
    struct Group {
        std::string title, how;
        std::vector<Figure> figures;
    };
    std::string title_, command_;
    std::vector<Group> groups_;
};

/// "12,345" and "12.3": how the tables show numbers.
std::string whole(double number);
std::string decimals(double number, int digits);

/// The middle of a few repeats: one disturbed repeat does not move it.
double median(std::vector<double> values);

}  // namespace takas::bench
