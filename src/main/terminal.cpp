#include "main/terminal.hpp"

#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "store/keys/private_file.hpp"

namespace takas::main {
namespace {

constexpr std::size_t line_max_bytes = 512;

/// Switches the echo off while it lives, when standard input is a terminal.
class Silence {
  public:
    Silence() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Silence() {
        if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

  private:
    termios before_{};
    bool is_terminal_;
};

}  // namespace

std::optional<crypto::SecretBytes> ask_secret_at_terminal(std::string_view prompt) {
    fmt::print(stderr, "{}: ", prompt);
    std::fflush(stderr);
    const Silence silence;
    crypto::SecretBytes line(line_max_bytes);
    std::size_t size = 0;
    bool is_too_long = false, has_anything = false;
    // Octet by octet past stdio, whose buffer would keep a copy.
    for (;;) {
        std::uint8_t octet = 0;
        const ssize_t got = ::read(STDIN_FILENO, &octet, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        has_anything = true;
        if (octet == '\n') break;
        if (size < line_max_bytes)
            line.writable()[size++] = octet;
        else
            is_too_long = true;
    }
    if (!has_anything || is_too_long) return std::nullopt;
    line.shrink(size);
    return line;
}

Result<crypto::SecretBytes> read_private_line(const std::filesystem::path& path) {
    auto content = store::keys::read_private_file(path, line_max_bytes);
    if (!content) return std::unexpected(std::move(content.error()));
    if (!*content) return fail(ErrorCode::internal, path.string() + ": there is no such file");
    crypto::SecretBytes& line = **content;
    const ByteView all = line.reveal();
    const auto end = std::ranges::find(all, static_cast<std::uint8_t>('\n'));
    line.shrink(static_cast<std::size_t>(end - all.begin()));
    return std::move(line);
}

}  // namespace takas::main
