#include "app/archive/read.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::archive {
namespace {

constexpr std::size_t manifest_bytes_max = 1 << 20;  // some kilobytes are usual
/// A row has at most some kilobytes: a longer line is no row.
constexpr std::size_t line_bytes_max = 1 << 20;

}  // namespace

Result<ReadManifest> read_manifest(ports::ArchiveFiles& files, std::string_view archive) {
    std::string text;
    bool is_too_long = false;
    auto done = files.read(archive, manifest_file, [&](std::string_view piece) {
        is_too_long = is_too_long || text.size() + piece.size() > manifest_bytes_max;
        if (!is_too_long) text += piece;
    });
    if (!done) return std::unexpected(std::move(done.error()));
    auto manifest = protocol::json::decode<Manifest>(text, protocol::json::storage_read);
    if (is_too_long || !manifest || manifest->format != manifest_format)
        return fail(ErrorCode::internal, "archive " + std::string(archive) + " has no manifest of a known format");
    return ReadManifest{std::move(*manifest), hex_encode(crypto::sha256(bytes_of(text)))};
}

Result<ArchivedFile> read_lines(ports::ArchiveFiles& files, std::string_view archive, std::string_view file,
                                const std::function<Result<void>(std::string_view line)>& take) {
    ArchivedFile read;
    read.name = file;
    crypto::Sha256Stream digest;
    std::string rest;
    Result<void> taken;
    const auto lines = [&](std::string_view piece) {
        read.bytes += static_cast<std::int64_t>(piece.size());
        digest.add(bytes_of(piece));
        while (taken) {
            const auto end = piece.find('\n');
            rest += piece.substr(0, end);
            if (rest.size() > line_bytes_max)
                taken = fail(ErrorCode::internal, std::string(file) + ": a line is too long");
            if (end == std::string_view::npos) return;
            ++read.rows;
            if (taken) taken = take(rest);
            rest.clear();
            piece.remove_prefix(end + 1);
        }
    };
    if (auto done = files.read(archive, file, lines); !done) return std::unexpected(std::move(done.error()));
    if (!taken) return std::unexpected(std::move(taken.error()));
    if (!rest.empty()) return fail(ErrorCode::internal, std::string(file) + ": the last line has no end");
    read.sha256 = hex_encode(digest.finish());
    return read;
}

}  // namespace takas::app::archive
