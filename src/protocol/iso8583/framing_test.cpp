#include "protocol/iso8583/framing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"

namespace takas::protocol::iso8583 {
namespace {

/// What a connection with these octets gives, in chunks of `step`; messages in hex, a TPDU before a slash, then the
/// name of the trouble if there was any.
std::vector<std::string> received(std::string_view framing, std::string_view hex, std::size_t step) {
    Reassembler reassembler(*find_framing(framing), 64);
    const Bytes octets = hex_decode(hex).value();
    std::vector<std::string> out;
    for (std::size_t at = 0; at < octets.size(); at += step) {
        ByteView chunk = ByteView(octets).subspan(at, std::min(step, octets.size() - at));
        while (true) {
            const auto frame = reassembler.next(chunk);
            if (!frame) {
                out.emplace_back(sentence(frame.error().fault));
                return out;
            }
            if (!*frame) break;
            const std::string tpdu = (*frame)->tpdu.empty() ? "" : hex_encode((*frame)->tpdu) + "/";
            out.push_back(tpdu + hex_encode((*frame)->message));
        }
        EXPECT_TRUE(chunk.empty());
    }
    if (reassembler.pending_bytes() != 0) out.emplace_back("cut");
    return out;
}

void expect_received(std::string_view framing, std::string_view hex, const std::vector<std::string>& expected) {
    for (std::size_t step = 1; step <= hex.size() / 2 + 1; ++step)
        EXPECT_EQ(received(framing, hex, step), expected) << framing << " in chunks of " << step;
}

TEST(framing, every_form_gives_the_same_messages) {
    const std::vector<std::string> messages{"aabbcc", "dd"};
    expect_received("len2_be", "0003AABBCC0001DD", messages);
    expect_received("len4_be", "00000003AABBCC00000001DD", messages);
    expect_received("len4_ascii", "30303033AABBCC30303031DD", messages);
    expect_received("len2_bcd", "0003AABBCC0001DD", messages);
    expect_received("len2_be_incl", "0005AABBCC0003DD", messages);
    expect_received("visa_len2_00", "00030000AABBCC00010000DD", messages);
    expect_received("len2_be_tpdu", "00086000010000AABBCC00066000010000DD", {"6000010000/aabbcc", "6000010000/dd"});
}

TEST(framing, an_empty_frame_keeps_the_connection_alive) {
    expect_received("len2_be", "00000001DD0000", {"dd"});
    expect_received("len2_be_incl", "00020003DD", {"dd"});
    expect_received("visa_len2_00", "0000000000010000DD", {"dd"});
    expect_received("len2_be_tpdu", "000000066000010000DD", {"6000010000/dd"});
}

TEST(framing, what_is_not_whole_is_pending) {
    expect_received("len2_be", "0003AABB", {"cut"});
    expect_received("len4_ascii", "303030", {"cut"});
}

TEST(framing, wrong_headers_end_the_connection) {
    expect_received("len2_be", "0041", {std::string(sentence(wire::Fault::too_long))});
    expect_received("len4_be", "FFFFFFFF", {std::string(sentence(wire::Fault::too_long))});
    expect_received("len4_ascii", "3030303ADD", {std::string(sentence(wire::Fault::not_digits))});
    expect_received("len2_bcd", "000AAA", {std::string(sentence(wire::Fault::not_digits))});
    expect_received("len2_be_incl", "0001", {std::string(sentence(wire::Fault::wrong_length))});
    expect_received("visa_len2_00", "00010001DD", {std::string(sentence(wire::Fault::wrong_filler))});
    expect_received("len2_be_tpdu", "00056000010000", {std::string(sentence(wire::Fault::wrong_length))});
    expect_received("len2_be_tpdu", "00066100010000DD", {std::string(sentence(wire::Fault::wrong_tag))});
    Reassembler reassembler(*find_framing("len2_be"), 64);
    const Bytes octets = hex_decode("FFFF0001DD").value();
    ByteView chunk(octets);
    EXPECT_FALSE(reassembler.next(chunk));
    EXPECT_FALSE(reassembler.next(chunk)) << "for ever";
}

TEST(framing, messages_survive_any_chunks) {
    for (const Framing& framing : framings())
        EXPECT_TRUE(rc::check(std::string(framing.name), [&framing] {
            const auto sizes = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 600));
            const Bytes tpdu = framing.has_tpdu ? Bytes{0x60, 0, 1, 0, 0} : Bytes{};
            Bytes stream;
            for (const std::size_t size : sizes) {
                const auto header = write_header(framing, tpdu.size() + size);
                RC_ASSERT(header);
                stream.insert(stream.end(), header->view().begin(), header->view().end());
                stream.insert(stream.end(), tpdu.begin(), tpdu.end());
                stream.insert(stream.end(), size, static_cast<std::uint8_t>(size));
            }
            Reassembler reassembler(framing);
            std::vector<std::size_t> seen;
            for (std::size_t at = 0; at < stream.size();) {
                const std::size_t take = std::min(stream.size() - at, *rc::gen::inRange<std::size_t>(1, 900));
                ByteView chunk = ByteView(stream).subspan(at, take);
                at += take;
                while (const auto frame = reassembler.next(chunk).value()) {
                    seen.push_back(frame->message.size());
                    RC_ASSERT(frame->message.front() == static_cast<std::uint8_t>(frame->message.size()));
                }
            }
            RC_ASSERT(seen == sizes);
            RC_ASSERT(reassembler.pending_bytes() == 0U);
        }));
}

TEST(framing, headers_say_no_more_than_they_can) {
    EXPECT_TRUE(write_header(*find_framing("len4_ascii"), 9999));
    EXPECT_FALSE(write_header(*find_framing("len4_ascii"), 10'000));
    EXPECT_FALSE(write_header(*find_framing("len2_bcd"), 10'000));
    EXPECT_FALSE(write_header(*find_framing("len2_be"), 65'536));
    EXPECT_FALSE(write_header(*find_framing("len2_be_incl"), 65'534));
    EXPECT_EQ(hex_encode(write_header(*find_framing("visa_len2_00"), 258).value().view()), "01020000");
    EXPECT_EQ(hex_encode(write_header(*find_framing("len2_bcd"), 1234).value().view()), "1234");
    EXPECT_EQ(find_framing("len3"), nullptr);
}

}  // namespace
}  // namespace takas::protocol::iso8583
