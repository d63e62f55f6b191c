// Structured log: one JSON line per event, with keys from the glossary. The level says who must act: error wakes an
// operator, warning is read the next day, info tells the life of the process, debug is for developers.
// Takes numbers, short texts, times, ids and named enums only: there is no way to format an object into it, so that no
// secret gets in by way of a convenient operator. Silent until start() is called.
//
//   log::warning("commit_unknown").add("correlation_id", id).add("table", table);
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "base/time.hpp"

namespace takas::log {

enum class Level : std::uint8_t { debug, info, warning, error, off };

/// Lines go to standard error through a bounded queue and a thread of their own; when the queue is full the oldest line
/// is dropped rather than a request held up.
void start(Level level);
/// Writes what waits and is silent again.
void stop();
bool enabled(Level level);

/// One line, written when it dies.
class Event {
  public:
    Event(Level level, std::string_view name);
    ~Event();
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    Event& add(std::string_view key, std::string_view value);
    Event& add(std::string_view key, const char* value) { return add(key, std::string_view(value)); }
    Event& add(std::string_view key, bool value) { return add_raw(key, value ? "true" : "false"); }
    Event& add(std::string_view key, Instant value) { return add(key, to_text(value)); }
    template <std::integral T>
    Event& add(std::string_view key, T value) {
        return add_number(key, static_cast<std::int64_t>(value));
    }
    template <class Tag>
    Event& add(std::string_view key, StrongId<Tag> id) {
        return add_number(key, id.value);
    }
    template <NamedEnum E>
    Event& add(std::string_view key, E value) {
        return add(key, to_name(value));
    }

  private:
    Event& add_number(std::string_view key, std::int64_t value);
    Event& add_raw(std::string_view key, std::string_view json);

    Level level_;
    bool wanted_;
    std::string line_;
};

inline Event debug(std::string_view name) { return {Level::debug, name}; }
inline Event info(std::string_view name) { return {Level::info, name}; }
inline Event warning(std::string_view name) { return {Level::warning, name}; }
inline Event error(std::string_view name) { return {Level::error, name}; }

}  // namespace takas::log

namespace takas {

template <>
struct EnumNames<log::Level> {
    static constexpr std::string_view name = "LogLevel";
    static constexpr std::array values{named(log::Level::debug, "debug"), named(log::Level::info, "info"),
                                       named(log::Level::warning, "warning"), named(log::Level::error, "error"),
                                       named(log::Level::off, "off")};
};

}  // namespace takas
