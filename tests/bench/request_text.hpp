// The request that the load sends: rendered once, then only digits change in place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace takas::bench {

/// One complete purchase over the sandbox door. Its STAN and, when the STANs are used up, the seconds of its local time
/// make each message a new one: a repeat would be answered from memory and cost nothing.
class RequestText {
  public:
    /// `sample_token` has as many digits as every token that will be rendered.
    RequestText(const std::string& access_token, std::int64_t sample_token);

    std::string_view render(std::int64_t token, std::uint32_t message_no);

  private:
    void put(std::size_t at, std::size_t digits, std::uint64_t number);

    std::string text_;
    std::size_t token_at_ = 0, token_digits_ = 0, stan_at_ = 0, minute_at_ = 0, second_at_ = 0;
};

}  // namespace takas::bench
