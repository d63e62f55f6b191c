#include "lists.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"
#include "cards.hpp"
#include "customers.hpp"
#include "server_process.hpp"
#include "store/sqlite/sql_text.hpp"

namespace takas::bench {
namespace {

using app::ports::Compare;
using app::ports::where;

constexpr std::int64_t few = 1'000, many_usual = 1'000'000;
constexpr int turns = 31;
constexpr double ratio_max = 3;

std::int64_t many() {
    const char* text = std::getenv("TAKAS_LISTS_ROWS");
    return text ? std::stoll(text) : many_usual;
}

/// One connection that is kept; blocking.
class Reader {
  public:
    explicit Reader(const ServerProcess& server) : token_(server.access_token()), fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
        if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            throw std::runtime_error("the server cannot be reached");
    }
    ~Reader() { close(fd_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The whole answer, which must be a 200.
    std::string get(const std::string& target) const {
        const std::string request =
            fmt::format("GET {} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\r\n", target, token_);
        if (send(fd_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            throw std::runtime_error("the server hung up");
        std::string answer;
        std::size_t size = std::string::npos;
        char buffer[64 * 1024];
        while (answer.size() < size) {
            const ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
            if (n <= 0) throw std::runtime_error("the server hung up");
            answer.append(buffer, static_cast<std::size_t>(n));
            if (const auto end = answer.find("\r\n\r\n"); end != std::string::npos)
                size = end + 4 + content_length(answer);
        }
        if (!answer.starts_with("HTTP/1.1 200")) throw std::runtime_error(fmt::format("{}: {}", target, answer));
        return answer;
    }

    double get_ms(const std::string& target) const {
        const auto begin = std::chrono::steady_clock::now();
        get(target);
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    }

  private:
    static std::size_t content_length(const std::string& answer) {
        constexpr std::string_view name = "Content-Length: ";
        const auto at = answer.find(name);
        std::size_t length = 0;
        if (at == std::string::npos) throw std::runtime_error("an answer without a length");
        std::from_chars(answer.data() + at + name.size(), answer.data() + answer.size(), length);
        return length;
    }
    std::string token_;
    int fd_;
};

/// A date so many days from today, as a query has it.
std::string day(int from_today) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) +
                                           std::chrono::days(from_today));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

/// A server with so many customers and cards, each card with an account, a load and a declined purchase.
struct Side {
    Side(const std::string& data, std::int64_t rows) {
        ServerProcess(data).stop();
        put_customers_into_folder(data, rows);
        tokens = put_cards_into_folder(data, static_cast<std::size_t>(rows), 100'000, /*is_used=*/true);
        server = std::make_unique<ServerProcess>(data);
    }
    /// An idle connection does not outlive the filling of another side.
    void open() {
        reader = std::make_unique<Reader>(*server);
        const std::string account = reader->get(fmt::format("/api/v1/issuing/card/{}/account", tokens.front()));
        account_id = json_field(account, "accountId");
        cursor = json_field(reader->get("/api/v1/issuing/customer?sorting=surname&maxResultCount=1000"), "nextCursor");
    }
    std::string target(std::string_view pattern) const {
        return fmt::format(fmt::runtime(pattern), fmt::arg("token", tokens.front()), fmt::arg("account", account_id),
                           fmt::arg("cursor", cursor), fmt::arg("from", day(-7)), fmt::arg("to", day(1)));
    }
    std::vector<std::int64_t> tokens;
    std::unique_ptr<ServerProcess> server;
    std::unique_ptr<Reader> reader;
    std::string account_id, cursor;
};

/// Every list of the issuing API, and those of customers and cards in the ways in which a back office asks.
constexpr std::array<std::string_view, 46> lists{
    "/api/v1/issuing/customer",
    "/api/v1/issuing/customer?customerNo=bench-500",
    "/api/v1/issuing/customer?surname=I%C5%9F%C4%B1k",
    "/api/v1/issuing/customer?name=ay%C5%9Fe",
    "/api/v1/issuing/customer?type=Individual",
    "/api/v1/issuing/customer?type=Company",
    "/api/v1/issuing/customer?segmentId=1",
    "/api/v1/issuing/customer?identificationValue=10000000500",
    "/api/v1/issuing/customer?communicationInfo=%2B905550000500",
    "/api/v1/issuing/customer?createdFrom=2020-01-01",
    "/api/v1/issuing/customer?sorting=name",
    "/api/v1/issuing/customer?sorting=surname%20desc",
    "/api/v1/issuing/customer?sorting=creationTime%20desc",
    "/api/v1/issuing/customer?sorting=surname&cursor={cursor}",
    "/api/v1/issuing/customer?skipCount=900",
    "/api/v1/issuing/customer-segment",
    "/api/v1/issuing/customer/user-note?entityId=bench-5",
    "/api/v1/issuing/card",
    "/api/v1/issuing/card?cardProductCode=BENCH",
    "/api/v1/issuing/card?status=Active",
    "/api/v1/issuing/card?status=Suspended",
    "/api/v1/issuing/card?isNoname=true",
    "/api/v1/issuing/card?maskedCardNo=45436000****0042",
    "/api/v1/issuing/card?sorting=customerNo",
    "/api/v1/issuing/card?sorting=expireDate",
    "/api/v1/issuing/card?customerNo=bench-500",
    "/api/v1/issuing/card?createdFrom=2020-01-01",
    "/api/v1/issuing/card?sorting=creationTime%20desc",
    "/api/v1/issuing/card/user-note?entityId={token}",
    "/api/v1/issuing/account/{account}/entry",
    "/api/v1/issuing/card-bin",
    "/api/v1/issuing/card-bin-range",
    "/api/v1/issuing/card-art",
    "/api/v1/issuing/card-product-group",
    "/api/v1/issuing/card-product",
    "/api/v1/issuing/card/noname",
    "/api/v1/issuing/card/{token}/perso-info",
    "/api/v1/issuing/perso",
    "/api/v1/issuing/audit-log/card",
    "/api/v1/issuing/audit-log/product",
    "/api/v1/issuing/audit-log/policy",
    "/api/v1/issuing/webhook",
    "/api/v1/issuing/webhook/delivery",
    "/api/v1/issuing/event",
    "/api/v1/issuing-transaction/card-transaction?startDate={from}&endDate={to}",
    "/api/v1/issuing-transaction/card-transaction?tokenId={token}&startDate={from}&endDate={to}",
};

struct Times {
    double few_ms, many_ms;
};

Times measure(const Side& small, const Side& large, std::string_view pattern) {
    const std::string of_small = small.target(pattern), of_large = large.target(pattern);
    std::vector<double> few_ms, many_ms;
    small.reader->get(of_small), large.reader->get(of_large);
    for (int i = 0; i < turns; ++i) {
        few_ms.push_back(small.reader->get_ms(of_small));
        many_ms.push_back(large.reader->get_ms(of_large));
    }
    return {median(few_ms), median(many_ms)};
}

/// What SQLite says of the statement behind a list, in one line.
std::string plan_of(const std::string& data, const app::ports::Table& table, const app::ports::Query& query) {
    sqlite3* db = nullptr;
    sqlite3_open_v2((data + "/takas.db").c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_stmt* statement = nullptr;
    const std::string sql = "EXPLAIN QUERY PLAN " + store::sqlite::select_sql(table, query);
    std::string plan;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK)
        while (sqlite3_step(statement) == SQLITE_ROW)
            plan += (plan.empty() ? "" : "; ") +
                    std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return plan;
}

void add_plans(const std::string& data, Figures& figures) {
    using core::card::Card;
    using core::customer::Customer;
    const TenantId tenant{1};
    const auto& customers = app::ports::table_of<Customer>();
    const auto& cards = app::ports::table_of<Card>();
    const app::ports::Condition of_customers = where<&Customer::tenant_id>(tenant);
    const app::ports::Condition of_cards = where<&Card::tenant_id>(tenant);
    figures.group("Plans", "What SQLite's EXPLAIN QUERY PLAN says of the statements behind the lists.");
    figures.add("customers", plan_of(data, customers, {{of_customers}, {{"id", true}}}));
    figures.add("customers by surname", plan_of(data, customers, {{of_customers}, {{"surname_key"}}}));
    figures.add("customers behind a cursor",
                plan_of(data, customers,
                        {{of_customers, where<&Customer::surname_key>(Compare::greater, std::string("x"))},
                         {{"surname_key"}}}));
    figures.add("cards", plan_of(data, cards, {{of_cards}, {{"token_id", true}}}));
    figures.add(
        "cards of a product",
        plan_of(data, cards, {{of_cards, where<&Card::card_product_code>(std::string("x"))}, {{"token_id", true}}}));
}

}  // namespace

void benchmark_lists(Figures& figures) {
    const TemporaryFolder folder;
    Side small(folder / "small", few), large(folder / "large", many());
    small.open();
    large.open();
    figures.group("Lists",
                  fmt::format("Two servers on SQLite, one with {} customers and cards, each with an account and two "
                              "transaction, the other with {}; every list asked for in turn over one "
                              "connection, a page of ten. Medians of {} in milliseconds: few, many, many to few.",
                              whole(static_cast<double>(few)), whole(static_cast<double>(many())), turns));
    double worst = 0;
    for (const std::string_view pattern : lists) {
        const Times times = measure(small, large, pattern);
        const double ratio = times.many_ms / times.few_ms;
        worst = std::max(worst, ratio);
        figures.add(std::string(pattern), fmt::format("{}, {}, {}", decimals(times.few_ms, 2),
                                                      decimals(times.many_ms, 2), decimals(ratio, 2)));
    }
    figures.add("the worst, many to few", decimals(worst, 2), "at most 3", worst <= ratio_max);
    add_plans(folder / "large", figures);
}

}  // namespace takas::bench
