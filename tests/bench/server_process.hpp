// The server under test as its own process: its CPU time and memory are its own, and it runs the very binary that is
// shipped.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cpu_time.hpp"

namespace takas::bench {

/// A folder that is gone at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + '/' + name; }

  private:
    std::string path_;
};

/// The binary beside this program.
std::string takas_binary();

class ServerProcess {
  public:
    /// Starts `takas serve --demo` on `data` and waits until it is ready. `program` is the binary, perhaps with another
    /// program in front that runs it (valgrind). Throws std::runtime_error with the server's last words.
    ServerProcess(const std::string& data, const std::vector<std::string>& arguments = {},
                  const std::vector<std::string>& program = {takas_binary()});
    /// SIGTERM, then waits.
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    pid_t pid() const { return pid_; }
    std::uint16_t port() const { return port_; }
    double ready_after_ms() const { return ready_after_ms_; }
    std::string access_token() const;
    /// By the name of the thread, which says what it does.
    CpuByRole cpu() const { return thread_cpu(pid_); }
    double resident_mib() const;
    /// Stops it and says whether it left with 0.
    bool stop();

  private:
    void spawn(const std::vector<std::string>& words);
    std::string last_words() const;

    std::string log_path_;
    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
    double ready_after_ms_ = 0;
};

/// One blocking request; the body of the answer, or nothing when the status is not 200. For set-up, not for load.
std::string http_once(std::uint16_t port, const std::string& request);

/// The text or number of a field of a flat JSON answer.
std::string json_field(const std::string& json, const std::string& name);

}  // namespace takas::bench
