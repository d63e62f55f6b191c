#include "protocol/json/schema.hpp"

#include <limits>

#include "protocol/json/codec.hpp"

namespace takas::protocol::json {
namespace {

constexpr auto no_min = std::numeric_limits<std::int64_t>::min();
constexpr auto no_max = std::numeric_limits<std::int64_t>::max();

/// Builds {"name":value,...} from values that are JSON text already.
class ObjectText {
  public:
    void add(std::string_view name, std::string_view json) {
        if (out_.size() > 1) out_.push_back(',');
        append_json_string(out_, name);
        out_.push_back(':');
        out_.append(json);
    }
    void add_text(std::string_view name, std::string_view text) { add(name, quoted(text)); }
    void add_number(std::string_view name, std::int64_t number) { add(name, std::to_string(number)); }
    /// {"type":"string"}, or {"type":["string","null"]}.
    void add_type(std::string_view type, bool nullable) {
        nullable ? add("type", "[" + quoted(type) + ",\"null\"]") : add_text("type", type);
    }
    std::string text() const { return out_ + "}"; }

    static std::string quoted(std::string_view text) {
        std::string out;
        append_json_string(out, text);
        return out;
    }

  private:
    std::string out_ = "{";
};

const Type& held(const Type& type) { return type.optional ? *type.inner : type; }

bool is_component(const Type& type) { return type.kind == Kind::object || type.kind == Kind::enumeration; }

/// What a value of this type mentions by name: itself, or what its list holds.
const Type& mentioned(const Type& type) {
    const Type& t = held(type);
    return t.kind == Kind::list ? mentioned(*t.inner) : t;
}

/// Blobs are never part of the API; secrets go in and never come out.
bool is_visible(const Field& field, Direction direction) {
    return field.type->kind != Kind::blob &&
           (field.sensitivity != Sensitivity::secret || direction == Direction::request);
}

bool is_required(const Field& field, Direction direction) {
    return direction == Direction::request ? field.is_required : !field.type->optional;
}

/// An absent request field may be sent as null; an optional response field is sent as null.
bool is_nullable(const Field& field, Direction direction) { return !is_required(field, direction); }

/// Bounds are promises about what is taken. Answers may hold older, masked or computed values: theirs are not bounded.
struct Rules {
    std::int64_t min = no_min, max = no_max;
    std::string_view charset{};
    bool required = false;
    bool bounded = false;
};

Rules rules_of(const Field& field, Direction direction) {
    return {field.min, field.max, field.charset, field.is_required, direction == Direction::request};
}

void add_integer(ObjectText& out, const Type& type, const Rules& rules, bool nullable) {
    constexpr auto min32 = std::numeric_limits<std::int32_t>::min(), max32 = std::numeric_limits<std::int32_t>::max();
    const bool is_32 = type.min >= min32 && type.max <= max32;
    out.add_type("integer", nullable);
    out.add_text("format", is_32 ? "int32" : "int64");
    if (!rules.bounded) return;
    const std::int64_t low = std::max(type.min, rules.min), high = std::min(type.max, rules.max);
    if (low > (is_32 ? min32 : no_min)) out.add_number("minimum", low);
    if (high < (is_32 ? max32 : no_max)) out.add_number("maximum", high);
}

void add_decimal(ObjectText& out, const Rules& rules, bool nullable) {
    out.add_type("number", nullable);
    if (rules.bounded && rules.min != no_min) out.add_number("minimum", rules.min);
    if (rules.bounded && rules.max != no_max) out.add_number("maximum", rules.max);
}

void add_text(ObjectText& out, const Rules& rules, bool nullable) {
    out.add_type("string", nullable);
    if (!rules.bounded) return;
    // "" is no value: it is taken where a value is not required, whatever the length bounds say.
    if (rules.required) out.add_number("minLength", std::max<std::int64_t>(rules.min, 1));
    out.add_number("maxLength", rules.max == no_max ? default_text_max : rules.max);
    if (rules.charset.empty()) return;
    std::string pattern = "^[";
    for (const char c : rules.charset) {
        if (std::string_view("\\]^-[/").contains(c)) pattern.push_back('\\');
        pattern.push_back(c);
    }
    out.add_text("pattern", pattern + "]*$");
}

void add_format(ObjectText& out, std::string_view format, bool nullable) {
    out.add_type("string", nullable);
    out.add_text("format", format);
}

void add_count_bounds(ObjectText& out, const Rules& rules, std::string_view min_name, std::string_view max_name) {
    if (!rules.bounded) return;
    if (rules.min > 0) out.add_number(min_name, rules.min);
    out.add_number(max_name, rules.max == no_max ? default_list_max : rules.max);
}

/// An example is written in the description as plain text; here it gets the JSON form of its type.
std::string example_json(const Type& type, std::string_view text) {
    const bool is_text = type.kind == Kind::text || type.kind == Kind::enumeration || type.kind == Kind::date ||
                         type.kind == Kind::instant;
    return is_text || !parse(text) ? ObjectText::quoted(text) : std::string(text);
}

}  // namespace

void Schemas::use(const Type& type, Direction direction) {
    visit(type, direction);
    settle_names();
}

void Schemas::visit(const Type& type, Direction direction) {
    const Type& named = mentioned(type);
    if (!is_component(named)) return;
    const auto [row, is_new] = components_.try_emplace(named.name, Component{&named});
    Component& component = row->second;
    if (component.type->fields != named.fields || component.type->enum_names.data() != named.enum_names.data())
        conflicts_.insert(named.name);
    if (std::exchange(component.used[static_cast<std::size_t>(direction)], true)) return;
    if (named.kind == Kind::object)
        for (const Field& field : named.fields())
            if (is_visible(field, direction)) visit(*field.type, direction);
}

void Schemas::settle_names() {
    differing_.clear();
    const auto used_in_both = [](const Component& c) { return c.used[0] && c.used[1]; };
    for (const auto& [name, component] : components_)
        if (used_in_both(component) &&
            component_text(*component.type, Direction::request) != component_text(*component.type, Direction::response))
            differing_.insert(name);
    // A type that mentions a differing type mentions it by another name, so it differs too: until nothing changes.
    for (std::size_t before = 0; before != differing_.size();) {
        before = differing_.size();
        for (const auto& [name, component] : components_) {
            if (!used_in_both(component) || component.type->kind != Kind::object) continue;
            for (const Field& field : component.type->fields())
                if (differs(mentioned(*field.type).name)) differing_.insert(name);
        }
    }
    for (const std::string_view name : differing_)
        if (components_.contains(std::string(name) + "Response")) conflicts_.insert(name);
}

std::string Schemas::name_in(const Type& type, Direction direction) const {
    const bool suffixed = direction == Direction::response && differs(type.name);
    return std::string(type.name) + (suffixed ? "Response" : "");
}

namespace {

/// Everything of a mention but description and examples. `name_in` gives the names of components.
std::string mention_text(const Type& declared, const Rules& rules, bool nullable, const auto& name_in,
                         ObjectText out = {}) {
    const Type& type = held(declared);
    switch (type.kind) {
        case Kind::boolean:
            out.add_type("boolean", nullable);
            break;
        case Kind::integer:
            add_integer(out, type, rules, nullable);
            break;
        case Kind::decimal:
            add_decimal(out, rules, nullable);
            break;
        case Kind::text:
            add_text(out, rules, nullable);
            break;
        case Kind::date:
            add_format(out, "date", nullable);
            break;
        case Kind::instant:
            add_format(out, "date-time", nullable);
            break;
        case Kind::raw_json:
            break;  // any JSON
        case Kind::blob:
            add_format(out, "byte", nullable);
            break;
        case Kind::string_map: {
            ObjectText value;
            add_text(value, {.bounded = rules.bounded}, false);
            out.add_type("object", nullable);
            out.add("additionalProperties", value.text());
            add_count_bounds(out, rules, "minProperties", "maxProperties");
            break;
        }
        case Kind::list: {
            const Rules element{.required = true, .bounded = rules.bounded};
            out.add_type("array", nullable);
            out.add("items", mention_text(*type.inner, element, type.inner->optional, name_in));
            add_count_bounds(out, rules, "minItems", "maxItems");
            break;
        }
        case Kind::enumeration:
        case Kind::object: {
            ObjectText ref;
            ref.add_text("$ref", "#/components/schemas/" + name_in(type));
            if (nullable)
                out.add("anyOf", "[" + ref.text() + ",{\"type\":\"null\"}]");
            else
                out.add_text("$ref", "#/components/schemas/" + name_in(type));
            break;
        }
    }
    return out.text();
}

}  // namespace

std::string Schemas::reference(const Type& type, Direction direction) const {
    return mention_text(type, {.bounded = direction == Direction::request}, type.optional,
                        [&](const Type& t) { return name_in(t, direction); });
}

std::string Schemas::parameter(const Field& field) const {
    return mention_text(*field.type, rules_of(field, Direction::request), false,
                        [&](const Type& t) { return name_in(t, Direction::request); });
}

void Schemas::use_names(const Type& type) {
    const Type& named = mentioned(type);
    if (named.kind == Kind::enumeration) use(named, Direction::response);
    if (named.kind != Kind::object) return;
    for (const Field& field : named.fields()) use_names(*field.type);
}

std::string Schemas::pascal_object(const Type& type) const {
    ObjectText properties;
    std::string required = "[";
    for (const Field& field : type.fields()) {
        ObjectText head;
        if (!field.doc.empty()) head.add_text("description", field.doc);
        const Type& inner = mentioned(*field.type);
        if (inner.kind == Kind::object) {
            const bool is_list = held(*field.type).kind == Kind::list;
            head.add_type(is_list ? "array" : "object", false);
            if (is_list) head.add("items", pascal_object(inner));
            properties.add(field.pascal.view(), is_list ? head.text() : pascal_object(inner));
        } else {
            properties.add(field.pascal.view(),
                           mention_text(
                               *field.type, {}, field.type->optional,
                               [&](const Type& t) { return name_in(t, Direction::response); }, std::move(head)));
        }
        if (field.type->optional) continue;
        if (required.size() > 1) required.push_back(',');
        required += ObjectText::quoted(field.pascal.view());
    }
    ObjectText out;
    out.add_type("object", false);
    out.add("properties", properties.text());
    if (required.size() > 1) out.add("required", required + "]");
    return out.text();
}

std::string Schemas::field_text(const Field& field, Direction direction) const {
    ObjectText head;
    if (!field.doc.empty()) head.add_text("description", field.doc);
    if (!field.example_text.empty()) head.add("examples", "[" + example_json(*field.type, field.example_text) + "]");
    if (field.sensitivity == Sensitivity::secret) head.add("writeOnly", "true");
    return mention_text(
        *field.type, rules_of(field, direction), is_nullable(field, direction),
        [&](const Type& t) { return name_in(t, direction); }, std::move(head));
}

std::string Schemas::component_text(const Type& type, Direction direction) const {
    ObjectText out;
    if (type.kind == Kind::enumeration) {
        std::string names = "[";
        for (const EnumName& row : type.enum_names) {
            if (names.size() > 1) names.push_back(',');
            names += ObjectText::quoted(row.name);
        }
        out.add_type("string", false);
        out.add("enum", names + "]");
        return out.text();
    }
    ObjectText properties;
    std::string required = "[";
    for (const Field& field : type.fields()) {
        if (!is_visible(field, direction)) continue;
        properties.add(field.camel.view(), field_text(field, direction));
        if (!is_required(field, direction)) continue;
        if (required.size() > 1) required.push_back(',');
        required += ObjectText::quoted(field.camel.view());
    }
    out.add_type("object", false);
    out.add("properties", properties.text());
    if (required.size() > 1) out.add("required", required + "]");
    return out.text();
}

std::string Schemas::components() const {
    ObjectText all;
    for (const auto& [name, component] : components_) {
        const bool requested = component.used[static_cast<std::size_t>(Direction::request)];
        all.add(name, component_text(*component.type, requested ? Direction::request : Direction::response));
        if (differs(name))
            all.add(name_in(*component.type, Direction::response),
                    component_text(*component.type, Direction::response));
    }
    return all.text();
}

}  // namespace takas::protocol::json
