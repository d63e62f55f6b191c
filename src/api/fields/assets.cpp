#include "api/fields/assets.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/sha384.hpp"

namespace takas::api::fields {
namespace {

constexpr unsigned char merchant_script_bytes[] = {
#embed "takas-fields.js"
};
constexpr unsigned char frame_html[] = {
#embed "frame.html"
};
constexpr unsigned char frame_css[] = {
#embed "frame.css"
};
constexpr unsigned char frame_js[] = {
#embed "frame.js"
};
constexpr unsigned char fields_js[] = {
#embed "fields.js"
};
constexpr unsigned char card_js[] = {
#embed "card.js"
};
constexpr unsigned char texts_js[] = {
#embed "texts.js"
};

struct File {
    std::string_view name;
    ByteView bytes;
};

constexpr std::array files{File{"frame.css", frame_css}, File{"frame.js", frame_js}, File{"fields.js", fields_js},
                           File{"card.js", card_js}, File{"texts.js", texts_js}};

}  // namespace

std::string_view merchant_script() { return text_of(merchant_script_bytes); }

const std::string& merchant_script_integrity() {
    static const std::string integrity = "sha384-" + base64_encode(crypto::sha384(merchant_script_bytes));
    return integrity;
}

std::optional<std::string_view> frame_file(std::string_view name) {
    const auto found = std::ranges::find(files, name, &File::name);
    if (found == files.end()) return std::nullopt;
    return text_of(found->bytes);
}

const std::string& frame_release() {
    static const std::string release = [] {
        crypto::Sha256Stream all;
        for (const File& file : files) {
            all.add(crypto::sha256(bytes_of(file.name)));
            all.add(crypto::sha256(file.bytes));
        }
        return hex_encode(all.finish()).substr(0, 16);
    }();
    return release;
}

std::string_view frame_template() { return text_of(frame_html); }

}  // namespace takas::api::fields
