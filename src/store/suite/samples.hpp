// Sample records and units for tests of stores.
#pragma once

#include <future>
#include <vector>

#include "store/suite/records.hpp"

namespace takas::store::suite {

using app::ports::CommitOutcome;
using app::ports::CommitResult;
using app::ports::Compare;
using app::ports::Condition;
using app::ports::Order;
using app::ports::Query;
using app::ports::Store;
using app::ports::table_of;
using app::ports::Unit;
using app::ports::where;

inline Sample sample(std::int64_t id, std::int64_t tenant = 1) {
    Sample s;
    s.tenant_id = {tenant}, s.sample_id = {id};
    return s;
}

inline Sample full_sample() {
    using namespace std::string_literals;
    Sample s = sample(7);
    s.code = "C-7", s.order = -5, s.height = 180;
    s.text = "it's \"quoted\" \x7F Şişli"s;
    s.bytes.bytes = std::string("\0\x01\xFF", 3);
    s.active = true, s.colour = Colour::dark_blue;
    s.created_at = {1'900'000'000'123'456}, s.born_on = Date{-3000};
    s.rate = {-123456789012345678, 9};
    s.raw = RawJson{R"({"a": 1.50})"};
    s.leaf = {"Ankara", 3};
    s.leaves = {{"İzmir", std::nullopt}, {"Bursa \"x\"", -1}};
    s.tags = std::vector<std::string>{"one", "two"};
    s.labels = {{"k", "v"}, {"q\"", "w"}};
    return s;
}

template <class Record>
Unit inserting(std::vector<Record> records) {
    Unit unit;
    for (Record& r : records) unit.insert(std::move(r));
    return unit;
}

/// Commits several units without waiting in between, so that they may form one group; answers in the same order.
inline std::vector<CommitResult> commit_together(Store& store, std::vector<Unit> units) {
    std::vector<std::promise<CommitResult>> promises(units.size());
    std::vector<CommitResult> results;
    for (std::size_t i = 0; i < units.size(); ++i)
        store.commit(std::move(units[i]), [&promises, i](CommitResult r) { promises[i].set_value(r); });
    for (auto& p : promises) results.push_back(p.get_future().get());
    return results;
}

}  // namespace takas::store::suite
