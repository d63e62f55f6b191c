// A PostgreSQL cluster for one run of the scenarios (tools/private_postgres), and a database in it for each world. A
// filled database is copied instead of made again: that is most of what a world costs to begin.
#pragma once

#include <filesystem>
#include <string>

namespace takas::functional {

class Cluster {
  public:
    /// Starts one in a temporary folder; it goes with this process, however that ends. One that does not start ends the
    /// program.
    Cluster();
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    /// The URL of a new database, which replaces one of that name: empty, or a copy of `original`, which nobody uses at
    /// that moment.
    std::string database(const std::string& name, const std::string& original = {}) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace takas::functional
