// The hash of a record and the seal of a chain's end: made by the recorder, made again by `takas verify`.
#pragma once

#include <string>

#include "app/secrets/secret_box.hpp"
#include "core/audit/audit.hpp"

namespace takas::app::audit {

/// SHA-256 over the record's canonical text.
Blob hash_of(const core::audit::AuditRecord& record);

/// What the hash before the first record is.
Blob first_hash();

/// The seal of a chain that ends like this. Whoever cuts the chain's tail cannot make the seal of what is left.
std::string seal_of(const core::audit::AuditHead& head, const secrets::SecretBox& box);
bool is_sealed(const core::audit::AuditHead& head, const secrets::SecretBox& box);

/// Makes `record` the next of the chain: number, hashes; moves the head on.
void append(core::audit::AuditHead& head, core::audit::AuditRecord& record, const secrets::SecretBox& box);

}  // namespace takas::app::audit
