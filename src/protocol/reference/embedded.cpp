// Quotes, not angle brackets: the formatter takes the latter apart. The folders are given by CMakeLists.txt.
#include "protocol/reference/embedded.hpp"

namespace takas::protocol::reference::embedded {
namespace {

constexpr unsigned char currency_file[] = {
#embed "iso_4217.json"
};
constexpr unsigned char country_file[] = {
#embed "iso_3166-1.json"
};
constexpr unsigned char category_file[] = {
#embed "merchant-category-codes/without_groups/mcc-en.json"
};

template <std::size_t Size>
std::string_view text_of(const unsigned char (&file)[Size]) {
    return {reinterpret_cast<const char*>(file), Size};
}

}  // namespace

std::string_view currencies() { return text_of(currency_file); }
std::string_view countries() { return text_of(country_file); }
std::string_view categories() { return text_of(category_file); }

}  // namespace takas::protocol::reference::embedded
