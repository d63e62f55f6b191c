// Delivers webhooks: at least once, in order for each subscription and stream, so that neither a slow receiver nor a
// waiting stream holds up another. Everything it must remember is in the store; what is in memory is only what is on
// its way. One thread calls step(); it reads no clock but the one it is given and never sleeps, so that a test can play
// days in a moment. Knows no socket: requests leave through app/ports/webhook_sender.hpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "app/catalog/catalog.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/random.hpp"
#include "app/ports/store.hpp"
#include "app/ports/webhook_sender.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/webhooks/access_tokens.hpp"
#include "core/webhook/attempt.hpp"
#include "core/webhook/webhook.hpp"
#include "notify/fan_out.hpp"
#include "notify/leadership.hpp"
#include "notify/outlets.hpp"

namespace takas::notify {

/// The error of a delivery whose event cannot be read: the receiver has no part in it.
inline constexpr std::string_view not_rendered = "not_rendered";

struct NotifierDoors {
    app::ports::Store& store;
    const app::ports::Clock& clock;
    app::ports::Random& random;
    app::ids::IdSource& ids;
    const app::catalog::Catalog& catalog;
    const app::secrets::SecretBox& secret_box;
    app::ports::WebhookSender& sender;
};

struct NotifierOptions {
    std::int32_t node = 0;  ///< as given to the id source
    std::size_t in_flight_max =
        192;  ///< the outbound client has a few more; an institution gets half at most: may_send
    int in_flight_per_webhook_max = 16;
    int in_flight_at_first = 2;                 ///< until a receiver has shown that it is quick; doubled each time
    int in_flight_per_failing_webhook_max = 2;  ///< and for a slow one
    std::int64_t slow_after_us = 2'000'000;     ///< a receiver should take an event and work on it later
};

class Notifier {
  public:
    Notifier(const NotifierDoors& doors, const NotifierOptions& options);

    /// One round: records what came back, makes deliveries of new events, sends what is due. True when there is more to
    /// do at once; else the next round is worth it after an event, an answer or poll_interval_us.
    bool step();

    /// How many attempts are on their way or not recorded yet.
    std::size_t in_flight() const { return flights_.size(); }
    /// From now on nothing new is sent; rounds go on recording what comes back.
    void stop_sending() { is_sending_ = false; }
    /// Called whenever an attempt has ended, on the sender's thread.
    void on_answer(std::function<void()> wake);

    static constexpr std::int64_t poll_interval_us = 200'000;

  private:
    using Stream = std::pair<std::int64_t, std::int64_t>;  ///< webhook, stream
    struct Answer {
        std::int64_t delivery_id;
        std::int64_t term;
        app::ports::WebhookReply reply;
    };
    /// Shared with the sender: an answer may come after the notifier is gone.
    struct Inbox {
        std::mutex mutex;
        std::vector<Answer> answers;
        std::function<void()> wake;
        void put(Answer answer);
    };
    struct Flight {
        core::webhook::WebhookDelivery sent;      ///< as it was stored when it was sent
        core::webhook::WebhookDelivery delivery;  ///< as the answer makes it
        std::string url;
        std::int64_t retries_allowed = 0;
        Instant sent_at{};
        bool is_counted = true;  ///< its outcome tells of a subscription that is in use
    };

    bool lead(Instant now);
    bool settle(Instant now);
    void collect_answers(Instant now);
    std::optional<core::webhook::WebhookDelivery> record(Flight& flight, std::set<std::int64_t>& webhooks,
                                                         app::ports::Unit& unit);
    bool promote_next(const core::webhook::WebhookDelivery& finished, app::ports::Unit& unit, Instant now);
    void record_health(const Flight& flight, Instant now);
    void release(std::int64_t delivery_id);
    bool fan_out(Instant now);
    bool replay(Instant now);
    void send_due(Instant now);
    void look_at_flights(Instant now);
    int places_of(const Outlet& outlet) const;
    bool may_send(const Outlet& outlet) const;
    void send_due_to(Outlet& outlet, Instant now);
    void send(Outlet& outlet, core::webhook::WebhookDelivery delivery, Instant now);
    struct Prepared {
        app::ports::WebhookRequest request;
        app::webhooks::WebhookSecrets secrets;
    };
    Result<Prepared> prepare(const Outlet& outlet, const core::webhook::WebhookDelivery& delivery, Instant now);
    bool commit(app::ports::Unit unit, Instant now);
    std::uint32_t dice();

    NotifierDoors doors_;
    const NotifierOptions options_;
    app::webhooks::AccessTokens tokens_;
    Outlets outlets_;
    FanOut fan_out_;
    Leadership leadership_;
    std::int64_t term_ = 0;
    bool is_sending_ = true;
    std::size_t first_outlet_ = 0;  ///< rotates, so that no subscription is always last
    std::map<std::int64_t, Flight> flights_;
    std::map<std::int64_t, std::size_t> flights_of_tenant_;  ///< counted anew before each round of sending
    std::set<Stream> busy_streams_;
    std::set<std::int64_t> unsettled_;  ///< flights that came back and are not committed yet
    std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
};

}  // namespace takas::notify
