// From method and path to a row. A tree of path segments; where a word and a "{parameter}" both fit, the word wins.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/framework/endpoint.hpp"
#include "api/framework/raw_endpoint.hpp"

namespace takas::api {

struct Route {
    const Endpoint* endpoint = nullptr;
    const RawEndpoint* raw = nullptr;
    std::size_t index = 0;  ///< of the row: endpoints first, then raw ones; what metrics are counted under
    std::vector<PathValue> path_values;
};

struct NoRoute {
    std::string allow;  ///< "GET, POST" when the path exists with other methods; empty when it does not exist
};

class Router {
  public:
    /// The rows must outlive the router. Two rows with the same method and path are a mistake: see problems().
    Router(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints);
    ~Router();

    /// `path` as it came, percent-encoded. A path with broken encoding or control characters exists nowhere.
    std::expected<Route, NoRoute> find(std::string_view method, std::string_view path) const;

    /// Rows that hide each other, by operation id; empty in a sound program.
    const std::vector<std::string_view>& problems() const { return problems_; }

  private:
    struct Node;
    struct Target {
        const Endpoint* endpoint = nullptr;
        const RawEndpoint* raw = nullptr;
        std::size_t index = 0;
        bool is_set() const { return endpoint || raw; }
    };
    void add(Method method, std::string_view path, Target target, std::string_view operation_id);
    static const Node* match(const Node& node, std::span<const std::string> segments, std::vector<PathValue>& values);

    std::unique_ptr<Node> root_;
    std::vector<std::string_view> problems_;
};

}  // namespace takas::api
