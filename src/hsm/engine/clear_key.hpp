// A working key in the clear, for as long as someone holds it. What holds the octets (a slot of locked memory, a
// buffer of one operation) is the business of who opened the key.
#pragma once

#include <functional>
#include <memory>

#include "base/bytes.hpp"
#include "crypto/secret.hpp"

namespace takas::hsm {

class ClearKey {
  public:
    virtual ~ClearKey() = default;
    /// The octets themselves. Never log or store what this returns.
    virtual ByteView reveal() const = 0;
};

using OpenKey = std::shared_ptr<const ClearKey>;

}  // namespace takas::hsm
