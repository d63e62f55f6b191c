#include "protocol/json/codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/strong_id.hpp"

namespace takas {
namespace codec_test {

enum class Colour : std::uint8_t { red, dark_blue };

struct Leaf {
    std::string address_line_1;
    Colour colour{};
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Tree {
    TokenId token_id;
    std::int16_t height = 0;
    std::optional<std::int64_t> age;
    bool alive = false;
    std::optional<bool> wild;
    std::string note;
    std::string digits;
    std::optional<std::string> nick_name;
    std::string pin;
    Date planted_on;
    std::optional<Instant> seen_at;
    Decimal amount;
    std::optional<Colour> colour;
    std::vector<Leaf> leaves;
    std::vector<std::string> tags;
    std::optional<Leaf> crown;
    std::map<std::string, std::string> labels;
    RawJson extra;
    Blob picture;
    friend bool operator==(const Tree&, const Tree&) = default;
};

struct Login {
    std::string client_id;
    std::string password;
    friend bool operator==(const Login&, const Login&) = default;
};

struct Flags {
    std::optional<bool> pos, card_on_file;
};
struct Policy {
    std::optional<Flags> domestic;
    std::string note;
};

struct Filter {
    std::string name;
    std::optional<Colour> colour;
    std::int32_t max_result_count = 10;
    std::optional<Date> from;
    std::optional<Decimal> amount;
    std::optional<bool> active;
    std::vector<std::int16_t> mccs;
    std::optional<Leaf> ignored;
};

}  // namespace codec_test

using namespace codec_test;

template <>
struct EnumNames<Colour> {
    static constexpr std::string_view name = "Colour";
    static constexpr std::array values{EnumName{0, "Red"}, EnumName{1, "DarkBlue"}};
};
template <>
struct Describe<Flags> {
    static constexpr std::string_view name = "Flags";
    static constexpr std::array fields{field<&Flags::pos>("At a terminal"), field<&Flags::card_on_file>("Stored")};
};
template <>
struct Describe<Policy> {
    static constexpr std::string_view name = "Policy";
    static constexpr std::array fields{field<&Policy::domestic>("At home"), field<&Policy::note>("Note")};
};
template <>
struct Describe<Leaf> {
    static constexpr std::string_view name = "LeafDto";
    static constexpr std::array fields{
        field<&Leaf::address_line_1>("First line").required().length(2, 6),
        field<&Leaf::colour>("Colour").required(),
    };
};
template <>
struct Describe<Tree> {
    static constexpr std::string_view name = "TreeDto";
    static constexpr std::array fields{
        field<&Tree::token_id>("Card").range(1, 9'007'199'254'740'991),
        field<&Tree::height>("Height in metres").range(0, 150),
        field<&Tree::age>("Age"),
        field<&Tree::alive>("Alive"),
        field<&Tree::wild>("Wild"),
        field<&Tree::note>("Note").length(0, 300),
        field<&Tree::digits>("Digits").length(4, 8).only(digits_charset),
        field<&Tree::nick_name>("Nick name").only("abc"),
        field<&Tree::pin>("PIN").secret(),
        field<&Tree::planted_on>("Planted"),
        field<&Tree::seen_at>("Seen"),
        field<&Tree::amount>("Amount").range(-5, 1000),
        field<&Tree::colour>("Colour"),
        field<&Tree::leaves>("Leaves").length(1, 3),
        field<&Tree::tags>("Tags"),
        field<&Tree::crown>("Crown"),
        field<&Tree::labels>("Labels").length(0, 2),
        field<&Tree::extra>("Extra").length(0, 40),
        field<&Tree::picture>("Picture"),
    };
};
template <>
struct Describe<Login> {
    static constexpr std::string_view name = "Login";
    static constexpr std::array fields{
        field<&Login::client_id>("Client").required().published_as("client_id"),
        field<&Login::password>("Password").required().secret(),
    };
};
template <>
struct Describe<Filter> {
    static constexpr std::string_view name = "Filter";
    static constexpr std::array fields{
        field<&Filter::name>("Name").length(1, 10),
        field<&Filter::colour>("Colour"),
        field<&Filter::max_result_count>("Page size").range(1, 1000),
        field<&Filter::from>("From").required(),
        field<&Filter::amount>("Amount"),
        field<&Filter::active>("Active"),
        field<&Filter::mccs>("Categories").length(0, 3),
        field<&Filter::ignored>("Not possible in a query"),
    };
};

namespace protocol::json {
namespace {

using namespace std::string_view_literals;

/// "path: message" of the only field error of a tree body.
std::string error_of(std::string_view body) {
    const auto tree = decode<Tree>(body);
    if (tree) return "no error";
    if (tree.error().code != ErrorCode::validation) return "code";
    if (tree.error().fields.size() != 1) return "count";
    const FieldError& error = tree.error().fields[0];
    EXPECT_FALSE(error.turkish.empty());
    return error.path + ": " + error.english;
}

std::string query_error_of(std::string_view query) {
    const auto filter = decode_query<Filter>(query);
    if (filter) return "no error";
    if (filter.error().fields.size() != 1) return "count";
    return filter.error().fields[0].path + ": " + filter.error().fields[0].english;
}

TEST(json_codec, reads_every_kind) {
    const auto tree = decode<Tree>(R"({"tokenId": 9007199254740991, "height": 12, "age": null, "alive": true,
        "wild": false, "note": "a\nb", "digits": "00123456", "nickName": "abc", "pin": "1234",
        "plantedOn": "2024-02-29", "seenAt": "2031-03-01T10:00:00+03:00", "amount": 14.990, "colour": "DarkBlue",
        "leaves": [{"addressLine1": "ığüşöç", "colour": "Red", "unknown": [1]}], "tags": ["x", "y"],
        "crown": {"addressLine1": "top", "colour": "DarkBlue"}, "labels": {"k": "v"},
        "extra": { "a" : [1.50, "\u0131"] }, "picture": "AAAA", "notInTheContract": {"a": 1}})");
    ASSERT_TRUE(tree) << tree.error().fields.at(0).path;
    EXPECT_EQ(tree->token_id.value, 9'007'199'254'740'991);
    EXPECT_EQ(tree->height, 12);
    EXPECT_EQ(tree->age, std::nullopt);
    EXPECT_TRUE(tree->alive);
    EXPECT_EQ(tree->wild, false);
    EXPECT_EQ(tree->note, "a\nb");
    EXPECT_EQ(tree->digits, "00123456");
    EXPECT_EQ(tree->nick_name, "abc");
    EXPECT_EQ(tree->pin, "1234");
    EXPECT_EQ(to_text(tree->planted_on), "2024-02-29");
    EXPECT_EQ(to_text(*tree->seen_at), "2031-03-01T07:00:00Z");
    EXPECT_EQ(tree->amount, (Decimal{1499, 2}));
    EXPECT_EQ(tree->colour, Colour::dark_blue);
    EXPECT_EQ(tree->leaves, (std::vector{Leaf{"ığüşöç", Colour::red}}));
    EXPECT_EQ(tree->tags, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(tree->crown, (Leaf{"top", Colour::dark_blue}));
    EXPECT_EQ(tree->labels.at("k"), "v");
    EXPECT_EQ(tree->extra.text, R"({"a":[1.50,"ı"]})");
    EXPECT_EQ(tree->picture.bytes, "");
}

TEST(json_codec, absent_null_and_empty_text_are_no_value) {
    EXPECT_EQ(decode<Tree>("{}"), Tree{});
    EXPECT_EQ(decode<Tree>(R"({"height":null,"digits":"","leaves":null,"amount":null,"crown":null})"), Tree{});
    EXPECT_EQ(error_of(R"({"crown":{"addressLine1":"","colour":"Red"}})"), "crown.addressLine1: A value is required.");
    EXPECT_EQ(error_of(R"({"crown":{"addressLine1":null,"colour":"Red"}})"),
              "crown.addressLine1: A value is required.");
    EXPECT_EQ(error_of(R"({"crown":{"addressLine1":"ab"}})"), "crown.colour: A value is required.");
    EXPECT_EQ(error_of(R"({"tags":["a",null]})"), "tags[1]: A value is required.");
    EXPECT_EQ(error_of(R"({"tags":[""]})"), "tags[0]: A value is required.");
    EXPECT_EQ(decode<Tree>(R"({"nickName":""})")->nick_name, "");
}

TEST(json_codec, refuses_wrong_types) {
    EXPECT_EQ(error_of(R"({"height":"1"})"), "height: A whole number is expected.");
    EXPECT_EQ(error_of(R"({"height":1.0})"), "height: A whole number is expected.");
    EXPECT_EQ(error_of(R"({"height":1e1})"), "height: A whole number is expected.");
    EXPECT_EQ(error_of(R"({"height":[]})"), "height: A whole number is expected.");
    EXPECT_EQ(error_of(R"({"age":true})"), "age: A whole number is expected.");
    EXPECT_EQ(error_of(R"({"alive":1})"), "alive: true or false is expected.");
    EXPECT_EQ(error_of(R"({"alive":"true"})"), "alive: true or false is expected.");
    EXPECT_EQ(error_of(R"({"note":5})"), "note: A text is expected.");
    EXPECT_EQ(error_of(R"({"note":{}})"), "note: A text is expected.");
    EXPECT_EQ(error_of(R"({"amount":"5"})"), "amount: A number is expected.");
    EXPECT_EQ(error_of(R"({"leaves":{}})"), "leaves: A list is expected.");
    EXPECT_EQ(error_of(R"({"crown":[]})"), "crown: An object is expected.");
    EXPECT_EQ(error_of(R"({"leaves":[7]})"), "leaves[0]: An object is expected.");
    EXPECT_EQ(error_of(R"({"labels":[]})"), "labels: An object is expected.");
    EXPECT_EQ(error_of(R"({"labels":{"k":1}})"), "labels.k: A text is expected.");
    EXPECT_EQ(error_of(R"({"plantedOn":20240229})"), "plantedOn: A date in the form yyyy-MM-dd is expected.");
    for (const auto* body : {"[]", "1", "null", "\"x\""})
        EXPECT_EQ(decode<Tree>(body).error().code, ErrorCode::malformed_json) << body;
}

TEST(json_codec, refuses_values_out_of_bounds) {
    EXPECT_EQ(error_of(R"({"height":151})"), "height: The value must be from 0 to 150.");
    EXPECT_EQ(error_of(R"({"height":-1})"), "height: The value must be from 0 to 150.");
    EXPECT_EQ(error_of(R"({"height":99999999999999999999999999})"), "height: The value must be from 0 to 150.");
    EXPECT_EQ(error_of(R"({"tokenId":0})"), "tokenId: The value must be from 1 to 9007199254740991.");
    EXPECT_EQ(error_of(R"({"tokenId":9223372036854775808})"), "tokenId: The value must be from 1 to 9007199254740991.");
    EXPECT_EQ(error_of(R"({"amount":1000.01})"), "amount: The value must be from -5 to 1000.");
    EXPECT_EQ(error_of(R"({"amount":-5.000000000000001})"), "amount: The value must be from -5 to 1000.");
    EXPECT_EQ(decode<Tree>(R"({"amount":1000.00})")->amount, (Decimal{1000, 0}));
    EXPECT_EQ(error_of(R"({"leaves":[]})"), "leaves: At least 1 entries are needed.");
    EXPECT_EQ(error_of(R"({"leaves":[1,2,3,4]})"), "leaves: At most 3 entries are allowed.");
    EXPECT_EQ(error_of(R"({"labels":{"a":"","b":"","c":""}})"), "labels: At most 2 entries are allowed.");
    EXPECT_EQ(error_of(R"({"extra":"01234567890123456789012345678901234567890"})"),
              "extra: The JSON text may have at most 40 bytes.");
}

TEST(json_codec, refuses_numbers_that_cannot_be_kept_exactly) {
    const std::string message = "amount: The number is not usable: at most 18 digits are kept, and none is rounded.";
    for (const auto* number : {"1e400", "-1e400", "1e-400", "0.1234567890123456789", "1234567890123456789"})
        EXPECT_EQ(error_of(std::string("{\"amount\":") + number + "}"), message) << number;
}

TEST(json_codec, refuses_texts_out_of_bounds) {
    EXPECT_EQ(error_of(R"({"digits":"123"})"), "digits: At least 4 characters are needed.");
    EXPECT_EQ(error_of(R"({"digits":"123456789"})"), "digits: At most 8 characters are allowed.");
    EXPECT_EQ(error_of(R"({"digits":"12a4"})"), "digits: Only digits are allowed.");
    EXPECT_EQ(error_of(R"({"nickName":"abd"})"), "nickName: Only these characters are allowed: abc");
    EXPECT_EQ(error_of(R"({"nickName":"ç"})"), "nickName: Only these characters are allowed: abc");
    EXPECT_EQ(error_of(R"({"crown":{"addressLine1":"ığüşöçx","colour":"Red"}})"),
              "crown.addressLine1: At most 6 characters are allowed.");
    EXPECT_EQ(error_of(R"({"crown":{"addressLine1":"a\nb","colour":"Red"}})"),
              "crown.addressLine1: Control characters are not allowed.");
    EXPECT_EQ(error_of("{\"note\":\"a\\u0007\"}"), "note: Control characters are not allowed.");
    EXPECT_EQ(error_of("{\"note\":\"a\\u0085\"}"), "note: Control characters are not allowed.");
    EXPECT_EQ(error_of("{\"tags\":[\"a\\n\"]}"), "tags[0]: Control characters are not allowed.");
    EXPECT_EQ(error_of("{\"tags\":[\"" + std::string(257, 'x') + "\"]}"),
              "tags[0]: At most 256 characters are allowed.");
    EXPECT_EQ(error_of("{\"labels\":{\"a\\n\":\"x\"}}"), "labels: Control characters are not allowed.");
}

TEST(json_codec, refuses_bad_dates_and_enum_values) {
    for (const auto* date : {"2023-02-29", "2024-13-01", "24-01-01", "2024-01-01T00:00:00Z", "01.02.2024", ""})
        EXPECT_EQ(error_of(std::string("{\"plantedOn\":\"") + date + "\"}"),
                  "plantedOn: A date in the form yyyy-MM-dd is expected.");
    for (const auto* instant : {"2024-01-01T25:00:00Z", "2024-01-01 10:00", "now", "1700000000"})
        EXPECT_EQ(error_of(std::string("{\"seenAt\":\"") + instant + "\"}"),
                  "seenAt: An ISO 8601 date and time is expected.");
    for (const auto* colour : {"\"red\"", "\"Blue\"", "\"\"", "0", "[]"})
        EXPECT_EQ(error_of(std::string("{\"colour\":") + colour + "}"),
                  "colour: The value is not known; allowed: Red, DarkBlue.");
}

TEST(json_codec, collects_all_field_errors_with_their_paths) {
    const auto tree = decode<Tree>(
        R"({"height":200,"leaves":[{"addressLine1":"ok","colour":"Red"},{"addressLine1":"x"}],"tags":[1]})");
    ASSERT_FALSE(tree);
    std::vector<std::string> paths;
    for (const FieldError& error : tree.error().fields) paths.push_back(error.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"height", "leaves[1].addressLine1", "leaves[1].colour", "tags[0]"}));

    std::string many = "{\"tags\":[1";
    for (int i = 0; i < 500; ++i) many += ",1";
    EXPECT_EQ(decode<Tree>(many + "]}").error().fields.size(), 100U);
}

TEST(json_codec, a_set_of_flags_refuses_a_name_it_does_not_have) {
    EXPECT_TRUE(decode<Policy>(R"({"domestic":{"pos":true,"cardOnFile":null},"unknown":1})"));
    const auto refused = decode<Policy>(R"({"domestic":{"pos":true,"card_on_file":true,"4000000000000002":true}})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::validation);
    ASSERT_EQ(refused.error().fields.size(), 2U);
    EXPECT_EQ(refused.error().fields[0].path, "domestic.card_on_file");
    EXPECT_EQ(refused.error().fields[1].path, "domestic");
    EXPECT_TRUE(decode<Policy>(R"({"domestic":{"was_a_flag":true}})", storage_read));
}

TEST(json_codec, writes_in_three_name_styles) {
    const Leaf leaf{"a\"b", Colour::dark_blue};
    EXPECT_EQ(encode(leaf, NameStyle::camel), R"({"addressLine1":"a\"b","colour":"DarkBlue"})");
    EXPECT_EQ(encode(leaf, NameStyle::pascal), R"({"AddressLine1":"a\"b","Colour":"DarkBlue"})");
    EXPECT_EQ(encode(leaf, NameStyle::snake), R"({"address_line_1":"a\"b","colour":"DarkBlue"})");
    EXPECT_EQ(encode(Leaf{"", static_cast<Colour>(9)}), R"({"addressLine1":"","colour":null})");
}

TEST(json_codec, writes_every_kind_and_never_secrets_or_blobs) {
    Tree tree;
    tree.pin = "1234";
    tree.picture.bytes = "secret picture";
    tree.amount = {1499, 2};
    tree.seen_at = Instant::from_seconds(0);
    tree.extra.text = "[1]";
    tree.labels = {{"k", "v"}};
    EXPECT_EQ(encode(tree),
              R"({"tokenId":0,"height":0,"age":null,"alive":false,"wild":null,"note":"","digits":"","nickName":null,)"
              R"("plantedOn":"1970-01-01","seenAt":"1970-01-01T00:00:00Z","amount":14.99,"colour":null,"leaves":[],)"
              R"("tags":[],"crown":null,"labels":{"k":"v"},"extra":[1]})");
    const std::string short_form = encode(tree, WriteOptions{NameStyle::camel, false, true});
    EXPECT_EQ(short_form.find("null"), std::string::npos);
    for (const auto style : {NameStyle::camel, NameStyle::pascal, NameStyle::snake})
        EXPECT_EQ(encode(tree, style).find("1234"), std::string::npos);
    EXPECT_NE(encode(tree, storage_write).find("\"pin\":\"1234\""), std::string::npos);
    EXPECT_NE(encode(tree, storage_write).find("\"picture\":\"c2Vj"), std::string::npos);
    EXPECT_EQ(encode(tree, WriteOptions{NameStyle::camel, true, false}).find("picture"), std::string::npos);
}

TEST(json_codec, escapes_texts_so_that_the_output_is_always_json) {
    std::string out;
    append_json_string(out, "a\"\\/\b\n\x1f\x7f\0é😀\xFFz\xC3"sv);
    EXPECT_EQ(out, "\"a\\\"\\\\/\\u0008\\u000a\\u001f\\u007f\\u0000é😀\xEF\xBF\xBDz\xEF\xBF\xBD\"");
}

TEST(json_codec, reports_broken_stored_text_as_internal) {
    EXPECT_EQ(decode<Leaf>("{", storage_read).error().code, ErrorCode::internal);
    EXPECT_EQ(decode<Leaf>(R"({"colour":"Green"})", storage_read).error().code, ErrorCode::internal);
    EXPECT_TRUE(decode<Leaf>(R"({"address_line_1":"longer than allowed"})", storage_read));
}

TEST(json_codec, reads_queries) {
    const auto filter = decode_query<Filter>(
        "name=A%C3%A7%20+b&colour=DarkBlue&maxResultCount=50&from=2024-01-31&amount=1.50&active=true&mccs=5411&mccs=742"
        "&unknown=1&unknown=2&&");
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->name, "Aç  b");
    EXPECT_EQ(filter->colour, Colour::dark_blue);
    EXPECT_EQ(filter->max_result_count, 50);
    EXPECT_EQ(to_text(*filter->from), "2024-01-31");
    EXPECT_EQ(filter->amount, (Decimal{15, 1}));
    EXPECT_EQ(filter->active, true);
    EXPECT_EQ(filter->mccs, (std::vector<std::int16_t>{5411, 742}));
    EXPECT_EQ(decode_query<Filter>("from=2024-01-31&colour=&maxResultCount")->colour, std::nullopt);
    EXPECT_EQ(decode_query<Login>("client_id=demo&password=p%26%3D"), (Login{"demo", "p&="}));
}

TEST(json_codec, refuses_bad_queries) {
    const std::string from = "from=2024-01-31&";
    EXPECT_EQ(query_error_of(""), "from: A value is required.");
    EXPECT_EQ(query_error_of(from + "from=2024-01-31"), "from: The parameter may be given only once.");
    EXPECT_EQ(query_error_of(from + "maxResultCount=ten"), "maxResultCount: A whole number is expected.");
    EXPECT_EQ(query_error_of(from + "maxResultCount=1001"), "maxResultCount: The value must be from 1 to 1000.");
    EXPECT_EQ(query_error_of(from + "active=1"), "active: true or false is expected.");
    EXPECT_EQ(query_error_of(from + "amount=1,5"), "amount: A number is expected.");
    EXPECT_EQ(query_error_of(from + "mccs=1&mccs=2&mccs=3&mccs=4"), "mccs: At most 3 entries are allowed.");
    EXPECT_EQ(query_error_of(from + "name=%00"), "name: Control characters are not allowed.");
    for (const auto* bad : {"%", "%4", "%4g", "%FF", "%C3", "%ED%A0%80"})
        EXPECT_EQ(query_error_of(from + "name=" + bad), "name: The percent-encoding is not valid UTF-8.") << bad;
    EXPECT_EQ(decode_query<Filter>(std::string(20'000, 'x')).error().code, ErrorCode::body_too_large);
    std::string many = from;
    for (int i = 0; i < 300; ++i) many += "x&";
    EXPECT_EQ(decode_query<Filter>(many).error().code, ErrorCode::body_too_large);
}

/// A text of letters, quotes, control characters and other scripts.
rc::Gen<std::string> any_text() {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                            "a", "Z", "0", "\"", "\\", "\n", "\x1f", "ş", "€", "😀", " ", "/", "{", "\x7f")),
                        [](const std::vector<std::string>& parts) {
                            std::string text;
                            for (const auto& part : parts) text += part;
                            return text;
                        });
}

rc::Gen<Leaf> any_leaf() {
    return rc::gen::build<Leaf>(rc::gen::set(&Leaf::address_line_1, any_text()),
                                rc::gen::set(&Leaf::colour, rc::gen::element(Colour::red, Colour::dark_blue)));
}

rc::Gen<Tree> any_tree() {
    return rc::gen::exec([] {
        Tree t;
        t.token_id.value = *rc::gen::arbitrary<std::int64_t>();
        t.height = *rc::gen::arbitrary<std::int16_t>();
        if (*rc::gen::arbitrary<bool>()) t.age = *rc::gen::arbitrary<std::int64_t>();
        if (*rc::gen::arbitrary<bool>()) t.wild = *rc::gen::arbitrary<bool>();
        t.note = *any_text();
        if (*rc::gen::arbitrary<bool>()) t.nick_name = *any_text();
        t.pin = *any_text();
        t.planted_on.value = *rc::gen::inRange(-700'000, 2'900'000);
        if (*rc::gen::arbitrary<bool>())
            t.seen_at = Instant{*rc::gen::inRange<std::int64_t>(0, 253'402'300'799'000'000)};
        const auto digits = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999, 999'999'999'999'999);
        t.amount = *parse_decimal(std::to_string(digits) + "e-" + std::to_string(*rc::gen::inRange(0, 4)));
        if (*rc::gen::arbitrary<bool>()) t.colour = Colour::dark_blue;
        t.leaves = *rc::gen::container<std::vector<Leaf>>(any_leaf());
        t.tags = *rc::gen::container<std::vector<std::string>>(any_text());
        if (*rc::gen::arbitrary<bool>()) t.crown = *any_leaf();
        t.labels[*any_text()] = *any_text();
        t.extra.text = encode(*any_leaf());
        t.picture.bytes = *rc::gen::arbitrary<std::string>();
        return t;
    });
}

RC_GTEST_PROP(json_codec, stored_text_reads_back_as_it_was, ()) {
    const Tree tree = *any_tree();
    const auto again = decode<Tree>(encode(tree, storage_write), storage_read);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == tree);
}

RC_GTEST_PROP(json_codec, any_bytes_are_written_as_json, (const std::string& bytes)) {
    std::string out;
    append_json_string(out, bytes);
    const auto document = parse(out);
    RC_ASSERT(document.has_value() || bytes.find('\0') != std::string::npos);
}

RC_GTEST_PROP(json_codec, any_bytes_are_read_or_refused, (const std::string& bytes)) {
    const auto from_body = decode<Tree>(bytes);
    const auto from_query = decode_query<Filter>(bytes);
    RC_ASSERT(from_body || !error_row(from_body.error().code).public_code.empty());
    RC_ASSERT(from_query || !error_row(from_query.error().code).public_code.empty());
}

}  // namespace
}  // namespace protocol::json
}  // namespace takas
