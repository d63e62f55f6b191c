// An institution's policy as files (docs/operating/policy_files.md): products and their groups, authorization and
// velocity controls, fees and taxes, with their links; one TOML file for each kind, names as keys. Written from what is
// stored, and read into a plan: what would change, or everything that is wrong. Knows texts, not folders.
//
// export -> plan says "no change", and applying what was exported exports the same octets again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/policy_files/staging.hpp"

namespace takas::api {

struct PolicyFile {
    std::string name;  ///< "taxes.toml"
    std::string text;
};

/// Every name that such a file may have, in the order in which they are applied.
std::vector<std::string> policy_file_names();

/// All files, also those without entries. Errors: those of the store.
Result<std::vector<PolicyFile>> export_policy(const app::Context& context);

struct PolicyMistake {
    std::string file;
    std::int64_t line = 0;
    std::string key;  ///< "links[0].rule"; "": the entry itself
    std::string reason;
};

enum class PolicyAction : std::uint8_t { added, changed, removed };

struct PolicyChange {
    struct Key {
        std::string key, before, now;  ///< values as in the file; "": not said
    };
    PolicyAction action{};
    std::string table, name;  ///< "transactionFee", "Foreign purchase"
    std::vector<Key> keys;
    std::vector<std::string> warnings;  ///< legal, but probably not meant
};

struct PolicyPlan {
    std::vector<PolicyMistake> mistakes;  ///< none: the rest counts
    std::vector<PolicyChange> changes;
    std::vector<std::string> kept;  ///< stored, not in the files, and not to be removed
    std::string hash;               ///< of what is stored and what is wanted, 64 hexadecimal digits
};

/// Makes the staging's copy as the files say. A kind without a file stays as it is. `prunes`: what a file does not name
/// is deleted. Errors: those of the store.
Result<PolicyPlan> plan_policy(app::policy_files::Staging& staging, std::span<const PolicyFile> files, bool prunes);

}  // namespace takas::api
