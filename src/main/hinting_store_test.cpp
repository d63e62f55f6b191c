#include "main/hinting_store.hpp"

#include <gtest/gtest.h>

#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

TEST(HintingStore, TellsOfCommittedEventsOnly) {
    const auto memory = std::make_shared<store::memory::MemoryStore>(store::memory::MemoryOptions{.manual_step = true});
    HintingStore store(memory);
    int hints = 0;
    store.on_events([&] { ++hints; });
    const auto commit = [&](auto record, store::memory::Fault fault = store::memory::Fault::none) {
        app::ports::Unit unit;
        unit.insert(std::move(record));
        store.commit(std::move(unit), [](app::ports::CommitResult) {});
        memory->step(fault);
    };
    commit(app::ports::Meta{"a", "b"});
    EXPECT_EQ(hints, 0);
    commit(core::event::DomainEvent{});
    EXPECT_EQ(hints, 1);
    commit(core::event::DomainEvent{}, store::memory::Fault::unavailable);
    EXPECT_EQ(hints, 1);
    store.on_events(nullptr);
    commit(core::event::DomainEvent{});
    EXPECT_EQ(hints, 1);
}

}  // namespace
}  // namespace takas::main
