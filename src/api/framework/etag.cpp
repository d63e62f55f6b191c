#include "api/framework/etag.hpp"

#include <charconv>

namespace takas::api {
namespace {

/// Without blanks around it, W/ before it and quotes.
std::string_view tag_of(std::string_view header) {
    while (header.starts_with(' ')) header.remove_prefix(1);
    while (header.ends_with(' ')) header.remove_suffix(1);
    if (header.starts_with("W/")) header.remove_prefix(2);
    if (header.size() < 2 || !header.starts_with('"') || !header.ends_with('"')) return {};
    return header.substr(1, header.size() - 2);
}

}  // namespace

Result<app::SeenVersion> seen_version(const Call& call) {
    const std::string_view header = call.header("if-match");
    if (header.empty() || header == "*") return app::SeenVersion{};
    const std::string_view tag = tag_of(header);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (error != std::errc{} || end != tag.data() + tag.size() || version < 1)
        return fail_field("If-Match", "The ETag of an answer is expected, with its quotes.",
                          "Bir yanıttaki ETag değeri, tırnaklarıyla birlikte bekleniyor.");
    return app::SeenVersion{version};
}

void set_etag(Call& call, std::int64_t version) { call.set_header("ETag", '"' + std::to_string(version) + '"'); }

}  // namespace takas::api
