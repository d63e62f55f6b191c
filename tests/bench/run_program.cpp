#include "run_program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace takas::bench {
namespace {

/// Where a child writes what we read after its end; nobody else sees the file.
class Scratch {
  public:
    Scratch() : fd_(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
        if (fd_ < 0) throw std::runtime_error("no temporary file");
    }
    ~Scratch() { close(fd_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    int fd() const { return fd_; }
    std::string text() const {
        std::string all;
        char buffer[16 * 1024];
        for (ssize_t n; (n = pread(fd_, buffer, sizeof(buffer), static_cast<off_t>(all.size()))) > 0;)
            all.append(buffer, static_cast<std::size_t>(n));
        return all;
    }

  private:
    int fd_;
};

}  // namespace

std::string run_program(const std::vector<std::string>& words, double* cpu_us) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const Scratch output, errors;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output.fd(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.fd(), STDERR_FILENO);
    pid_t pid = -1;
    const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error(fmt::format("{} could not be started", words[0]));
    int status = 0;
    rusage used{};
    wait4(pid, &status, 0, &used);
    if (cpu_us)
        *cpu_us = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
                  static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error(fmt::format("{} failed: {}", words[0], errors.text()));
    return output.text();
}

}  // namespace takas::bench
