// A copy of an institution's policy (products, groups, controls, limits, fees, taxes, their links and versions) on
// which the use cases run one after another, each on what the ones before made: then the difference to what is stored
// is one unit of work. Nothing is written to the real store here.
//
// What was read stays as it was until that unit is committed: changed rows and rows that were only looked at are
// required at the versions they were read with, so that any change in between refuses the whole unit.
#pragma once

#include <memory>

#include "app/context/context.hpp"

namespace takas::app::policy_files {

/// Of one institution. `empty` is a store with nothing in it that is only used here.
class Staging {
  public:
    /// Reads everything. Errors: those of the store.
    static Result<std::unique_ptr<Staging>> load(const Context& real, ports::Store& empty);
    ~Staging();
    Staging(const Staging&) = delete;

    /// Like the caller's, on the copy.
    Context context();

    /// Takes what a use case put into the context's unit over into the copy.
    /// Errors: already_exists (a name or code is taken), unavailable.
    Result<void> settle(Context& context);

    /// What has to be written for the real store to become like the copy; empty when they are alike. Once.
    Result<ports::Unit> difference();

  private:
    struct Impl;
    explicit Staging(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace takas::app::policy_files
