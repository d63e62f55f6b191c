// Any bytes as a JSON body and as a query: read or refused, never a crash; and what was read is written as JSON again.
#include <cstdlib>

#include "protocol/json/codec.hpp"

namespace takas {
namespace {

enum class Colour : std::uint8_t { red, dark_blue };

struct Leaf {
    std::string name;
    Colour colour{};
};

struct Tree {
    std::int16_t height = 0;
    std::optional<std::int64_t> age;
    bool alive = false;
    std::string digits;
    Date planted_on;
    std::optional<Instant> seen_at;
    Decimal amount;
    std::vector<Leaf> leaves;
    std::vector<std::string> tags;
    std::map<std::string, std::string> labels;
    RawJson extra;
};

}  // namespace

template <>
struct EnumNames<Colour> {
    static constexpr std::string_view name = "Colour";
    static constexpr std::array values{EnumName{0, "Red"}, EnumName{1, "DarkBlue"}};
};
template <>
struct Describe<Leaf> {
    static constexpr std::string_view name = "Leaf";
    static constexpr std::array fields{
        field<&Leaf::name>("Name").required().length(2, 6),
        field<&Leaf::colour>("Colour"),
    };
};
template <>
struct Describe<Tree> {
    static constexpr std::string_view name = "Tree";
    static constexpr std::array fields{
        field<&Tree::height>("Height").range(0, 150),
        field<&Tree::age>("Age"),
        field<&Tree::alive>("Alive"),
        field<&Tree::digits>("Digits").only(digits_charset),
        field<&Tree::planted_on>("Planted"),
        field<&Tree::seen_at>("Seen"),
        field<&Tree::amount>("Amount").range(-5, 1000),
        field<&Tree::leaves>("Leaves").length(0, 3),
        field<&Tree::tags>("Tags"),
        field<&Tree::labels>("Labels"),
        field<&Tree::extra>("Extra"),
    };
};

}  // namespace takas

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    using namespace takas::protocol;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto tree = json::decode<Tree>(bytes)) {
        const auto again = json::decode<Tree>(json::encode(*tree, json::storage_write), json::storage_read);
        if (!again || json::encode(*again) != json::encode(*tree)) std::abort();
    }
    if (const auto tree = json::decode_query<Tree>(bytes); tree && !json::parse(json::encode(*tree))) std::abort();
    std::string text;
    json::append_json_string(text, bytes);
    if (!json::parse(text) && bytes.find('\0') == std::string_view::npos && size < 100'000) std::abort();
    return 0;
}
