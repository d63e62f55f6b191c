#include "app/card_security/stripe.hpp"

#include "protocol/track/track.hpp"

namespace takas::app::card_security {

std::string_view cvv_of_track2(std::string_view track2) {
    const auto track = protocol::track::parse_track2(track2);
    return track ? cvv_of(track->discretionary) : std::string_view();
}

}  // namespace takas::app::card_security
