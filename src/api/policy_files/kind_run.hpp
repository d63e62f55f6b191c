// One kind's file, brought into the staging: entries read, compared with what is stored, made and changed by the use
// cases, one after another. Private to api/policy_files.
#pragma once

#include <map>
#include <set>

#include "api/policy_files/policy_files.hpp"
#include "api/policy_files/state.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::api {

inline constexpr std::string_view format_key = "format", format_now = "1";

/// The errors of one entry as mistakes, each at its line.
inline void add_mistakes(const Error& error, std::string_view file, const ReadForm& form, std::int64_t line,
                         std::vector<PolicyMistake>& mistakes) {
    for (const FieldError& one : error.fields)
        mistakes.push_back({std::string(file), line_of(form, one.path, line), one.path, one.english});
    if (!error.fields.empty()) return;
    std::string reason(error_row(error.code).english);
    for (const auto& [name, value] : error.data) reason += " " + name + ": " + value + ".";
    mistakes.push_back({std::string(file), line, "", std::move(reason)});
}

template <class Record>
class KindRun {
    using K = PolicyKind<Record>;
    using Form = typename K::Form;

  public:
    KindRun(app::policy_files::Staging& staging, std::vector<PolicyMistake>& mistakes)
        : staging_(staging), mistakes_(mistakes) {}

    /// Deletes what the file does not name, before (controls and fees) or after (products and groups) all is made.
    Result<void> remove_absent(const protocol::toml::Node& root) {
        const auto names = names_in(root);
        Context context = staging_.context();
        const auto records = stored_records<Record>(context);
        if (!records) return std::unexpected(records.error());
        for (const Record& record : *records) {
            if (names.contains(record.*K::key)) continue;
            auto done = K::remove(context, record);
            if (done) done = staging_.settle(context);
            if (done) continue;
            context.begin_afresh();
            mistakes_.push_back(
                {std::string(K::file), 0, "",
                 "\"" + record.*K::key + "\" cannot be deleted: " + std::string(error_row(done.error().code).english)});
        }
        return {};
    }

    /// Entries may stand in each other's way until another one is changed: what is refused is tried again after the
    /// others, as long as that helps. What then stands in each other's way (two that change places) is switched off,
    /// and brought on what is left.
    Result<void> make(const protocol::toml::Node& root) {
        if (auto read = read_entries(root); !read) return read;
        bring_all();
        if (wanted_.size() > 1 && switch_off_stored()) bring_all();
        for (const Wanted& one : wanted_) add_mistakes(one.refusal, K::file, one.read, one.line, mistakes_);
        return {};
    }

  private:
    struct Wanted {
        Form form{};
        ReadForm read;
        std::int64_t line = 0;
        Error refusal{};
    };

    void bring_all() {
        for (std::size_t before = wanted_.size() + 1; !wanted_.empty() && wanted_.size() < before;) {
            before = wanted_.size();
            std::erase_if(wanted_, [&](Wanted& one) {
                auto done = bring(one);
                if (!done) one.refusal = std::move(done.error());
                return done.has_value();
            });
        }
    }

    /// The stored entries of what is still wanted. False: none could be.
    bool switch_off_stored() {
        bool is_any_off = false;
        if constexpr (requires(Record record) { record.is_active; } && Linkable<Record>)
            for (const Wanted& one : wanted_) {
                Context context = staging_.context();
                const auto stored = find(context, name_of(one.form));
                if (!stored || !*stored || !(*stored)->is_active) continue;
                Record off = **stored;
                off.is_active = false;
                auto done = K::update(context, **stored, std::move(off));
                if (done) done = staging_.settle(context);
                is_any_off = is_any_off || done;
            }
        return is_any_off;
    }

    static std::string_view name_key() { return K::table == "product" ? "code" : "name"; }

    static std::set<std::string> names_in(const protocol::toml::Node& root) {
        std::set<std::string> names;
        const auto* entries = root.find(K::table);
        if (entries == nullptr) return names;
        for (const auto& entry : entries->children)
            if (const auto* name = entry.find(name_key())) names.insert(name->text);
        return names;
    }

    Result<void> read_entries(const protocol::toml::Node& root) {
        auto references = References::load(staging_.context());
        if (!references) return std::unexpected(std::move(references.error()));
        references_ = std::move(*references);
        const auto* entries = root.find(K::table);
        if (entries == nullptr) return {};
        if (entries->type != protocol::toml::NodeType::array) {
            mistakes_.push_back({std::string(K::file), entries->line, std::string(K::table),
                                 "A list of tables is expected: [[" + std::string(K::table) + "]]."});
            return {};
        }
        std::map<std::string, std::int64_t> lines_by_name;
        for (const auto& entry : entries->children) {
            Wanted one;
            one.line = entry.line;
            one.read = read_toml_form(entry, Describe<Form>::fields, references_);
            const bool is_good = decode(one);
            const auto [first, is_new] = lines_by_name.emplace(name_of(one.form), entry.line);
            if (!is_new && is_good)
                mistakes_.push_back({std::string(K::file), entry.line, std::string(name_key()),
                                     "It is in line " + std::to_string(first->second) + " already."});
            else if (is_good)
                wanted_.push_back(std::move(one));
        }
        return {};
    }

    static const std::string& name_of(const Form& form) {
        if constexpr (requires { form.code; })
            return form.code;
        else
            return form.name;
    }

    /// Every mistake of the entry that its description knows of.
    bool decode(Wanted& one) {
        Error all{ErrorCode::validation, {}, one.read.errors.list(), {}};
        if (const auto done = protocol::json::decode_into(one.read.json, type_of<Form>, &one.form); !done) {
            if (done.error().fields.empty()) all = done.error();
            for (const FieldError& error : done.error().fields)
                if (std::ranges::find(all.fields, error.path, &FieldError::path) == all.fields.end())
                    all.fields.push_back(error);
        }
        if (all.fields.empty() && all.code == ErrorCode::validation) return true;
        add_mistakes(all, K::file, one.read, one.line, mistakes_);
        return false;
    }

    /// The rule in its one spelling, so that only what differs in meaning differs.
    static Result<std::string> canonical(const std::string& rule, const std::string& path) {
        if (rule.empty()) return rule;
        auto compiled = protocol::query_builder::compile(rule, app::controls::row_of(K::family).scope, path);
        if (!compiled) return std::unexpected(std::move(compiled.error()));
        return std::string(compiled->canonical_text());
    }

    /// Makes the record, or changes it where it differs, and its links.
    Result<void> bring(const Wanted& one) {
        Context context = staging_.context();
        auto wanted = K::record_of(one.form);
        if (!wanted) return std::unexpected(std::move(wanted.error()));
        if constexpr (Linkable<Record>) {
            auto rule = canonical(wanted->rule, "rule");
            if (!rule) return std::unexpected(std::move(rule.error()));
            wanted->rule = std::move(*rule);
        }
        auto stored = find(context, (*wanted).*K::key);
        if (!stored) return std::unexpected(std::move(stored.error()));
        Result<void> done;
        if (!*stored)
            done = K::create(context, *wanted);
        else if (lines_of_form<Record>(K::form_of(**stored), references_) !=
                 lines_of_form<Record>(K::form_of(*wanted), references_))
            done = K::update(context, **stored, *wanted);
        if (done) done = staging_.settle(context);
        if constexpr (Linkable<Record>)
            if (done) done = bring_links(context, one, (*wanted).*K::key);
        return done;
    }

    Result<std::optional<Record>> find(const Context& context, const std::string& name) {
        using app::ports::where;
        return context.store().find<Record>({where<&Record::tenant_id>(context.tenant_id), where<K::key>(name)});
    }

    Result<void> bring_links(Context& context, const Wanted& one, const std::string& name)
        requires Linkable<Record>
    {
        const auto stored = find(context, name);
        if (!stored || !*stored) return fail(ErrorCode::internal, "what was just made is not there");
        auto links = one.form.links;
        if (links)
            for (std::size_t i = 0; i < links->size(); ++i) {
                const std::string path = "links[" + std::to_string(i) + "]";
                auto rule = canonical(text_or_empty((*links)[i].rule), path + ".rule");
                if (!rule) return std::unexpected(std::move(rule.error()));
                (*links)[i].rule = optional_text(*rule);
                if (auto there = check_products(context, (*links)[i], path); !there) return there;
            }
        return relink(context, (*stored)->id, tidy(links, references_));
    }

    static Result<void> check_products(const Context& context, const LinkFile& link, const std::string& path) {
        FieldErrors errors;
        for (const std::string& code : link.card_product_code)
            if (!app::products::get_product(context, code))
                errors.add(path + ".cardProductCode", "There is no card product \"" + code + "\".",
                           "Böyle bir kart ürünü yok.");
        if (link.card_product_code.empty() && link.card_product_group.empty() && link.customer_segment.empty())
            errors.add(path, "A link needs cardProductCode, cardProductGroup or customerSegment.",
                       "Bağlantı için bir hedef gerekli.");
        if (!errors.empty()) return std::move(errors).as_error();
        return {};
    }

    /// Takes away what is not wanted, then links what is missing. Links to cards stay.
    Result<void> relink(Context& context, EntityId id, const LinksInFile& wanted)
        requires Linkable<Record>
    {
        using core::control::LinkLevel;
        const auto stored = app::controls::links_of(context, K::family, id);
        if (!stored) return std::unexpected(stored.error());
        std::map<std::string, LinkFile> missing;  // by rule
        for (const LinkFile& link : wanted.value_or(std::vector<LinkFile>{})) missing[text_or_empty(link.rule)] = link;
        for (const core::control::ControlLink& link : *stored) {
            if (link.level == LinkLevel::card) continue;
            LinkFile& of_rule = missing[link.rule];
            if (std::erase(of_rule.card_product_code, link.card_product_code) > 0 ||
                (link.level == LinkLevel::card_product_group &&
                 std::erase(of_rule.card_product_group, link.card_product_group_id) > 0) ||
                (link.level == LinkLevel::customer_segment &&
                 std::erase(of_rule.customer_segment, link.customer_segment_id) > 0))
                continue;
            auto done = app::controls::unlink(context, K::family, link.id);
            if (done) done = staging_.settle(context);
            if (!done) return done;
        }
        for (auto& [rule, link] : missing) {
            if (link.card_product_code.empty() && link.card_product_group.empty() && link.customer_segment.empty())
                continue;
            link.rule = optional_text(rule);
            auto done = done_of(app::controls::link_stored<Record>(context, K::family, id, wish_of(link)));
            if (done) done = staging_.settle(context);
            if (!done) return done;
        }
        return {};
    }

    app::policy_files::Staging& staging_;
    std::vector<PolicyMistake>& mistakes_;
    References references_;
    std::vector<Wanted> wanted_;
};

}  // namespace takas::api
