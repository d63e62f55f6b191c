// The personalisation file of one office and one day: what its machines print, write on the stripe and put into the
// chip. Card numbers, tracks and verification values are sealed under a data key of this file, PINs are blocks under a
// PIN key of this file, chip keys are key blocks; all of these keys travel as key blocks under the office's
// personalisation key. The format is in docs/operating/perso.md. Nothing of it is stored by Takas.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/context/context.hpp"

namespace takas::app::perso {

struct PersoOrder {
    std::string office_code;
    Date date;  ///< the institution's calendar date on which the cards were ordered
};

struct PersoSummary {
    std::int64_t card_count = 0;
    std::int64_t with_pin_count = 0;
    std::int64_t with_chip_count = 0;
    std::string key_check_value;  ///< of the office's personalisation key
    bool is_office_known = true;  ///< false: no card of the day, no product and no key names it
};

/// `line` takes each line without its end and says false when it cannot; then: unavailable.
/// Errors: hsm_key_not_found (no personalisation key for the office, no card keys), those of HSM and store.
Result<PersoSummary> write_perso_file(Context& context, const PersoOrder& order,
                                      const std::function<bool(std::string_view)>& line);

}  // namespace takas::app::perso
