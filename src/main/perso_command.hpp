// The steps of `takas perso export` on a server that runs already: for tests that stop between them.
#pragma once

#include <functional>
#include <string>

#include "app/perso/export.hpp"

namespace takas::main {

enum class ExportStep : std::uint8_t { written, committed };

/// `goes_on` is asked after each step; no: everything stays as if the process had died there. The exit status.
int export_to(app::Context& context, const app::perso::ExportWish& wish, const std::string& to,
              const std::function<bool(ExportStep)>& goes_on);

}  // namespace takas::main
