// `takas serve`: from settings to a server that listens, and back to nothing on SIGTERM.
#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "hsm/engine/locked_memory.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/server.hpp"
#include "main/terminal.hpp"

namespace takas::main {
namespace {

/// Service managers commonly kill after 30 seconds or more; a third of that is for closing the store.
constexpr std::chrono::seconds drain_patience{20};
constexpr unsigned give_up_after_s = 30;

/// Before any thread starts, so that all of them leave these signals to wait_for_end().
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

void print_listening(const ServerOptions& options, std::uint16_t port) {
    const bool is_ipv6 = options.http_host.find(':') != std::string::npos;
    const std::string host = is_ipv6 ? "[" + options.http_host + "]" : options.http_host;
    fmt::print("takas: listening on http://{}:{} (reference at /docs)\n", host, port);
    std::fflush(stdout);
}

}  // namespace

int serve(const Settings& settings) {
    const sigset_t end_signals = block_end_signals();
    auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    hsm::forbid_core_dumps();
    options->ask_secret = ask_secret_at_terminal;
    std::atomic<bool> is_node_lost = false;
    options->on_node_lost = [&] {
        is_node_lost = true;
        kill(getpid(), SIGTERM);
    };
    log::start(settings.log_level);
    auto server = Server::start(*options);
    if (!server) {
        log::stop();
        return report_failure(server.error());
    }
    if (const auto known = (*server)->has_operator(); known && !*known)
        fmt::print(stderr, "takas: nobody can sign in yet: make the first operator with `takas init`\n");
    log::info("started").add("http_port", (*server)->http_port()).add("node", (*server)->node());
    print_listening(*options, (*server)->http_port());

    int signal_number = 0;
    sigwait(&end_signals, &signal_number);
    alarm(give_up_after_s);  // what hangs beyond that is ended by the kernel; the store survives it
    log::info("stopping").add("signal", signal_number);
    if (!(*server)->drain(drain_patience)) log::warning("connections_cut_off");
    server->reset();
    log::info("stopped");
    log::stop();
    return is_node_lost ? exit_failed : 0;  // a supervisor starts it again, with another number
}

}  // namespace takas::main
