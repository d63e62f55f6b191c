#include "base/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <memory>
#include <mutex>

namespace takas::log {
namespace {

constexpr std::size_t queue_lines = 8192;      // about 2 MB; a burst of warnings of one second fits
constexpr std::size_t value_bytes_max = 1024;  // a longer text in a log line is a mistake or an attack

std::atomic<Level> threshold{Level::off};
std::mutex logger_mutex;
std::shared_ptr<spdlog::details::thread_pool> writer;
std::shared_ptr<spdlog::async_logger> logger;

std::shared_ptr<spdlog::async_logger> current_logger() {
    const std::lock_guard lock(logger_mutex);
    return logger;
}

void append_json_text(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text.substr(0, value_bytes_max)) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x20 || octet == 0x7f) {
            out += "\\u00";
            out += hex[octet >> 4];
            out += hex[octet & 15];
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    out += '"';
}

}  // namespace

void start(Level level) {
    const std::lock_guard lock(logger_mutex);
    if (!logger) {
        writer = std::make_shared<spdlog::details::thread_pool>(queue_lines, 1);
        logger = std::make_shared<spdlog::async_logger>("takas", std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                                        writer, spdlog::async_overflow_policy::overrun_oldest);
        logger->set_level(spdlog::level::trace);
        logger->flush_on(spdlog::level::info);
        logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
    }
    threshold = level;
}

void stop() {
    threshold = Level::off;
    const std::lock_guard lock(logger_mutex);
    logger.reset();
    writer.reset();  // writes what waits and joins
}

bool enabled(Level level) { return level >= threshold.load(std::memory_order_relaxed) && level != Level::off; }

Event::Event(Level level, std::string_view name) : level_(level), wanted_(enabled(level)) {
    if (wanted_) {
        line_ = "\"event\":";
        append_json_text(line_, name);
    }
}

Event::~Event() {
    if (!wanted_) return;
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    if (const auto target = current_logger()) target->log(levels[static_cast<std::size_t>(level_)], line_);
}

Event& Event::add(std::string_view key, std::string_view value) {
    if (!wanted_) return *this;
    add_raw(key, "");
    append_json_text(line_, value);
    return *this;
}

Event& Event::add_number(std::string_view key, std::int64_t value) { return add_raw(key, std::to_string(value)); }

Event& Event::add_raw(std::string_view key, std::string_view json) {
    if (!wanted_) return *this;
    line_ += ',';
    append_json_text(line_, key);
    line_ += ':';
    line_ += json;
    return *this;
}

}  // namespace takas::log
