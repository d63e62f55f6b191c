// Writes JSON text piece by piece: commas and quotes where they belong, values as they are given.
#pragma once

#include <string>
#include <string_view>

#include "protocol/json/codec.hpp"

namespace takas::api::openapi {

class JsonText {
  public:
    JsonText& open(char bracket) {
        separate();
        out_ += bracket;
        needs_comma_ = false;
        return *this;
    }
    JsonText& close(char bracket) {
        out_ += bracket;
        needs_comma_ = true;
        return *this;
    }
    JsonText& key(std::string_view name) {
        separate();
        protocol::json::append_json_string(out_, name);
        out_ += ':';
        needs_comma_ = false;
        return *this;
    }
    /// JSON text that is a value already.
    JsonText& raw(std::string_view json) {
        separate();
        out_ += json;
        return *this;
    }
    JsonText& text(std::string_view value) {
        separate();
        protocol::json::append_json_string(out_, value);
        return *this;
    }
    JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonText& raw_member(std::string_view name, std::string_view json) { return key(name).raw(json); }
    JsonText& reference(std::string_view place) {
        return open('{').member("$ref", "#/components/" + std::string(place)).close('}');
    }
    std::string take() { return std::move(out_); }

  private:
    void separate() {
        if (needs_comma_) out_ += ',';
        needs_comma_ = true;
    }
    std::string out_;
    bool needs_comma_ = false;
};

}  // namespace takas::api::openapi
