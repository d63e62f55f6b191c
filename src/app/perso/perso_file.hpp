// The personalisation file of one office: what its machines print, write on the stripe and put into the chip. Card
// numbers, tracks and verification values are sealed under a data key of this file, PINs are blocks under a PIN key of
// this file, chip keys are key blocks; all of these keys travel as key blocks under the office's personalisation key.
// The format is in docs/operating/perso.md. Takas keeps which orders were in it (export.hpp), nothing of its content.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

/// An order and the card it is about, as both are stored.
struct PrintOrder {
    core::perso::Issuance order;
    core::card::Card card;
};

struct PersoSummary {
    std::int64_t card_count = 0;
    std::int64_t with_pin_count = 0;
    std::int64_t with_chip_count = 0;
    std::string key_check_value;  ///< of the office's personalisation key
    std::string sha256;           ///< as in the trailer
};

/// `line` takes each line without its end and says false when it cannot; then: unavailable.
/// Errors: hsm_key_not_found (no personalisation key for the office, no card keys), those of HSM and store.
Result<PersoSummary> write_perso_file(Context& context, const core::perso::PersoFile& file,
                                      std::span<const PrintOrder> orders,
                                      const std::function<bool(std::string_view)>& line);

}  // namespace takas::app::perso
