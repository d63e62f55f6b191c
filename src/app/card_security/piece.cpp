#include "app/card_security/piece.hpp"

#include <charconv>
#include <utility>

#include "core/card/renewal.hpp"
#include "protocol/tlv/chip_data.hpp"
#include "protocol/track/track.hpp"

namespace takas::app::card_security {
namespace {

std::optional<std::int16_t> sequence_in(const Presented& presented) {
    if (presented.chip_data.empty()) return std::nullopt;
    const auto data = protocol::tlv::read_chip_data(presented.chip_data.reveal());
    if (!data || data->pan_sequence_number.size() != 1) return std::nullopt;
    const std::uint8_t packed = data->pan_sequence_number[0];
    return static_cast<std::int16_t>((packed >> 4) * 10 + (packed & 0x0F));
}

std::optional<core::card::Expiry> expiry_in(const Presented& presented) {
    if (presented.track2.empty()) return std::nullopt;
    const auto track = protocol::track::parse_track2(text_of(presented.track2.reveal()));
    if (!track) return std::nullopt;
    core::card::Expiry expiry;
    const std::string_view text = track->expiry;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), expiry.value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return expiry;
}

bool is_previous(const CardView& view, const Presented& presented, std::optional<core::card::Expiry> stated) {
    if (const auto sequence = sequence_in(presented))
        return *sequence == view.previous_pan_sequence_no && *sequence != view.pan_sequence_no;
    if (const auto expiry = expiry_in(presented)) stated = expiry;
    return stated && stated == view.previous_expire_date && *stated != view.expire_date;
}

}  // namespace

void turn_to_piece(CardView& view, const Presented& presented, std::optional<core::card::Expiry> stated) {
    if (!view.previous_expire_date || !is_previous(view, presented, stated)) return;
    view.expire_date = *view.previous_expire_date;
    view.pan_sequence_no = view.previous_pan_sequence_no;
    view.creation_time = view.card_creation_time;
    view.is_previous_piece = true;
    turn_counters(view, view.security);
}

bool is_other_piece(const CardView& seen, const core::card::Card& now) {
    return seen.newest_pan_sequence_no != now.pan_sequence_no ||
           (seen.is_previous_piece && !core::card::is_renewal_waiting(now));
}

void turn_counters(const CardView& view, core::card::CardSecurity& security) {
    if (view.is_previous_piece) std::swap(security.last_atc, security.previous_last_atc);
}

bool shows_newest_piece(const CardView& view, const core::authorization::Facts& facts) {
    using core::authorization::Verdict;
    return view.previous_expire_date && !view.is_previous_piece &&
           (facts.arqc == Verdict::passed || facts.cvv == Verdict::passed);
}

}  // namespace takas::app::card_security
