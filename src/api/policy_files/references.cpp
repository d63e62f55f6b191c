#include "api/policy_files/references.hpp"

#include <algorithm>
#include <array>

#include "app/ports/tables.hpp"

namespace takas::api {
namespace {

using Target = References::Target;
using app::ports::where;

constexpr std::array members{
    References::Member{"binRangeId", "binRange", Target::bin_range, "BIN range (BIN:first number)"},
    References::Member{"cardArtId", "cardArt", Target::card_art, "card art with this code"},
    References::Member{"productGroupId", "productGroup", Target::product_group, "product group"},
    References::Member{"cardProductGroup", "cardProductGroup", Target::product_group, "product group"},
    References::Member{"customerSegment", "customerSegment", Target::customer_segment, "customer segment"},
};

template <class Record, class Name, class Names>
Result<void> read(const app::Context& context, const Name& name_of, Names& into) {
    const auto rows = context.store().list<Record>(
        {{where<&Record::tenant_id>(context.tenant_id)}, {}, 0, std::numeric_limits<std::int64_t>::max()});
    if (!rows) return std::unexpected(rows.error());
    for (const Record& row : *rows) {
        into.ids.emplace(name_of(row), row.id.value);
        into.names.emplace(row.id.value, name_of(row));
    }
    return {};
}

}  // namespace

const References::Member* References::member_of_api(std::string_view name) {
    const auto found = std::ranges::find(members, name, &Member::api);
    return found == members.end() ? nullptr : &*found;
}

const References::Member* References::member_of_file(std::string_view name) {
    const auto found = std::ranges::find(members, name, &Member::file);
    return found == members.end() ? nullptr : &*found;
}

Result<References> References::load(const app::Context& context) {
    using namespace core;
    References all;
    auto done = read<product::CardBinRange>(
        context, [](const auto& row) { return row.bin + ":" + row.start_range; }, all.all_[Target::bin_range]);
    if (done)
        done = read<product::CardArt>(context, [](const auto& row) { return row.code; }, all.all_[Target::card_art]);
    if (done)
        done = read<product::CardProductGroup>(
            context, [](const auto& row) { return row.name; }, all.all_[Target::product_group]);
    if (done)
        done = read<customer::CustomerSegment>(
            context, [](const auto& row) { return row.name; }, all.all_[Target::customer_segment]);
    if (!done) return std::unexpected(std::move(done.error()));
    return all;
}

std::optional<std::int64_t> References::id_of(Target target, std::string_view name) const {
    const auto& ids = all_.at(target).ids;
    const auto found = ids.find(name);
    return found == ids.end() ? std::nullopt : std::optional(found->second);
}

std::string References::name_of(Target target, std::int64_t id) const {
    const auto& names = all_.at(target).names;
    const auto found = names.find(id);
    return found == names.end() ? "?" : found->second;
}

}  // namespace takas::api
