// The facts of an example that a user sends with a rule: {"mcc": 5411, "cardAcceptorCountry": "TR"}.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "core/control/rule/value.hpp"

namespace takas::api::rules {

class Example {
  public:
    /// Errors: validation, with every wrong member's path ("example.mcc").
    static Result<Example> read(std::string_view json, core::control::rule::Scope scope);
    /// Valid as long as this is.
    core::control::rule::Facts facts() const;

  private:
    struct Given {
        core::control::rule::Field field{};
        std::int64_t number = 0;
        std::string text;
    };
    std::vector<Given> given_;
};

}  // namespace takas::api::rules
