// What a struct is made of, said once. A described struct lists its fields (member, meaning, bounds, sensitivity); from
// that one list come its JSON form, its OpenAPI schema, its validation, its SQL columns and its masking.
// Interpreters (protocol/json, store/*, api/openapi) walk the list; nothing here knows any of them.
//
//   template <> struct Describe<Address> {
//       static constexpr std::string_view name = "CustomerAddressDto";
//       static constexpr auto fields = std::array{
//           field<&Address::city>("City or town").required().length(1, 60).example("Ankara"),
//       };
//   };
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace takas {

template <class T>
struct Describe;  // specialised beside each described struct

template <class E>
struct EnumNames;  // specialised beside each described enum: `static constexpr std::string_view name` and `values`

template <class T>
concept Described = requires { Describe<T>::fields; };

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires { EnumNames<E>::values; };

struct EnumName {
    std::int64_t value;
    std::string_view name;
};

/// Bytes that are data, not text: stored as BLOB / bytea, never part of an HTTP answer.
struct Blob {
    std::string bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};

/// JSON text that is already serialised: copied into answers as it is, stored as text.
struct RawJson {
    std::string text;
    friend bool operator==(const RawJson&, const RawJson&) = default;
};

enum class Kind : std::uint8_t {
    boolean,
    integer,
    text,
    blob,
    date,     ///< Date: integer days inside, "yyyy-MM-dd" outside
    instant,  ///< Instant: integer microseconds inside, ISO 8601 UTC outside
    decimal,  ///< Decimal: exact, a JSON number outside
    enumeration,
    object,
    list,
    string_map,  ///< std::map<std::string, std::string>
    raw_json,
};

struct Field;

/// How a value of one C++ type is reached without naming the type. Only the members that fit the kind are set.
struct Type {
    Kind kind{};
    bool optional = false;  ///< std::optional<...>: `inner` is what it holds
    std::string_view name;  ///< schema name of an object or enum

    std::int64_t min = std::numeric_limits<std::int64_t>::min();  ///< range of the C++ integer itself
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::int64_t (*get_integer)(const void*) = nullptr;  ///< boolean, integer, date, instant, enumeration
    void (*set_integer)(void*, std::int64_t) = nullptr;
    std::span<const EnumName> enum_names;

    std::string_view (*get_text)(const void*) = nullptr;  ///< text, blob, raw_json
    void (*set_text)(void*, std::string_view) = nullptr;

    const Type* inner = nullptr;                  ///< of an optional or a list
    const void* (*value)(const void*) = nullptr;  ///< optional: nullptr when empty
    void* (*emplace)(void*) = nullptr;            ///< optional: makes it hold a default value
    void (*reset)(void*) = nullptr;               ///< optional
    std::size_t (*size)(const void*) = nullptr;   ///< list
    const void* (*at)(const void*, std::size_t) = nullptr;
    void* (*push_back)(void*) = nullptr;

    std::span<const Field> (*fields)() = nullptr;  ///< object; a function, so that a type may mention itself
};

/// open: may be shown. masked: shown masked in logs and audits. secret: write-only, shown nowhere.
enum class Sensitivity : std::uint8_t { open, masked, secret };

/// A short name held by value, so that derived spellings can be made at compile time.
struct FixedName {
    std::array<char, 48> chars{};
    std::uint8_t size = 0;
    constexpr std::string_view view() const { return {chars.data(), size}; }
};

/// snake_case to camelCase (or PascalCase). "address_line_1" gives "addressLine1".
constexpr FixedName camel_case(std::string_view snake, bool first_upper) {
    FixedName out;
    bool upper = first_upper;
    for (char c : snake) {
        if (c == '_') {
            upper = true;
            continue;
        }
        out.chars[out.size++] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

struct Field {
    std::string_view name;  ///< snake_case: the C++ member, the SQL column and the log key
    FixedName camel;        ///< the HTTP API's spelling
    FixedName pascal;       ///< the webhooks' spelling
    std::string_view doc;
    const Type* type = nullptr;
    void* (*member)(void*) = nullptr;
    bool is_required = false;
    std::int64_t min = std::numeric_limits<std::int64_t>::min();  ///< value of a number; length of a text or list
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view charset;  ///< a text may hold only these characters, when set
    std::string_view example_text;
    Sensitivity sensitivity = Sensitivity::open;

    /// A copy with one change: the words below read as a sentence behind field<>().
    constexpr Field with(auto change) const {
        Field copy = *this;
        change(copy);
        return copy;
    }
    constexpr Field required() const {
        return with([](Field& f) { f.is_required = true; });
    }
    constexpr Field length(std::int64_t low, std::int64_t high) const { return range(low, high); }
    constexpr Field range(std::int64_t low, std::int64_t high) const {
        return with([=](Field& f) { f.min = low, f.max = high; });
    }
    constexpr Field only(std::string_view characters) const {
        return with([=](Field& f) { f.charset = characters; });
    }
    constexpr Field example(std::string_view text) const {
        return with([=](Field& f) { f.example_text = text; });
    }
    constexpr Field masked() const {
        return with([](Field& f) { f.sensitivity = Sensitivity::masked; });
    }
    constexpr Field secret() const {
        return with([](Field& f) { f.sensitivity = Sensitivity::secret; });
    }
    /// A published spelling that the mechanical rule does not give; the few users are listed in docs/reference.
    constexpr Field published_as(std::string_view camel_name) const {
        return with([=](Field& f) {
            f.camel = {}, f.pascal = {};
            for (char c : camel_name) {
                f.camel.chars[f.camel.size++] = c;
                f.pascal.chars[f.pascal.size++] = c;
            }
            char& first = f.pascal.chars[0];
            if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
        });
    }
};

inline constexpr std::string_view digits_charset = "0123456789";
inline constexpr std::string_view hex_charset = "0123456789abcdefABCDEF";

namespace describe_detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

/// A strong integer type: has a public `value` of integral type (TokenId, Currency, Mcc, Date, Instant ...).
template <class T>
concept StrongInteger = requires(T t) {
    { t.value } -> std::convertible_to<std::int64_t>;
    requires std::integral<decltype(t.value)>;
};

template <class T>
constexpr Type make_type();

}  // namespace describe_detail

template <class T>
inline constexpr Type type_of = describe_detail::make_type<T>();

namespace describe_detail {

template <class Integer>
constexpr void set_range(Type& t) {
    if constexpr (sizeof(Integer) < 8 || std::is_signed_v<Integer>) {
        t.min = static_cast<std::int64_t>(std::numeric_limits<Integer>::min());
        t.max = static_cast<std::int64_t>(std::numeric_limits<Integer>::max());
    } else {
        t.min = 0;
    }
}

template <class T>
constexpr Type make_type() {
    Type t;
    if constexpr (IsOptional<T>::value) {
        using Inner = typename T::value_type;
        constexpr const Type& inner = type_of<Inner>;
        t.kind = inner.kind, t.name = inner.name, t.min = inner.min, t.max = inner.max;
        t.enum_names = inner.enum_names, t.fields = inner.fields;
        t.optional = true;
        t.inner = &inner;  // values are reached through `value` and `emplace` only
        t.value = [](const void* p) -> const void* {
            const T& o = *static_cast<const T*>(p);
            return o ? &*o : nullptr;
        };
        t.emplace = [](void* p) -> void* { return &static_cast<T*>(p)->emplace(); };
        t.reset = [](void* p) { static_cast<T*>(p)->reset(); };
    } else if constexpr (IsVector<T>::value) {
        using Inner = typename T::value_type;
        t.kind = Kind::list;
        t.inner = &type_of<Inner>;
        t.size = [](const void* p) { return static_cast<const T*>(p)->size(); };
        t.at = [](const void* p, std::size_t i) -> const void* { return &(*static_cast<const T*>(p))[i]; };
        t.push_back = [](void* p) -> void* { return &static_cast<T*>(p)->emplace_back(); };
    } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
        t.kind = Kind::string_map;
    } else if constexpr (std::same_as<T, bool>) {
        t.kind = Kind::boolean;
        t.get_integer = [](const void* p) -> std::int64_t { return *static_cast<const bool*>(p) ? 1 : 0; };
        t.set_integer = [](void* p, std::int64_t v) { *static_cast<bool*>(p) = v != 0; };
    } else if constexpr (NamedEnum<T>) {
        t.kind = Kind::enumeration;
        t.name = EnumNames<T>::name;
        t.enum_names = EnumNames<T>::values;
        t.get_integer = [](const void* p) { return static_cast<std::int64_t>(*static_cast<const T*>(p)); };
        t.set_integer = [](void* p, std::int64_t v) { *static_cast<T*>(p) = static_cast<T>(v); };
    } else if constexpr (std::integral<T>) {
        t.kind = Kind::integer;
        set_range<T>(t);
        t.get_integer = [](const void* p) { return static_cast<std::int64_t>(*static_cast<const T*>(p)); };
        t.set_integer = [](void* p, std::int64_t v) { *static_cast<T*>(p) = static_cast<T>(v); };
    } else if constexpr (std::same_as<T, std::string>) {
        t.kind = Kind::text;
        t.get_text = [](const void* p) -> std::string_view { return *static_cast<const std::string*>(p); };
        t.set_text = [](void* p, std::string_view v) { static_cast<std::string*>(p)->assign(v); };
    } else if constexpr (std::same_as<T, Blob>) {
        t.kind = Kind::blob;
        t.get_text = [](const void* p) -> std::string_view { return static_cast<const Blob*>(p)->bytes; };
        t.set_text = [](void* p, std::string_view v) { static_cast<Blob*>(p)->bytes.assign(v); };
    } else if constexpr (std::same_as<T, RawJson>) {
        t.kind = Kind::raw_json;
        t.get_text = [](const void* p) -> std::string_view { return static_cast<const RawJson*>(p)->text; };
        t.set_text = [](void* p, std::string_view v) { static_cast<RawJson*>(p)->text.assign(v); };
    } else if constexpr (std::same_as<T, Decimal>) {
        t.kind = Kind::decimal;
    } else if constexpr (StrongInteger<T>) {
        using Value = decltype(T::value);
        t.kind = std::same_as<T, Date> ? Kind::date : std::same_as<T, Instant> ? Kind::instant : Kind::integer;
        set_range<Value>(t);
        t.get_integer = [](const void* p) { return static_cast<std::int64_t>(static_cast<const T*>(p)->value); };
        t.set_integer = [](void* p, std::int64_t v) { static_cast<T*>(p)->value = static_cast<Value>(v); };
    } else {
        static_assert(Described<T>, "describe the struct: specialise takas::Describe for it");
        t.kind = Kind::object;
        t.name = Describe<T>::name;
        t.fields = []() -> std::span<const Field> { return Describe<T>::fields; };
    }
    return t;
}

template <class T>
struct MemberPointer;
template <class Owner, class Value>
struct MemberPointer<Value Owner::*> {
    using owner = Owner;
    using value = Value;
};

/// The member's own name, read from the compiler's spelling of the template argument ("... &takas::Address::city]").
template <auto Member>
consteval std::string_view member_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    const auto end = text.find_last_of(']');
    const auto begin = text.rfind(':', end) + 1;
    return text.substr(begin, end - begin);
}

}  // namespace describe_detail

template <auto Member>
inline constexpr std::string_view member_name = describe_detail::member_name<Member>();

/// One row of a description. The doc sentence is what the OpenAPI reader sees.
template <auto Member>
constexpr Field field(std::string_view doc) {
    using Pointer = describe_detail::MemberPointer<decltype(Member)>;
    Field f;
    f.name = member_name<Member>;
    f.camel = camel_case(f.name, false);
    f.pascal = camel_case(f.name, true);
    f.doc = doc;
    f.type = &type_of<typename Pointer::value>;
    f.member = [](void* p) -> void* { return &(static_cast<typename Pointer::owner*>(p)->*Member); };
    return f;
}

/// The rows of several lists as one: structs that begin with the same fields share their rows.
template <std::size_t... Sizes>
constexpr auto join_fields(const std::array<Field, Sizes>&... parts) {
    std::array<Field, (Sizes + ...)> all{};
    auto end = all.begin();
    ((end = std::ranges::copy(parts, end).out), ...);
    return all;
}

/// The columns of a stored record: fields without a public meaning of their own.
template <auto... Members>
inline constexpr std::array<Field, sizeof...(Members)> columns{field<Members>("")...};

/// One row of an enum's names.
template <class E>
constexpr EnumName named(E value, std::string_view name) {
    return {static_cast<std::int64_t>(value), name};
}

inline const void* member_of(const Field& f, const void* object) {
    return f.member(const_cast<void*>(object));  // the accessor itself never writes
}

/// The published spelling of an enum value; "" for a number that no row names.
template <NamedEnum E>
constexpr std::string_view to_name(E e) {
    for (const EnumName& row : EnumNames<E>::values)
        if (row.value == static_cast<std::int64_t>(e)) return row.name;
    return {};
}

template <NamedEnum E>
constexpr std::optional<E> from_name(std::string_view name) {
    for (const EnumName& row : EnumNames<E>::values)
        if (row.name == name) return static_cast<E>(row.value);
    return std::nullopt;
}

}  // namespace takas
