#include "net/http_request_reader.hpp"

#include <algorithm>

namespace takas::net {
namespace {

namespace http = boost::beast::http;

// What a claimed Content-Length may reserve before any byte came: ten thousand idle claims must not be a gigabyte.
constexpr std::size_t body_reserve_max = 64 * 1024;

std::string_view std_view(boost::beast::string_view text) { return {text.data(), text.size()}; }

int status_of(const boost::beast::error_code& ec) {
    if (ec == http::error::body_limit) return 413;
    if (ec == http::error::header_limit) return 431;
    return 400;
}

/// Origin form, absolute form ("http://host/path", which a server must accept) or "*". False: none of them.
bool split_target(std::string_view target, HttpRequest& request) {
    if (target.contains('#')) return false;
    for (std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !equals_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto slash = target.find('/', scheme.size());
        if (slash == std::string_view::npos) return false;
        target.remove_prefix(slash);
        break;
    }
    if (!target.starts_with('/') && target != "*") return false;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    return true;
}

}  // namespace

void RequestReader::Parser::on_request_impl(http::verb, Text method, Text target, int version, Code& ec) {
    request_.method = std_view(method);
    version_ = version;
    if (!split_target(std_view(target), request_)) ec = http::error::bad_target;
}

void RequestReader::Parser::on_field_impl(Field field, Text name, Text value, Code& ec) {
    if (in_trailer_) return;  // trailers are read and forgotten: nothing above asks for them
    if (request_.headers.size() == limits_.header_count_max) {
        ec = http::error::header_limit;
        return;
    }
    request_.headers.push_back({std_view(name), std_view(value)});
    switch (field) {
        case Field::host:
            ++host_count_;
            break;
        case Field::content_length:
            ++content_length_count_;
            break;
        case Field::expect:
            wants_continue_ = equals_ignoring_case(std_view(value), "100-continue");
            break;
        case Field::transfer_encoding:
            ++transfer_encoding_count_;
            bad_transfer_encoding_ = !equals_ignoring_case(std_view(value), "chunked");
            break;
        default:
            break;
    }
}

void RequestReader::Parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) {
    if (length) request_.body_bytes.reserve(std::min<std::size_t>(*length, body_reserve_max));
}

std::size_t RequestReader::Parser::on_body_impl(Text body, Code&) {
    request_.body_bytes.append(body.data(), body.size());
    return body.size();
}

bool RequestReader::Parser::accepts_head() const {
    if (host_count_ > 1 || (version_ == 11 && host_count_ == 0)) return false;
    if (content_length_count_ > 1 || (content_length_count_ > 0 && transfer_encoding_count_ > 0)) return false;
    if (content_length_count_ == 1 && request_.header("content-length").contains(',')) return false;
    return transfer_encoding_count_ == 0 ||
           (!bad_transfer_encoding_ && transfer_encoding_count_ == 1 && version_ == 11);
}

std::ptrdiff_t RequestReader::scan_head(std::string_view bytes) {
    if (!bytes.empty() && (bytes[0] <= ' ' || bytes[0] >= 0x7f)) return -1;  // a TLS hello, an empty line
    for (auto at = bytes.find('\n', scanned_); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        scanned_ = at + 1;
        if (bytes[at - 1] != '\r') return -1;
        const auto line_start = bytes.rfind('\n', at - 1) + 1;
        if (bytes[line_start] == ' ' || bytes[line_start] == '\t') return -1;  // obsolete line folding
        if (line_start + 1 == at) return static_cast<std::ptrdiff_t>(at + 1);
    }
    scanned_ = bytes.size();
    return 0;
}

RequestReader::Step RequestReader::read_head(std::string_view bytes) {
    const std::ptrdiff_t scan = scan_head(bytes);
    const auto length = scan > 0 ? static_cast<std::size_t>(scan) : bytes.size();
    if (scan < 0) return {State::refused, 0, 400};
    if (length > limits_.header_bytes_max) return {State::refused, 0, 431};
    if (scan == 0) return {State::need_more, 0};

    request_ = std::make_shared<OwnedRequest>();
    request_->head_bytes.assign(bytes.substr(0, length));
    request_->headers.reserve(16);
    parser_.emplace(*request_, limits_);
    parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max + 1));
    parser_->body_limit(limits_.body_bytes_max);
    boost::beast::error_code ec;
    parser_->put(boost::asio::buffer(request_->head_bytes), ec);
    if (ec) return {State::refused, 0, status_of(ec)};
    if (!parser_->is_header_done() || !parser_->accepts_head()) return {State::refused, 0, 400};
    keep_alive_ = parser_->keep_alive();
    expect_continue_ = parser_->wants_continue() && parser_->version() == 11 && !parser_->is_done();
    parser_->eager(true);
    return {State::need_more, length};
}

RequestReader::Step RequestReader::read_body(std::string_view bytes, std::size_t already_consumed) {
    std::size_t used = 0;
    if (!parser_->is_done() && !bytes.empty()) {
        boost::beast::error_code ec;
        used = parser_->put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
        if (ec && ec != http::error::need_more) return {State::refused, 0, status_of(ec)};
        if (used > 0) expect_continue_ = false;  // the client did not wait
    }
    return {parser_->is_done() ? State::complete : State::need_more, already_consumed + used};
}

RequestReader::Step RequestReader::feed(std::string_view bytes) {
    std::size_t consumed = 0;
    if (!parser_) {
        const Step step = read_head(bytes);
        if (step.state == State::refused || step.consumed == 0) return step;
        consumed = step.consumed;
    }
    return read_body(bytes.substr(consumed), consumed);
}

std::shared_ptr<OwnedRequest> RequestReader::take_request() {
    request_->body = request_->body_bytes;
    parser_.reset();
    scanned_ = 0;
    expect_continue_ = false;
    return std::move(request_);
}

}  // namespace takas::net
