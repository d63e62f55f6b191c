// For this room's tests only: the golden vectors of tests/golden, and octets from and to test texts.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "base/encoding.hpp"
#include "crypto/secret.hpp"
#include "protocol/json/value.hpp"

namespace takas::crypto {

/// tests/golden/<name>.json, parsed. Throws when it is not there: the test then fails with the file's name.
inline protocol::json::Document load_vectors(const std::string& name) {
    const std::string path = std::string(TAKAS_SOURCE_DIR) + "/tests/golden/" + name + ".json";
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto document = protocol::json::parse(text);
    if (!document) throw std::runtime_error("no vectors: " + path);
    return std::move(*document);
}

/// The text at object.name; empty when it is absent.
inline std::string text_at(const protocol::json::Value& object, std::string_view name) {
    const auto member = object.find(name);
    return member ? std::string(member->text()) : std::string{};
}

inline SecretBytes secret_from_hex(std::string_view hex) { return SecretBytes(ByteView(hex_decode(hex).value())); }

}  // namespace takas::crypto
