#include "app/backtests/sets.hpp"

#include <algorithm>
#include <iterator>

#include "app/ports/tables.hpp"

namespace takas::app::backtests {

namespace {

using ports::where;

constexpr std::int64_t rows_per_read = 1000;

/// Every row of the institution, a page at a time, in the order of `Key`, which is unique in it.
template <class Record, auto Key>
Result<std::vector<Record>> all_of(ports::Store& store, TenantId tenant_id) {
    std::vector<Record> all;
    for (;;) {
        auto page = store.list<Record>({{where<&Record::tenant_id>(tenant_id)},
                                        {{member_name<Key>}},
                                        static_cast<std::int64_t>(all.size()),
                                        rows_per_read});
        if (!page) return std::unexpected(std::move(page.error()));
        const bool is_last = static_cast<std::int64_t>(page->size()) < rows_per_read;
        std::ranges::move(*page, std::back_inserter(all));
        if (is_last) return all;
    }
}

template <class Record, auto Key>
Result<void> read(ports::Store& store, TenantId tenant_id, std::vector<Record>& into) {
    auto rows = all_of<Record, Key>(store, tenant_id);
    if (!rows) return std::unexpected(std::move(rows.error()));
    into = std::move(*rows);
    return {};
}

template <class Control>
void replace(std::vector<Control>& controls, const std::vector<Control>& by, bool is_whole) {
    if (is_whole) controls.clear();
    for (const Control& one : by) {
        const auto known = std::ranges::find(controls, one.id, &Control::id);
        if (known != controls.end())
            *known = one;
        else
            controls.push_back(one);
    }
}

}  // namespace

Result<PolicySet::Source> source_of(ports::Store& store, TenantId tenant_id) {
    using namespace core;
    PolicySet::Source s;
    using control::AuthorizationControl, control::VelocityControl, control::ControlLink;
    auto done = read<AuthorizationControl, &AuthorizationControl::id>(store, tenant_id, s.authorization_controls);
    if (done) done = read<VelocityControl, &VelocityControl::id>(store, tenant_id, s.velocity_controls);
    if (done) done = read<fee::TransactionFee, &fee::TransactionFee::id>(store, tenant_id, s.transaction_fees);
    if (done) done = read<ControlLink, &ControlLink::id>(store, tenant_id, s.links);
    if (done) done = read<fee::Tax, &fee::Tax::name>(store, tenant_id, s.taxes);
    if (!done) return std::unexpected(std::move(done.error()));
    std::erase_if(s.taxes, [](const fee::Tax& tax) { return !tax.is_active; });
    auto products = all_of<product::CardProduct, &product::CardProduct::code>(store, tenant_id);
    if (!products) return std::unexpected(std::move(products.error()));
    for (const auto& row : *products)
        if (row.product_group_id) s.product_groups.emplace_back(row.code, row.product_group_id);
    return s;
}

PolicySet::Source changed(PolicySet::Source source, const BacktestChange& change) {
    replace(source.authorization_controls, change.authorization_controls, change.replaces_authorization_controls);
    replace(source.velocity_controls, change.velocity_controls, change.replaces_velocity_controls);
    return source;
}

}  // namespace takas::app::backtests
