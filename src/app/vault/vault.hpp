// What the use cases of the card vault share: keys, merchants, the BIN table, and what lives in this process's memory
// only. One for a server.
#pragma once

#include "app/vault/afterwards.hpp"
#include "app/vault/bins.hpp"
#include "app/vault/cvv_memory.hpp"
#include "app/vault/directory.hpp"
#include "app/vault/keys.hpp"
#include "app/vault/lockout.hpp"
#include "app/vault/turns.hpp"

namespace takas::app::vault {

class Vault {
  public:
    Vault(ports::Store& store, const ports::Clock& clock, const Wrapping& wrapping)
        : keys(store, clock, wrapping), directory(store, clock), bins(store) {}

    Keys keys;
    Directory directory;
    Bins bins;
    CvvMemory cvvs;
    Lockout lockout;
    Afterwards afterwards;
    Turns turns;
};

}  // namespace takas::app::vault
