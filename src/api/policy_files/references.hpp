// Files name what the platform numbers: product groups and segments by name, card arts by code, ranges of card numbers
// by BIN and first number ("979201:0000000"). Here names become numbers and numbers names.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/context/context.hpp"

namespace takas::api {

class References {
  public:
    enum class Target : std::uint8_t { bin_range, card_art, product_group, customer_segment };

    /// Errors: those of the store.
    static Result<References> load(const app::Context& context);

    struct Member {
        std::string_view api, file;  ///< as the API calls the member, and as files do
        Target target;
        std::string_view what;
    };
    /// Nothing: the member means what it says.
    static const Member* member_of_api(std::string_view name);
    static const Member* member_of_file(std::string_view name);

    std::optional<std::int64_t> id_of(Target target, std::string_view name) const;
    /// "?" for what is gone.
    std::string name_of(Target target, std::int64_t id) const;

  private:
    struct Names {
        std::map<std::string, std::int64_t, std::less<>> ids;
        std::map<std::int64_t, std::string> names;
    };
    std::map<Target, Names> all_;
};

}  // namespace takas::api
