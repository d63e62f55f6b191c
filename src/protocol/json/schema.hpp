// JSON Schema (draft 2020-12, as in OpenAPI 3.1) of described types. Says exactly what the codec does: a request schema
// takes what the reader takes, a response schema describes what the writer writes. Knows no endpoint.
//
// Objects and enums become components, referred to by name. A type that is used in both directions and reads
// differently there becomes two components: "X" for requests and "XResponse" for responses.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.hpp"

namespace takas::protocol::json {

enum class Direction : std::uint8_t { request, response };

/// Collects types first (`use` for each), then gives texts: names are settled only when all uses are known.
class Schemas {
  public:
    void use(const Type& type, Direction direction);

    /// The object alone, as a webhook carries it: PascalCase members, objects inside it written out, enums by name.
    /// `use_names` first.
    std::string pascal_object(const Type& type) const;
    /// Collects the enums that pascal_object mentions.
    void use_names(const Type& type);

    /// Schema text where the type is mentioned: {"$ref":"#/components/schemas/CardDto"} or an inline schema.
    std::string reference(const Type& type, Direction direction) const;
    /// Schema text of a path or query parameter: bounds and formats, never null.
    std::string parameter(const Field& field) const;
    /// The value of OpenAPI's components.schemas: one JSON object, in name order.
    std::string components() const;
    /// Names that two different types claim: a mistake in the descriptions, empty in a sound program.
    std::vector<std::string_view> conflicts() const { return {conflicts_.begin(), conflicts_.end()}; }

  private:
    struct Component {
        const Type* type;
        bool used[2]{};
    };
    bool differs(std::string_view name) const { return differing_.contains(name); }
    void visit(const Type& type, Direction direction);
    void settle_names();
    std::string name_in(const Type& type, Direction direction) const;
    std::string component_text(const Type& type, Direction direction) const;
    std::string field_text(const Field& field, Direction direction) const;

    std::map<std::string_view, Component> components_;
    std::set<std::string_view> differing_;  ///< used in both directions, with different texts
    std::set<std::string_view> conflicts_;
};

}  // namespace takas::protocol::json
