// ISO 8583: hex to fields and fields to the same hex, in the profiles that come with the program; malformed messages;
// framing on a connection.
#include <fmt/format.h>

#include <charconv>
#include <map>

#include "base/encoding.hpp"
#include "forms_protocol.hpp"
#include "protocol/iso8583/contents.hpp"
#include "protocol/iso8583/framing.hpp"

namespace takas::vectors {
namespace {

namespace iso8583 = protocol::iso8583;
namespace wire = protocol::wire;

const iso8583::Profile& profile_named(std::string_view name) {
    const auto* const profile = iso8583::find_profile(name);
    if (profile == nullptr) throw Failure(fmt::format("no profile {}", name));
    return *profile;
}

int field_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 2 || number > iso8583::max_field)
        throw Failure(fmt::format("{} is no field", text));
    return number;
}

std::string_view attribute_name(wire::Attribute attribute) {
    switch (attribute) {
        case wire::Attribute::n:
            return "n";
        case wire::Attribute::an:
            return "an";
        case wire::Attribute::ans:
            return "ans";
        case wire::Attribute::z:
            return "z";
        case wire::Attribute::xn:
            return "x+n";
        case wire::Attribute::b:
            return "b";
    }
    return "";
}

/// A file may bring the table it was made with: it must be ours.
void expect_same_table(const Case& c, const iso8583::Profile& profile) {
    const auto given = member(c.file, "profile");
    const auto table = given && given->is_object() ? member(*given, "fields") : std::nullopt;
    if (!table) return;
    std::size_t ours = 0;
    for (int number = 2; number <= iso8583::max_field; ++number) ours += profile.has(number) ? 1 : 0;
    if (ours != table->size()) throw Failure("the file's table has other fields than the profile");
    for (const Value row : *table) {
        const iso8583::Field& field = profile.field(field_number(row.key()));
        const std::string_view length = field.length == iso8583::LengthForm::fixed   ? "fixed"
                                        : field.length == iso8583::LengthForm::llvar ? "LLVAR"
                                                                                     : "LLLVAR";
        if (text(row, "class") != attribute_name(field.attribute) || text(row, "length") != length ||
            integer(row, "max") != field.max)
            throw Failure(fmt::format("the file's table differs from the profile in field {}", row.key()));
    }
}

/// A field's value as the files write it: b fields in hex, other text in UTF-8.
std::string shown(const iso8583::Message& message, int field) {
    if (message.profile().field(field).attribute == wire::Attribute::b) return upper_hex(message.octets(field));
    return utf8_of_latin1(message.value(field));
}

void check_decoding(const Case& c, const iso8583::Message& message) {
    expect_text("mti", text(c.out, "mti"), message.mti());
    const auto fields = member(c.out, "fields");
    if (!fields || !fields->is_object()) throw Failure("out has no fields");
    std::size_t count = 0;
    for (int number = 2; number <= iso8583::max_field; ++number) count += message.has(number) ? 1 : 0;
    if (count != fields->size()) throw Failure(fmt::format("expected {} fields, got {}", fields->size(), count));
    for (const Value field : *fields) {
        const int number = field_number(field.key());
        if (!message.has(number)) throw Failure(fmt::format("field {} was not found", number));
        expect_text(fmt::format("field {}", number), field.text(), shown(message, number));
    }
}

void check_encoding(const Case& c, const iso8583::Profile& profile, std::string_view expected_hex) {
    std::map<int, std::string> values;
    const auto fields = member(c.out, "fields").value();
    for (const Value field : fields) {
        const int number = field_number(field.key());
        std::string& value = values[number];
        if (profile.field(number).attribute == wire::Attribute::b) {
            const auto octets = hex_decode(field.text());
            if (!octets) throw Failure(fmt::format("field {} is no hex", number));
            value = text_of(*octets);
        } else {
            value = latin1_of_utf8(field.text());
        }
    }
    iso8583::Content content(text(c.out, "mti"));
    for (const auto& [number, value] : values) content.set(number, value);
    const auto octets = iso8583::encode(content, profile);
    if (!octets) throw Failure("not encoded: " + describe(octets.error()));
    expect_hex("hex", expected_hex, *octets);
}

}  // namespace

void check_iso8583(const Case& c, std::string_view name) {
    const iso8583::Profile& profile = profile_named(name);
    const Bytes octets = hex(c.in, "hex");
    const auto message = iso8583::decode(octets, profile);
    if (expects_error(c)) return expect_refused("the message", !message.has_value());
    expect_same_table(c, profile);
    if (!message) throw Failure("not decoded: " + describe(message.error()));
    check_decoding(c, *message);
    check_encoding(c, profile, text(c.in, "hex"));
}

void check_iso8583_of_case(const Case& c) {
    const std::string_view said = text(c.in, "profile");
    if (iso8583::find_profile(said) != nullptr) return check_iso8583(c, said);
    if (said.contains("mixed per-field encodings")) return check_iso8583(c, "iso87_ascii_mixed");
    if (said.contains("1987, ASCII, hex bitmap")) return check_iso8583(c, "iso87_ascii_hexmap");
    if (said.contains("1987, ASCII, binary bitmap")) return check_iso8583(c, "iso87_ascii_binmap");
    throw Failure(fmt::format("no profile {}", said));
}

void check_iso8583_negative(const Case& c) {
    const Bytes octets = hex(c.in, "hex");
    const auto message = iso8583::decode(octets, profile_named("iso87_ascii_binmap"));
    expect_refused("the message", !message || iso8583::check_contents(*message).has_value());
}

void check_framing(const Case& c) {
    const auto* const framing = iso8583::find_framing(text(c.in, "framing"));
    if (framing == nullptr) throw Failure(fmt::format("no framing {}", text(c.in, "framing")));
    const auto chunks = member(c.in, "tcp_chunks");
    if (!chunks || !chunks->is_array()) throw Failure("in has no tcp_chunks");
    iso8583::Reassembler reassembler(*framing);
    std::vector<std::string> messages, with_tpdu;
    bool broken = false;
    for (const Value piece : *chunks) {
        const auto octets = hex_decode(piece.text());
        if (!octets) throw Failure("a chunk is no hex");
        for (ByteView rest(*octets); !broken;) {
            const auto frame = reassembler.next(rest);
            broken = !frame;
            if (!frame || !*frame) break;
            messages.push_back(upper_hex((*frame)->message));
            with_tpdu.push_back(upper_hex((*frame)->tpdu) + messages.back());
        }
    }
    if (expects_error(c)) return expect_refused("the stream", broken || reassembler.pending_bytes() != 0);
    if (broken) throw Failure("the stream was refused");
    std::vector<std::string> expected;
    const auto given = member(c.out, "messages");
    if (!given || !given->is_array()) throw Failure("out has no messages");
    for (const Value message : *given) expected.emplace_back(message.text());
    // The text does not say whether a TPDU is shown with its message.
    if (expected != messages && expected != with_tpdu)
        throw Failure(fmt::format("expected {} messages, got {}: {}", expected.size(), messages.size(),
                                  messages.empty() ? "" : messages.front()));
}

}  // namespace takas::vectors
