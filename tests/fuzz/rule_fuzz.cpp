// Any bytes as a rule, text or tree: read or refused, never a crash; what was read is printed, read again as the same,
// shown as a tree that is the same, explained, and decided twice alike.
#include <cstdlib>

#include "core/control/rule/explain.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace {

using namespace takas::core::control::rule;
namespace query_builder = takas::protocol::query_builder;

/// Numbers and texts from the input itself, so that comparisons hold now and then.
Facts facts_of(std::string_view bytes) {
    Facts facts;
    std::size_t at = 0;
    for (const FieldRow& row : field_rows()) {
        if (bytes.empty()) break;
        at = (at + 7) % bytes.size();
        const auto octet = static_cast<unsigned char>(bytes[at]);
        if (octet % 4 == 0) continue;
        facts[row.field] =
            row.type == FieldType::text ? Value::text(bytes.substr(at, octet % 8)) : Value::integer(octet);
    }
    return facts;
}

void check_refusal(const Checked& checked) {
    if (checked.errors.empty()) std::abort();
    for (const Diagnostic& one : checked.errors)
        if (one.english.empty() || one.turkish.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const Scope scope : {Scope::counters, Scope::issuance}) {
        const Checked checked = query_builder::check(bytes, scope);
        if (!checked.rule) {
            check_refusal(checked);
            continue;
        }
        const Checked again = check(checked.rule->canonical_text(), scope);
        if (!again.rule || !(again.rule->tree() == checked.rule->tree())) std::abort();
        if (again.rule->canonical_text() != checked.rule->canonical_text()) std::abort();
        if (const auto shown = query_builder::to_json(*checked.rule);
            shown && shown->size() <= query_builder::query_builder_text_max) {
            const Checked tree = query_builder::check(*shown, scope);
            if (!tree.rule || !(tree.rule->tree() == checked.rule->tree())) std::abort();
        }
        const Facts facts = facts_of(bytes);
        if (checked.rule->evaluate(facts) != explain(*checked.rule, facts).outcome) std::abort();
    }
    return 0;
}
