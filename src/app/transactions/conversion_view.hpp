// How the billing amount of one transaction came out of its amount in another currency: by the network, or by the
// institution's own table with the product's mark-up on it. Asked of one transaction, not of a list: it is read from
// the facts and the record of the decision.
#pragma once

#include <array>
#include <optional>

#include "base/decimal.hpp"
#include "base/describe.hpp"
#include "core/authorization/transaction.hpp"

namespace takas::app::transactions {

enum class ConversionSource : std::uint8_t { network, institution };

struct ConversionView {
    std::optional<ConversionSource> source;  ///< nothing: nothing was converted
    std::optional<Decimal> base_rate;        ///< of the institution's table, before the mark-up
    std::optional<std::int32_t> markup_bps;
};

ConversionView conversion_of(const core::authorization::CardTransaction& transaction);

}  // namespace takas::app::transactions

namespace takas {

template <>
struct EnumNames<app::transactions::ConversionSource> {
    using E = app::transactions::ConversionSource;
    static constexpr std::string_view name = "ConversionSource";
    static constexpr std::array values{named(E::network, "Network"), named(E::institution, "Institution")};
};

}  // namespace takas
