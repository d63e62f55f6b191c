// Mastercard IPM: messages by element, files by record, damaged files.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/encoding.hpp"
#include "forms_protocol.hpp"
#include "protocol/ipm/file.hpp"
#include "protocol/tlv/tlv.hpp"

namespace takas::vectors {
namespace {

namespace ipm = protocol::ipm;
namespace iso8583 = protocol::iso8583;
namespace wire = protocol::wire;

using Elements = std::map<std::string, std::string, std::less<>>;

wire::TextEncoding encoding_of(const Case& c) {
    const std::string_view name = text_or(c.in, "encoding", "ascii");
    if (name == "ascii") return wire::TextEncoding::ascii;
    if (name == "cp500") return wire::TextEncoding::cp500;
    if (name == "latin1" || name == "latin_1" || name == "latin-1") return wire::TextEncoding::latin1;
    throw Failure(fmt::format("no encoding {}", name));
}

ipm::Blocking blocking_of(const Case& c) {
    return has(c.in, "blocked_1014") && boolean(c.in, "blocked_1014") ? ipm::Blocking::blocked_1014
                                                                      : ipm::Blocking::none;
}

void add_chip_data(Elements& elements, ByteView octets) {
    elements["ICC_DATA"] = upper_hex(octets);
    const auto tree = protocol::tlv::decode(octets);
    if (!tree) return;
    for (const auto& object : tree->objects())
        if (object.depth == 0) elements[fmt::format("TAG{:02X}", object.tag)] = upper_hex(tree->value(object));
}

void add_card_acceptor(Elements& elements, std::string_view text) {
    const auto parts = ipm::parse_card_acceptor(text);
    if (!parts) return;
    const auto add = [&](std::string_view name, std::string_view value) {
        elements[fmt::format("DE43_{}", name)] = utf8_of_latin1(value);
    };
    add("NAME", parts->name);
    add("ADDRESS", parts->address);
    add("SUBURB", parts->city);
    add("POSTCODE", parts->postcode);
    add("STATE", parts->state);
    add("COUNTRY", parts->country);
}

Elements elements_of(const iso8583::Message& message) {
    Elements elements{{"MTI", std::string(message.mti())}};
    for (int number = 2; number <= iso8583::max_field; ++number) {
        if (!message.has(number)) continue;
        const bool octets = message.profile().field(number).attribute == wire::Attribute::b;
        elements[fmt::format("DE{}", number)] =
            octets ? upper_hex(message.octets(number)) : utf8_of_latin1(message.value(number));
    }
    const auto list = ipm::read_pds(message);
    if (!list) throw Failure("PDS not read: " + describe(list.error()));
    for (const ipm::Pds& pds : *list) elements[fmt::format("PDS{:04}", pds.number)] = utf8_of_latin1(pds.value);
    if (message.has(43)) add_card_acceptor(elements, message.value(43));
    if (message.has(55)) add_chip_data(elements, message.octets(55));
    return elements;
}

bool is_octets(std::string_view name) { return name == "DE55" || name == "ICC_DATA" || name.starts_with("TAG"); }

std::string_view without_leading_zeros(std::string_view digits) {
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return digits;
}

/// What the file names must be so; with `whole` there must not be more.
void expect_elements(Value expected, const Elements& elements, bool whole) {
    for (const Value element : expected) {
        const auto found = elements.find(element.key());
        if (found == elements.end()) throw Failure(fmt::format("{} was not found", element.key()));
        std::string wanted(element.text()), got = found->second;
        if (element.type() == protocol::json::ValueType::number) got = without_leading_zeros(got);
        if (is_octets(element.key())) {
            std::ranges::transform(wanted, wanted.begin(), [](unsigned char ch) { return std::toupper(ch); });
        }
        expect_text(element.key(), wanted, got);
    }
    if (!whole) return;
    for (const auto& [name, value] : elements) {
        const bool derived = name.starts_with("DE43_") || name.starts_with("TAG") || name == "ICC_DATA";
        if (!derived && !expected.find(name)) throw Failure(fmt::format("{} was not expected", name));
    }
}

/// The elements DE2 .. DE128 of the file, written anew.
void expect_written(Value expected, const iso8583::Profile& profile, std::string_view hex_text) {
    std::map<int, std::string> values;
    for (int number = 2; number <= iso8583::max_field; ++number) {
        const auto element = member(expected, fmt::format("DE{}", number));
        if (!element) continue;
        std::string value(element->text());
        if (profile.field(number).attribute == wire::Attribute::b) {
            const auto octets = hex_decode(value);
            if (!octets) throw Failure(fmt::format("DE{} is no hex", number));
            value = text_of(*octets);
        } else if (element->type() == protocol::json::ValueType::number) {
            const std::size_t width = profile.field(number).max;
            if (value.size() < width) value.insert(0, width - value.size(), '0');
        } else {
            value = latin1_of_utf8(value);
        }
        values[number] = value;
    }
    iso8583::Content content(text(expected, "MTI"));
    for (const auto& [number, value] : values) content.set(number, value);
    const auto octets = iso8583::encode(content, profile);
    if (!octets) throw Failure("not encoded: " + describe(octets.error()));
    expect_hex("hex", hex_text, *octets);
}

void check_message(const Case& c) {
    const iso8583::Profile& profile = ipm::profile(encoding_of(c));
    const Bytes octets = hex(c.in, "hex");
    const auto message = iso8583::decode(octets, profile);
    if (expects_error(c)) return expect_refused("the message", !message.has_value());
    if (!message) throw Failure("not decoded: " + describe(message.error()));
    const auto expected = member(c.out, "elements");
    if (!expected || !expected->is_object()) throw Failure("out has no elements");
    expect_elements(*expected, elements_of(*message), true);
    expect_written(*expected, profile, text(c.in, "hex"));
}

void check_file(const Case& c) {
    const Bytes octets = hex(c.in, "file_hex");
    const auto file = ipm::read_file(octets, encoding_of(c), blocking_of(c));
    if (expects_error(c)) return expect_refused("the file", !file.has_value());
    if (!file) throw Failure("not read: " + describe(file.error()));
    const std::size_t size = file->records.size();
    expect_text("records", text(c.out, "records"), std::to_string(size));
    const auto expect_record = [&](std::string_view name, std::size_t index) {
        const auto expected = member(c.out, name);
        if (!expected) return;
        if (index >= size) throw Failure(fmt::format("the file has no {} record", name));
        expect_elements(*expected, elements_of(file->message(index)), false);
    };
    expect_record("first", 0);
    expect_record("second", 1);
    expect_record("trailer", size - 1);
    expect_text_if_given(c.out, "amount_sum", std::to_string(file->amount_sum));
    ipm::RecordWriter writer(blocking_of(c));
    for (const ipm::Record& record : file->records)
        if (!writer.add(record.octets)) throw Failure("a record was not written");
    expect_hex("file_hex", text(c.in, "file_hex"), writer.finish());
}

}  // namespace

void check_ipm(const Case& c) { return has(c.in, "file_hex") ? check_file(c) : check_message(c); }

void check_ipm_negative(const Case& c) {
    const Bytes octets = hex(c.in, "file_hex");
    expect_refused("the file", !ipm::read_file(octets, encoding_of(c), blocking_of(c)));
}

}  // namespace takas::vectors
