#include "request_text.hpp"

#include <fmt/format.h>

namespace takas::bench {
namespace {

constexpr int stan_digits = 6;
constexpr std::uint32_t stan_count = 1'000'000;

}  // namespace

RequestText::RequestText(const std::string& access_token, std::int64_t sample_token) {
    const std::string token(std::to_string(sample_token).size(), '0');
    const std::string body = fmt::format(
        R"({{"tokenId":{},"stan":"000000","localTransactionTime":"2031-03-01T10:00:00Z","transactionCode":"Purchase",)"
        R"("transactionAmount":1.25,"transactionCurrency":949,"posEntryMode":"Chip","terminalType":"Pos",)"
        R"("terminalNo":"BENCH001","cardAcceptorNo":"000000000012345","cardAcceptorName":"KOSE MARKET",)"
        R"("cardAcceptorCity":"ANKARA","cardAcceptorCountry":"TR","mcc":5411,"acquirerId":"400012",)"
        R"("transactionNetwork":"Visa","transactionDomain":"Domestic"}})",
        token);
    text_ = fmt::format(
        "POST /api/v1/sandbox/transaction HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        access_token, body.size(), body);
    token_at_ = text_.find("\"tokenId\":") + 10;
    token_digits_ = token.size();
    stan_at_ = text_.find("\"stan\":\"") + 8;
    minute_at_ = text_.find("T10:00:00Z") + 4;
    second_at_ = minute_at_ + 3;
}

std::string_view RequestText::render(std::int64_t token, std::uint32_t message_no) {
    put(token_at_, token_digits_, static_cast<std::uint64_t>(token));
    put(stan_at_, stan_digits, message_no % stan_count);
    const std::uint32_t round = message_no / stan_count;
    put(second_at_, 2, round % 60);
    put(minute_at_, 2, round / 60 % 60);
    return text_;
}

void RequestText::put(std::size_t at, std::size_t digits, std::uint64_t number) {
    for (std::size_t i = digits; i-- > 0; number /= 10) text_[at + i] = static_cast<char>('0' + number % 10);
}

}  // namespace takas::bench
