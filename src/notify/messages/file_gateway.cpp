#include "notify/messages/file_gateway.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace takas::notify::messages {
namespace {

using app::ports::MessageOutcome;

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A phone number is digits and a plus sign; whatever else came is no part of a file name.
std::string name_of(std::string_view phone_number, std::uint32_t number) {
    std::string name;
    std::ranges::copy_if(phone_number, std::back_inserter(name), [](char c) { return c >= '0' && c <= '9'; });
    return name + '-' + std::to_string(::getpid()) + '-' + std::to_string(number) + ".txt";
}

}  // namespace

MessageOutcome FileGateway::send(const app::ports::TextMessage& message) {
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return MessageOutcome::not_reached;
    const std::string path = (folder_ / name_of(message.phone_number, ++sent_)).string();
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return MessageOutcome::not_reached;
    const bool is_whole = write_all(file, "To: ") && write_all(file, message.phone_number) && write_all(file, "\n\n") &&
                          write_all(file, text_of(message.text.reveal())) && write_all(file, "\n");
    const bool is_closed = ::close(file) == 0;
    if (is_whole && is_closed) return MessageOutcome::accepted;
    ::unlink(path.c_str());
    return MessageOutcome::refused;
}

}  // namespace takas::notify::messages
