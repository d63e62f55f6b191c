// A message gateway for the demo: every message becomes a file of its own in a folder that only the server's user
// reads. Not for real cards: the message, and with it a PIN, stays on the disk until somebody removes it.
#pragma once

#include <atomic>
#include <filesystem>

#include "app/ports/message_gateway.hpp"

namespace takas::notify::messages {

class FileGateway final : public app::ports::MessageGateway {
  public:
    /// Made with mode 0700 when the first message comes.
    explicit FileGateway(std::filesystem::path folder) : folder_(std::move(folder)) {}
    app::ports::MessageOutcome send(const app::ports::TextMessage& message) override;

  private:
    const std::filesystem::path folder_;
    std::atomic<std::uint32_t> sent_ = 0;
};

}  // namespace takas::notify::messages
