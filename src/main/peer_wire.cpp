#include "main/peer_wire.hpp"

namespace takas::main {
namespace {

app::ports::PeerOutcome outcome_of(net::PeerResult::Ended ended) {
    switch (ended) {
        case net::PeerResult::Ended::answered:
            return app::ports::PeerOutcome::answered;
        case net::PeerResult::Ended::not_sent:
            return app::ports::PeerOutcome::not_sent;
        case net::PeerResult::Ended::unanswered:
            break;
    }
    return app::ports::PeerOutcome::unanswered;
}

}  // namespace

void PeerWire::send(app::ports::PeerRequest request, Done done) {
    client_->send(
        {std::move(request.address), std::move(request.path), std::move(request.headers), std::move(request.body)},
        [done = std::move(done)](net::PeerResult result) mutable {
            done({outcome_of(result.ended), result.status, std::move(result.body)});
        });
}

}  // namespace takas::main
