#include "api/operations/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <mutex>
#include <vector>

namespace takas::api {
namespace {

constexpr std::array<const char*, 5> status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};

/// From one commit of a fast disk to the patience of a card network.
const prometheus::Histogram::BucketBoundaries latency_buckets_s{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                                0.1,    0.2,   0.5,   1,     2,    5,    10};

struct Operation {
    std::array<prometheus::Counter*, status_classes.size()> requests{};
    prometheus::Histogram* duration = nullptr;
};

/// A number that is asked for when somebody reads.
struct Asked {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    Metrics::Read read;
};

}  // namespace

struct Metrics::Impl {
    prometheus::Registry registry;
    std::vector<Operation> operations;
    mutable std::mutex mutex;
    std::vector<Asked> asked;

    void add(Asked row) {
        const std::lock_guard lock(mutex);
        asked.push_back(std::move(row));
    }
};

Metrics::Metrics(std::span<const std::string_view> operations) : impl_(std::make_unique<Impl>()) {
    auto& requests = prometheus::BuildCounter()
                         .Name("takas_http_requests_total")
                         .Help("Requests answered, by operation and class of status")
                         .Register(impl_->registry);
    auto& durations = prometheus::BuildHistogram()
                          .Name("takas_http_request_duration_seconds")
                          .Help("From the complete request to its answer, by operation")
                          .Register(impl_->registry);
    const auto add = [&](std::string_view name) {
        Operation& row = impl_->operations.emplace_back();
        for (std::size_t i = 0; i < status_classes.size(); ++i)
            row.requests[i] = &requests.Add({{"operation", std::string(name)}, {"status", status_classes[i]}});
        row.duration = &durations.Add({{"operation", std::string(name)}}, latency_buckets_s);
    };
    for (const std::string_view name : operations) add(name);
    add("none");
}

Metrics::~Metrics() = default;

void Metrics::request_done(std::size_t operation, int status, std::int64_t duration_us) {
    Operation& row = impl_->operations[std::min(operation, impl_->operations.size() - 1)];
    const int status_class = std::clamp(status / 100, 1, 5);
    row.requests[static_cast<std::size_t>(status_class - 1)]->Increment();
    row.duration->Observe(static_cast<double>(duration_us) / 1e6);
}

void Metrics::gauge(std::string name, std::string help, Read read) {
    impl_->add({std::move(name), std::move(help), prometheus::MetricType::Gauge, std::move(read)});
}

void Metrics::counter(std::string name, std::string help, Read read) {
    impl_->add({std::move(name), std::move(help), prometheus::MetricType::Counter, std::move(read)});
}

std::string Metrics::text() const {
    auto families = impl_->registry.Collect();
    const std::lock_guard lock(impl_->mutex);
    for (const Asked& row : impl_->asked) {
        prometheus::ClientMetric metric;
        if (row.type == prometheus::MetricType::Gauge) {
            metric.gauge.value = row.read();
        } else {
            metric.counter.value = row.read();
        }
        families.push_back({row.name, row.help, row.type, {metric}});
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace takas::api
