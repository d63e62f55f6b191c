// Counts wrong secrets for each key id and network (network_of an address), and locks the pair for half an hour after
// ten in a row (PCI DSS 8.3.4). A stranger who guesses from one network locks out himself, not the merchant. Bounded:
// when it is full, the oldest is forgotten. Each server counts for itself.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <string>

#include "base/time.hpp"

namespace takas::app::vault {

inline constexpr int lockout_failures = 10;
inline constexpr std::int64_t lockout_s = 30 * 60;

class Lockout {
  public:
    explicit Lockout(std::size_t entries_max = 65'536) : entries_max_(entries_max) {}

    bool is_locked(const std::string& who, Instant now);
    void failed(const std::string& who, Instant now);
    void succeeded(const std::string& who);
    std::size_t size();

  private:
    struct Entry {
        int failures = 0;
        Instant last_at;
        std::list<std::string>::iterator age;
    };
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::list<std::string> by_age_;  ///< the longest untouched first
    std::size_t entries_max_;
};

}  // namespace takas::app::vault
