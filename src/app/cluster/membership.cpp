#include "app/cluster/membership.hpp"

#include <fmt/format.h>

#include "app/ports/tables.hpp"
#include "base/log.hpp"

namespace takas::app::cluster {
namespace {

using core::cluster::ServerNode;
using ports::CommitOutcome;

const ServerNode* find_node(const std::vector<ServerNode>& rows, std::int64_t node) {
    const auto at = std::ranges::find(rows, node, &ServerNode::node);
    return at == rows.end() ? nullptr : &*at;
}

Result<std::vector<ServerNode>> all_nodes(ports::Store& store) {
    return store.list<ServerNode>({{}, {{member_name<&ServerNode::node>}}, 0, node_count});
}

/// Its own earlier one, an unused one, else one whose last user is longest gone, so that a server which merely was cut
/// off finds its own still free.
std::optional<std::int64_t> free_node(const std::vector<ServerNode>& rows, Instant now,
                                      std::optional<Instant> earlier_life) {
    const auto own = earlier_life ? std::ranges::find(rows, *earlier_life, &ServerNode::started_at) : rows.end();
    if (own != rows.end()) return own->node;
    std::optional<std::int64_t> best;
    Instant best_ended;
    for (std::int64_t node = 0; node < node_count; ++node) {
        const ServerNode* row = find_node(rows, node);
        if (!row) return node;
        if (row->alive_until > now || (best && row->alive_until >= best_ended)) continue;
        best = node;
        best_ended = row->alive_until;
    }
    return best;
}

}  // namespace

const ServerNode* View::find(std::int64_t node) const { return find_node(living, node); }

Result<std::int64_t> Membership::join(std::optional<std::int64_t> wanted, std::optional<Instant> earlier_life) {
    constexpr int attempts_max = 2 * node_count;  // each lost one means that another server got a number
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const Instant now = clock_.now();
        const auto rows = all_nodes(store_);
        if (!rows) return std::unexpected(rows.error());
        const auto node = wanted ? wanted : free_node(*rows, now, earlier_life);
        if (!node) return fail(ErrorCode::unavailable, "all 16 node numbers are used by servers that live");
        const ServerNode* row = find_node(*rows, *node);
        if (row && row->alive_until > now && row->started_at != earlier_life)
            return fail(ErrorCode::unavailable,
                        fmt::format("node {} is used by the server at {}: give this one another --node (or auto), or "
                                    "wait {} s if that one was killed",
                                    *node, row->address.empty() ? "an unknown address" : row->address,
                                    (row->alive_until.value - now.value) / 1'000'000 + 1));
        const auto claimed = claim(*rows, *node);
        if (!claimed) return std::unexpected(claimed.error());
        if (*claimed) return *node;
    }
    return fail(ErrorCode::unavailable, "other servers took every node number that this one tried");
}

/// False when another server was faster.
Result<bool> Membership::claim(const std::vector<ServerNode>& rows, std::int64_t node) {
    const Instant now = clock_.now();
    const ServerNode* row = find_node(rows, node);
    ServerNode mine{node, "", now, now.plus_seconds(lease_s), row ? row->version + 1 : 1};
    ports::Unit unit;
    if (row)
        unit.update(mine, row->version);
    else
        unit.insert(mine);
    const auto outcome = store_.commit_and_wait(std::move(unit)).outcome;
    if (outcome == CommitOutcome::conflict || outcome == CommitOutcome::version_moved) return false;
    if (outcome != CommitOutcome::committed) return fail(ErrorCode::unavailable, "the store cannot be written");
    self_ = std::move(mine);
    return true;
}

Result<void> Membership::write_self(Instant alive_until) {
    ServerNode next = self_;
    next.alive_until = alive_until;
    ++next.version;
    ports::Unit unit;
    unit.update(next, self_.version);
    if (store_.commit_and_wait(std::move(unit)).outcome != CommitOutcome::committed)
        return fail(ErrorCode::unavailable, "this server's row was not written");  // the next look tells why
    self_ = std::move(next);
    return {};
}

Result<void> Membership::announce(std::string address) {
    self_.address = std::move(address);
    if (auto written = write_self(clock_.now().plus_seconds(lease_s)); !written) return written;
    return refresh();
}

Result<void> Membership::refresh() {
    if (is_lost_ || has_left_) return {};
    auto rows = all_nodes(store_);
    if (!rows) return std::unexpected(std::move(rows.error()));
    const Instant now = clock_.now();
    const ServerNode* mine = find_node(*rows, self_.node);
    if (!mine || mine->started_at != self_.started_at) {
        is_lost_ = true;
        log::error("node_number_lost").add("node", self_.node);
        return {};
    }
    self_.version = mine->version;  // a write of ours whose outcome was unknown
    const bool is_due = mine->alive_until < now.plus_seconds(lease_s - renew_after_s);
    publish(std::move(*rows), now);
    return is_due ? write_self(now.plus_seconds(lease_s)) : Result<void>{};
}

void Membership::publish(std::vector<ServerNode> rows, Instant now) {
    std::erase_if(rows, [&](const ServerNode& row) { return row.alive_until <= now && row.node != self_.node; });
    std::vector<std::int64_t> reachable;
    for (const ServerNode& row : rows)
        if (!row.address.empty()) reachable.push_back(row.node);
    auto next = std::make_shared<View>(View{self_.node, std::move(rows), Ring(reachable)});
    const std::lock_guard lock(published_);
    view_ = std::move(next);
}

void Membership::leave() {
    if (is_lost_ || std::exchange(has_left_, true)) return;
    self_.address.clear();
    if (auto written = write_self(Instant{}); !written) log::warning("node_number_kept").add("node", self_.node);
}

std::shared_ptr<const View> Membership::view() const {
    const std::lock_guard lock(published_);
    return view_;
}

}  // namespace takas::app::cluster
