// The words of a card transaction, as published (contract section 8). Numbers are stored: they never change meaning.
#pragma once

#include <array>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::authorization {

enum class TransactionCode : std::uint8_t {
    unknown = 0,
    purchase = 1,
    cash_withdrawal = 2,
    cash_advance = 3,
    purchase_with_cashback = 4,
    quasi_cash = 5,
    account_funding = 6,
    pre_authorization = 7,
    pre_authorization_completion = 8,
    refund = 9,
    deposit = 10,
    original_credit = 11,
    payment_transaction = 12,
    balance_inquiry = 13,
    mini_statement = 14,
    account_verification = 15,
    account_transfer = 16,
    bill_payment = 17,
    pin_change = 18,
    pin_unblock = 19,
    pin_verify = 20,
    void_transaction = 21,
    load = 22,
    unload = 23,
    fee = 24,
    adjustment = 25,
};

enum class TransactionDomain : std::uint8_t { domestic = 0, international = 1, onus = 2 };
enum class TransactionNetwork : std::uint8_t { domestic = 0, onus = 1, visa = 2, mastercard = 3, diners = 4 };
enum class TransactionCategory : std::uint8_t { financial = 0, non_financial = 1 };
enum class TransactionResult : std::uint8_t { approved = 0, voided = 1, declined = 2 };
enum class SettleMatchStatus : std::uint8_t { unmatched = 0, matched = 1 };

enum class TransactionFlowCode : std::uint8_t {
    authorization = 0,
    financial = 1,
    authorization_advice = 2,
    financial_advice = 3,
    reversal = 4,
    reversal_advice = 5,
    partial_reversal = 6,
    void_transaction = 7,
    refund = 8,
    clearing = 9,
    chargeback = 10,
    representment = 11,
    file_update = 12,
    network_management = 13,
};

enum class TransactionState : std::uint8_t {
    pending = 0,
    completed = 1,
    reversed = 2,
    partially_reversed = 3,
    voided = 4,
    expired = 5,
};

enum class TransactionStatus : std::uint8_t {
    approved = 0,
    declined = 1,
    voided = 2,
    reversed = 3,
    partially_reversed = 4,
    refunded = 5,
    settled = 6,
    expired = 7,
    error = 8,
};

enum class TransitionEventType : std::uint8_t {
    reversal,
    clearing_matched,
    void_transaction,
    expire,
    partial_reversal
};

enum class PosEntryMode : std::uint8_t {
    unknown = 0,
    manual_entry = 1,
    magnetic_stripe_not_full_read = 2,
    qr_code = 3,
    optical_character = 4,
    chip = 5,
    contactless_chip = 7,
    pan_token_entry = 9,
    credential_on_file = 10,
    fallback = 80,
    e_commerce = 81,
    new_generation_payment = 82,
    magnetic_stripe = 90,
    contactless_magnetic_stripe = 91,
    chip_unreliable_cvv = 95,
};

enum class TerminalType : std::uint8_t {
    unknown = 0,
    pos = 1,
    atm = 2,
    ecommerce = 3,
    moto = 4,
    mobile_pos = 5,
    soft_pos = 6,
    unattended_terminal = 7,
    kiosk = 8,
    cash_register = 9,
    virtual_pos = 10,
    branch = 11,
};

enum class CardholderPresence : std::uint8_t {
    present = 0,
    not_present_unspecified = 1,
    mail_order = 2,
    telephone_order = 3,
    recurring = 4,
    electronic_order = 5,
};

enum class CvcResultCode : std::uint8_t {
    not_performed = 0,
    cvv_passed = 1,
    cvv_failed = 2,
    cvv2_passed = 3,
    cvv2_failed = 4,
    cvc2_unverified = 5,
    invalid = 6,
};

enum class ArqcResultCode : std::uint8_t {
    not_performed = 0,
    passed = 1,
    failed = 2,
    format_error = 3,
    atc_invalid = 4,
    key_not_found = 5,
    offline_not_verified = 6,
};

/// Visa field 44.13.
enum class CavvResultCode : std::uint8_t {
    not_present = 0,
    not_verified_invalid_data = 1,
    failed_authentication = 2,
    passed_authentication = 3,
    passed_attempt = 4,
    failed_attempt = 5,
    not_validated_issuer_not_participating = 6,
    failed_attempt_visa = 7,
    passed_attempt_visa = 8,
    failed_attempt_acs_unavailable = 9,
    passed_attempt_acs_unavailable = 10,
    passed_information_only = 11,
    not_validated_attempt = 12,
    not_validated_authentication = 13,
    invalid_security_data = 14,
    issuer_not_participating = 15,
};

/// DE 39 by name. The number is the index of the published list, not the wire code: `wire_code` gives that.
enum class ResponseCode : std::uint8_t {
    approved = 0,
    offline_approved1,
    offline_approved2,
    offline_approved3,
    refer_card_issuer,
    refer_card_issuer_special_condition,
    invalid_merchant,
    pick_up_card,
    do_not_honour,
    file_update_error,
    pick_up_card_special_condition,
    honour_with_id,
    try_again,
    invalid_transaction,
    invalid_amount,
    invalid_account_number,
    no_such_issuer,
    unable_locate_record_on_file,
    original_declined,
    original_not_found,
    format_error,
    expired_card_pick_up,
    restricted_card_pick_up,
    pin_try_exceeded_pick_up,
    lost_card_pick_up,
    stolen_card_pick_up,
    insufficient_funds,
    no_checking_account,
    no_savings_account,
    expired_card,
    incorrect_pin,
    transaction_not_permitted_cardholder,
    transaction_not_permitted_terminal,
    suspected_fraud,
    exceeds_withdrawal_amount_limit,
    restricted_card,
    security_violation,
    exceeds_withdrawal_frequency_limit,
    contact_card_issuer,
    pin_not_changed,
    pin_try_exceeded,
    key_synchronisation_error,
    no_script_available,
    unsafe_pin,
    arqc_failed,
    approval_of_request,
    cannot_verify_pin,
    cryptographic_failure,
    unacceptable_pin,
    issuer_or_switch_inoperative,
    unknown_financial_institution_for_routing,
    violation_of_law,
    reconcilation_error,
    system_malfunction,
    duplicate_message,
};

/// Two characters of DE 39 on a Visa / Mastercard style link.
std::string_view wire_code(ResponseCode code);

/// Why a transaction was refused: the AUTH error codes of the contract (1.4). The number is the published one.
enum class DeclineReason : std::uint8_t {
    none = 0,
    card_not_found = 1,
    card_not_active = 2,
    card_suspended = 3,
    card_closed = 4,
    card_lost = 5,
    card_stolen = 6,
    card_fraud = 7,
    card_expired = 8,
    pin_wrong = 9,
    pin_blocked = 10,
    cvv_wrong = 11,
    cvv2_wrong = 12,
    cvv2_blocked = 13,
    arqc_failed = 14,
    cavv_failed = 15,
    policy_refused = 16,
    control_refused = 17,
    duplicate_message = 18,
    velocity_amount_exceeded = 19,
    velocity_count_exceeded = 20,
    insufficient_balance = 21,
    original_not_found = 22,
    original_not_reversible = 23,
    amount_invalid = 24,
    currency_not_convertible = 25,
    host_timeout = 26,
    host_refused = 27,
    code_not_supported = 28,
    terminal_not_valid = 29,
    format_error = 30,
    pin_not_verifiable = 31,
    internal_error = 99,
};

struct DeclineRow {
    DeclineReason reason;
    ResponseCode response_code;
    std::string_view english;
    std::string_view turkish;
};

/// Every reason but `none` has a row.
const DeclineRow& decline_row(DeclineReason reason);
/// "AUTH:00021"; "" for none.
std::string public_code(DeclineReason reason);

/// How a transaction code moves money when it is approved.
enum class Movement : std::uint8_t {
    hold,     ///< debit: held until clearing (or posted at once by a financial message)
    credit,   ///< posted to the account at once
    nothing,  ///< inquiry or verification
    refused,  ///< not a card transaction of this platform: decline code_not_supported
};

struct TransactionCodeRow {
    TransactionCode code;
    Movement movement;
    TransactionCategory category;
};

const TransactionCodeRow& code_row(TransactionCode code);

}  // namespace takas::core::authorization

namespace takas {

template <>
struct EnumNames<core::authorization::TransactionCode> {
    using E = core::authorization::TransactionCode;
    static constexpr std::string_view name = "TransactionCode";
    static constexpr std::array values{named(E::unknown, "Unknown"),
                                       named(E::purchase, "Purchase"),
                                       named(E::cash_withdrawal, "CashWithdrawal"),
                                       named(E::cash_advance, "CashAdvance"),
                                       named(E::purchase_with_cashback, "PurchaseWithCashback"),
                                       named(E::quasi_cash, "QuasiCash"),
                                       named(E::account_funding, "AccountFunding"),
                                       named(E::pre_authorization, "PreAuthorization"),
                                       named(E::pre_authorization_completion, "PreAuthorizationCompletion"),
                                       named(E::refund, "Refund"),
                                       named(E::deposit, "Deposit"),
                                       named(E::original_credit, "OriginalCredit"),
                                       named(E::payment_transaction, "PaymentTransaction"),
                                       named(E::balance_inquiry, "BalanceInquiry"),
                                       named(E::mini_statement, "MiniStatement"),
                                       named(E::account_verification, "AccountVerification"),
                                       named(E::account_transfer, "AccountTransfer"),
                                       named(E::bill_payment, "BillPayment"),
                                       named(E::pin_change, "PinChange"),
                                       named(E::pin_unblock, "PinUnblock"),
                                       named(E::pin_verify, "PinVerify"),
                                       named(E::void_transaction, "Void"),
                                       named(E::load, "Load"),
                                       named(E::unload, "Unload"),
                                       named(E::fee, "Fee"),
                                       named(E::adjustment, "Adjustment")};
};
template <>
struct EnumNames<core::authorization::TransactionDomain> {
    using E = core::authorization::TransactionDomain;
    static constexpr std::string_view name = "TransactionDomain";
    static constexpr std::array values{named(E::domestic, "Domestic"), named(E::international, "International"),
                                       named(E::onus, "Onus")};
};
template <>
struct EnumNames<core::authorization::TransactionNetwork> {
    using E = core::authorization::TransactionNetwork;
    static constexpr std::string_view name = "TransactionNetwork";
    static constexpr std::array values{named(E::domestic, "Domestic"), named(E::onus, "Onus"), named(E::visa, "Visa"),
                                       named(E::mastercard, "Mastercard"), named(E::diners, "Diners")};
};
template <>
struct EnumNames<core::authorization::TransactionCategory> {
    using E = core::authorization::TransactionCategory;
    static constexpr std::string_view name = "TransactionCategory";
    static constexpr std::array values{named(E::financial, "Financial"), named(E::non_financial, "NonFinancial")};
};
template <>
struct EnumNames<core::authorization::TransactionResult> {
    using E = core::authorization::TransactionResult;
    static constexpr std::string_view name = "TransactionResult";
    static constexpr std::array values{named(E::approved, "Approved"), named(E::voided, "Voided"),
                                       named(E::declined, "Declined")};
};
template <>
struct EnumNames<core::authorization::SettleMatchStatus> {
    using E = core::authorization::SettleMatchStatus;
    static constexpr std::string_view name = "SettleMatchStatus";
    static constexpr std::array values{named(E::unmatched, "Unmatched"), named(E::matched, "Matched")};
};
template <>
struct EnumNames<core::authorization::TransactionFlowCode> {
    using E = core::authorization::TransactionFlowCode;
    static constexpr std::string_view name = "TransactionFlowCode";
    static constexpr std::array values{named(E::authorization, "Authorization"),
                                       named(E::financial, "Financial"),
                                       named(E::authorization_advice, "AuthorizationAdvice"),
                                       named(E::financial_advice, "FinancialAdvice"),
                                       named(E::reversal, "Reversal"),
                                       named(E::reversal_advice, "ReversalAdvice"),
                                       named(E::partial_reversal, "PartialReversal"),
                                       named(E::void_transaction, "Void"),
                                       named(E::refund, "Refund"),
                                       named(E::clearing, "Clearing"),
                                       named(E::chargeback, "Chargeback"),
                                       named(E::representment, "Representment"),
                                       named(E::file_update, "FileUpdate"),
                                       named(E::network_management, "NetworkManagement")};
};
template <>
struct EnumNames<core::authorization::TransactionState> {
    using E = core::authorization::TransactionState;
    static constexpr std::string_view name = "TransactionState";
    static constexpr std::array values{
        named(E::pending, "Pending"),   named(E::completed, "Completed"),
        named(E::reversed, "Reversed"), named(E::partially_reversed, "PartiallyReversed"),
        named(E::voided, "Voided"),     named(E::expired, "Expired")};
};
template <>
struct EnumNames<core::authorization::TransactionStatus> {
    using E = core::authorization::TransactionStatus;
    static constexpr std::string_view name = "TransactionStatus";
    static constexpr std::array values{named(E::approved, "Approved"),
                                       named(E::declined, "Declined"),
                                       named(E::voided, "Voided"),
                                       named(E::reversed, "Reversed"),
                                       named(E::partially_reversed, "PartiallyReversed"),
                                       named(E::refunded, "Refunded"),
                                       named(E::settled, "Settled"),
                                       named(E::expired, "Expired"),
                                       named(E::error, "Error")};
};
template <>
struct EnumNames<core::authorization::TransitionEventType> {
    using E = core::authorization::TransitionEventType;
    static constexpr std::string_view name = "TransitionEventType";
    static constexpr std::array values{named(E::reversal, "Reversal"), named(E::clearing_matched, "ClearingMatched"),
                                       named(E::void_transaction, "Void"), named(E::expire, "Expire"),
                                       named(E::partial_reversal, "PartialReversal")};
};
template <>
struct EnumNames<core::authorization::PosEntryMode> {
    using E = core::authorization::PosEntryMode;
    static constexpr std::string_view name = "PosEntryMode";
    static constexpr std::array values{named(E::unknown, "Unknown"),
                                       named(E::manual_entry, "ManualEntry"),
                                       named(E::magnetic_stripe_not_full_read, "MagneticStripeNotFullRead"),
                                       named(E::qr_code, "QrCode"),
                                       named(E::optical_character, "OpticalCharacter"),
                                       named(E::chip, "Chip"),
                                       named(E::contactless_chip, "ContactlessChip"),
                                       named(E::pan_token_entry, "PanTokenEntry"),
                                       named(E::credential_on_file, "CredentialOnFile"),
                                       named(E::fallback, "Fallback"),
                                       named(E::e_commerce, "ECommerce"),
                                       named(E::new_generation_payment, "NewGenerationPayment"),
                                       named(E::magnetic_stripe, "MagneticStripe"),
                                       named(E::contactless_magnetic_stripe, "ContactlessMagneticStripe"),
                                       named(E::chip_unreliable_cvv, "ChipUnreliableCvv")};
};
template <>
struct EnumNames<core::authorization::TerminalType> {
    using E = core::authorization::TerminalType;
    static constexpr std::string_view name = "TerminalType";
    static constexpr std::array values{named(E::unknown, "Unknown"),
                                       named(E::pos, "Pos"),
                                       named(E::atm, "Atm"),
                                       named(E::ecommerce, "Ecommerce"),
                                       named(E::moto, "Moto"),
                                       named(E::mobile_pos, "MobilePos"),
                                       named(E::soft_pos, "SoftPos"),
                                       named(E::unattended_terminal, "UnattendedTerminal"),
                                       named(E::kiosk, "Kiosk"),
                                       named(E::cash_register, "CashRegister"),
                                       named(E::virtual_pos, "VirtualPos"),
                                       named(E::branch, "Branch")};
};
template <>
struct EnumNames<core::authorization::CardholderPresence> {
    using E = core::authorization::CardholderPresence;
    static constexpr std::string_view name = "CardholderPresence";
    static constexpr std::array values{
        named(E::present, "Present"),      named(E::not_present_unspecified, "NotPresentUnspecified"),
        named(E::mail_order, "MailOrder"), named(E::telephone_order, "TelephoneOrder"),
        named(E::recurring, "Recurring"),  named(E::electronic_order, "ElectronicOrder")};
};
template <>
struct EnumNames<core::authorization::CvcResultCode> {
    using E = core::authorization::CvcResultCode;
    static constexpr std::string_view name = "CvcResultCode";
    static constexpr std::array values{named(E::not_performed, "NotPerformed"),
                                       named(E::cvv_passed, "CvvPassed"),
                                       named(E::cvv_failed, "CvvFailed"),
                                       named(E::cvv2_passed, "Cvv2Passed"),
                                       named(E::cvv2_failed, "Cvv2Failed"),
                                       named(E::cvc2_unverified, "Cvc2Unverified"),
                                       named(E::invalid, "Invalid")};
};
template <>
struct EnumNames<core::authorization::ArqcResultCode> {
    using E = core::authorization::ArqcResultCode;
    static constexpr std::string_view name = "ArqcResultCodes";
    static constexpr std::array values{named(E::not_performed, "NotPerformed"),
                                       named(E::passed, "Passed"),
                                       named(E::failed, "Failed"),
                                       named(E::format_error, "FormatError"),
                                       named(E::atc_invalid, "AtcInvalid"),
                                       named(E::key_not_found, "KeyNotFound"),
                                       named(E::offline_not_verified, "OfflineNotVerified")};
};
template <>
struct EnumNames<core::authorization::CavvResultCode> {
    using E = core::authorization::CavvResultCode;
    static constexpr std::string_view name = "CavvResultCode";
    static constexpr std::array values{
        named(E::not_present, "NotPresent"),
        named(E::not_verified_invalid_data, "NotVerifiedInvalidData"),
        named(E::failed_authentication, "FailedAuthentication"),
        named(E::passed_authentication, "PassedAuthentication"),
        named(E::passed_attempt, "PassedAttempt"),
        named(E::failed_attempt, "FailedAttempt"),
        named(E::not_validated_issuer_not_participating, "NotValidatedIssuerNotParticipating"),
        named(E::failed_attempt_visa, "FailedAttemptVisa"),
        named(E::passed_attempt_visa, "PassedAttemptVisa"),
        named(E::failed_attempt_acs_unavailable, "FailedAttemptAcsUnavailable"),
        named(E::passed_attempt_acs_unavailable, "PassedAttemptAcsUnavailable"),
        named(E::passed_information_only, "PassedInformationOnly"),
        named(E::not_validated_attempt, "NotValidatedAttempt"),
        named(E::not_validated_authentication, "NotValidatedAuthentication"),
        named(E::invalid_security_data, "InvalidSecurityData"),
        named(E::issuer_not_participating, "IssuerNotParticipating")};
};
template <>
struct EnumNames<core::authorization::ResponseCode> {
    using E = core::authorization::ResponseCode;
    static constexpr std::string_view name = "ResponseCode";
    static constexpr std::array values{
        named(E::approved, "Approved"),
        named(E::offline_approved1, "OfflineApproved1"),
        named(E::offline_approved2, "OfflineApproved2"),
        named(E::offline_approved3, "OfflineApproved3"),
        named(E::refer_card_issuer, "ReferCardIssuer"),
        named(E::refer_card_issuer_special_condition, "ReferCardIssuerSpecialCondition"),
        named(E::invalid_merchant, "InvalidMerchant"),
        named(E::pick_up_card, "PickUpCard"),
        named(E::do_not_honour, "DoNotHonour"),
        named(E::file_update_error, "FileUpdateError"),
        named(E::pick_up_card_special_condition, "PickUpCardSpecialCondition"),
        named(E::honour_with_id, "HonourWithId"),
        named(E::try_again, "TryAgain"),
        named(E::invalid_transaction, "InvalidTransaction"),
        named(E::invalid_amount, "InvalidAmount"),
        named(E::invalid_account_number, "InvalidAccountNumber"),
        named(E::no_such_issuer, "NoSuchIssuer"),
        named(E::unable_locate_record_on_file, "UnableLocateRecordOnFile"),
        named(E::original_declined, "OriginalDeclined"),
        named(E::original_not_found, "OriginalNotFound"),
        named(E::format_error, "FormatError"),
        named(E::expired_card_pick_up, "ExpiredCardPickUp"),
        named(E::restricted_card_pick_up, "RestrictedCardPickUp"),
        named(E::pin_try_exceeded_pick_up, "PinTryExceededPickUp"),
        named(E::lost_card_pick_up, "LostCardPickUp"),
        named(E::stolen_card_pick_up, "StolenCardPickUp"),
        named(E::insufficient_funds, "InsufficientFunds"),
        named(E::no_checking_account, "NoCheckingAccount"),
        named(E::no_savings_account, "NoSavingsAccount"),
        named(E::expired_card, "ExpiredCard"),
        named(E::incorrect_pin, "IncorrectPin"),
        named(E::transaction_not_permitted_cardholder, "TransactionNotPermittedCardholder"),
        named(E::transaction_not_permitted_terminal, "TransactionNotPermittedTerminal"),
        named(E::suspected_fraud, "SuspectedFraud"),
        named(E::exceeds_withdrawal_amount_limit, "ExceedsWithdrawalAmountLimit"),
        named(E::restricted_card, "RestrictedCard"),
        named(E::security_violation, "SecurityViolation"),
        named(E::exceeds_withdrawal_frequency_limit, "ExceedsWithdrawalFrequencyLimit"),
        named(E::contact_card_issuer, "ContactCardIssuer"),
        named(E::pin_not_changed, "PinNotChanged"),
        named(E::pin_try_exceeded, "PinTryExceeded"),
        named(E::key_synchronisation_error, "KeySynchronisationError"),
        named(E::no_script_available, "NoScriptAvailable"),
        named(E::unsafe_pin, "UnsafePin"),
        named(E::arqc_failed, "ArqcFailed"),
        named(E::approval_of_request, "ApprovalOfRequest"),
        named(E::cannot_verify_pin, "CannotVerifyPin"),
        named(E::cryptographic_failure, "CryptographicFailure"),
        named(E::unacceptable_pin, "UnacceptablePin"),
        named(E::issuer_or_switch_inoperative, "IssuerOrSwitchInoperative"),
        named(E::unknown_financial_institution_for_routing, "UnknownFinancialInstitutionForRouting"),
        named(E::violation_of_law, "ViolationOfLaw"),
        named(E::reconcilation_error, "ReconcilationError"),
        named(E::system_malfunction, "SystemMalfunction"),
        named(E::duplicate_message, "DuplicateMessage")};
};

}  // namespace takas
