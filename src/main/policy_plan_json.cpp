#include "main/policy_plan_json.hpp"

#include <algorithm>
#include <array>

#include "protocol/json/codec.hpp"

namespace takas::main {
namespace {

struct KeyJson {
    std::string key;
    std::optional<std::string> before, now;  ///< as in the file; nothing: not said
};
struct ChangeJson {
    std::string action, kind, name;
    std::vector<KeyJson> keys;
    std::vector<std::string> warnings;
};
struct MistakeJson {
    std::string file;
    std::int64_t line = 0;
    std::optional<std::string> key;
    std::string reason;
};
struct TrialJson {
    std::int64_t days = 0, accounts = 0;
    bool is_whole = false;
    core::control::BacktestReport report;
};
struct PlanJson {
    std::vector<MistakeJson> mistakes;
    std::vector<ChangeJson> changes;
    std::int64_t added = 0, changed = 0, deleted = 0;
    std::vector<std::string> kept;
    std::optional<std::string> hash;
    std::optional<TrialJson> trial;
};

std::optional<std::string> said(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

ChangeJson json_of(const api::PolicyChange& change) {
    constexpr std::array actions{"added", "changed", "deleted"};
    ChangeJson made{
        actions.at(static_cast<std::size_t>(change.action)), change.table, change.name, {}, change.warnings};
    for (const auto& one : change.keys) made.keys.push_back({one.key, said(one.before), said(one.now)});
    return made;
}

}  // namespace
}  // namespace takas::main

namespace takas {

template <>
struct Describe<main::KeyJson> {
    using T = main::KeyJson;
    static constexpr std::string_view name = "PolicyPlanKey";
    static constexpr auto& fields = columns<&T::key, &T::before, &T::now>;
};
template <>
struct Describe<main::ChangeJson> {
    using T = main::ChangeJson;
    static constexpr std::string_view name = "PolicyPlanChange";
    static constexpr auto& fields = columns<&T::action, &T::kind, &T::name, &T::keys, &T::warnings>;
};
template <>
struct Describe<main::MistakeJson> {
    using T = main::MistakeJson;
    static constexpr std::string_view name = "PolicyPlanMistake";
    static constexpr auto& fields = columns<&T::file, &T::line, &T::key, &T::reason>;
};
template <>
struct Describe<main::TrialJson> {
    using T = main::TrialJson;
    static constexpr std::string_view name = "PolicyPlanTrial";
    static constexpr auto& fields = columns<&T::days, &T::accounts, &T::is_whole, &T::report>;
};
template <>
struct Describe<main::PlanJson> {
    using T = main::PlanJson;
    static constexpr std::string_view name = "PolicyPlan";
    static constexpr auto& fields =
        columns<&T::mistakes, &T::changes, &T::added, &T::changed, &T::deleted, &T::kept, &T::hash, &T::trial>;
};

}  // namespace takas

namespace takas::main {

std::string plan_json(const api::PolicyPlan& plan, const std::optional<app::policy_files::Trial>& trial,
                      std::int64_t days) {
    PlanJson out;
    for (const auto& one : plan.mistakes) out.mistakes.push_back({one.file, one.line, said(one.key), one.reason});
    for (const auto& change : plan.changes) out.changes.push_back(json_of(change));
    const auto count = [&](api::PolicyAction action) {
        return std::ranges::count(plan.changes, action, &api::PolicyChange::action);
    };
    out.added = count(api::PolicyAction::added);
    out.changed = count(api::PolicyAction::changed);
    out.deleted = count(api::PolicyAction::removed);
    out.kept = plan.kept;
    out.hash = said(plan.hash);
    if (trial) out.trial = TrialJson{days, trial->accounts, trial->is_whole, trial->report};
    return protocol::json::encode(out);
}

}  // namespace takas::main
