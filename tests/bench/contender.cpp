#include "contender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ranges>
#include <stdexcept>

namespace takas::bench {
namespace {

constexpr int open_loop_connections = 256;
/// A loop that has just begun is not yet in its stride: batches are small, the processor slow.
constexpr std::chrono::milliseconds closed_warm_up{250}, open_warm_up{500};

}  // namespace

Contender::Contender(std::unique_ptr<ServerProcess> server, std::vector<std::int64_t> tokens)
    : server_(std::move(server)), tokens_(std::move(tokens)), access_token_(server_->access_token()) {}

LoadResult Contender::run(LoadPlan plan, std::size_t accounts) {
    plan.port = server_->port();
    plan.access_token = access_token_;
    if (plan.tokens.empty())
        plan.tokens.assign(tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(accounts));
    plan.first_message_no = next_message_no_;
    auto result = run_load(plan);
    next_message_no_ += result.messages();
    approved_ += result.approved + result.warm_up_approved;
    refused_ += result.other;
    if (result.declined + (tolerates_refusals_ ? 0 : result.other) > 0)
        throw std::runtime_error(fmt::format("{} declined, {} failed", result.declined, result.other));
    return result;
}

LoadResult Contender::closed(int connections, std::chrono::milliseconds duration, std::size_t accounts) {
    LoadPlan plan;
    plan.connections = connections;
    plan.warm_up = closed_warm_up;
    plan.duration = duration;
    return run(std::move(plan), accounts);
}

LoadResult Contender::open(double rate, std::chrono::milliseconds duration, std::size_t accounts) {
    LoadPlan plan;
    plan.connections = open_loop_connections;
    plan.warm_up = open_warm_up;
    plan.rate = rate;
    plan.duration = duration;
    return run(std::move(plan), accounts);
}

int best_connections(Contender& contender, const std::vector<int>& counts, std::chrono::milliseconds duration) {
    // There and back again: what comes later meets a larger, warmer database.
    std::map<int, double> rates;
    for (const int count : counts) rates[count] += contender.closed(count, duration, contender.accounts()).per_second();
    for (const int count : counts | std::views::reverse)
        rates[count] += contender.closed(count, duration, contender.accounts()).per_second();
    return std::ranges::max_element(rates, {}, [](const auto& rate) { return rate.second; })->first;
}

}  // namespace takas::bench
