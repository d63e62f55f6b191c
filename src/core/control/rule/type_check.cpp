#include "core/control/rule/type_check.hpp"

#include <algorithm>
#include <optional>

#include "core/control/rule/operand.hpp"
#include "core/control/rule/parser.hpp"

namespace takas::core::control::rule {
namespace {

class TypeCheck {
  public:
    explicit TypeCheck(Scope scope) : scope_(scope) {}

    Node check(const Written& written) {
        switch (written.kind) {
            case NodeKind::all_of:
            case NodeKind::any_of:
                return check_group(written);
            case NodeKind::negation:
                return check_negation(written);
            case NodeKind::comparison:
                return check_comparison(written);
        }
        return {};
    }
    std::vector<Diagnostic>& errors() { return errors_; }

  private:
    static Node node_at(const Written& written) {
        return {written.kind, {}, {}, {}, {}, written.position, written.path};
    }

    void report(ErrorCode code, std::uint32_t position, const std::string& path, std::string found,
                std::vector<std::string> expected, std::string english, std::string turkish) {
        if (errors_.size() == diagnostics_max) return;
        errors_.push_back(
            {code, position, path, std::move(found), std::move(expected), std::move(english), std::move(turkish)});
    }

    Node check_group(const Written& written) {
        Node made = node_at(written);
        for (const Written& child : written.children) {
            Node inner = check(child);
            if (inner.kind == made.kind) {
                std::ranges::move(inner.children, std::back_inserter(made.children));
            } else {
                made.children.push_back(std::move(inner));
            }
        }
        if (made.children.empty())
            report(ErrorCode::rule_syntax, written.position, written.path, "", {"field"}, "The group has no rules.",
                   "Grupta kural yok.");
        if (made.children.size() != 1) return made;
        Node only = std::move(made.children.front());
        return only;
    }

    Node check_negation(const Written& written) {
        Node made = node_at(written);
        for (const Written& child : written.children) made.children.push_back(check(child));
        return made;
    }

    Node check_comparison(const Written& written) {
        Node made = node_at(written);
        made.op = written.op;
        const auto field = find_field(written.field);
        if (!field) {
            report_unknown(written);
            return made;
        }
        made.field = *field;
        const FieldRow& row = field_row(*field);
        const std::string name(row.name.view());
        if (!row.is_in(scope_))
            return report(ErrorCode::rule_field_not_in_scope, written.position, written.path, shown(written.field),
                          {"field"}, "'" + name + "' is not known where this rule is used.",
                          "'" + name + "' alanı bu kuralın kullanıldığı yerde bilinmiyor."),
                   made;
        if (!has_operator(row.type, written.op))
            report_operator(written, row);
        else
            check_operands(written, row, made);
        return made;
    }

    void report_unknown(const Written& written) {
        if (errors_.size() == diagnostics_max) return;  // looking for near names takes a while
        const std::string nearest(nearest_field_name(written.field, scope_));
        std::string english = "There is no field " + shown(written.field) + ".";
        std::string turkish = shown(written.field) + " adlı bir alan yok.";
        std::vector<std::string> expected{"field"};
        if (!nearest.empty()) {
            english += " Did you mean '" + nearest + "'?";
            turkish += " '" + nearest + "' mi demek istediniz?";
            expected = {nearest};
        }
        report(ErrorCode::rule_field_unknown, written.position, written.path, shown(written.field), std::move(expected),
               std::move(english), std::move(turkish));
    }

    void report_operator(const Written& written, const FieldRow& row) {
        std::vector<std::string> expected;
        std::string all;
        for (const Operator op : operators_of(row.type)) {
            expected.emplace_back(spelling_of(op));
            all += (all.empty() ? "" : ", ") + expected.back();
        }
        const std::string name(row.name.view()), op(spelling_of(written.op));
        report(ErrorCode::rule_type_mismatch, written.operator_position, written.path, "'" + op + "'",
               std::move(expected), "'" + name + "' cannot be asked with '" + op + "'; possible: " + all + ".",
               "'" + name + "' alanı '" + op + "' ile sorgulanamaz; olabilecekler: " + all + ".");
    }

    void check_operands(const Written& written, const FieldRow& row, Node& made) {
        using enum Operator;
        if (written.values.size() > rule_list_max) {
            errors_.push_back(too_many_values(written.operator_position));
            errors_.back().path = written.path;
            return;
        }
        if (!has_right_count(written)) return;
        const bool is_part = written.op == contains || written.op == starts_with || written.op == ends_with;
        for (const WrittenValue& value : written.values) {
            auto operand = operand_of(row, value, is_part);
            if (operand) {
                made.operands.push_back(std::move(*operand));
                continue;
            }
            OperandRefusal& why = operand.error();
            const std::string name(row.name.view());
            report(ErrorCode::rule_type_mismatch, value.position, value.path, shown(value.text), {why.expected},
                   name + ": " + why.english, name + ": " + why.turkish);
        }
    }

    /// Texts always have it; a query builder's tree may not.
    bool has_right_count(const Written& written) {
        using enum Operator;
        const std::size_t count = written.values.size();
        const bool is_list = written.op == in || written.op == not_in;
        const std::size_t wanted = written.op == between                                ? 2
                                   : written.op == is_null || written.op == is_not_null ? 0
                                                                                        : 1;
        if (is_list ? count > 0 : count == wanted) return true;
        const std::string op(spelling_of(written.op));
        const std::string many = is_list ? "at least 1" : std::to_string(wanted);
        const std::string many_tr = is_list ? "en az 1" : std::to_string(wanted);
        report(ErrorCode::rule_syntax, written.operator_position, written.path, std::to_string(count),
               {is_list ? "list" : "value"}, "'" + op + "' takes " + many + " value(s).",
               "'" + op + "' " + many_tr + " değer alır.");
        return false;
    }

    Scope scope_;
    std::vector<Diagnostic> errors_;
};

}  // namespace

std::expected<Node, std::vector<Diagnostic>> type_check(const Written& written, Scope scope) {
    TypeCheck check(scope);
    Node node = check.check(written);
    if (!check.errors().empty()) return std::unexpected(std::move(check.errors()));
    return node;
}

}  // namespace takas::core::control::rule
