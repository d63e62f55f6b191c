#include "api/rules/sentence.hpp"

#include <algorithm>

#include "api/language/enum_texts.hpp"
#include "core/control/rule/operand.hpp"

namespace takas::api::rules {

using namespace core::control::rule;

namespace {

/// Before and after the operands.
struct Words {
    std::string_view english, turkish;
};
Words words_of(Operator op) {
    using enum Operator;
    switch (op) {
        case equal:
            return {" is ", " şudur: "};
        case not_equal:
            return {" is not ", " şundan farklı: "};
        case less:
            return {" is less than ", " şundan küçük: "};
        case less_or_equal:
            return {" is at most ", " en çok "};
        case greater:
            return {" is more than ", " şundan büyük: "};
        case greater_or_equal:
            return {" is at least ", " en az "};
        case between:
            return {" lies from ", " şu aralıkta: "};
        case in:
            return {" is one of ", " şunlardan biri: "};
        case not_in:
            return {" is none of ", " şunlardan hiçbiri değil: "};
        case contains:
            return {" contains ", " şunu içeriyor: "};
        case starts_with:
            return {" begins with ", " şununla başlıyor: "};
        case ends_with:
            return {" ends with ", " şununla bitiyor: "};
        case is_null:
            return {" has no value", " için değer yok"};
        case is_not_null:
            return {" has a value", " için değer var"};
    }
    return {};
}

class Sentence {
  public:
    explicit Sentence(app::Language language) : language_(language) {}

    void append(const Node& node) {
        switch (node.kind) {
            case NodeKind::comparison:
                return append_comparison(node);
            case NodeKind::negation:
                out += pick("not (", "şu doğru değil: (");
                append(node.children.front());
                out += ')';
                return;
            case NodeKind::all_of:
            case NodeKind::any_of:
                return append_group(node);
        }
    }
    std::string out;

  private:
    std::string_view pick(std::string_view english, std::string_view turkish) const {
        return language_ == app::Language::english ? english : turkish;
    }

    void append_group(const Node& node) {
        const bool is_all = node.kind == NodeKind::all_of;
        for (const Node& child : node.children) {
            if (&child != node.children.data()) out += is_all ? pick(" and ", " ve ") : pick(" or ", " veya ");
            const bool has_brackets = child.kind == NodeKind::all_of || child.kind == NodeKind::any_of;
            if (has_brackets) out += '(';
            append(child);
            if (has_brackets) out += ')';
        }
    }

    void append_comparison(const Node& node) {
        const FieldRow& row = field_row(node.field);
        out += label_of(row, language_);
        const Words words = words_of(node.op);
        out += pick(words.english, words.turkish);
        const bool is_range = node.op == Operator::between;
        for (const Operand& operand : node.operands) {
            if (&operand != node.operands.data()) out += is_range ? pick(" to ", " - ") : ", ";
            append_operand(row, operand);
        }
    }

    void append_operand(const FieldRow& row, const Operand& operand) {
        if (row.type == FieldType::boolean) {
            out += operand.number != 0 ? pick("yes", "evet") : pick("no", "hayır");
        } else if (row.type == FieldType::enumeration) {
            const auto one = std::ranges::find(row.values, operand.number, &EnumName::value);
            if (one != row.values.end()) out += label_of(row.enum_name, one->name, language_);
        } else {
            out += to_text(row, operand);
        }
    }

    app::Language language_;
};

}  // namespace

std::string_view label_of(const FieldRow& row, app::Language language) {
    return language == app::Language::english ? row.english : row.turkish;
}

std::string_view label_of(std::string_view enum_name, std::string_view value, app::Language language) {
    const language::EnumText* text = language::find_text(enum_name, value);
    return text ? text->in(language) : value;
}

std::string sentence_of(const Node& rule, app::Language language) {
    Sentence sentence(language);
    sentence.append(rule);
    return std::move(sentence.out);
}

}  // namespace takas::api::rules
