#include "server_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace takas::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds readiness_patience{60};  // valgrind is fifty times slower

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof(address);
    bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "takas-bench-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string takas_binary() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "takas").string();
}

ServerProcess::ServerProcess(const std::string& data, const std::vector<std::string>& arguments,
                             const std::vector<std::string>& program)
    : log_path_(data + ".log"), port_(free_port()) {
    std::vector<std::string> words = program;
    words.insert(words.end(), {"serve", "--demo", "--data", data, "--http", fmt::format("127.0.0.1:{}", port_)});
    words.insert(words.end(), arguments.begin(), arguments.end());
    const auto begin = Clock::now();
    spawn(words);
    while (Clock::now() - begin < readiness_patience) {
        if (!http_once(port_, "GET /health/ready HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n").empty()) {
            ready_after_ms_ = milliseconds_since(begin);
            return;
        }
        if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
            pid_ = -1;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const std::string words_of_server = last_words();
    stop();
    throw std::runtime_error("the server did not get ready: " + words_of_server);
}

ServerProcess::~ServerProcess() { stop(); }

void ServerProcess::spawn(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log_path_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    const int error = posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::runtime_error(fmt::format("{} could not be started", words[0]));
}

bool ServerProcess::stop() {
    if (pid_ < 0) return true;
    kill(pid_, SIGTERM);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string ServerProcess::last_words() const {
    std::ifstream file(log_path_);
    std::ostringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    return all.size() > 2000 ? all.substr(all.size() - 2000) : all;
}

std::string ServerProcess::access_token() const {
    const std::string body = "grant_type=password&username=demo&password=demo&client_id=demo&scope=Issuing";
    const std::string answer = http_once(
        port_, fmt::format("POST /connect/token HTTP/1.1\r\nHost: bench\r\nConnection: close\r\nContent-Type: "
                           "application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
                           body.size(), body));
    const std::string token = json_field(answer, "access_token");
    if (token.empty()) throw std::runtime_error("no access token: " + answer);
    return token;
}

double ServerProcess::resident_mib() const {
    std::ifstream file(fmt::format("/proc/{}/status", pid_));
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

std::string http_once(std::uint16_t port, const std::string& request) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    std::string answer;
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
        send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
        char buffer[16 * 1024];
        for (ssize_t n; (n = recv(fd, buffer, sizeof(buffer), 0)) > 0;)
            answer.append(buffer, static_cast<std::size_t>(n));
    }
    close(fd);
    const auto head_end = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 200") || head_end == std::string::npos) return {};
    return answer.substr(head_end + 4);
}

std::string json_field(const std::string& json, const std::string& name) {
    const std::string mark = fmt::format("\"{}\":", name);
    auto begin = json.find(mark);
    if (begin == std::string::npos) return {};
    begin += mark.size();
    if (json[begin] == '"') return json.substr(begin + 1, json.find('"', begin + 1) - begin - 1);
    return json.substr(begin, json.find_first_of(",}", begin) - begin);
}

}  // namespace takas::bench
