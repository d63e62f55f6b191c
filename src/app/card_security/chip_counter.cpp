#include "app/card_security/chip_counter.hpp"

#include <utility>

#include "app/audit/recorder.hpp"
#include "base/describe.hpp"
#include "base/log.hpp"

namespace takas::app::card_security {

/// What the audit log shows of it, in the card's chain.
struct AuditedCounter {
    std::optional<std::int32_t> chip_last_atc;  ///< none: any counter is taken next
};

}  // namespace takas::app::card_security

namespace takas {

template <>
struct Describe<app::card_security::AuditedCounter> {
    using T = app::card_security::AuditedCounter;
    static constexpr std::string_view name = "AuditedCounter";
    static constexpr auto& fields = columns<&T::chip_last_atc>;
};

}  // namespace takas

namespace takas::app::card_security {
namespace {

constexpr std::int32_t none_yet = -1;

AuditedCounter audited(std::int32_t last_atc) {
    return {last_atc < 0 ? std::nullopt : std::optional<std::int32_t>(last_atc)};
}

Result<void> write_audit(const Context& context, Subject& subject, std::int32_t before, std::int32_t now) {
    const AuditedCounter old_counter = audited(before), new_counter = audited(now);
    const auto state_of = [&](const AuditedCounter& counter) {
        return audit::State{core::audit::Subject::card,
                            core::audit::Topic::card,
                            std::to_string(subject.card.token_id.value),
                            Describe<AuditedCounter>::fields,
                            &counter,
                            {}};
    };
    const audit::State old_state = state_of(old_counter), new_state = state_of(new_counter);
    return audit::record(subject.work, audit::who_of(context), subject.card.token_id, &old_state, &new_state);
}

}  // namespace

Result<Entered> reset_chip_counter(Context& context, TokenId token_id, std::optional<std::int32_t> last_atc,
                                   std::string_view idempotency_key) {
    std::int32_t before = none_yet;
    const std::int32_t now = last_atc.value_or(none_yet);
    const Command command{token_id, "chip.reset-counter", idempotency_key};
    auto done = run_command(context, command, [&](const core::card::Card& card, const CardView&) -> Result<Decide> {
        if (auto alive = check_alive(card); !alive) return std::unexpected(std::move(alive.error()));
        return [&context, &before, now](Subject& subject) -> std::optional<Result<Entered>> {
            before = std::exchange(subject.security.last_atc, now);
            if (auto written = write_audit(context, subject, before, now); !written)
                return std::unexpected(std::move(written.error()));
            return Entered{true, 0};
        };
    });
    log::warning("chip_counter_reset")
        .add("tenant_id", context.tenant_id)
        .add("token_id", token_id)
        .add("user_id", context.user_id)
        .add("atc_before", before)
        .add("atc_now", now)
        .add("is_accepted", done.has_value())
        .add("correlation_id", context.correlation_id);
    return done;
}

}  // namespace takas::app::card_security
