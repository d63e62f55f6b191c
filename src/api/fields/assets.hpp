// The files of the card form (web/fields), embedded: the script that a merchant's page includes, and what the iframe
// loads. The iframe's files are served below a folder named after their content, so that they may be kept for ever.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace takas::api::fields {

/// takas-fields.js: its bytes never change once published as version 1, because merchants' pages name their hash.
std::string_view merchant_script();
/// "sha384-..." of the merchant script, for the attribute `integrity`.
const std::string& merchant_script_integrity();

/// A file of the iframe by its name: "frame.js", "frame.css"; nothing for other names.
std::optional<std::string_view> frame_file(std::string_view name);
/// Names the content of all files of the iframe: 16 hexadecimal digits.
const std::string& frame_release();
/// The iframe's page with two gaps, {{assets}} and {{parents}}.
std::string_view frame_template();

}  // namespace takas::api::fields
