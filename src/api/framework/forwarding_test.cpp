#include "api/framework/forwarding.hpp"

#include <gtest/gtest.h>

#include "app/secrets/secret_box.hpp"

namespace takas::api {
namespace {

constexpr Instant now = Instant::from_seconds(1'900'000'000);

struct ForwardingTest : testing::Test {
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{0}),
                    strange_keys = crypto::Keyring::generate(Instant{0});
    app::secrets::SecretBox box{keyring}, stranger{strange_keys};

    static net::HttpRequest request(std::string_view body = R"({"a":1})") {
        net::HttpRequest r;
        r.method = "POST", r.path = "/x", r.body = body;
        r.headers.push_back({"Authorization", "Bearer t"});
        return r;
    }
    static net::HttpRequest forwarded(std::string_view proof, std::string_view trace = "t", std::string_view key = "k",
                                      std::string_view body = R"({"a":1})") {
        auto r = request(body);
        for (const auto& [name, value] :
             {std::pair{forwarded_header, proof}, {trace_header, trace}, {message_key_header, key}})
            r.headers.push_back({name, value});
        return r;
    }
};

TEST_F(ForwardingTest, BelievesAServerWithTheSameKeys) {
    const std::string proof = proof_of(request(), "t", "k", box, now);
    EXPECT_EQ(sender_of(forwarded(proof), box, now), Sender::server);
    EXPECT_EQ(sender_of(forwarded(proof), box, now.plus_seconds(proof_lifetime_s)), Sender::server);
    EXPECT_EQ(sender_of(forwarded(proof), box, now.plus_seconds(-proof_lifetime_s)), Sender::server);
}

TEST_F(ForwardingTest, RefusesWhatTheProofIsNotFor) {
    const std::string proof = proof_of(request(), "t", "k", box, now);
    EXPECT_EQ(sender_of(forwarded(proof), stranger, now), Sender::unproven);
    EXPECT_EQ(sender_of(forwarded(proof, "u"), box, now), Sender::unproven);
    EXPECT_EQ(sender_of(forwarded(proof, "t", "l"), box, now), Sender::unproven);
    EXPECT_EQ(sender_of(forwarded(proof, "t", "k", "{}"), box, now), Sender::unproven);
    auto other_caller = forwarded(proof);
    other_caller.headers.front().value = "Bearer u";
    EXPECT_EQ(sender_of(other_caller, box, now), Sender::unproven);
    EXPECT_EQ(sender_of(forwarded(proof), box, now.plus_seconds(proof_lifetime_s + 1)), Sender::unproven);
    EXPECT_EQ(sender_of(forwarded(proof), box, now.plus_seconds(-proof_lifetime_s - 1)), Sender::unproven);
    std::string younger = proof;
    younger[9] = '1';
    EXPECT_EQ(sender_of(forwarded(younger), box, now), Sender::unproven);
}

TEST_F(ForwardingTest, IgnoresWhatIsNoProof) {
    EXPECT_EQ(sender_of(request(), box, now), Sender::client);
    for (const char* value : {"", "1", "true", "for=1.2.3.4", ".", "-5.1.00", "99999999999999999999.1.00"})
        EXPECT_EQ(sender_of(forwarded(value), box, now), Sender::client) << value;
}

TEST_F(ForwardingTest, ReadsTracesOfTimesThatClocksShow) {
    const Trace trace{"000101", "103110000101", now};
    const auto read = parse_trace(trace_text(trace));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->stan, trace.stan);
    EXPECT_EQ(read->rrn, trace.rrn);
    EXPECT_EQ(read->local_transaction_time, now);
    EXPECT_TRUE(parse_trace("000101,103110000101,253402300799999999"));
    for (const char* bad :
         {"", "x", "000101,103110000101,", "000101,103110000101,0", "000101,103110000101,-5",
          "000101,103110000101,253402300800000000", "000101,103110000101,9223372036854775807",
          "000101,103110000101,9223372036854775808", "000101,            ,5", "00010a,103110000101,5"})
        EXPECT_FALSE(parse_trace(bad)) << bad;
}

}  // namespace
}  // namespace takas::api
