// For this room's tests: messages of every kind, at random but always right.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "protocol/iso8583/message.hpp"

namespace takas::protocol::iso8583 {

using Chance = std::mt19937_64;

inline std::size_t below(Chance& chance, std::size_t end) { return chance() % end; }

inline std::string random_value(const Profile& profile, const Field& field, Chance& chance) {
    const auto pick = [&](std::string_view alphabet) { return alphabet[below(chance, alphabet.size())]; };
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view letters = "ABCXYZabcxyz0189 ";
    constexpr std::string_view printable = "ABCxyz019 .,-/&*+=@#";
    std::size_t size = field.max;
    if (field.length != LengthForm::fixed) size = 1 + below(chance, std::min<std::size_t>(field.max, 120));
    std::string value;
    for (std::size_t i = 0; i < size; ++i) switch (field.attribute) {
            case Attribute::n:
                value += pick(digits);
                break;
            case Attribute::z:
                value += i != 16 ? pick(digits) : profile.is_packed(field) ? 'D' : '=';
                break;
            case Attribute::xn:
                value += i == 0 ? pick("CD") : pick(digits);
                break;
            case Attribute::an:
                value += pick(letters);
                break;
            case Attribute::ans:
                value += pick(printable);
                break;
            case Attribute::b:
                value += static_cast<char>(below(chance, 256));
                break;
        }
    return value;
}

/// A few of the profile's fields with values.
inline std::map<int, std::string> random_fields(const Profile& profile, std::uint64_t seed) {
    Chance chance(seed);
    std::map<int, std::string> fields;
    for (int number = 2; number <= max_field; ++number)
        if (profile.has(number) && below(chance, 4) == 0)
            fields[number] = random_value(profile, profile.field(number), chance);
    return fields;
}

inline Content content_of(std::string_view mti, const std::map<int, std::string>& fields) {
    Content content(mti);
    for (const auto& [number, value] : fields) content.set(number, value);
    return content;
}

}  // namespace takas::protocol::iso8583
