// For tests: institutions, drafts and the same questions asked of any HSM. Not part of the server.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

struct HsmWorld {
    static constexpr TenantId test_bank{2}, live_bank{3};
    /// A scheme's test number: its BIN is zeros behind the first digit.
    const Pan pan = *Pan::parse("4000000000000002");
    const Pan other_pan = *Pan::parse("4000000000000010");

    KeyVault& vault;
    PaymentHsm hsm;
    std::int64_t last_id = 1000;

    explicit HsmWorld(KeyVault& used, bool is_acknowledged = false)
        : vault(used), hsm(used, {[](TenantId id) { return id == test_bank; }, is_acknowledged}) {}

    PaymentKey draft(core::key::KeyUsage usage, TenantId tenant = test_bank) {
        const auto& row = core::key::usage_row(usage);
        PaymentKey key;
        key.tenant_id = tenant;
        key.id = EntityId{++last_id};
        key.label = "main";
        key.usage = usage;
        key.algorithm = row.preferred_algorithm;
        key.mode_of_use = *from_name<core::key::ModeOfUse>(row.modes.substr(0, 1));
        key.exportability = row.exportability;
        key.key_index = 1;
        key.bin = "400000";
        return key;
    }
    PaymentKey key(core::key::KeyUsage usage, TenantId tenant = test_bank) {
        auto made = hsm.generate(draft(usage, tenant));
        EXPECT_TRUE(made) << made.error().internal_detail;
        return made ? *made : PaymentKey{};
    }
    static std::string text(const crypto::SecretBytes& secret) { return std::string(text_of(secret.reveal())); }
};

template <class T>
ErrorCode code_of(const Result<T>& result) {
    return result ? ErrorCode::count_ : result.error().code;
}

}  // namespace takas::hsm
