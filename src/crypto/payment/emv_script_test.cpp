#include "crypto/payment/emv_script.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

const Bytes imk_ac = from_hex("0123456789ABCDEFFEDCBA9876543210");
const Bytes imk_smi = from_hex("FEDCBA98765432100123456789ABCDEF");
const Bytes imk_smc = from_hex("89ABCDEF0123456776543210FEDCBA98");
const Bytes atc = from_hex("001C");
const Bytes cryptogram = from_hex("7A788EA6B8A3E733");
constexpr CardIdentity card{"1234567890123456", "00"};

ScriptContext transaction() { return {atc, cryptogram}; }
ScriptKeys keys() { return {imk_ac, imk_smi, imk_smc}; }
const EmvProfile& visa18() { return *find_emv_profile("VISA_CVN18"); }

TEST(script_command, is_header_data_and_a_mac_over_them) {
    const auto unblock = script_command(visa18(), imk_smi, card, transaction(), application_unblock_command);
    ASSERT_TRUE(unblock);
    EXPECT_EQ(hex_encode(*unblock), "841800000804ede90bc24cc35e");
    const auto with_data = script_command(visa18(), imk_smi, card, transaction(), pin_unblock_command, Bytes(16, 7));
    EXPECT_EQ(with_data->size(), 5 + 16 + 8);
    EXPECT_EQ((*with_data)[4], 24);
}

TEST(script_command, refuses_what_does_not_fit_into_a_command) {
    EXPECT_FALSE(script_command(visa18(), imk_smi, card, transaction(), Bytes(5)));
    EXPECT_FALSE(script_command(visa18(), imk_smi, card, transaction(), pin_unblock_command, Bytes(241)));
    EXPECT_TRUE(script_command(visa18(), imk_smi, card, transaction(), pin_unblock_command, Bytes(240)));
    EXPECT_FALSE(script_command(visa18(), imk_smi, card, {atc, Bytes(7)}, pin_unblock_command));
    EXPECT_FALSE(script_command(visa18(), imk_smi, card, {{}, cryptogram}, pin_unblock_command));
    EXPECT_FALSE(encipher_script_data(visa18(), imk_smc, card, transaction(), {}));
    EXPECT_FALSE(encipher_script_data(visa18(), imk_smc, card, transaction(), Bytes(300)));
}

TEST(pin_change, gives_a_command_for_every_profile) {
    for (const EmvProfile& profile : emv_profiles()) {
        const auto command = pin_change_command(profile, keys(), card, transaction(), "9999");
        ASSERT_TRUE(command) << profile.name;
        EXPECT_EQ(hex_encode(ByteView(*command).first(4)), "84240002");
        EXPECT_EQ((*command)[4], command->size() - 5);
        const bool has_variant = profile.pin_change_with_current != PinChangeBlock::none;
        const auto with_current = pin_change_command(profile, keys(), card, transaction(), "9999", "8888");
        ASSERT_EQ(with_current.has_value(), has_variant) << profile.name;
        if (has_variant) EXPECT_EQ((*with_current)[3], 1);
        if (!has_variant) EXPECT_EQ(with_current.error(), Fault::profile_lacks_operation);
    }
}

TEST(pin_change, hides_the_pin_behind_the_transaction) {
    const auto first = pin_change_command(visa18(), keys(), card, transaction(), "9999");
    const Bytes next_atc = from_hex("001D");
    const auto second = pin_change_command(visa18(), keys(), card, {next_atc, cryptogram}, "9999");
    EXPECT_NE(*first, *second);
    EXPECT_NE(*first, *pin_change_command(visa18(), keys(), card, transaction(), "9998"));
}

TEST(pin_change, refuses_what_is_no_pin) {
    for (const std::string_view pin : {"", "123", "1234567890123", "12a4"})
        EXPECT_EQ(pin_change_command(visa18(), keys(), card, transaction(), pin).error(), Fault::pin_refused);
    EXPECT_EQ(pin_change_command(visa18(), keys(), card, transaction(), "1234", "1").error(), Fault::pin_refused);
}

}  // namespace
}  // namespace takas::crypto::payment
