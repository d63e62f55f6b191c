#include "main/settings.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>

namespace takas::main {
namespace {

std::string name_with(std::string_view name, char separator) {
    std::string out(name);
    std::ranges::replace(out, '_', separator);
    return out;
}

std::string allowed_names(const Type& type) {
    std::string out;
    for (const EnumName& row : type.enum_names) out += (out.empty() ? "" : ", ") + std::string(row.name);
    return out;
}

/// What texts with a form of their own may be; nothing when this one is right.
std::optional<std::string> objection_to_text(const Field& field, std::string_view text) {
    if (field.name == member_name<&Settings::store> && !parse_store(text))
        return "it may be sqlite, memory, or a PostgreSQL: postgres://USER@HOST/DATABASE or host=HOST dbname=DATABASE";
    if (field.name == member_name<&Settings::hsm> && !parse_hsm(text))
        return "it may be soft, or pkcs11:PATH with the path of a token's module";
    if (field.name == member_name<&Settings::node> && !parse_node(text)) return "it may be 0 to 15, or auto";
    return std::nullopt;
}

/// Nothing when the text was taken, else what the value may be.
std::optional<std::string> objection(const Field& field, Settings& settings, std::string_view text) {
    void* const member = field.member(&settings);
    const Type& type = *field.type;
    if (type.kind == Kind::text) {
        if (auto why = objection_to_text(field, text)) return why;
        type.set_text(member, text);
        return std::nullopt;
    }
    if (type.kind == Kind::enumeration) {
        const auto row = std::ranges::find(type.enum_names, text, &EnumName::name);
        if (row == type.enum_names.end()) return "it may be " + allowed_names(type);
        type.set_integer(member, row->value);
        return std::nullopt;
    }
    if (type.kind == Kind::boolean) {
        const bool is_true = text == "true" || text == "1" || text == "on";
        if (!is_true && text != "false" && text != "0" && text != "off") return "it may be true or false";
        type.set_integer(member, is_true ? 1 : 0);
        return std::nullopt;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < field.min || number > field.max)
        return "it may be " + std::to_string(field.min) + " to " + std::to_string(field.max);
    type.set_integer(member, number);
    return std::nullopt;
}

Result<void> overlay(Settings& settings, const SettingTexts& texts, std::string_view source) {
    for (const auto& [name, text] : texts) {
        const auto row = std::ranges::find(Describe<Settings>::fields, name, &Field::name);
        if (row == Describe<Settings>::fields.end())
            return fail(ErrorCode::validation, std::string(source) + ": there is no setting \"" + name + "\"");
        if (const auto why = objection(*row, settings, text)) {
            const std::string shown = row->sensitivity == Sensitivity::open ? " \"" + text + "\"" : "";
            return fail(ErrorCode::validation, std::string(source) + ": " + name + shown + " is not possible: " + *why);
        }
    }
    return {};
}

}  // namespace

std::string flag_of(const Field& field) { return "--" + name_with(field.name, '-'); }

std::string environment_name_of(const Field& field) {
    std::string out = "TAKAS_" + std::string(field.name);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

std::string setting_text(const Field& field, const Settings& settings) {
    const void* const member = member_of(field, &settings);
    const Type& type = *field.type;
    if (type.kind == Kind::text) return std::string(type.get_text(member));
    const std::int64_t number = type.get_integer(member);
    if (type.kind == Kind::boolean) return number != 0 ? "true" : "false";
    if (type.kind != Kind::enumeration) return std::to_string(number);
    const auto row = std::ranges::find(type.enum_names, number, &EnumName::value);
    return row == type.enum_names.end() ? "" : std::string(row->name);
}

SettingTexts environment_settings(const std::function<const char*(const char*)>& get) {
    SettingTexts texts;
    for (const Field& field : Describe<Settings>::fields)
        if (const char* text = get(environment_name_of(field).c_str())) texts.emplace(field.name, text);
    return texts;
}

Result<SettingTexts> file_settings(const std::string& path) {
    try {
        SettingTexts texts;
        for (const auto& [key, node] : toml::parse_file(path)) {
            std::string& text = texts[std::string(key.str())];
            if (const auto* string = node.as_string()) {
                text = string->get();
            } else if (const auto* number = node.as_integer()) {
                text = std::to_string(number->get());
            } else if (const auto* boolean = node.as_boolean()) {
                text = boolean->get() ? "true" : "false";
            } else {
                return fail(ErrorCode::validation,
                            path + ": " + std::string(key.str()) + " must be a string, an integer or a boolean");
            }
        }
        return texts;
    } catch (const toml::parse_error& e) {
        return fail(ErrorCode::validation,
                    path + " line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
}

Result<Settings> read_settings(const SettingTexts& flags, const std::function<const char*(const char*)>& get) {
    const SettingTexts environment = environment_settings(get);
    Settings settings;
    const auto from_flag = flags.find("config"), from_environment = environment.find("config");
    const std::string path = from_flag != flags.end()                ? from_flag->second
                             : from_environment != environment.end() ? from_environment->second
                                                                     : "";
    if (!path.empty()) {
        const auto file = file_settings(path);
        if (!file) return std::unexpected(file.error());
        if (auto done = overlay(settings, *file, path); !done) return std::unexpected(std::move(done.error()));
    }
    if (auto done = overlay(settings, environment, "environment"); !done)
        return std::unexpected(std::move(done.error()));
    if (auto done = overlay(settings, flags, "command line"); !done) return std::unexpected(std::move(done.error()));
    return settings;
}

std::optional<StoreChoice> parse_store(std::string_view text) {
    if (text == "sqlite") return StoreChoice{StoreKind::sqlite, ""};
    if (text == "memory") return StoreChoice{StoreKind::memory, ""};
    const auto keyword_end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");  // of libpq: host, service, dbname
    const bool is_keyword = keyword_end != 0 && keyword_end != std::string_view::npos && text[keyword_end] == '=';
    if (!text.starts_with("postgres://") && !text.starts_with("postgresql://") && !is_keyword) return std::nullopt;
    return StoreChoice{StoreKind::postgres, std::string(text)};
}

std::optional<HsmChoice> parse_hsm(std::string_view text) {
    constexpr std::string_view pkcs11_prefix = "pkcs11:";
    if (text == "soft") return HsmChoice{};
    if (!text.starts_with(pkcs11_prefix) || text.size() == pkcs11_prefix.size()) return std::nullopt;
    return HsmChoice{HsmKind::pkcs11, std::string(text.substr(pkcs11_prefix.size()))};
}

std::optional<int> parse_node(std::string_view text) {
    constexpr int node_max = 15;  // four bits of an id
    if (text == "auto") return any_node;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    return is_number && number >= 0 && number <= node_max ? std::optional(number) : std::nullopt;
}

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        if (comma > 0) words.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return words;
}

std::optional<HttpAddress> parse_http_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    HttpAddress address;
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    address.host = host;
    address.is_loopback = host == "::1" || host.starts_with("127.");
    return address;
}

}  // namespace takas::main
