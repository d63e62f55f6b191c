#include "app/card_security/chip_counter.hpp"

#include <utility>

#include "base/log.hpp"

namespace takas::app::card_security {
namespace {

constexpr std::int32_t none_yet = -1;

}  // namespace

Result<Entered> reset_chip_counter(Context& context, TokenId token_id, std::optional<std::int32_t> last_atc,
                                   std::string_view idempotency_key) {
    std::int32_t before = none_yet;
    const Command command{token_id, "chip.reset-counter", idempotency_key};
    auto done = run_command(context, command, [&](const core::card::Card& card, const CardView&) -> Result<Decide> {
        if (auto alive = check_alive(card); !alive) return std::unexpected(std::move(alive.error()));
        return [&before, last_atc](Subject& subject) -> std::optional<Result<Entered>> {
            before = std::exchange(subject.security.last_atc, last_atc.value_or(none_yet));
            return Entered{true, 0};
        };
    });
    log::warning("chip_counter_reset")
        .add("tenant_id", context.tenant_id)
        .add("token_id", token_id)
        .add("user_id", context.user_id)
        .add("atc_before", before)
        .add("atc_now", last_atc.value_or(none_yet))
        .add("is_accepted", done.has_value())
        .add("correlation_id", context.correlation_id);
    return done;
}

}  // namespace takas::app::card_security
