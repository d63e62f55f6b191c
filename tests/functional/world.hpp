// One server under test with its store, its clock and one door into it. A scenario has a world of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "answer.hpp"
#include "base/time.hpp"

namespace takas::functional {

enum class DoorKind : std::uint8_t { http, local };
enum class StoreKind : std::uint8_t { sqlite, memory, postgres };

struct WorldOptions {
    DoorKind door = DoorKind::local;
    StoreKind store = StoreKind::memory;
    std::filesystem::path folder;     ///< empty: a temporary one
    std::string store_url;            ///< of PostgreSQL
    std::filesystem::path data_from;  ///< a data folder to begin with: its keys fit to a copied database
    Instant begins_at = *parse_instant("2031-03-01T10:00:00Z");
};

class World {
  public:
    /// Starts a server with the demo institution in it. A server that does not start ends the program.
    explicit World(WorldOptions options);
    ~World();

    Answer ask(const Question& question);

    /// Stops the server and starts it again on the same data; the memory store is handed on.
    void restart();

    Instant now() const;
    void set_time(Instant now);

    /// Runs the job card-fees: "2 charged, 0 wait".
    std::string charge_card_fees();
    /// The job hold-expiry; "" when it could run.
    std::string expire_holds();
    /// Runs the job backtests once; "" when it did, else why not.
    std::string run_backtests();

    /// What is wrong with the books, or nothing.
    std::optional<std::string> audit();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::functional
