// The files of a month read back, before anything leaves the store because of them. Private to this folder.
#pragma once

#include "app/archive/claim.hpp"
#include "app/archive/read.hpp"
#include "app/archive/write_month.hpp"

namespace takas::app::archive {

/// Every file is as its manifest says (rows, bytes, SHA-256), the entries follow one another from where each account
/// stood to where it ends, and the files hold as many rows as the store does of that month. Error: internal, with the
/// first thing that is not so.
Result<void> check_month(ports::Store& store, ports::ArchiveFiles& files, const Manifest& manifest, const State& state,
                         const Cut& cut, const Options& options, Claim& claim);

}  // namespace takas::app::archive
