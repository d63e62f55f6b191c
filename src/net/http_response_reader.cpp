#include "net/http_response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>

#include "net/http_message.hpp"

namespace takas::net {
namespace {

namespace http = boost::beast::http;

constexpr int interim_max = 8;  // "100 Continue" and "103 Early Hints" come once or twice

}  // namespace

void ResponseReader::Parser::on_field_impl(http::field field, Text, Text value, Code&) {
    const std::string_view text(value.data(), value.size());
    if (field == http::field::retry_after && !retry_after) retry_after.emplace(text);
    if (field == http::field::content_encoding && !equals_ignoring_case(text, "identity")) is_encoded = true;
    if (field == http::field::transfer_encoding && !equals_ignoring_case(text, "chunked")) is_encoded = true;
}

std::size_t ResponseReader::Parser::on_body_impl(Text text, Code& ec) {
    const std::size_t kept = std::min(text.size(), body_bytes_max - body.size());
    body.append(text.data(), kept);
    if (kept < text.size()) {
        truncated = true;
        ec = http::error::body_limit;
    }
    return text.size();
}

void ResponseReader::begin_message() {
    parser_.emplace(body_bytes_max_);
    parser_->header_limit(static_cast<std::uint32_t>(header_bytes_max_));
    parser_->body_limit(boost::none);  // Parser::on_body_impl keeps the limit: it must not spoil the status
    parser_->eager(true);
    parser_->skip(!body_expected_);
    head_bytes_ = 0;
}

ResponseReader::State ResponseReader::feed(std::string_view bytes) {
    pending_.append(bytes);
    State state = put_pending();
    while (state == State::complete && status() / 100 == 1) {
        if (++interim_count_ > interim_max || status() == 101) return State::bad;
        begin_message();
        state = put_pending();
    }
    return state;
}

ResponseReader::State ResponseReader::put_pending() {
    if (pending_.empty()) return State::need_more;
    boost::beast::error_code ec;
    std::size_t used = 0;
    while (!ec && used < pending_.size() && !parser_->is_done())
        used += parser_->put(boost::asio::buffer(pending_.data() + used, pending_.size() - used), ec);
    pending_.erase(0, used);
    if (parser_->truncated) return State::complete;
    if (!parser_->is_header_done()) head_bytes_ += used;
    if (ec == http::error::header_limit || head_bytes_ + pending_.size() > header_bytes_max_ + body_bytes_max_)
        return State::head_too_large;
    if (!parser_->is_header_done() && head_bytes_ + pending_.size() > header_bytes_max_) return State::head_too_large;
    if (ec && ec != http::error::need_more) return State::bad;
    return parser_->is_done() ? State::complete : State::need_more;
}

ResponseReader::State ResponseReader::end_of_stream() {
    if (!parser_->got_some() || !pending_.empty()) return State::bad;
    boost::beast::error_code ec;
    parser_->put_eof(ec);
    return ec ? State::bad : State::complete;
}

}  // namespace takas::net
