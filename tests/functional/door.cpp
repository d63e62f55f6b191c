#include "door.hpp"

#include <fmt/format.h>

#include "api/framework/local_call.hpp"
#include "net/raw_client_test_support.hpp"

namespace takas::functional {
namespace {

Headers headers_of(std::string_view head) {
    Headers headers;
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        if (const auto colon = line.find(": "); colon != std::string_view::npos)
            headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        head.remove_prefix(std::min(end + 2, head.size()));
    }
    return headers;
}

Answer answer_of(std::string_view text) {
    Answer answer{.status = net::status_of(text), .content_type = {}, .body = std::string(net::body_of(text))};
    answer.headers = headers_of(text.substr(0, text.find("\r\n\r\n")));
    answer.content_type = answer.header("Content-Type");
    return answer;
}

class HttpDoor final : public Door {
  public:
    explicit HttpDoor(std::uint16_t port) : port_(port) {}

    Answer ask(const Question& question) override {
        std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n", question.method, question.target);
        for (const auto& [name, value] : question.headers) text += fmt::format("{}: {}\r\n", name, value);
        if (!question.body.empty() || question.method != "GET")
            text += fmt::format("Content-Length: {}\r\n", question.body.size());
        text += "\r\n";
        text += question.body;
        if (!client_) client_ = std::make_unique<net::RawClient>(port_);
        Answer answer = answer_of(client_->ask(text));
        if (answer.status == 0 || net::equals_ignoring_case(answer.header("Connection"), "close")) client_.reset();
        return answer;
    }

  private:
    std::uint16_t port_;
    std::unique_ptr<net::RawClient> client_;
};

class LocalDoor final : public Door {
  public:
    explicit LocalDoor(api::Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

    Answer ask(const Question& question) override {
        net::HttpResponse response =
            api::call_and_wait(dispatcher_, {question.method, question.target, question.headers, question.body});
        return {response.status, std::move(response.content_type), std::move(response.body),
                std::move(response.headers)};
    }

  private:
    api::Dispatcher& dispatcher_;
};

}  // namespace

std::unique_ptr<Door> http_door(std::uint16_t port) { return std::make_unique<HttpDoor>(port); }
std::unique_ptr<Door> local_door(api::Dispatcher& dispatcher) { return std::make_unique<LocalDoor>(dispatcher); }

}  // namespace takas::functional
