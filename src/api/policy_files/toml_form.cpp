#include "api/policy_files/toml_form.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {
namespace {

using protocol::toml::Node;
using protocol::toml::NodeType;

const Type& bare(const Type& type) { return type.optional ? bare(*type.inner) : type; }

/// As it is read back: "5", whether 5 or 5.00 is stored.
std::string shortest(Decimal number) {
    const std::string text = to_text(number);
    return to_text(parse_decimal(text).value_or(number));
}

std::string scalar_text(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            return type.get_integer(value) != 0 ? "true" : "false";
        case Kind::text:
            return protocol::toml::quote(type.get_text(value));
        case Kind::date:
            return to_text(Date{static_cast<std::int32_t>(type.get_integer(value))});
        case Kind::decimal:
            return protocol::toml::quote(shortest(*static_cast<const Decimal*>(value)));
        case Kind::enumeration: {
            const auto row = std::ranges::find(type.enum_names, type.get_integer(value), &EnumName::value);
            return protocol::toml::quote(row == type.enum_names.end() ? "?" : row->name);
        }
        default:
            return std::to_string(type.get_integer(value));
    }
}

class FormWriter {
  public:
    FormWriter(const References& references, std::vector<TomlLine>& out) : references_(references), out_(out) {}

    void members(std::span<const Field> fields, const void* object, const std::string& prefix) {
        for (const Field& field : fields) member(field, member_of(field, object), prefix);
    }

  private:
    void member(const Field& field, const void* value, const std::string& prefix) {
        const Type* type = field.type;
        for (; type->optional; type = type->inner)
            if (value = type->value(value); value == nullptr) return;
        const auto* reference = References::member_of_api(field.camel.view());
        const std::string key = prefix + std::string(reference ? reference->file : field.camel.view());
        if (type->kind == Kind::object) return members(type->fields(), value, key + ".");
        if (type->kind == Kind::list) return list(key, *type, value, reference);
        if (reference)
            out_.push_back(
                {key, protocol::toml::quote(references_.name_of(reference->target, type->get_integer(value)))});
        else if (type->kind != Kind::text || !type->get_text(value).empty())
            out_.push_back({key, scalar_text(*type, value)});
    }

    void list(const std::string& key, const Type& type, const void* value, const References::Member* reference) {
        std::string all;
        for (std::size_t i = 0; i < type.size(value); ++i) {
            const void* element = type.at(value, i);
            if (type.inner->kind == Kind::object) {
                std::vector<TomlLine> parts;
                FormWriter(references_, parts).members(type.inner->fields(), element, "");
                std::string text;
                for (const TomlLine& one : parts) text += (text.empty() ? "" : ", ") + one.key + " = " + one.value;
                out_.push_back({key + "[" + std::to_string(i) + "]", "{ " + text + " }"});
            } else {
                all += all.empty() ? "" : ", ";
                all += reference ? protocol::toml::quote(
                                       references_.name_of(reference->target, type.inner->get_integer(element)))
                                 : scalar_text(*type.inner, element);
            }
        }
        if (!all.empty()) out_.push_back({key, "[" + all + "]"});
    }

    const References& references_;
    std::vector<TomlLine>& out_;
};

/// Mistakes name the member; its line is known.
class FormReader {
  public:
    FormReader(const References& references, ReadForm& form) : references_(references), form_(form) {}

    void table(const Node& node, std::span<const Field> fields, const std::string& path) {
        if (node.type != NodeType::table) return mistake(path, "A table is expected.");
        form_.json += '{';
        bool is_first = true;
        for (const Node& member : node.children) {
            const std::string& key = member.key;
            const std::string at = path.empty() ? key : path + "." + key;
            form_.lines.emplace(at, member.line);
            const auto* reference = References::member_of_file(key);
            const std::string_view name = reference ? reference->api : std::string_view(key);
            const auto field = std::ranges::find(fields, name, [](const Field& f) { return f.camel.view(); });
            // What files name, they do not number.
            if (field == fields.end() || (!reference && References::member_of_api(key))) {
                form_.errors.add(at, "There is no such key here.", "Burada böyle bir anahtar yok.");
                continue;
            }
            if (reference) form_.lines.emplace((path.empty() ? "" : path + ".") + std::string(name), member.line);
            if (!std::exchange(is_first, false)) form_.json += ',';
            protocol::json::append_json_string(form_.json, name);
            form_.json += ':';
            value(member, bare(*field->type), at, reference);
        }
        form_.json += '}';
    }

  private:
    void mistake(const std::string& path, std::string english) {
        form_.errors.add(path, std::move(english), "Beklenen türde değil.");
        form_.json += "null";
    }

    void value(const Node& node, const Type& type, const std::string& path, const References::Member* reference) {
        if (type.kind == Kind::object) return table(node, type.fields(), path);
        if (type.kind == Kind::list) return list(node, type, path, reference);
        if (reference) return named(node, path, *reference);
        switch (type.kind) {
            case Kind::decimal:
                return amount(node, path);
            case Kind::integer:
                return plain(node, NodeType::integer, path, "A whole number is expected.");
            case Kind::boolean:
                return plain(node, NodeType::boolean, path, "true or false is expected.");
            case Kind::date:
                if (node.type != NodeType::date && node.type != NodeType::text)
                    return mistake(path, "A date is expected: 2031-12-31.");
                break;
            default:
                if (node.type != NodeType::text) return mistake(path, "A text is expected: in quotes.");
        }
        protocol::json::append_json_string(form_.json, node.text);
    }

    void plain(const Node& node, NodeType expected, const std::string& path, const char* otherwise) {
        if (node.type != expected) return mistake(path, otherwise);
        form_.json += node.text;
    }

    void amount(const Node& node, const std::string& path) {
        if (node.type != NodeType::text && node.type != NodeType::integer)
            return mistake(path, "Amounts and rates are texts, so that nothing is rounded: \"5.00\".");
        const auto number = parse_decimal(node.text);
        if (!number) return mistake(path, "A number of at most 18 digits is expected: \"5.00\".");
        append_text(form_.json, *number);
    }

    void named(const Node& node, const std::string& path, const References::Member& reference) {
        if (node.type != NodeType::text) return mistake(path, "A text is expected: in quotes.");
        const auto id = references_.id_of(reference.target, node.text);
        if (!id) return mistake(path, "There is no " + std::string(reference.what) + " \"" + node.text + "\".");
        form_.json += std::to_string(*id);
    }

    void list(const Node& node, const Type& type, const std::string& path, const References::Member* reference) {
        if (node.type != NodeType::array) return mistake(path, "A list is expected: in [].");
        form_.json += '[';
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0) form_.json += ',';
            const std::string at = path + "[" + std::to_string(i) + "]";
            form_.lines.emplace(at, node.children[i].line);
            value(node.children[i], bare(*type.inner), at, reference);
        }
        form_.json += ']';
    }

    const References& references_;
    ReadForm& form_;
};

}  // namespace

std::vector<TomlLine> toml_lines(std::span<const Field> fields, const void* object, const References& references) {
    std::vector<TomlLine> lines;
    FormWriter(references, lines).members(fields, object, "");
    return lines;
}

std::string toml_text(std::string_view table, const std::vector<TomlLine>& lines) {
    std::string out = "[[" + std::string(table) + "]]\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TomlLine& line = lines[i];
        const auto list = line.key.find('[');
        if (list == std::string::npos) {
            out += line.key + " = " + line.value + "\n";
            continue;
        }
        const std::string_view name = std::string_view(line.key).substr(0, list + 1);
        if (line.key.ends_with("[0]")) out += line.key.substr(0, list) + " = [\n";
        out += "    " + line.value + ",\n";
        if (i + 1 == lines.size() || !lines[i + 1].key.starts_with(name)) out += "]\n";
    }
    return out;
}

ReadForm read_toml_form(const Node& table, std::span<const Field> fields, const References& references) {
    ReadForm form;
    FormReader(references, form).table(table, fields, "");
    return form;
}

std::int64_t line_of(const ReadForm& form, std::string_view path, std::int64_t line_of_entry) {
    while (!path.empty()) {
        if (const auto found = form.lines.find(path); found != form.lines.end()) return found->second;
        const auto end = path.find_last_of(".[");
        path = path.substr(0, end == std::string_view::npos ? 0 : end);
    }
    return line_of_entry;
}

}  // namespace takas::api
