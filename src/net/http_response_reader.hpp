// Bytes of an untrusted server -> status, Retry-After and the start of the body; and whether that is all of it, as it
// was meant. Nothing of it is stored beyond the limits, whatever the server sends. Knows no socket.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace takas::net {

class ResponseReader {
  public:
    enum class State : std::uint8_t { need_more, complete, head_too_large, bad };

    ResponseReader(std::size_t header_bytes_max, std::size_t body_bytes_max, bool body_expected)
        : header_bytes_max_(header_bytes_max), body_bytes_max_(body_bytes_max), body_expected_(body_expected) {
        begin_message();
    }

    State feed(std::string_view bytes);
    /// The server closed. Complete when that is how the body ends.
    State end_of_stream();

    int status() const { return parser_->is_header_done() ? parser_->status : 0; }
    bool keep_alive() const { return parser_->keep_alive(); }  ///< of a complete answer
    std::string& body() { return parser_->body; }
    bool body_truncated() const { return parser_->truncated; }
    /// The body is no text as it stands: gzip and the like.
    bool body_encoded() const { return parser_->is_encoded; }
    std::optional<std::string>& retry_after() { return parser_->retry_after; }

  private:
    struct Parser final : boost::beast::http::basic_parser<false> {
        using Code = boost::beast::error_code;
        using Text = boost::beast::string_view;
        explicit Parser(std::size_t limit) : body_bytes_max(limit) {}
        void on_request_impl(boost::beast::http::verb, Text, Text, int, Code&) override {}
        void on_response_impl(int code, Text, int, Code&) override { status = code; }
        void on_field_impl(boost::beast::http::field field, Text, Text value, Code&) override;
        void on_header_impl(Code&) override {}
        void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
        std::size_t on_body_impl(Text text, Code& ec) override;
        std::size_t on_chunk_body_impl(std::uint64_t, Text text, Code& ec) override { return on_body_impl(text, ec); }
        void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
        void on_finish_impl(Code&) override {}

        std::size_t body_bytes_max;
        int status = 0;
        std::string body;
        bool truncated = false, is_encoded = false;
        std::optional<std::string> retry_after;
    };

    void begin_message();
    State put_pending();

    std::size_t header_bytes_max_, body_bytes_max_;
    bool body_expected_;
    std::optional<Parser> parser_;
    std::string pending_;  ///< not yet understood: part of a head or of a chunk header
    std::size_t head_bytes_ = 0;
    int interim_count_ = 0;
};

}  // namespace takas::net
