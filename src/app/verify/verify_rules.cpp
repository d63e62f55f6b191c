// Every stored rule that decides something can still be compiled: those of controls, limits, fees, their links, and
// drafts in shadow. One that cannot fails closed (core/control/policy_set.hpp): cards are refused, or fees not charged,
// until somebody writes it anew, so it is told with the name of what it belongs to.
#include "app/controls/families.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "core/control/rule/rule.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::verify {
namespace {

using namespace core;
using control::AuthorizationControl;
using control::ControlLink;
using control::ControlVersion;
using control::Family;
using control::VelocityControl;
using control::rule::Scope;
using ports::where;

/// Whose rule it is.
struct Owner {
    TenantId tenant_id;
    Family family{};
    EntityId id;
    std::string name;
};

class RulePass {
  public:
    explicit RulePass(const Books& books) : store_(books.store), report_(books.report), findings_(books.report) {}

    Result<void> run() {
        auto done = read<AuthorizationControl>(Family::authorization_control);
        if (done) done = read<VelocityControl>(Family::velocity_control);
        if (done) done = read<fee::TransactionFee>(Family::transaction_fee);
        if (done) done = read<fee::CardIssuanceFee>(Family::card_issuance_fee);
        if (done) done = read<fee::CardAnnualFee>(Family::card_annual_fee);
        if (done) done = read_shadows();
        if (done) done = read_links();
        return done;
    }

  private:
    template <class Record>
    Result<void> read(Family family) {
        return for_each<Record>(store_, std::vector<ports::Condition>{}, [&](const Record& row) {
            if constexpr (requires { row.is_active; })
                if (!row.is_active) return;
            check(row.rule, controls::row_of(family).scope,
                  [&] { return Owner{row.tenant_id, family, row.id, row.name}; });
        });
    }

    Result<void> read_shadows() {
        return for_each<ControlVersion>(store_, {where<&ControlVersion::state>(control::VersionState::shadow)},
                                        [&](const ControlVersion& version) {
                                            if (version.family == Family::velocity_control)
                                                read_shadow<VelocityControl>(version);
                                            else
                                                read_shadow<AuthorizationControl>(version);
                                        });
    }
    template <class Control>
    void read_shadow(const ControlVersion& version) {
        const auto draft = protocol::json::decode<Control>(version.definition.text, protocol::json::storage_read);
        const auto owner = [&] {
            return Owner{version.tenant_id, version.family, version.control_id,
                         (draft ? draft->name + ", " : std::string()) + "draft in shadow"};
        };
        if (draft) return check(draft->rule, controls::row_of(version.family).scope, owner);
        findings_.add("rule.draft", text_of(owner()), "a definition", "something else");
    }

    Result<void> read_links() {
        return for_each<ControlLink>(store_, std::vector<ports::Condition>{}, [&](const ControlLink& link) {
            const Scope own = controls::row_of(link.family).scope;
            const bool is_of_cards = own == Scope::issuance || own == Scope::annual;
            check(
                link.rule, is_of_cards ? own : Scope::counters,
                [&] { return Owner{link.tenant_id, link.family, link.control_id, name_of(link)}; },
                fmt::format(", link {}", link.id.value));
        });
    }

    template <class MakeOwner>
    void check(const std::string& rule, Scope scope, MakeOwner make_owner, const std::string& link = {}) {
        if (rule.empty()) return;
        ++report_.rules;
        const auto compiled = control::rule::compile(rule, scope);
        if (!compiled)
            findings_.add("rule.unusable", text_of(make_owner()) + link, "a rule that can be compiled",
                          error_row(compiled.error().code).public_code);
    }

    static std::string text_of(const Owner& owner) {
        return fmt::format("tenant {} {} {} ({})", owner.tenant_id.value, to_name(owner.family), owner.id.value,
                           owner.name);
    }

    template <class Record>
    std::string name_in(const ControlLink& link) {
        const auto row =
            store_.find<Record>({where<&Record::tenant_id>(link.tenant_id), where<&Record::id>(link.control_id)});
        return row && *row ? (*row)->name : std::string("not there");
    }
    std::string name_of(const ControlLink& link) {
        switch (link.family) {
            case Family::authorization_control:
                return name_in<AuthorizationControl>(link);
            case Family::velocity_control:
                return name_in<VelocityControl>(link);
            case Family::transaction_fee:
                return name_in<fee::TransactionFee>(link);
            case Family::card_issuance_fee:
                return name_in<fee::CardIssuanceFee>(link);
            case Family::card_annual_fee:
                break;
        }
        return name_in<fee::CardAnnualFee>(link);
    }

    ports::Store& store_;
    Report& report_;
    Findings findings_;
};

}  // namespace

Result<void> verify_rules(Books& books) { return RulePass(books).run(); }

}  // namespace takas::app::verify
