// For tests: the Auth and System sections behind the real dispatcher, over a demo institution in memory.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "api/auth/endpoints.hpp"
#include "api/auth/token_authenticator.hpp"
#include "api/framework/local_call.hpp"
#include "api/operations/operations.hpp"
#include "api/system/endpoints.hpp"
#include "app/system/system_world_test.hpp"
#include "protocol/json/value.hpp"

namespace takas::api {

struct ApiWorld : app::system::SystemWorld {
    auth::TokenAuthenticator authenticator{tokens, catalog, clock};
    std::vector<Endpoint> rows = [] {
        std::vector<Endpoint> all(auth_endpoints().begin(), auth_endpoints().end());
        all.insert(all.end(), system_endpoints().begin(), system_endpoints().end());
        return all;
    }();
    std::vector<std::string_view> operation_ids = [this] {
        std::vector<std::string_view> ids_of_rows;
        for (const Endpoint& row : rows) ids_of_rows.push_back(row.operation_id);
        return ids_of_rows;
    }();
    Metrics metrics{operation_ids};
    Operations operations{&metrics, [] { return std::vector<ReadinessCheck>{}; }, "{}"};
    Dispatcher dispatcher{services, authenticator, rows, {}, operations, metrics, {}};
    std::string token;

    ApiWorld() { seed(); }

    net::HttpResponse send(std::string method, std::string target, std::string body = {},
                           std::vector<std::pair<std::string, std::string>> headers = {}) {
        headers.emplace_back("Accept-Language", "en");
        if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
        const bool is_form = !body.empty() && body.front() != '{';
        if (!body.empty())
            headers.emplace_back("Content-Type", is_form ? "application/x-www-form-urlencoded" : "application/json");
        return call_and_wait(dispatcher, {std::move(method), std::move(target), std::move(headers), std::move(body)});
    }

    /// The text of a member: "id", "client.clientId"; "" when it is absent or null.
    static std::string text(const net::HttpResponse& response, std::string_view path) {
        if (response.body.empty()) return "";
        const auto document = protocol::json::parse(response.body);
        if (!document) return "not JSON: " + response.body;
        auto value = document->root();
        while (!path.empty()) {
            const auto dot = std::min(path.find('.'), path.size());
            const auto member = value.find(path.substr(0, dot));
            if (!member) return "";
            value = *member;
            path.remove_prefix(std::min(dot + 1, path.size()));
        }
        return value.is_null() ? "" : std::string(value.text());
    }
    static std::string code(const net::HttpResponse& response) { return text(response, "error.code"); }

    static std::string password_form(std::string_view user, std::string_view password, std::string_view client) {
        return "grant_type=password&username=" + std::string(user) + "&password=" + std::string(password) +
               "&client_id=" + std::string(client);
    }
    void sign_in(std::string_view who) {
        token.clear();
        token = text(send("POST", "/connect/token", password_form(who, who, who)), "access_token");
        ASSERT_FALSE(token.empty());
    }
};

}  // namespace takas::api
