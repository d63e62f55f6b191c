// The table of back-tests, apart from tables.hpp: few need it.
#pragma once

#include "app/ports/tables.hpp"
#include "core/control/backtest_run.hpp"

namespace takas::app::ports {

template <>
struct TableOf<core::control::BacktestRun> {
    using T = core::control::BacktestRun;
    static constexpr Table table = make<T>("backtest_run", names<&T::tenant_id, &T::id>);
};

}  // namespace takas::app::ports
