#include "protocol/iso8583/contents.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/encoding.hpp"

namespace takas::protocol::iso8583 {
namespace {

using enum wire::Fault;

/// What is said about a sound request in which some fields have other values; "" takes a field away.
std::string objection(std::string_view profile, const std::map<int, std::string>& changes,
                      std::string_view mti = "0100") {
    std::map<int, std::string> fields{{2, "9792030394440796"}, {3, "000000"},  {4, "000000000100"}, {7, "1122053000"},
                                      {11, "000001"},          {12, "083000"}, {13, "1122"}};
    for (const auto& [number, value] : changes) fields[number] = value;
    Content content(mti);
    for (const auto& [number, value] : fields)
        if (!value.empty()) content.set(number, value);
    const Bytes octets = encode(content, *find_profile(profile)).value();
    const auto error = check_contents(decode(octets, *find_profile(profile)).value());
    return error ? describe(*error) : "";
}

std::string said(int field, wire::Fault fault) {
    return "DE " + std::to_string(field) + " " + std::string(sentence(fault));
}

TEST(iso8583_contents, are_checked_in_every_form) {
    for (const std::string_view name : {"iso87_ascii_binmap", "iso87_ascii_hexmap", "iso87_bcd", "iso87_ebcdic"}) {
        EXPECT_EQ(objection(name, {}), "") << name;
        EXPECT_EQ(objection(name, {{35, "9792030394440796D3112101123"}}), "");
        EXPECT_EQ(objection(name, {{35, "979203039444079631131011234"}}), said(35, no_separator));
        EXPECT_EQ(objection(name, {{35, "9792030394440796D3113101123"}}), said(35, wrong_date));
        EXPECT_EQ(objection(name, {{55, std::string(text_of(*hex_decode("9F36020001")))}}), "");
        EXPECT_EQ(objection(name, {{55, std::string(text_of(*hex_decode("9F360200")))}}), said(55, ends_early));
        EXPECT_EQ(objection(name, {{2, "97920303944"}}), said(2, wrong_length));
        for (const char* time : {"1322053000", "1132053000", "0022053000", "1122243000", "1122056000", "1122053060"})
            EXPECT_EQ(objection(name, {{7, time}}), said(7, wrong_date)) << time;
        EXPECT_EQ(objection(name, {{12, "240000"}}), said(12, wrong_date));
        EXPECT_EQ(objection(name, {{13, "0230"}}), "") << "the year is not known";
        EXPECT_EQ(objection(name, {{13, "1200"}}), said(13, wrong_date));
    }
}

TEST(iso8583_contents, what_no_request_can_be_without) {
    const auto without = [](int field, std::string_view mti) { return objection("iso87_bcd", {{field, ""}}, mti); };
    for (const char* mti : {"0100", "0120", "0200", "0220"})
        for (const int field : {2, 3, 4, 11}) EXPECT_EQ(without(field, mti), said(field, missing_part)) << mti;
    EXPECT_EQ(without(2, "0110"), "");
    EXPECT_EQ(without(4, "0800"), "");
    EXPECT_EQ(without(11, "0800"), said(11, missing_part));
    EXPECT_EQ(objection("iso87_bcd", {{2, ""}, {35, "9792030394440796D3112101123"}}), "");
}

TEST(iso8583_contents, local_time_of_1993_has_its_date) {
    const auto local = [](std::string time) {
        return objection("iso93_bcd", {{12, std::move(time)}, {13, ""}}, "1100");
    };
    EXPECT_EQ(local("261122083000"), "");
    EXPECT_EQ(local("261322083000"), said(12, wrong_date));
    EXPECT_EQ(local("261122250000"), said(12, wrong_date));
}

}  // namespace
}  // namespace takas::protocol::iso8583
