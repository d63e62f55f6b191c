#include "app/audit/chain.hpp"

#include "crypto/digest.hpp"

namespace takas::app::audit {

using core::audit::AuditHead;
using core::audit::AuditRecord;

namespace {

constexpr std::string_view sealed_thing = "audit head 1";

}  // namespace

Blob hash_of(const AuditRecord& record) {
    const crypto::Sha256 digest = crypto::sha256(bytes_of(core::audit::canonical_text(record)));
    return Blob{std::string(text_of(digest))};
}

Blob first_hash() { return Blob{std::string(sizeof(crypto::Sha256), '\0')}; }

std::string seal_of(const AuditHead& head, const secrets::SecretBox& box) {
    return box.prove({sealed_thing, std::to_string(head.tenant_id.value),
                      std::to_string(static_cast<int>(head.subject)), head.subject_key, std::to_string(head.version),
                      head.hash.bytes});
}

bool is_sealed(const AuditHead& head, const secrets::SecretBox& box) {
    return box.is_proof(
        head.seal, {sealed_thing, std::to_string(head.tenant_id.value), std::to_string(static_cast<int>(head.subject)),
                    head.subject_key, std::to_string(head.version), head.hash.bytes});
}

void append(AuditHead& head, AuditRecord& record, const secrets::SecretBox& box) {
    record.tenant_id = head.tenant_id;
    record.subject = head.subject;
    record.subject_key = head.subject_key;
    record.record_no = head.version + 1;
    record.previous_hash = head.version == 0 ? first_hash() : head.hash;
    record.hash = hash_of(record);
    head.version = record.record_no;
    head.hash = record.hash;
    head.seal = seal_of(head, box);
}

}  // namespace takas::app::audit
