// What a use case works with: who asks, what time it is, the doors to the outside, and the unit of work it fills.
// A use case reads through `services.store`, puts its changes into `unit` and returns its answer; the door that called
// it commits the unit together with what the door itself must remember (idempotency, audit) and only then replies.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/random.hpp"
#include "app/ports/store.hpp"
#include "base/error.hpp"
#include "base/strong_id.hpp"

namespace takas::app {

namespace auth {
class TokenService;  // app/auth/token_service.hpp
}
namespace card_security {
struct Desk;  // app/card_security/desk.hpp
}
namespace cards {
class PanVault;  // app/cards/pan_vault.hpp
}
namespace lane {
class Lanes;  // app/lane/lanes.hpp
}
namespace authorize {
class Authorizer;  // app/authorize/authorizer.hpp
}
namespace catalog {
class Catalog;  // app/catalog/catalog.hpp
}
namespace cluster {
class Forwarding;  // app/cluster/forwarding.hpp
}
namespace events {
class EventStreams;  // app/events/event_streams.hpp
}
namespace keys {
class KeyDirectory;  // app/keys/key_directory.hpp
}
namespace ports {
class Hsm;            // app/ports/hsm.hpp
class WebhookSender;  // app/ports/webhook_sender.hpp
}  // namespace ports
namespace secrets {
class SecretBox;  // app/secrets/secret_box.hpp
}
namespace vault {
class Vault;  // app/vault/vault.hpp
}

/// Everything a use case may call. Made once by the composition root.
struct Services {
    ports::Store& store;
    const ports::Clock& clock;
    ports::Random& random;
    ids::IdSource& ids;
    catalog::Catalog& catalog;       ///< small reference data, cached: exchange rates
    cards::PanVault& pan_vault;      ///< encrypts, hashes and draws card numbers
    secrets::SecretBox& secret_box;  ///< encrypts stored secrets (webhook credentials, stored replies)
    lane::Lanes& lanes;              ///< owners of card accounts
    authorize::Authorizer& authorizer;
    auth::TokenService& tokens;                      ///< gives access tokens and says whose they are
    ports::Hsm& hsm;                                 ///< everything that needs a clear payment key
    keys::KeyDirectory& keys;                        ///< which payment key serves
    cluster::Forwarding* forwarding = nullptr;       ///< to other servers on the store; nullptr: there are none
    card_security::Desk* card_security = nullptr;    ///< set by the composition root; tests without an HSM have none
    ports::WebhookSender* webhook_sender = nullptr;  ///< nullptr: this server sends nothing
    events::EventStreams* event_streams = nullptr;   ///< nullptr: this server has no streams
    vault::Vault* vault = nullptr;                   ///< the card vault; set by the composition root
};

enum class Language : std::uint8_t { turkish, english };

/// One call by one user.
struct Context {
    Services& services;
    TenantId tenant_id;
    std::string user_id;  ///< UUID of the caller: becomes creatorId
    Instant now;
    Language language = Language::turkish;
    std::string correlation_id;
    ports::Unit unit;
    std::string user_name{};       ///< of the same user; "" for the server itself
    std::string client_address{};  ///< where the call came from; "" for the server itself
    std::string service_name{};    ///< the operation that was called: "updateCardProduct"
    /// Tables of the unit whose rows may move between reading and committing: when the commit is refused because of one
    /// of them, the use case is run again on what is stored now (at most `decisions_max` times).
    std::vector<std::string_view> decides_again_on{};
    /// What must live until the outcome of the commit is known.
    std::vector<std::shared_ptr<const void>> held{};
    /// Run once the unit is committed, before the caller is answered; may read the store. For memory that should follow
    /// at once on this server: when it does not run (the server stops), the usual polls do the same a moment later.
    std::vector<std::function<void()>> after_commit{};
    int decisions = 1;

    static constexpr int decisions_max = 32;  ///< as many callers may meet on one row, of which one wins each time

    /// The use case decided on this row: should it change or go before the commit, the use case is run again.
    template <class Record>
    void depend_on(const Record& record) {
        if constexpr (requires { record.version; })
            unit.require(record, record.version);
        else
            unit.require(record);
        decides_again_on.push_back(ports::table_of<Record>().name);
    }

    /// The use case decided on there being no such row, and changes a row that whoever makes one depends on.
    template <class Record>
    void depend_on_none(std::vector<ports::Condition> conditions) {
        unit.forbid<Record>(std::move(conditions));
        decides_again_on.push_back(ports::table_of<Record>().name);
    }

    /// Empties what the use case filled, if running it again may help; false when the refusal is final.
    bool decide_again(const ports::CommitResult& refusal) {
        using enum ports::CommitOutcome;
        const bool moved = refusal.outcome == conflict || refusal.outcome == version_moved;
        if (!moved || decisions >= decisions_max ||
            std::ranges::find(decides_again_on, refusal.table) == decides_again_on.end())
            return false;
        ++decisions;
        begin_afresh();
        return true;
    }

    /// Empties what the use case filled.
    void begin_afresh() {
        unit = {};
        decides_again_on.clear();
        held.clear();
        after_commit.clear();
    }

    ports::Store& store() const { return services.store; }
    template <class Id>
    Id next_id() {
        return services.ids.next<Id>();
    }
};

}  // namespace takas::app
