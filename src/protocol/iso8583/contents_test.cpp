#include "protocol/iso8583/contents.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace takas::protocol::iso8583 {
namespace {

std::optional<wire::FormatError> objection(std::string_view profile, int field, std::string_view value) {
    const Bytes octets = encode(Content("0100").set(field, value), *find_profile(profile)).value();
    return check_contents(decode(octets, *find_profile(profile)).value());
}

TEST(iso8583_contents, are_checked_in_every_profile) {
    for (const std::string_view name : {"iso87_ascii_binmap", "iso87_bcd", "iso87_ebcdic"}) {
        EXPECT_FALSE(objection(name, 35, "9792030394440796D3112101123")) << name;
        EXPECT_EQ(objection(name, 35, "9792030394440796D3113101123").value().fault, wire::Fault::wrong_date) << name;
        EXPECT_EQ(objection(name, 35, "979203039444079631131011234").value().fault, wire::Fault::no_separator) << name;
        EXPECT_FALSE(objection(name, 55, text_of(*hex_decode("9F36020001"))));
        const auto error = objection(name, 55, text_of(*hex_decode("9F360200"))).value();
        EXPECT_EQ(describe(error), "DE 55 ends too early");
        EXPECT_FALSE(objection(name, 3, "000000"));
    }
}

}  // namespace
}  // namespace takas::protocol::iso8583
