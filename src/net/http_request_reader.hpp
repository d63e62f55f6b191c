// Bytes of one connection -> HttpRequest, with Beast's parser and a stricter eye: no line folding, no bare LF, one
// Content-Length, "chunked" alone as Transfer-Encoding, exactly one Host. Whatever two programs could read differently
// is refused, because that is how request smuggling works (RFC 9112 section 11.2). Knows no socket and no clock.
#pragma once

#include <string.h>

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace takas::net {

struct ReadLimits {
    std::size_t header_bytes_max;
    std::size_t header_count_max;
    std::size_t body_bytes_max;
};

/// A request that owns what its views point to. A body may hold a PIN or a card number, a header a secret or (published
/// so) a card number: both are wiped when they go.
struct OwnedRequest : HttpRequest {
    std::string head_bytes;
    std::string body_bytes;

    OwnedRequest() = default;
    ~OwnedRequest() {
        ::explicit_bzero(head_bytes.data(), head_bytes.size());
        ::explicit_bzero(body_bytes.data(), body_bytes.size());
    }
    OwnedRequest(const OwnedRequest&) = delete;
    OwnedRequest& operator=(const OwnedRequest&) = delete;
};

class RequestReader {
  public:
    enum class State : std::uint8_t { need_more, complete, refused };
    struct Step {
        State state;
        std::size_t consumed;  ///< bytes that need not be shown again
        int status = 0;        ///< refused: the HTTP status to answer with
    };

    explicit RequestReader(const ReadLimits& limits) : limits_(limits) {}

    /// Looks at the unconsumed bytes of the connection. After need_more: call again with the rest and more behind it.
    Step feed(std::string_view bytes);

    bool head_done() const { return parser_ && parser_->is_header_done(); }
    /// True once per request: the client waits for "100 Continue" before it sends the body.
    bool take_expect_continue() { return std::exchange(expect_continue_, false); }

    /// After complete: the request, and the reader is ready for the next one.
    std::shared_ptr<OwnedRequest> take_request();
    bool keep_alive() const { return keep_alive_; }

  private:
    class Parser final : public boost::beast::http::basic_parser<true> {
      public:
        Parser(OwnedRequest& request, const ReadLimits& limits) : request_(request), limits_(limits) {}
        bool accepts_head() const;  ///< the rules above that need the whole head
        bool wants_continue() const { return wants_continue_; }
        int version() const { return version_; }

      private:
        using Code = boost::beast::error_code;
        using Text = boost::beast::string_view;
        using Field = boost::beast::http::field;
        void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Code& ec) override;
        void on_field_impl(Field field, Text name, Text value, Code& ec) override;
        void on_header_impl(Code&) override { in_trailer_ = true; }
        void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) override;
        std::size_t on_body_impl(Text body, Code&) override;
        std::size_t on_chunk_body_impl(std::uint64_t, Text body, Code& ec) override { return on_body_impl(body, ec); }
        void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
        void on_finish_impl(Code&) override {}
        void on_response_impl(int, Text, int, Code&) override {}

        OwnedRequest& request_;
        const ReadLimits& limits_;
        int version_ = 11;
        int host_count_ = 0, content_length_count_ = 0, transfer_encoding_count_ = 0;
        bool bad_transfer_encoding_ = false, wants_continue_ = false, in_trailer_ = false;
    };

    /// Length of the head when it is complete, 0 when more is needed; -1 for bytes no head may hold.
    std::ptrdiff_t scan_head(std::string_view bytes);
    Step read_head(std::string_view bytes);
    Step read_body(std::string_view bytes, std::size_t already_consumed);

    const ReadLimits& limits_;
    std::shared_ptr<OwnedRequest> request_;
    std::optional<Parser> parser_;
    std::size_t scanned_ = 0;
    bool expect_continue_ = false;
    bool keep_alive_ = true;
};

}  // namespace takas::net
