// BER-TLV: the tree, the flat list and the octets again.
#include <fmt/format.h>

#include "forms_protocol.hpp"
#include "protocol/tlv/chip_data.hpp"

namespace takas::vectors {
namespace {

namespace tlv = protocol::tlv;

std::string tag_text(tlv::Tag tag) { return fmt::format("{:02X}", tag); }

/// The objects from `at` to `end` against the members, one to one and in order.
void expect_tree(Value expected, const tlv::Tree& tree, std::size_t at, std::size_t end) {
    for (const Value member : expected) {
        if (at == end) throw Failure(fmt::format("tag {} was not found", member.key()));
        const tlv::Object& object = tree[at];
        expect_text("tag", member.key(), tag_text(object.tag));
        if (member.is_object()) {
            if (!tlv::is_constructed(object.tag)) throw Failure(fmt::format("tag {} holds no tags", member.key()));
            expect_tree(member, tree, at + 1, object.end);
        } else {
            expect_hex(member.key(), member.text(), tree.value(object));
        }
        at = object.end;
    }
    if (at != end) throw Failure(fmt::format("tag {} was not expected", tag_text(tree[at].tag)));
}

enum class Listed { top, leaves, all };

/// Do the pairs list the objects in that way?
bool lists(Value expected, const tlv::Tree& tree, Listed listed) {
    std::size_t at = 0;
    const auto is_listed = [&] {
        const tlv::Object& object = tree[at];
        if (listed == Listed::top) return object.depth == 0;
        return listed == Listed::all || !tlv::is_constructed(object.tag);
    };
    const auto skip = [&] {
        while (at < tree.size() && !is_listed()) ++at;
    };
    for (const Value pair : expected) {
        skip();
        if (at == tree.size() || pair.size() != 2) return false;
        auto part = pair.begin();
        const std::string_view tag = (*part).text();
        const std::string_view value = (*++part).text();
        if (tag != tag_text(tree[at].tag) || value != upper_hex(tree.value(tree[at]))) return false;
        ++at;
    }
    skip();
    return at == tree.size();
}

}  // namespace

void check_tlv(const Case& c) {
    const Bytes octets = hex(c.in, "hex");
    const auto tree = tlv::decode(octets);
    if (expects_error(c)) return expect_refused("the TLV", !tree.has_value());
    if (!tree) throw Failure("not decoded: " + describe(tree.error()));
    const auto shape = member(c.out, "tree");
    const auto tags = member(c.out, "tags");
    if (!shape && !tags) throw Failure("out has neither tree nor tags");
    if (shape) expect_tree(*shape, *tree, 0, tree->size());
    if (tags && !lists(*tags, *tree, Listed::top) && !lists(*tags, *tree, Listed::leaves) &&
        !lists(*tags, *tree, Listed::all))
        throw Failure("tags: other objects, or another order");
    expect_hex("hex", text(c.in, "hex"), tlv::encode(*tree));
}

void check_tlv_negative(const Case& c) {
    const Bytes octets = hex(c.in, "hex");
    expect_refused("the TLV", !tlv::decode(octets) || !tlv::read_chip_data(octets));
}

}  // namespace takas::vectors
