#include "app/policy_files/staging.hpp"

#include <tuple>

#include "app/catalog/policy_sets.hpp"
#include "app/catalog/usage_policies.hpp"
#include "app/policy_files/shelf.hpp"

namespace takas::app::policy_files {
namespace {

using namespace core;
using audit::AuditHead;
using audit::AuditRecord;
using audit::Subject;
using card::Card;
using control::AuthorizationControl;
using control::ControlLink;
using control::ControlVersion;
using control::VelocityControl;
using customer::CustomerSegment;
using fee::CardAnnualFee;
using fee::CardIssuanceFee;
using fee::Tax;
using fee::TransactionFee;
using ports::CommitOutcome;
using ports::where;
using product::CardArt;
using product::CardBin;
using product::CardBinRange;
using product::CardProduct;
using product::CardProductGroup;

/// What files say or name: guarded row by row. The other tables follow from a change.
using Told = std::tuple<Shelf<CardBinRange>, Shelf<CustomerSegment>, Shelf<CardProductGroup>, Shelf<CardProduct>,
                        Shelf<Tax>, Shelf<AuthorizationControl>, Shelf<VelocityControl>, Shelf<TransactionFee>,
                        Shelf<CardIssuanceFee>, Shelf<CardAnnualFee>>;
using Others = std::tuple<Shelf<CardBin>, Shelf<CardArt>, Shelf<ControlLink>, Shelf<ControlVersion>, Shelf<AuditHead>,
                          Shelf<AuditRecord>>;

constexpr std::array audited{Subject::product,
                             Subject::product_group,
                             Subject::card_art,
                             Subject::tax,
                             Subject::authorization_control,
                             Subject::velocity_control,
                             Subject::transaction_fee,
                             Subject::card_issuance_fee,
                             Subject::card_annual_fee};

template <class Record>
Result<void> load_rows(Shelf<Record>& shelf, ports::Store& real, ports::Store& copy, TenantId tenant_id) {
    std::vector of_tenant{where<&Record::tenant_id>(tenant_id)};
    if constexpr (std::same_as<Record, AuditRecord>) {
        return {};  // records of the past are not looked at
    } else if constexpr (std::same_as<Record, AuditHead>) {
        for (const Subject subject : audited) {
            auto conditions = of_tenant;
            conditions.push_back(where<&AuditHead::subject>(subject));
            if (auto done = shelf.load(real, copy, conditions); !done) return done;
        }
        return {};
    } else {
        return shelf.load(real, copy, of_tenant);
    }
}

template <class... Records>
Result<void> load_all(std::tuple<Shelf<Records>...>& shelves, ports::Store& real, ports::Store& copy,
                      TenantId tenant_id) {
    Result<void> done;
    const auto load_one = [&](auto& shelf) {
        if (done) done = load_rows(shelf, real, copy, tenant_id);
    };
    std::apply([&](auto&... one) { (load_one(one), ...); }, shelves);
    return done;
}

template <class... Records>
Result<void> compare_all(std::tuple<Shelf<Records>...>& shelves, ports::Store& copy, bool is_guarded, Writes& out) {
    Result<void> done;
    const auto compare_one = [&](auto& shelf) {
        if (done) done = shelf.compare(copy, is_guarded, out);
    };
    std::apply([&](auto&... one) { (compare_one(one), ...); }, shelves);
    return done;
}

template <class... Records>
bool holds(const std::tuple<Shelf<Records>...>*, const ports::Table& table) {
    return ((&table == &ports::table_of<Records>()) || ...);
}

/// The copy for what is copied, the real store for reading all else. Remembers what units expect of it.
class StagedStore final : public ports::Store {
  public:
    StagedStore(ports::Store& real, ports::Store& copy) : real_(real), copy_(copy) {}

    void commit(ports::Unit unit, Done done) override {
        std::vector<std::vector<ports::Condition>> absent;
        for (const ports::Write& write : unit.writes())
            if (write.kind == ports::Write::Kind::forbid && write.table == &ports::table_of<Card>())
                absent.push_back(write.conditions);
        copy_.commit(std::move(unit), [&, absent = std::move(absent), done = std::move(done)](auto result) mutable {
            if (result.outcome == CommitOutcome::committed)
                for (auto& one : absent) absent_cards.push_back(std::move(one));
            done(result);
        });
    }
    Result<void> scan(const ports::Table& table, const ports::Query& query, const Sink& sink) override {
        return of(table).scan(table, query, sink);
    }
    Result<std::int64_t> count(const ports::Table& table, std::span<const ports::Condition> conditions,
                               std::int64_t at_most) override {
        return of(table).count(table, conditions, at_most);
    }
    bool writable() const override { return copy_.writable(); }
    std::uint64_t placement_of(AccountId account_id) const override { return real_.placement_of(account_id); }

    std::vector<std::vector<ports::Condition>> absent_cards;  ///< cards that must not be there at the real commit

  private:
    ports::Store& of(const ports::Table& table) {
        const bool is_copied =
            holds(static_cast<const Told*>(nullptr), table) || holds(static_cast<const Others*>(nullptr), table);
        return is_copied ? copy_ : real_;
    }
    ports::Store& real_;
    ports::Store& copy_;
};

Services on(const Services& s, ports::Store& store) {
    return {.store = store,
            .clock = s.clock,
            .random = s.random,
            .ids = s.ids,
            .catalog = s.catalog,
            .pan_vault = s.pan_vault,
            .secret_box = s.secret_box,
            .lanes = s.lanes,
            .authorizer = s.authorizer,
            .tokens = s.tokens,
            .hsm = s.hsm,
            .keys = s.keys};
}

}  // namespace

struct Staging::Impl {
    Impl(const Context& caller, ports::Store& empty)
        : copy(empty),
          store(caller.store(), empty),
          services(on(caller.services, store)),
          real(caller.services),
          tenant_id(caller.tenant_id),
          user_id(caller.user_id),
          user_name(caller.user_name),
          service_name(caller.service_name),
          correlation_id(caller.correlation_id),
          now(caller.now) {}

    ports::Store& copy;
    StagedStore store;
    Services services;
    const Services& real;
    TenantId tenant_id;
    std::string user_id, user_name, service_name, correlation_id;
    Instant now;
    Told told;
    Others others;
};

Staging::Staging(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Staging::~Staging() = default;

Result<std::unique_ptr<Staging>> Staging::load(const Context& real, ports::Store& empty) {
    auto impl = std::make_unique<Impl>(real, empty);
    auto done = load_all(impl->told, real.store(), empty, real.tenant_id);
    if (done) done = load_all(impl->others, real.store(), empty, real.tenant_id);
    if (!done) return std::unexpected(std::move(done.error()));
    return std::unique_ptr<Staging>(new Staging(std::move(impl)));
}

Context Staging::context() {
    return {.services = impl_->services,
            .tenant_id = impl_->tenant_id,
            .user_id = impl_->user_id,
            .now = impl_->now,
            .language = Language::english,
            .correlation_id = impl_->correlation_id,
            .unit = {},
            .user_name = impl_->user_name,
            .service_name = impl_->service_name};
}

Result<void> Staging::settle(Context& context) {
    const auto result = impl_->store.commit_and_wait(std::move(context.unit));
    context.begin_afresh();  // what should follow a commit follows that of the difference
    if (result.outcome == CommitOutcome::committed) return {};
    const bool is_taken = result.outcome == CommitOutcome::conflict;
    return fail(is_taken ? ErrorCode::already_exists : ErrorCode::unavailable, std::string(result.table));
}

Result<ports::Unit> Staging::difference() {
    Writes writes;
    auto done = compare_all(impl_->told, impl_->copy, true, writes);
    if (done) done = compare_all(impl_->others, impl_->copy, false, writes);
    if (!done) return std::unexpected(std::move(done.error()));
    if (writes.erasures.empty() && writes.changes.empty() && writes.additions.empty()) return ports::Unit{};
    ports::Unit unit = std::move(writes.guards);
    unit.append(std::move(writes.erasures));
    unit.append(std::move(writes.changes));
    unit.append(std::move(writes.additions));
    for (auto& conditions : impl_->store.absent_cards) unit.forbid<Card>(std::move(conditions));
    catalog::PolicySets::mark_changed(unit, impl_->real.ids);
    catalog::UsagePolicies::mark_changed(unit, impl_->real.ids);
    return unit;
}

}  // namespace takas::app::policy_files
