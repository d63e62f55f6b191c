// What the server counts about itself, in the Prometheus text format. The dispatcher feeds the request counters; other
// rooms give a function that is asked when somebody reads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace takas::api {

class Metrics {
  public:
    using Read = std::function<double()>;

    /// `operations` are the label values of the request counters; one more, "none", is for requests without a row.
    explicit Metrics(std::span<const std::string_view> operations);
    ~Metrics();

    /// `operation` is an index into the operations; beyond them: "none".
    void request_done(std::size_t operation, int status, std::int64_t duration_us);

    /// A value that may go up and down. Names are Prometheus names: "takas_pool_queue_length".
    void gauge(std::string name, std::string help, Read read);
    /// A value that only rises.
    void counter(std::string name, std::string help, Read read);

    /// The whole exposition, text format 0.0.4.
    std::string text() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::api
