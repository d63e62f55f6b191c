// Tampering with the audit log by SQL, as one who has the database and not the keys: `verify` finds each way, and names
// the first bad record.
#include <fmt/format.h>

#include "app/audit/chain.hpp"
#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/verify/verify.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

using namespace core::audit;

constexpr TenantId tenant{7};

struct AuditTampering : testing::Test {
    TestFolder folder;
    std::unique_ptr<SqliteStore> store = open_store(folder, {});
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{});
    app::secrets::SecretBox box{keyring};

    AuditTampering() {
        core::identity::Tenant t;
        t.tenant_id = tenant, t.code = "bank", t.tenant_uuid = "7";
        app::ports::Unit unit;
        unit.insert(std::move(t));
        commit(std::move(unit));
        write_chain(Subject::card, "41", 3);
        write_chain(Subject::card, "42", 4);
        write_chain(Subject::product, "gold", 2);
    }

    void commit(app::ports::Unit unit) const {
        ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    }

    AuditRecord next(AuditHead& head) {
        AuditRecord record;
        record.id = EntityId{++last_id};
        record.service_name = "updateCardStatus";
        record.property_changes = {{"status", "Active", fmt::format("Suspended {}", last_id)}};
        record.user_name = "ayşe";
        record.execution_time = Instant{last_id * 1'000'000};
        app::audit::append(head, record, box);
        return record;
    }

    void write_chain(Subject subject, std::string key, int records) {
        AuditHead head;
        head.tenant_id = tenant, head.subject = subject, head.subject_key = std::move(key);
        app::ports::Unit unit;
        for (int i = 0; i < records; ++i) unit.insert(next(head));
        unit.insert(head);
        commit(std::move(unit));
    }

    void run(const std::string& sql) const {
        auto connection = Connection::open({.path = folder.database(), .vfs = {}});
        ASSERT_TRUE(connection);
        ASSERT_EQ((*connection)->run(sql.c_str()), SQLITE_OK) << sql;
    }

    /// "what: where" of the first difference; "" when the log is sound.
    std::string first_bad(bool has_keys = true) const {
        app::verify::Options options;
        if (has_keys) options.secret_box = &box;
        const auto report = app::verify::verify(*store, {}, options);
        EXPECT_TRUE(report);
        if (!report || report->differences.empty()) return {};
        return std::string(report->differences[0].what) + ": " + report->differences[0].where;
    }

    std::int64_t last_id = 0;
};

constexpr const char* of_42 = "tenant_id = 7 AND subject = 0 AND subject_key = '42'";

TEST_F(AuditTampering, an_untouched_log_is_sound) {
    EXPECT_EQ(first_bad(), "");
    const auto report = app::verify::verify(*store, {}, {});
    EXPECT_EQ(report->audit_records, 9);
    EXPECT_EQ(report->audit_chains, 3);
    EXPECT_NE(app::verify::to_text(*report).find("9 audit records in 3 chains"), std::string::npos);
}

TEST_F(AuditTampering, altered) {
    const char* const changes[] = {
        "property_changes = replace(property_changes, 'Active', 'Closed')",
        "user_name = 'mehmet'",
        "user_id = 'x'",
        "client_ip_address = '192.0.2.1'",
        "execution_time = execution_time + 1",
        "topic = 2",
        "action = 2",
        "service_name = 'x'",
        "correlation_id = 'x'",
        "id = 4711",
        "hash = zeroblob(32)",
        "previous_hash = zeroblob(32)",
    };
    for (const char* change : changes) {
        run(
            fmt::format("CREATE TABLE kept AS SELECT * FROM audit_record; UPDATE audit_record SET {} WHERE {} AND "
                        "record_no = 2",
                        change, of_42));
        EXPECT_EQ(first_bad(false), "audit.hash: tenant 7 Card 42 record 2") << change;
        run("DELETE FROM audit_record; INSERT INTO audit_record SELECT * FROM kept; DROP TABLE kept");
        ASSERT_EQ(first_bad(), "");
    }
}

TEST_F(AuditTampering, removed) {
    run(fmt::format("DELETE FROM audit_record WHERE {} AND record_no = 2", of_42));
    EXPECT_EQ(first_bad(false), "audit.record_no: tenant 7 Card 42 record 3");
}

TEST_F(AuditTampering, removed_and_numbered_anew) {
    run(
        fmt::format("DELETE FROM audit_record WHERE {0} AND record_no = 2;"
                    "UPDATE audit_record SET record_no = 2 WHERE {0} AND record_no = 3;"
                    "UPDATE audit_record SET record_no = 3 WHERE {0} AND record_no = 4",
                    of_42));
    EXPECT_EQ(first_bad(false), "audit.hash: tenant 7 Card 42 record 2");
}

TEST_F(AuditTampering, the_first_removed) {
    run(fmt::format("DELETE FROM audit_record WHERE {} AND record_no = 1", of_42));
    EXPECT_EQ(first_bad(false), "audit.record_no: tenant 7 Card 42 record 2");
}

TEST_F(AuditTampering, reordered) {
    run(
        fmt::format("UPDATE audit_record SET record_no = 99 WHERE {0} AND record_no = 2;"
                    "UPDATE audit_record SET record_no = 2 WHERE {0} AND record_no = 3;"
                    "UPDATE audit_record SET record_no = 3 WHERE {0} AND record_no = 99",
                    of_42));
    EXPECT_EQ(first_bad(false), "audit.hash: tenant 7 Card 42 record 2");
}

TEST_F(AuditTampering, inserted) {
    AuditHead head;
    head.tenant_id = tenant, head.subject_key = "42";
    AuditRecord forged = next(head);
    forged.record_no = 5;
    forged.hash = app::audit::hash_of(forged);
    app::ports::Unit unit;
    unit.insert(forged);
    commit(std::move(unit));
    EXPECT_EQ(first_bad(false), "audit.previous_hash: tenant 7 Card 42 record 5");
}

/// A record that fits the chain in everything but the head.
TEST_F(AuditTampering, added_behind_the_end) {
    auto head = *store->find<AuditHead>({app::ports::where<&AuditHead::subject_key>("42")});
    app::ports::Unit unit;
    unit.insert(next(*head));
    commit(std::move(unit));
    EXPECT_EQ(first_bad(false), "audit.behind_end: tenant 7 Card 42 record 5");
}

TEST_F(AuditTampering, the_tail_cut) {
    run(fmt::format("DELETE FROM audit_record WHERE {} AND record_no = 4", of_42));
    EXPECT_EQ(first_bad(false), "audit.end: tenant 7 Card 42");
}

/// Everything fits again but the seal, which needs the installation's keys.
TEST_F(AuditTampering, the_tail_cut_and_the_head_written_to_fit) {
    run(
        fmt::format("DELETE FROM audit_record WHERE {0} AND record_no = 4;"
                    "UPDATE audit_head SET version = 3, hash = (SELECT hash FROM audit_record WHERE {0} AND record_no "
                    "= 3) WHERE {0}",
                    of_42));
    EXPECT_EQ(first_bad(false), "");
    EXPECT_EQ(first_bad(true), "audit.seal: tenant 7 Card 42");
}

/// The whole chain written anew, hashes and all.
TEST_F(AuditTampering, rewritten_without_the_keys) {
    const crypto::Keyring others = crypto::Keyring::generate(Instant{1});
    const app::secrets::SecretBox other_box{others};
    run(fmt::format("DELETE FROM audit_record WHERE {0}; DELETE FROM audit_head WHERE {0}", of_42));
    AuditHead head;
    head.tenant_id = tenant, head.subject_key = "42";
    app::ports::Unit unit;
    for (int i = 0; i < 4; ++i) {
        AuditRecord record;
        record.id = EntityId{100 + i};
        app::audit::append(head, record, other_box);
        unit.insert(std::move(record));
    }
    unit.insert(std::move(head));
    commit(std::move(unit));
    EXPECT_EQ(first_bad(true), "audit.seal: tenant 7 Card 42");
}

TEST_F(AuditTampering, moved_to_another_card_or_institution) {
    run(fmt::format("UPDATE audit_record SET subject_key = '43' WHERE {}", of_42));
    EXPECT_EQ(first_bad(false), "audit.hash: tenant 7 Card 43 record 1");
    run("UPDATE audit_record SET subject_key = '42' WHERE subject_key = '43'");
    ASSERT_EQ(first_bad(), "");
    run(fmt::format("UPDATE audit_record SET tenant_id = 8 WHERE {}", of_42));
    run(fmt::format("UPDATE audit_head SET tenant_id = 8 WHERE {}", of_42));
    EXPECT_EQ(first_bad(false), "audit.records: records of known institutions and subjects");
}

TEST_F(AuditTampering, the_head_removed) {
    run(fmt::format("DELETE FROM audit_head WHERE {}", of_42));
    EXPECT_EQ(first_bad(false), "audit.head: tenant 7 Card 42 record 1");
}

/// Every card and product that was made since the log is kept has a chain: one that is gone with its head is missed.
struct AuditWhole : AuditTampering {
    static constexpr std::int64_t since_us = 500'000'000;

    void add_card(std::int64_t token_id, std::int64_t created_us) {
        core::card::Card card;
        card.tenant_id = tenant, card.token_id = TokenId{token_id}, card.account_id = AccountId{token_id};
        card.creation_time = Instant{created_us};
        app::ports::Unit unit;
        unit.insert(std::move(card));
        commit(std::move(unit));
    }
    AuditWhole() {
        add_card(9, since_us - 1);  // older than the log
        add_card(41, since_us);
        add_card(42, since_us);
        add_card(1042, since_us);
        write_chain(Subject::card, "1042", 1);
        core::product::CardProduct gold;
        gold.tenant_id = tenant, gold.code = "gold", gold.creation_time = Instant{since_us};
        app::ports::Unit unit;
        unit.insert(std::move(gold));
        commit(std::move(unit));
        run(fmt::format("UPDATE meta SET value = '{}' WHERE name = 'audit_since'", since_us));
    }
    std::string bad_chains(std::int64_t cards_per_window = 100) const {
        app::verify::Options options;
        options.proves_audit_whole = true;
        options.cards_per_window = cards_per_window;
        const auto report = app::verify::verify(*store, {}, options);
        std::string out;
        for (const auto& d : report->differences)
            if (d.what.starts_with("audit.")) out += std::string(d.what) + ": " + d.where + ";";
        return out;
    }
};

TEST_F(AuditWhole, a_chain_removed_with_its_head) {
    EXPECT_EQ(bad_chains(), "");
    run(fmt::format("DELETE FROM audit_record WHERE {0}; DELETE FROM audit_head WHERE {0}", of_42));
    EXPECT_EQ(bad_chains(), "audit.chain: tenant 7 Card 42;");
    EXPECT_EQ(bad_chains(1), "audit.chain: tenant 7 Card 42;");
    run("DELETE FROM audit_record; DELETE FROM audit_head");
    EXPECT_EQ(bad_chains(),
              "audit.chain: tenant 7 Card 41;audit.chain: tenant 7 Card 42;audit.chain: tenant 7 Card 1042;"
              "audit.chain: tenant 7 CardProduct gold;");
}

TEST_F(AuditWhole, the_mark_moved_or_removed) {
    run("UPDATE meta SET value = '99999000000' WHERE name = 'audit_since'");
    EXPECT_EQ(bad_chains(), "audit.since: meta audit_since;");
    run("DELETE FROM meta WHERE name = 'audit_since'");
    EXPECT_EQ(bad_chains(), "audit.since: meta audit_since;audit.chain: tenant 7 Card 9;");
}

TEST_F(AuditTampering, windows_show_the_same) {
    app::verify::Options small;
    small.chains_per_window = 1;
    small.secret_box = &box;
    auto report = app::verify::verify(*store, {}, small);
    EXPECT_TRUE(report->sound()) << to_text(*report);
    EXPECT_EQ(report->audit_records, 9);
    run(fmt::format("DELETE FROM audit_record WHERE {} AND record_no = 4", of_42));
    report = app::verify::verify(*store, {}, small);
    EXPECT_EQ(report->difference_count, 1);
}

}  // namespace
}  // namespace takas::store::sqlite
