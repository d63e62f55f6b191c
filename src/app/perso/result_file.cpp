#include "app/perso/result_file.hpp"

#include <algorithm>
#include <map>

#include "app/authorize/authorizer.hpp"
#include "app/cards/cards.hpp"
#include "app/perso/call_off.hpp"
#include "app/perso/deliveries.hpp"
#include "app/perso/orders.hpp"
#include "app/perso/result_record.hpp"
#include "core/note/free_texts.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::perso {
namespace {

using core::perso::LineOutcome;
using core::perso::PersoFile;
using core::perso::PersoFileLine;
using ports::CommitOutcome;
using ports::where;

std::unexpected<Error> no_result_file(std::string english) {
    return fail_field("file", std::move(english), "Dosya geçerli ve tam bir sonuç dosyası değil.");
}

Result<std::vector<std::string_view>> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return no_result_file("The last line has no end: the file is not whole.");
        if (lines.size() >= result_lines_max + 2) return no_result_file("The file has too many lines.");
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

template <class Line>
std::optional<Line> read_line(std::string_view text, std::string_view record) {
    if (text.size() > result_line_bytes_max) return {};
    auto line = protocol::json::decode<Line>(text);
    if (!line || line->record != record) return {};
    return std::move(*line);
}

struct Read {
    std::int64_t line_no = 0;
    PersoResultLine line;
};

/// The lines that can be taken; the others are refused. Two that say the same: the first one counts. Two that say
/// different things: neither does.
std::vector<Read> sort_out(std::span<const std::string_view> lines, ResultReport& report) {
    std::vector<Read> read;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_barcode;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line_no = static_cast<std::int64_t>(i) + 2;
        auto line = read_line<PersoResultLine>(lines[i], "card");
        if (!line) {
            report.refused.push_back({line_no, "", "the line cannot be read"});
            continue;
        }
        by_barcode[line->barcode].push_back(read.size());
        read.push_back({line_no, std::move(*line)});
    }
    std::vector<Read> good;
    for (const auto& [barcode, places] : by_barcode) {
        const Read& first = read[places.front()];
        const bool is_clear = std::ranges::all_of(places, [&](auto at) { return read[at].line == first.line; });
        for (const auto at : places) {
            if (at == places.front() && is_clear)
                good.push_back(read[at]);
            else
                report.refused.push_back(
                    {read[at].line_no, barcode,
                     (is_clear ? "double: line " : "contradicts another line of this card: line ") +
                         std::to_string(at == places.front() ? read[places[1]].line_no : first.line_no)});
        }
    }
    std::ranges::sort(good, {}, &Read::line_no);
    return good;
}

enum class Taken : std::uint8_t { now, before, not_possible };
struct Verdict {
    Taken taken{};
    std::string why{};
};

/// Decides about one card and fills the context's unit.
Result<Verdict> decide(Context& context, EntityId file_id, const PersoResultLine& line) {
    if (!core::note::check_free_text("reason", line.reason))
        return Verdict{Taken::not_possible, "a card number must not be written into the reason"};
    auto order = order_of_barcode(context, line.barcode);
    if (!order) return std::unexpected(std::move(order.error()));
    if (!*order) return Verdict{Taken::not_possible, "no order has this barcode"};
    const auto in_file = context.store().find<PersoFileLine>({where<&PersoFileLine::tenant_id>(context.tenant_id),
                                                              where<&PersoFileLine::file_id>(file_id),
                                                              where<&PersoFileLine::issuance_id>((*order)->id)});
    if (!in_file) return std::unexpected(in_file.error());
    if (!*in_file) return Verdict{Taken::not_possible, "the card was not in this file"};
    const bool is_made = line.result == PersoResult::made;
    const LineOutcome said = is_made ? LineOutcome::made : LineOutcome::spoiled;
    if ((*in_file)->outcome == said) return Verdict{Taken::before};
    if ((*in_file)->outcome != LineOutcome::open)
        return Verdict{Taken::not_possible, "the card is known as " + std::string(to_name((*in_file)->outcome))};
    const auto card = cards::get_card(context, (*order)->token_id);
    if (!card) return std::unexpected(card.error());
    if (const auto why = why_not_made(*card, **order); why && is_made) return Verdict{Taken::not_possible, *why};
    const auto moved = move_order(context, context.unit, std::move(**order), card->customer_no,
                                  {is_made ? PersoStatus::completed : PersoStatus::error, line.reason,
                                   is_made ? line.courier_no : std::string()});
    if (!moved) return Verdict{Taken::not_possible, std::string(error_row(moved.error().code).english)};
    return Verdict{Taken::now};
}

/// One card, again when somebody else moved its order meanwhile.
Result<Verdict> take_line(Context& context, EntityId file_id, const PersoResultLine& line) {
    while (true) {
        auto verdict = decide(context, file_id, line);
        if (!verdict || verdict->taken != Taken::now) {
            context.unit = {};
            return verdict;
        }
        context.decides_again_on.push_back(ports::table_of<Issuance>().name);
        const auto result = context.store().commit_and_wait(std::exchange(context.unit, {}));
        if (result.outcome == CommitOutcome::committed) return verdict;
        if (!context.decide_again(result)) return std::unexpected(authorize::commit_error(result.outcome));
    }
}

Result<void> take_perso(Context& context, EntityId file_id, std::span<const std::string_view> lines,
                        ResultReport& report) {
    const auto file = context.store().find<PersoFile>(
        {where<&PersoFile::tenant_id>(context.tenant_id), where<&PersoFile::id>(file_id)});
    if (!file) return std::unexpected(file.error());
    if (!*file) return fail(ErrorCode::issuance_not_found, "no personalisation file has this fileId");
    for (const Read& one : sort_out(lines, report)) {
        context.decisions = 1;
        const auto verdict = take_line(context, file_id, one.line);
        if (!verdict) return std::unexpected(verdict.error());
        if (verdict->taken == Taken::not_possible)
            report.refused.push_back({one.line_no, one.line.barcode, verdict->why});
        report.taken_count += verdict->taken == Taken::now ? 1 : 0;
        report.known_count += verdict->taken == Taken::before ? 1 : 0;
    }
    auto counts = counts_of(context, file_id);
    if (!counts) return std::unexpected(std::move(counts.error()));
    report.counts = *counts;
    return {};
}

/// With the field's name when it is about one.
std::string why_of(const Error& error) {
    if (error.fields.empty()) return std::string(error_row(error.code).english);
    return error.fields.front().path + ": " + error.fields.front().english;
}

Result<void> take_deliveries(Context& context, std::span<const std::string_view> lines, ResultReport& report) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line_no = static_cast<std::int64_t>(i) + 2;
        auto line = read_line<DeliveryResultLine>(lines[i], "delivery");
        if (!line) {
            report.refused.push_back({line_no, "", "the line cannot be read"});
            continue;
        }
        context.decisions = 1;
        const auto done =
            take_report(context, {line->barcode, line->status, line->description.value_or(""), line->receiver_name,
                                  line->receiver_relation, line->branch, line->courier_no, line->status_time});
        if (done)
            ++(done->was_known ? report.known_count : report.taken_count);
        else if (is_final_refusal(done.error().code))
            report.refused.push_back({line_no, line->barcode, why_of(done.error())});
        else
            return std::unexpected(done.error());
    }
    return {};
}

}  // namespace

Result<FileCounts> counts_of(const Context& context, EntityId file_id) {
    FileCounts counts;
    const auto count = [&](LineOutcome outcome, std::int64_t& into) -> Result<void> {
        const auto found = context.store().count_of<PersoFileLine>(
            std::array{where<&PersoFileLine::tenant_id>(context.tenant_id), where<&PersoFileLine::file_id>(file_id),
                       where<&PersoFileLine::outcome>(outcome)});
        if (!found) return std::unexpected(found.error());
        into = *found;
        counts.ordered += into;
        return {};
    };
    for (const auto& [outcome, into] :
         {std::pair(LineOutcome::made, &counts.made), std::pair(LineOutcome::spoiled, &counts.spoiled),
          std::pair(LineOutcome::withdrawn, &counts.withdrawn), std::pair(LineOutcome::open, &counts.open)})
        if (auto done = count(outcome, *into); !done) return std::unexpected(std::move(done.error()));
    return counts;
}

Result<ResultReport> take_results(Context& context, std::string_view text) {
    const auto lines = lines_of(text);
    if (!lines) return std::unexpected(lines.error());
    if (lines->size() < 2) return no_result_file("A header and a trailer are expected.");
    const auto header = read_line<ResultHeader>(lines->front(), "header");
    const auto trailer = read_line<ResultTrailer>(lines->back(), "trailer");
    if (!header) return no_result_file("The first line is no header of a result file.");
    const std::span between(lines->data() + 1, lines->size() - 2);
    if (!trailer || trailer->line_count != static_cast<std::int64_t>(between.size()))
        return no_result_file("The last line is no trailer with the number of lines: the file is not whole.");
    ResultReport report;
    const bool is_perso = header->content == ResultContent::perso;
    if (is_perso && !header->file_id) return no_result_file("The header has no fileId.");
    auto done =
        is_perso ? take_perso(context, *header->file_id, between, report) : take_deliveries(context, between, report);
    if (!done) return std::unexpected(std::move(done.error()));
    std::ranges::sort(report.refused, {}, &RefusedLine::line_no);
    return report;
}

}  // namespace takas::app::perso
