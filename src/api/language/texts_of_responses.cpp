// Display texts: Answers to a terminal (DE 39 by name).
// One row a line, however long: a table is read down its columns.
#include "api/language/enum_texts.hpp"

namespace takas::api::language {
namespace {

// clang-format off
constexpr std::array rows{
    EnumText{"ResponseCode", "Approved", "Approved", "Onaylandı"},
    EnumText{"ResponseCode", "OfflineApproved1", "Approved offline (Y1)", "Çevrimdışı onaylandı (Y1)"},
    EnumText{"ResponseCode", "OfflineApproved2", "Approved offline (Y2)", "Çevrimdışı onaylandı (Y2)"},
    EnumText{"ResponseCode", "OfflineApproved3", "Approved offline (Y3)", "Çevrimdışı onaylandı (Y3)"},
    EnumText{"ResponseCode", "ReferCardIssuer", "Refer to the card issuer", "Kartı veren kuruma başvurun"},
    EnumText{"ResponseCode", "ReferCardIssuerSpecialCondition", "Refer to the card issuer, special condition", "Kartı veren kuruma başvurun, özel durum"},
    EnumText{"ResponseCode", "InvalidMerchant", "Invalid merchant", "Geçersiz üye işyeri"},
    EnumText{"ResponseCode", "PickUpCard", "Pick up the card", "Karta el koyun"},
    EnumText{"ResponseCode", "DoNotHonour", "Do not honour", "Onaylamayın"},
    EnumText{"ResponseCode", "FileUpdateError", "File update error", "Dosya güncelleme hatası"},
    EnumText{"ResponseCode", "PickUpCardSpecialCondition", "Pick up the card, special condition", "Karta el koyun, özel durum"},
    EnumText{"ResponseCode", "HonourWithId", "Honour with identification", "Kimlikle onaylayın"},
    EnumText{"ResponseCode", "TryAgain", "Try again", "Yeniden deneyin"},
    EnumText{"ResponseCode", "InvalidTransaction", "Invalid transaction", "Geçersiz işlem"},
    EnumText{"ResponseCode", "InvalidAmount", "Invalid amount", "Geçersiz tutar"},
    EnumText{"ResponseCode", "InvalidAccountNumber", "Invalid card number", "Geçersiz kart numarası"},
    EnumText{"ResponseCode", "NoSuchIssuer", "No such issuer", "Kartı veren kurum bulunamadı"},
    EnumText{"ResponseCode", "UnableLocateRecordOnFile", "Record not found", "Kayıt bulunamadı"},
    EnumText{"ResponseCode", "OriginalDeclined", "Original was declined", "Asıl işlem reddedilmiş"},
    EnumText{"ResponseCode", "OriginalNotFound", "Original not found", "Asıl işlem bulunamadı"},
    EnumText{"ResponseCode", "FormatError", "Format error", "Biçim hatası"},
    EnumText{"ResponseCode", "ExpiredCardPickUp", "Expired card, pick up", "Süresi dolmuş kart, el koyun"},
    EnumText{"ResponseCode", "RestrictedCardPickUp", "Restricted card, pick up", "Kısıtlı kart, el koyun"},
    EnumText{"ResponseCode", "PinTryExceededPickUp", "Too many wrong PINs, pick up", "PIN deneme sayısı aşıldı, el koyun"},
    EnumText{"ResponseCode", "LostCardPickUp", "Lost card, pick up", "Kayıp kart, el koyun"},
    EnumText{"ResponseCode", "StolenCardPickUp", "Stolen card, pick up", "Çalıntı kart, el koyun"},
    EnumText{"ResponseCode", "InsufficientFunds", "Insufficient funds", "Bakiye yetersiz"},
    EnumText{"ResponseCode", "NoCheckingAccount", "No checking account", "Vadesiz hesap yok"},
    EnumText{"ResponseCode", "NoSavingsAccount", "No savings account", "Tasarruf hesabı yok"},
    EnumText{"ResponseCode", "ExpiredCard", "Expired card", "Süresi dolmuş kart"},
    EnumText{"ResponseCode", "IncorrectPin", "Incorrect PIN", "PIN hatalı"},
    EnumText{"ResponseCode", "TransactionNotPermittedCardholder", "Not permitted to the cardholder", "Kart sahibine izin verilmeyen işlem"},
    EnumText{"ResponseCode", "TransactionNotPermittedTerminal", "Not permitted at the terminal", "Terminalde izin verilmeyen işlem"},
    EnumText{"ResponseCode", "SuspectedFraud", "Suspected fraud", "Sahtecilik şüphesi"},
    EnumText{"ResponseCode", "ExceedsWithdrawalAmountLimit", "Amount limit exceeded", "Tutar limiti aşıldı"},
    EnumText{"ResponseCode", "RestrictedCard", "Restricted card", "Kısıtlı kart"},
    EnumText{"ResponseCode", "SecurityViolation", "Security violation", "Güvenlik ihlali"},
    EnumText{"ResponseCode", "ExceedsWithdrawalFrequencyLimit", "Frequency limit exceeded", "İşlem adedi limiti aşıldı"},
    EnumText{"ResponseCode", "ContactCardIssuer", "Contact the card issuer", "Kartı veren kurumla görüşün"},
    EnumText{"ResponseCode", "PinNotChanged", "PIN not changed", "PIN değiştirilmedi"},
    EnumText{"ResponseCode", "PinTryExceeded", "Too many wrong PINs", "PIN deneme sayısı aşıldı"},
    EnumText{"ResponseCode", "KeySynchronisationError", "Key synchronisation error", "Anahtar eşleme hatası"},
    EnumText{"ResponseCode", "NoScriptAvailable", "No script available", "Komut yok"},
    EnumText{"ResponseCode", "UnsafePin", "Unsafe PIN", "Güvensiz PIN"},
    EnumText{"ResponseCode", "ArqcFailed", "Chip cryptogram failed", "Çip kriptogramı hatalı"},
    EnumText{"ResponseCode", "ApprovalOfRequest", "No reason to decline", "Ret nedeni yok"},
    EnumText{"ResponseCode", "CannotVerifyPin", "PIN cannot be verified", "PIN doğrulanamıyor"},
    EnumText{"ResponseCode", "CryptographicFailure", "Cryptographic failure", "Kriptografik hata"},
    EnumText{"ResponseCode", "UnacceptablePin", "Unacceptable PIN", "Kabul edilmeyen PIN"},
    EnumText{"ResponseCode", "IssuerOrSwitchInoperative", "Issuer or switch inoperative", "Kartı veren kurum veya anahtar çalışmıyor"},
    EnumText{"ResponseCode", "UnknownFinancialInstitutionForRouting", "Unknown institution for routing", "Yönlendirilecek kurum bilinmiyor"},
    EnumText{"ResponseCode", "ViolationOfLaw", "Violation of law", "Yasaya aykırı"},
    EnumText{"ResponseCode", "ReconcilationError", "Reconciliation error", "Mutabakat hatası"},
    EnumText{"ResponseCode", "SystemMalfunction", "System malfunction", "Sistem arızası"},
    EnumText{"ResponseCode", "DuplicateMessage", "Duplicate message", "Yinelenen mesaj"},
};
// clang-format on

}  // namespace

std::span<const EnumText> texts_of_responses() { return rows; }

}  // namespace takas::api::language
