#include "api/cards/security_dto.hpp"
#include "api/cards/security_endpoints.hpp"
#include "api/framework/forwarding.hpp"
#include "app/card_security/chip_counter.hpp"

namespace takas::api {
namespace {

Result<ChipCounterDto> reset_counter(Call& call, const ResetChipCounterRequestDto& body) {
    const auto done =
        app::card_security::reset_chip_counter(call.context, body.token_id, body.last_atc, idempotency_key_of(call));
    if (!done) return std::unexpected(done.error());
    return ChipCounterDto{body.token_id, body.last_atc};
}

using enum ErrorCode;

constexpr std::array rows{
    endpoint<&reset_counter>(Method::post, "/api/v1/issuing/card/chip/reset-counter", "resetChipCounter",
                             "CardSecurity", "Set what the chip's transaction counter must be above",
                             Permission::card_pin, Idempotency::accepted,
                             {card_not_found, card_wrong_status, outcome_unknown}),
};

}  // namespace

std::span<const Endpoint> chip_endpoints() { return rows; }

}  // namespace takas::api
