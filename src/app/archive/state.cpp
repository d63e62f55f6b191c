#include "app/archive/state.hpp"

#include <charconv>

#include "app/ports/tables.hpp"

namespace takas::app::archive {
namespace {

using ports::Meta;
using ports::where;

constexpr std::string_view archived_before_name = "archived_before", head_name = "archive_head",
                           events_before_name = "events_before";

Result<std::string> value_of(ports::Store& store, std::string_view name) {
    auto row = store.find<Meta>({where<&Meta::name>(name)});
    if (!row) return std::unexpected(std::move(row.error()));
    return *row ? (*row)->value : std::string();
}

Result<Instant> instant_of(ports::Store& store, std::string_view name) {
    const auto text = value_of(store, name);
    if (!text) return std::unexpected(text.error());
    Instant instant;
    if (text->empty()) return instant;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), instant.value);
    if (error != std::errc{} || end != text->data() + text->size())
        return fail(ErrorCode::internal, "meta " + std::string(name) + " is no instant");
    return instant;
}

Meta row(std::string_view name, std::string value) { return {std::string(name), std::move(value)}; }

}  // namespace

void guard_meta(ports::Unit& unit, std::string_view name, const std::string& value) {
    unit.require(row(name, value));
    unit.forbid<Meta>({where<&Meta::name>(name), where<&Meta::value>(ports::Compare::not_equal, value)});
}

Result<void> check_committed(const ports::CommitResult& result) {
    switch (result.outcome) {
        case ports::CommitOutcome::committed:
            return {};
        case ports::CommitOutcome::conflict:
        case ports::CommitOutcome::version_moved:
            return fail(ErrorCode::concurrent_change,
                        "another server works on the archive, or a row of " + std::string(result.table) + " moved");
        case ports::CommitOutcome::unavailable:
        case ports::CommitOutcome::unknown:
            break;
    }
    return fail(ErrorCode::unavailable, "the store cannot be written");
}

Result<State> read_state(ports::Store& store) {
    const auto archived = instant_of(store, archived_before_name);
    if (!archived) return std::unexpected(archived.error());
    auto head = value_of(store, head_name);
    if (!head) return std::unexpected(std::move(head.error()));
    const auto events = instant_of(store, events_before_name);
    if (!events) return std::unexpected(events.error());
    return State{*archived, std::move(*head), *events};
}

Result<void> ensure_state(ports::Store& store) {
    ports::Unit unit;
    unit.insert_if_absent(row(archived_before_name, "0"));
    unit.insert_if_absent(row(head_name, ""));
    unit.insert_if_absent(row(events_before_name, "0"));
    return check_committed(store.commit_and_wait(std::move(unit)));
}

void guard_by(ports::Unit& unit, const State& state) {
    guard_meta(unit, archived_before_name, std::to_string(state.archived_before.value));
}

Result<void> change_state(ports::Store& store, const State& from, const State& to, ports::Unit unit) {
    guard_by(unit, from);
    guard_meta(unit, events_before_name, std::to_string(from.events_before.value));
    unit.update(row(archived_before_name, std::to_string(to.archived_before.value)));
    unit.update(row(head_name, to.head));
    unit.update(row(events_before_name, std::to_string(to.events_before.value)));
    return check_committed(store.commit_and_wait(std::move(unit)));
}

}  // namespace takas::app::archive
