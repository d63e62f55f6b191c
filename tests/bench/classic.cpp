#include "classic.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace takas::bench {
namespace {

/// Where an authorization may leave rows, in the order in which they are written.
constexpr std::array tables{"card_transaction", "transaction_key", "ledger_entry", "transaction_event", "domain_event"};

/// What is not the same in every row, as an expression of the script's variables.
struct Varying {
    std::string_view column, expression;
};
constexpr std::array varying{
    Varying{"account_id", ":account"},
    Varying{"transaction_id", ":id"},
    Varying{"sequence_no", ":id"},
    Varying{"entry_no", ":entry"},
    Varying{"held_after_minor", ":held"},
    Varying{"posted_after_minor", ":posted"},
    // Twenty octets, as Takas makes them; they grow, which is kinder to the index than Takas's digest.
    Varying{"message_key", "'\\x6f0000000000000000000000'::bytea || int8send(:id)"},
};

std::string_view expression_of(std::string_view column) {
    for (const Varying& v : varying)
        if (v.column == column) return v.expression;
    return {};
}

constexpr int ids_per_client_bits = 26;
constexpr int ids_per_turn_bits = ids_per_client_bits + 6;  // at most 64 clients

}  // namespace

Classic::Classic(const PrivatePostgres& postgres, const std::string& source, const std::string& database,
                 const TemporaryFolder& folder) {
    postgres.query("postgres", fmt::format("CREATE DATABASE {} TEMPLATE {}", database, source));
    model_id_ = std::stoll(postgres.query(database, "SELECT max(transaction_id) FROM ledger_entry"));
    plan_.database = database;
    plan_.script = folder / "classic.sql";
    write_script(postgres, database, plan_.script);
    number_accounts(postgres, database);
}

void Classic::number_accounts(const PrivatePostgres& postgres, const std::string& database) {
    postgres.query(database,
                   "UPDATE card_account a SET account_id = n.number FROM (SELECT account_id, row_number() OVER "
                   "(ORDER BY account_id) AS number FROM card_account) n WHERE a.account_id = n.account_id");
    postgres.query(database, "VACUUM (FULL, ANALYZE) card_account");
    account_count_ = std::stoll(postgres.query(database, "SELECT count(*) FROM card_account"));
}

/// Each column of the model's rows is a parameter, as it is for any program that writes such a row.
void Classic::write_script(const PrivatePostgres& postgres, const std::string& database, const std::string& path) {
    std::string sql =
        "\\set n :n + 1\n"
        "\\set account random(1, :accounts)\n"
        "\\set id :first_id + :client_id * :ids_per_client + :n\n"
        "BEGIN;\n"
        "SELECT held_minor + 125 AS held, posted_minor AS posted, entry_no + 1 AS entry, version + 1 AS version, "
        "credit_limit_minor AS credit_limit, currency AS account_currency FROM card_account "
        "WHERE account_id = :account FOR UPDATE \\gset\n"
        "UPDATE card_account SET held_minor = :held, entry_no = :entry, version = :version "
        "WHERE account_id = :account;\n";
    round_trips_ = 4;  // with the COMMIT
    for (const std::string_view table : tables) {
        std::istringstream columns(postgres.query(
            database,
            fmt::format(
                "SELECT key || ' ' || (value IS NULL)::int || ' ' || coalesce(encode(convert_to(value, 'UTF8'), "
                "'hex'), '') FROM (SELECT t.* FROM {0} t WHERE transaction_id = {1} LIMIT 1) t, "
                "json_each_text(row_to_json(t))",
                table, model_id_)));
        std::string values;
        std::string name, hex;
        for (std::string line; std::getline(columns, line);) {
            std::istringstream words(line);
            int is_null = 0;
            hex.clear();
            words >> name >> is_null >> hex;
            if (!values.empty()) values += ", ";
            if (const auto expression = expression_of(name); !expression.empty()) {
                values += expression;
            } else if (is_null != 0 || hex.empty()) {
                values += is_null != 0 ? "NULL" : "''";  // pgbench takes no empty value
            } else {
                std::string text;
                for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
                    text += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
                const std::string variable = fmt::format("{}_{}", table, name);
                values += ':' + variable;
                plan_.values.emplace_back(variable, text);
            }
        }
        if (values.empty()) continue;  // an authorization writes nothing there
        sql += fmt::format("INSERT INTO {} VALUES ({});\n", table, values);
        ++round_trips_;
    }
    sql += "COMMIT;\n";
    std::ofstream file(path);
    file << sql;
    if (!file.flush()) throw std::runtime_error("the script could not be written");
}

PgbenchPlan Classic::plan(int clients, std::chrono::seconds duration) {
    PgbenchPlan p = plan_;
    p.clients = clients;
    p.duration = duration;
    const std::int64_t first = model_id_ + (++turn_ << ids_per_turn_bits);
    p.values.insert(p.values.end(), {{"n", "0"},
                                     {"accounts", std::to_string(account_count_)},
                                     {"first_id", std::to_string(first)},
                                     {"ids_per_client", std::to_string(std::int64_t{1} << ids_per_client_bits)}});
    return p;
}

}  // namespace takas::bench
