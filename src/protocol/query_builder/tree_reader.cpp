#include "protocol/query_builder/tree_reader.hpp"

#include <optional>
#include <string>

#include "core/control/rule/letters.hpp"
#include "core/control/rule/parser.hpp"

namespace takas::protocol::query_builder {

using namespace core::control::rule;

namespace {

class TreeReader {
  public:
    Written read(json::Value value, const std::string& path, int depth) {
        if (failed_) return {};
        if (!value.is_object()) return fail(path, {"group"}, "An object is expected.", "Bir nesne bekleniyor.");
        return value.find("rules") || value.find("condition") ? read_group(value, path, depth)
                                                              : read_comparison(value, path);
    }
    std::optional<Diagnostic>& failed() { return failed_; }

  private:
    Written fail(std::string path, std::vector<std::string> expected, std::string english, std::string turkish) {
        if (!failed_)
            failed_ =
                Diagnostic{ErrorCode::rule_syntax, 0, std::move(path), {}, std::move(expected), std::move(english),
                           std::move(turkish)};
        return {};
    }

    static std::string below(const std::string& path, std::string_view name) {
        return path.empty() ? std::string(name) : path + "." + std::string(name);
    }

    Written read_group(json::Value value, const std::string& path, int depth) {
        if (depth == rule_depth_max) {
            failed_ = too_deep(0);
            failed_->path = path;
            return {};
        }
        Written made;
        made.path = path;
        const auto condition = value.find("condition");
        const bool is_and = condition && condition->is_string() && equal_in_any_case(condition->text(), "and");
        const bool is_or = condition && condition->is_string() && equal_in_any_case(condition->text(), "or");
        if (!is_and && !is_or)
            return fail(below(path, "condition"), {"AND", "OR"}, "\"AND\" or \"OR\" is expected.",
                        "\"AND\" veya \"OR\" bekleniyor.");
        made.kind = is_and ? NodeKind::all_of : NodeKind::any_of;
        const auto rules = value.find("rules");
        if (!rules || !rules->is_array())
            return fail(below(path, "rules"), {"list"}, "A list of rules is expected.",
                        "Bir kural listesi bekleniyor.");
        std::size_t index = 0;
        for (const json::Value rule : *rules) {
            made.children.push_back(read(rule, below(path, "rules[" + std::to_string(index++) + "]"), depth + 1));
            if (failed_) return {};
        }
        return negated_if_asked(value, path, std::move(made));
    }

    Written negated_if_asked(json::Value value, const std::string& path, Written group) {
        const auto flag = value.find("not");
        if (!flag || flag->is_null()) return group;
        if (flag->type() != json::ValueType::boolean)
            return fail(below(path, "not"), {"true", "false"}, "true or false is expected.",
                        "true veya false bekleniyor.");
        if (flag->text() == "false") return group;
        Written made;
        made.kind = NodeKind::negation;
        made.path = path;
        made.children.push_back(std::move(group));
        return made;
    }

    Written read_comparison(json::Value value, const std::string& path) {
        Written made;
        made.kind = NodeKind::comparison;
        made.path = path;
        const auto field = value.find("field");
        if (!field || !field->is_string())
            return fail(below(path, "field"), {"field"}, "A field name is expected.", "Bir alan adı bekleniyor.");
        made.field = field->text();
        const auto name = value.find("operator");
        const auto op = name && name->is_string() ? operator_from_query_builder(name->text()) : std::nullopt;
        if (!op)
            return fail(below(path, "operator"), {"operator"}, "An operator is expected.", "Bir işleç bekleniyor.");
        made.op = *op;
        if (*op == Operator::is_null || *op == Operator::is_not_null) return made;  // builders may leave a value there
        const auto operand = value.find("value");
        const std::string operand_path = below(path, "value");
        if (!operand) return fail(operand_path, {"value"}, "A value is expected.", "Bir değer bekleniyor.");
        if (!operand->is_array()) {
            add_value(made, *operand, operand_path);
            return made;
        }
        std::size_t index = 0;
        for (const json::Value one : *operand) add_value(made, one, operand_path + "[" + std::to_string(index++) + "]");
        return made;
    }

    void add_value(Written& made, json::Value value, const std::string& path) {
        using enum WrittenValue::Form;
        switch (value.type()) {
            case json::ValueType::number:
                return made.values.push_back({number, std::string(value.text()), 0, path});
            case json::ValueType::string:
                return made.values.push_back({text, std::string(value.text()), 0, path});
            case json::ValueType::boolean:
                return made.values.push_back({boolean, std::string(value.text()), 0, path});
            default:
                fail(path, {"value"}, "A number, a text, true or false is expected.",
                     "Bir sayı, metin, true veya false bekleniyor.");
        }
    }

    std::optional<Diagnostic> failed_;
};

}  // namespace

std::expected<Written, Diagnostic> read_tree(json::Value root) {
    TreeReader reader;
    Written written = reader.read(root, "", 0);
    if (reader.failed()) return std::unexpected(std::move(*reader.failed()));
    return written;
}

}  // namespace takas::protocol::query_builder
