#include "app/card_security/verdicts.hpp"

namespace takas::app::card_security {

namespace authorization = core::authorization;
using authorization::ArqcResultCode;
using authorization::CvcResultCode;
using authorization::Outcome;
using authorization::Rule;
using authorization::Verdict;
using core::card::CardSecurity;

namespace {

Outcome outcome_of(const authorization::Decision& decision, Rule rule) {
    return decision.checks[static_cast<std::size_t>(rule)].outcome;
}

bool was_asked(const authorization::Decision& decision, Rule rule) {
    const Outcome outcome = outcome_of(decision, rule);
    return outcome == Outcome::passed || outcome == Outcome::failed;
}

ArqcResultCode with_atc(const Verdicts& v, const CardSecurity& security) {
    if (v.arqc_result != ArqcResultCode::passed || !v.atc) return v.arqc_result;
    const bool is_fresh = core::card::check_atc(security, *v.atc) == core::card::AtcVerdict::fresh;
    return is_fresh ? ArqcResultCode::passed : ArqcResultCode::atc_invalid;
}

/// A code of the chip is good once.
bool is_replayed(const Verdicts& v, const CardSecurity& security) {
    return v.stripe_atc && core::card::check_atc(security, *v.stripe_atc) != core::card::AtcVerdict::fresh;
}

}  // namespace

bool is_outdated(const Verdicts& v, const CardSecurity& security) {
    return v.pin != Verdict::not_performed && v.pin_version != security.pin_version;
}

void become_facts(const Verdicts& v, const CardSecurity& security, authorization::Request& request,
                  authorization::Facts& facts) {
    facts.cvv = v.cvv;
    facts.cvv2 = v.cvv2;
    facts.pin = v.pin;
    request.cvc_result = v.cvc_result;
    if (is_replayed(v, security)) {
        facts.cvv = Verdict::failed;
        request.cvc_result = CvcResultCode::cvv_failed;
    }
    if (v.cvv2 != Verdict::not_performed && security.is_cvv2_blocked) {
        facts.cvv2 = Verdict::blocked;
        if (v.cvv != Verdict::failed) request.cvc_result = CvcResultCode::cvv2_failed;
    }
    if (v.pin != Verdict::not_performed && security.is_pin_blocked) facts.pin = Verdict::blocked;
    if (v.arqc_result != ArqcResultCode::not_performed) {
        request.arqc_result = with_atc(v, security);
        facts.arqc = request.arqc_result == v.arqc_result ? v.arqc : Verdict::failed;
    }
    if (v.cavv != Verdict::not_performed || v.cavv_result != authorization::CavvResultCode::not_present) {
        request.cavv_result = v.cavv_result;
        facts.cavv = v.cavv;
    }
}

Counted count(const Verdicts& v, const authorization::Request& request, const authorization::Decision& decision,
              TransactionId transaction_id, CardSecurity& security) {
    Counted counted;
    if (v.cvv2 != Verdict::not_performed && was_asked(decision, Rule::cvv2)) {
        const auto entry = core::card::enter_cvv2(security, v.cvv2 == Verdict::passed, v.limits.cvv2);
        counted.is_changed = counted.is_changed || entry.is_changed;
        counted.is_cvv2_blocked_now = entry.is_blocked_now;
    }
    if (v.is_pin_guess && was_asked(decision, Rule::pin)) {
        const auto entry = core::card::enter_pin(security, v.pin == Verdict::passed, v.limits.pin);
        counted.is_changed = counted.is_changed || entry.is_changed;
        counted.is_pin_blocked_now = entry.is_blocked_now;
    }
    const bool is_duplicate = outcome_of(decision, Rule::duplicate) == Outcome::failed;
    if (request.arqc_result == ArqcResultCode::passed && v.atc && !is_duplicate) {
        // Whatever else refused: this counter was used, and a second message with it is a replay.
        security.last_atc = *v.atc;
        counted.is_changed = true;
        core::card::send_scripts(security, transaction_id, v.last_script_no);
    }
    if (v.stripe_atc && !is_replayed(v, security) && !is_duplicate) {
        security.last_atc = *v.stripe_atc;
        counted.is_changed = true;
    }
    return counted;
}

}  // namespace takas::app::card_security
