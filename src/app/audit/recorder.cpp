#include "app/audit/recorder.hpp"

#include <array>

#include "app/audit/chain.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::audit {

using core::audit::Action;
using core::audit::AuditHead;
using core::audit::AuditRecord;
using core::audit::PropertyChange;
using core::audit::Reading;
using core::audit::Subject;
using core::audit::Topic;
using ports::where;

namespace {

// What follows from the change itself, or is shown elsewhere, is left out.
constexpr std::array<std::string_view, 11> card_left_out{
    "tenant_id", "account_id",        "customer_id",   "bin",        "card_product_name", "card_dci",
    "brand",     "status_changed_at", "creation_time", "creator_id", "status_changed_by"};
constexpr std::array<std::string_view, 3> card_masked{"phone_number", "delivery_address", "delivery_communication"};
constexpr std::array<std::string_view, 5> product_left_out{"tenant_id", "version", "creation_time", "name_key",
                                                           "segments"};

constexpr std::string_view policy_property = "policy.";

/// The end of the subject's chain, with what this unit has already added to it.
struct End {
    AuditHead head;
    std::int64_t stored_version = 0;
    bool is_in_unit = false;
};

const AuditHead* head_in(const ports::Unit& unit, Subject subject, std::string_view key) {
    const AuditHead* found = nullptr;
    for (const ports::Write& write : unit.writes()) {
        if (write.table != &ports::table_of<AuditHead>() || !write.record) continue;
        const auto* head = static_cast<const AuditHead*>(write.record.get());
        if (head->subject == subject && head->subject_key == key) found = head;
    }
    return found;
}

Result<End> end_of(const Context& context, Subject subject, const std::string& key) {
    if (const AuditHead* head = head_in(context.unit, subject, key)) return End{*head, 0, true};
    auto stored =
        context.store().find<AuditHead>({where<&AuditHead::tenant_id>(context.tenant_id),
                                         where<&AuditHead::subject>(subject), where<&AuditHead::subject_key>(key)});
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (*stored) return End{**stored, (*stored)->version, false};
    End end;
    end.head.tenant_id = context.tenant_id;
    end.head.subject = subject;
    end.head.subject_key = key;
    return end;
}

AuditRecord record_of(const Who& who, Topic topic, Action action, std::vector<PropertyChange> changes) {
    AuditRecord record;
    record.id = who.ids.next<EntityId>();
    record.topic = topic;
    record.action = action;
    record.service_name = who.service_name;
    record.property_changes = std::move(changes);
    record.user_id = who.user_id;
    record.user_name = who.user_name;
    record.client_ip_address = who.client_address;
    record.correlation_id = who.correlation_id;
    record.execution_time = who.now;
    return record;
}

/// The change as records: what became of the policy, and the rest. None when nothing differs.
std::vector<AuditRecord> records_of(const Who& who, const State* before, const State* now) {
    const State& state = now ? *now : *before;
    auto changes = core::audit::differences(state.fields, before ? before->record : nullptr,
                                            now ? now->record : nullptr, state.reading);
    std::vector<PropertyChange> of_policy, others;
    for (PropertyChange& one : changes)
        (one.property_name.starts_with(policy_property) ? of_policy : others).push_back(std::move(one));
    const Action action = !before ? Action::created : !now ? Action::deleted : Action::updated;
    std::vector<AuditRecord> records;
    if (!others.empty()) records.push_back(record_of(who, state.topic, action, std::move(others)));
    if (!of_policy.empty()) records.push_back(record_of(who, Topic::policy, action, std::move(of_policy)));
    return records;
}

/// Into the unit: the records, and the moved end of their chain.
void append_all(Context& context, End end, std::vector<AuditRecord> records) {
    for (AuditRecord& one : records) {
        append(end.head, one, context.services.secret_box);
        context.unit.insert(std::move(one));
    }
    if (end.is_in_unit)
        context.unit.update(std::move(end.head));
    else if (end.stored_version == 0)
        context.unit.insert(std::move(end.head));
    else
        context.unit.update(std::move(end.head), end.stored_version);
    context.decides_again_on.push_back(ports::table_of<AuditHead>().name);
    context.decides_again_on.push_back(ports::table_of<AuditRecord>().name);
}

template <class Record>
State state(Subject subject, Topic topic, std::string key, const Record& record, Reading reading) {
    return {subject, topic, std::move(key), Describe<Record>::fields, &record, reading};
}

}  // namespace

Who who_of(const Context& context) {
    return {context.services.secret_box,
            context.services.ids,
            context.tenant_id,
            context.now,
            context.user_id,
            context.user_name,
            context.client_address,
            context.correlation_id,
            context.service_name};
}

State state_of(const core::card::Card& card) {
    return state(Subject::card, Topic::card, std::to_string(card.token_id.value), card, {card_left_out, card_masked});
}
State state_of(const core::product::CardProduct& product) {
    return state(Subject::product, Topic::product, product.code, product, {product_left_out, {}});
}
State state_of(const core::product::CardProductGroup& group) {
    return state(Subject::product_group, Topic::product, std::to_string(group.id.value), group, {product_left_out, {}});
}
State state_of(const core::product::CardArt& art) {
    return state(Subject::card_art, Topic::product, std::to_string(art.id.value), art, {product_left_out, {}});
}
State state_of(const core::product::CardBinRange& range) {
    return state(Subject::bin_range, Topic::product, std::to_string(range.id.value), range, {product_left_out, {}});
}

Result<void> record(Context& context, const State* before, const State* now) {
    const Who who = who_of(context);
    auto records = records_of(who, before, now);
    if (records.empty()) return {};
    const State& state = now ? *now : *before;
    auto end = end_of(context, state.subject, state.key);
    if (!end) return std::unexpected(std::move(end.error()));
    append_all(context, std::move(*end), std::move(records));
    return {};
}

Result<void> note(Context& context, Note what) {
    auto end = end_of(context, what.subject, what.key);
    if (!end) return std::unexpected(std::move(end.error()));
    std::vector<AuditRecord> records;
    records.push_back(record_of(who_of(context), what.topic, what.action, std::move(what.details)));
    append_all(context, std::move(*end), std::move(records));
    return {};
}

Result<void> record(lane::Work& work, const Who& who, TokenId token_id, const State* before, const State* now) {
    auto records = records_of(who, before, now);
    if (records.empty()) return {};
    auto head = work.audit_head(token_id);
    if (!head) return std::unexpected(std::move(head.error()));
    for (AuditRecord& one : records) {
        append(*head, one, who.secret_box);
        work.insert(std::move(one));
    }
    work.update(std::move(*head));
    return {};
}

}  // namespace takas::app::audit
