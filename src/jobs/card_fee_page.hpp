// What became of each due row of a page, while it is worked on. Private to the job card-fees.
#pragma once

#include "jobs/card_fees.hpp"

namespace takas::jobs {

/// How long a charge that is not possible now rests before it is tried again.
inline constexpr std::int64_t card_fee_retry_s = 3'600;

struct CardFees::Tried {
    core::fee::CardFeeDue due;
    bool is_stored = false;  ///< it has a row; a period that is found by the look has none
    std::optional<app::fees::CardCharge> charge{};
    app::fees::Charged charged = app::fees::Charged::unavailable;
    std::string_view waits_for{};  ///< "": it does not wait
};

}  // namespace takas::jobs
