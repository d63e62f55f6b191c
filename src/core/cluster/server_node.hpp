// A server among those that share one store: what the others know of it.
#pragma once

#include <string>

#include "base/describe.hpp"
#include "base/time.hpp"

namespace takas::core::cluster {

struct ServerNode {
    std::int64_t node = 0;  ///< its number, part of the ids it makes
    std::string address;    ///< ADDRESS:PORT where the other servers reach its API; "" when they do not
    Instant started_at;     ///< tells a server from its earlier life
    Instant alive_until;    ///< believed to live until then
    std::int64_t version = 1;
};

}  // namespace takas::core::cluster

namespace takas {

template <>
struct Describe<core::cluster::ServerNode> {
    using T = core::cluster::ServerNode;
    static constexpr std::string_view name = "ServerNode";
    static constexpr auto& fields = columns<&T::node, &T::address, &T::started_at, &T::alive_until, &T::version>;
};

}  // namespace takas
