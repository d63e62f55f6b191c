// takas_vectors DIR: runs every vector file of a folder through the product's code and prints "FILE: N passed, M
// failed" for each and for all. A file that cannot be read, whose form is unknown, that has no cases or another number
// of them than it says, fails; exit code 1 on any failure, 2 when there is nothing to run.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "form.hpp"

namespace takas::vectors {
namespace {

/// Reasons shown for one file; a whole folder of failures is not read anyway.
constexpr std::size_t max_reasons = 10;
/// Vector files are larger than any request, and still bounded.
constexpr protocol::json::ParseLimits limits{.max_nodes = 5'000'000, .max_bytes = 256u << 20};

struct Tally {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::vector<std::string> reasons{};

    void fail(std::string reason) {
        ++failed;
        if (reasons.size() < max_reasons) reasons.push_back(std::move(reason));
    }
};

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Failure("cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

const Form* form_of(const std::filesystem::path& path, Value root) {
    const auto name = member(root, "name");
    const Form* form = name && name->is_string() ? find_form(name->text()) : nullptr;
    return form != nullptr ? form : find_form(path.stem().string());
}

void run_case(const Form& form, Value file, Value row, Tally& tally) {
    const auto id = member(row, "id");
    const std::string label = id && id->is_string() ? std::string(id->text()) : "a case without an id";
    try {
        const auto in = member(row, "in");
        const auto out = member(row, "out");
        if (!in || !in->is_object() || !out || !out->is_object()) throw Failure("has no in and out");
        form.check({file, *in, *out});
        ++tally.passed;
    } catch (const std::exception& e) {
        tally.fail(fmt::format("{}: {}", label, e.what()));
    }
}

void run_cases(const std::filesystem::path& path, Tally& tally) {
    const std::string content = read_file(path);
    const auto document = protocol::json::parse(content, limits);
    if (!document) throw Failure("is no JSON");
    const Value root = document->root();
    const Form* form = form_of(path, root);
    if (form == nullptr) throw Failure("has an unknown form");
    const auto cases = member(root, "cases");
    if (!cases || !cases->is_array() || cases->size() == 0) throw Failure("has no cases");
    for (const Value row : *cases) run_case(*form, root, row, tally);
    if (has(root, "count") && integer(root, "count") != static_cast<std::int64_t>(cases->size()))
        tally.fail(fmt::format("says {} cases and has {}", text(root, "count"), cases->size()));
}

Tally run_file(const std::filesystem::path& path) {
    Tally tally;
    try {
        run_cases(path, tally);
    } catch (const std::exception& e) {
        tally.fail(e.what());
    }
    return tally;
}

int run_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::ranges::sort(files);
    Tally all;
    for (const auto& path : files) {
        const Tally tally = run_file(path);
        const std::string name = path.filename().string();
        for (const std::string& reason : tally.reasons) fmt::print(stderr, "{}: {}\n", name, reason);
        fmt::print("{}: {} passed, {} failed\n", name, tally.passed, tally.failed);
        all.passed += tally.passed;
        all.failed += tally.failed;
    }
    fmt::print("{} passed, {} failed\n", all.passed, all.failed);
    if (files.empty()) fmt::print(stderr, "takas_vectors: no vector files in {}\n", folder.string());
    if (all.failed > 0) return 1;
    return files.empty() ? 2 : 0;
}

}  // namespace
}  // namespace takas::vectors

int main(int count, char** words) try {
    if (count != 2) {
        fmt::print(stderr, "usage: takas_vectors DIR\n");
        return 2;
    }
    return takas::vectors::run_folder(words[1]);
} catch (const std::exception& e) {
    fmt::print(stderr, "takas_vectors: {}\n", e.what());
    return 2;
}
