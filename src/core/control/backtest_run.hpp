// A back-test as a resource: what an institution asked to be tried on its past, how far that is, and what came out.
// Amounts are decimals in major units. The row and the report are kept until they are deleted; nothing else of a
// back-test is stored.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/control/control.hpp"

namespace takas::core::control {

/// Stored: numbers never change meaning.
enum class BacktestState : std::uint8_t { queued = 0, running = 1, completed = 2, failed = 3, cancelled = 4 };

/// How a decision differs under the changed set.
enum class FlipKind : std::uint8_t {
    newly_declined = 0,
    newly_approved = 1,
    other_reason = 2,  ///< declined as before, with another reason or answer
    other_amount = 3,  ///< approved as before, with another amount or fee
};
inline constexpr std::size_t flip_kinds = 4;

/// Why a part of the answer is not exact.
enum class BacktestGap : std::uint8_t {
    archived = 0,               ///< windows reach back to what is archived
    owner_unknown = 1,          ///< the owner was not recorded with the decision
    circumstances_unknown = 2,  ///< decided before circumstances were recorded
    facts_unreadable = 3,       ///< the decision cannot be made again: left out
    card_limits_of_today = 4,   ///< the card has limits of its own: those of today were taken
};
inline constexpr std::size_t backtest_gaps = 5;

/// What is tried: whole definitions in place of those of the same id; new ones have ids that no control has.
struct BacktestChange {
    bool replaces_authorization_controls = false;  ///< those that are not named are left out
    bool replaces_velocity_controls = false;
    std::vector<AuthorizationControl> authorization_controls;
    std::vector<VelocityControl> velocity_controls;
};

/// One definition that was tried.
struct BacktestSubject {
    Family family{};
    EntityId id;
    std::string name;
    std::int64_t version_no = 0;  ///< 0: a definition that is not saved
    std::string rule;
};

struct BacktestAmount {
    money::Currency currency;
    Decimal amount;
};
struct BacktestSample {
    TransactionId transaction_id;
    TokenId token_id;
    Instant transaction_time;
    Decimal amount;
    money::Currency currency;
    bool was_approved = false, is_approved = false;
    authorization::ResponseCode response_before{}, response_after{};
    std::string error_before, error_after;
    Decimal approved_before, approved_after, fee_before, fee_after;
    Family control_family{};
    EntityId control_id;
    std::string control_name;
};
struct BacktestFlips {
    FlipKind kind{};
    std::int64_t count = 0;
    std::vector<BacktestAmount> amounts;
    std::vector<BacktestSample> samples;
};
struct BacktestDay {
    Date day;
    std::int64_t decision_count = 0, newly_declined = 0, newly_approved = 0, other_reason = 0, other_amount = 0;
};
struct BacktestApproximation {
    BacktestGap gap{};
    std::int64_t count = 0;
};

struct BacktestReport {
    std::int64_t decision_count = 0, approved_before = 0, approved_after = 0;
    std::int64_t differs_from_made = 0;
    std::int64_t counted_only = 0;
    std::int64_t affected_card_count = 0;
    std::vector<BacktestFlips> flips;
    std::vector<BacktestDay> days;
    std::vector<BacktestApproximation> approximations;
};

struct BacktestRun {
    TenantId tenant_id;
    EntityId id;
    BacktestState state{};
    Instant from_at, to_at;
    BacktestChange change;
    std::vector<BacktestSubject> tested;
    std::int64_t decision_count = 0;
    std::int32_t progress_percent = 0;
    std::optional<BacktestReport> report;
    std::string error_code;  ///< public code of what made it fail; "" nothing did
    std::string creator_id, user_name;
    Instant creation_time;
    std::optional<Instant> started_at, finished_at;
    Instant held_until;  ///< somebody is known to be at it
    std::int64_t version = 1;
};

}  // namespace takas::core::control

namespace takas {

template <>
struct EnumNames<core::control::BacktestState> {
    using E = core::control::BacktestState;
    static constexpr std::string_view name = "BacktestState";
    static constexpr std::array values{named(E::queued, "Queued"), named(E::running, "Running"),
                                       named(E::completed, "Completed"), named(E::failed, "Failed"),
                                       named(E::cancelled, "Cancelled")};
};
template <>
struct EnumNames<core::control::FlipKind> {
    using E = core::control::FlipKind;
    static constexpr std::string_view name = "BacktestFlipKind";
    static constexpr std::array values{named(E::newly_declined, "NewlyDeclined"),
                                       named(E::newly_approved, "NewlyApproved"), named(E::other_reason, "OtherReason"),
                                       named(E::other_amount, "OtherAmount")};
};
template <>
struct EnumNames<core::control::BacktestGap> {
    using E = core::control::BacktestGap;
    static constexpr std::string_view name = "BacktestGap";
    static constexpr std::array values{named(E::archived, "Archived"), named(E::owner_unknown, "OwnerUnknown"),
                                       named(E::circumstances_unknown, "CircumstancesUnknown"),
                                       named(E::facts_unreadable, "FactsUnreadable"),
                                       named(E::card_limits_of_today, "CardLimitsOfToday")};
};

template <>
struct Describe<core::control::BacktestChange> {
    using T = core::control::BacktestChange;
    static constexpr std::string_view name = "BacktestChange";
    static constexpr auto& fields = columns<&T::replaces_authorization_controls, &T::replaces_velocity_controls,
                                            &T::authorization_controls, &T::velocity_controls>;
};
template <>
struct Describe<core::control::BacktestSubject> {
    using T = core::control::BacktestSubject;
    static constexpr std::string_view name = "BacktestSubjectDto";
    static constexpr std::array fields{
        field<&T::family>("Which kind of control").required().example("VelocityControl"),
        field<&T::id>("The control").required().example("61234567890"),
        field<&T::name>("Its name, as the tried definition says it").required().example("Daily cash"),
        field<&T::version_no>("Version that was tried; 0: a definition that is not saved").required().example("3"),
        field<&T::rule>("Rule that was tried; empty: none").required().example("mcc == 7995"),
    };
};
template <>
struct Describe<core::control::BacktestAmount> {
    using T = core::control::BacktestAmount;
    static constexpr std::string_view name = "BacktestAmountDto";
    static constexpr std::array fields{
        field<&T::currency>("Currency of the accounts, ISO 4217 number").required().example("949"),
        field<&T::amount>("Sum in it").required().example("18250.00"),
    };
};
template <>
struct Describe<core::control::BacktestSample> {
    using T = core::control::BacktestSample;
    static constexpr std::string_view name = "BacktestSampleDto";
    static constexpr std::array fields{
        field<&T::transaction_id>("The transaction").required().example("61234567890"),
        field<&T::token_id>("Its card").required().example("61234567891"),
        field<&T::transaction_time>("When it was decided").required().example("2031-03-01T10:00:00Z"),
        field<&T::amount>("What was asked, in the account's currency").required().example("750.00"),
        field<&T::currency>("The account's currency, ISO 4217 number").required().example("949"),
        field<&T::was_approved>("Under the controls that are in force").required(),
        field<&T::is_approved>("Under the changed ones").required(),
        field<&T::response_before>("Answer under the controls that are in force").required().example("Approved"),
        field<&T::response_after>("Answer under the changed ones").required().example("ExceedsWithdrawalAmountLimit"),
        field<&T::error_before>("Why it was declined; empty: it was not").required(),
        field<&T::error_after>("Why it is declined; empty: it is not").required().example("AUTH:00024"),
        field<&T::approved_before>("What was approved").required().example("750.00"),
        field<&T::approved_after>("What is approved").required().example("0.00"),
        field<&T::fee_before>("Fee with its taxes").required().example("0.00"),
        field<&T::fee_after>("Fee with its taxes").required().example("0.00"),
        field<&T::control_family>("Of the control that decided otherwise").required().example("VelocityControl"),
        field<&T::control_id>("The control that declines, or that had declined; 0: none did")
            .required()
            .example("61234567892"),
        field<&T::control_name>("Its name").required().example("Daily cash"),
    };
};
template <>
struct Describe<core::control::BacktestFlips> {
    using T = core::control::BacktestFlips;
    static constexpr std::string_view name = "BacktestFlipsDto";
    static constexpr std::array fields{
        field<&T::kind>("What is different").required().example("NewlyDeclined"),
        field<&T::count>("Decisions").required().example("412"),
        field<&T::amounts>("Their amounts, by currency; of OtherAmount the difference").required(),
        field<&T::samples>("Some of them, drawn evenly from all, oldest first").required(),
    };
};
template <>
struct Describe<core::control::BacktestDay> {
    using T = core::control::BacktestDay;
    static constexpr std::string_view name = "BacktestDayDto";
    static constexpr std::array fields{
        field<&T::day>("Day of the institution's calendar").required().example("2031-03-01"),
        field<&T::decision_count>("Decisions on it").required().example("5120"),
        field<&T::newly_declined>("Approved before, declined now").required().example("12"),
        field<&T::newly_approved>("Declined before, approved now").required().example("3"),
        field<&T::other_reason>("Declined with another reason or answer").required().example("0"),
        field<&T::other_amount>("Approved with another amount or fee").required().example("0"),
    };
};
template <>
struct Describe<core::control::BacktestApproximation> {
    using T = core::control::BacktestApproximation;
    static constexpr std::string_view name = "BacktestApproximationDto";
    static constexpr std::array fields{
        field<&T::gap>("Why a part is not exact").required().example("OwnerUnknown"),
        field<&T::count>("How many decisions that concerns; 0: how many cannot be told").required().example("17"),
    };
};
template <>
struct Describe<core::control::BacktestReport> {
    using T = core::control::BacktestReport;
    static constexpr std::string_view name = "BacktestReportDto";
    static constexpr std::array fields{
        field<&T::decision_count>("Decisions of the period that were made again").required().example("128000"),
        field<&T::approved_before>("Approved under the controls that are in force").required().example("121500"),
        field<&T::approved_after>("Approved under the changed ones").required().example("121100"),
        field<&T::differs_from_made>("Decisions that the controls in force would make otherwise than they were made "
                                     "then: because they were changed since")
            .required()
            .example("0"),
        field<&T::counted_only>("Decisions from before the period that were read for the counters")
            .required()
            .example("31000"),
        field<&T::affected_card_count>("Cards with a different decision").required().example("390"),
        field<&T::flips>("Decisions that come out differently, by kind").required(),
        field<&T::days>("The same by day").required(),
        field<&T::approximations>("What is not exact, and why; empty: all is").required(),
    };
};
template <>
struct Describe<core::control::BacktestRun> {
    using T = core::control::BacktestRun;
    static constexpr std::string_view name = "BacktestRun";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::state, &T::from_at, &T::to_at, &T::change, &T::tested, &T::decision_count,
                &T::progress_percent, &T::report, &T::error_code, &T::creator_id, &T::user_name, &T::creation_time,
                &T::started_at, &T::finished_at, &T::held_until, &T::version>;
};

}  // namespace takas
