// Display texts: Customers, events, webhooks, accounts, the audit log.
// One row a line, however long: a table is read down its columns.
#include "api/language/enum_texts.hpp"

namespace takas::api::language {
namespace {

// clang-format off
constexpr std::array rows{
    EnumText{"AuditSubject", "Card", "Card", "Kart"},
    EnumText{"AuditSubject", "CardProduct", "Card product", "Kart ürünü"},
    EnumText{"AuditSubject", "CardProductGroup", "Product group", "Ürün grubu"},
    EnumText{"AuditSubject", "CardArt", "Card art", "Kart görseli"},
    EnumText{"AuditSubject", "CardBinRange", "BIN range", "BIN aralığı"},
    EnumText{"AuditSubject", "AuthorizationControl", "Authorization control", "Yetkilendirme kontrolü"},
    EnumText{"AuditSubject", "VelocityControl", "Velocity control", "Hız kontrolü"},
    EnumText{"AuditSubject", "VaultMerchant", "Vault merchant", "Kart saklama üye işyeri"},
    EnumText{"AuditSubject", "VaultCard", "Stored card", "Saklanan kart"},
    EnumText{"AuditSubject", "VaultOwner", "Owner of stored cards", "Saklanan kartların sahibi"},
    EnumText{"AuditSubject", "VaultTempCard", "Temporary card", "Geçici kart"},

    EnumText{"AuditSubject", "TransactionFee", "Transaction fee", "İşlem ücreti"},
    EnumText{"AuditSubject", "CardIssuanceFee", "Card issuance fee", "Kart basım ücreti"},
    EnumText{"AuditSubject", "CardAnnualFee", "Card annual fee", "Kart dönem ücreti"},
    EnumText{"AuditSubject", "Tax", "Tax", "Vergi"},

    EnumText{"TaxInclusionMode", "Excluded", "Tax on top", "Vergi hariç"},
    EnumText{"TaxInclusionMode", "Included", "Tax included", "Vergi dahil"},

    EnumText{"ChargePeriod", "Yearly", "Yearly", "Yıllık"},
    EnumText{"ChargePeriod", "Monthly", "Monthly", "Aylık"},

    EnumText{"AuditAction", "Created", "Created", "Oluşturuldu"},
    EnumText{"AuditAction", "Updated", "Updated", "Güncellendi"},
    EnumText{"AuditAction", "Deleted", "Deleted", "Silindi"},
    EnumText{"AuditAction", "Accessed", "Accessed", "Erişildi"},

    EnumText{"CustomerType", "Individual", "Individual", "Bireysel"},
    EnumText{"CustomerType", "Company", "Company", "Şirket"},
    EnumText{"CustomerType", "Corporate", "Corporate", "Kurumsal"},

    EnumText{"CommunicationLanguage", "English", "English", "İngilizce"},
    EnumText{"CommunicationLanguage", "Turkish", "Turkish", "Türkçe"},

    EnumText{"Gender", "Female", "Female", "Kadın"},
    EnumText{"Gender", "Male", "Male", "Erkek"},

    EnumText{"MaritalStatus", "Married", "Married", "Evli"},
    EnumText{"MaritalStatus", "Single", "Single", "Bekâr"},

    EnumText{"DisabledType", "None", "None", "Yok"},
    EnumText{"DisabledType", "Normal", "Normal", "Normal"},
    EnumText{"DisabledType", "VisuallyImpaired", "Visually impaired", "Görme engelli"},
    EnumText{"DisabledType", "HearingImpaired", "Hearing impaired", "İşitme engelli"},
    EnumText{"DisabledType", "PhysicallyImpaired", "Physically impaired", "Bedensel engelli"},
    EnumText{"DisabledType", "Older", "Older", "Yaşlı"},

    EnumText{"AddressType", "Home", "Home", "Ev"},
    EnumText{"AddressType", "Work", "Work", "İş"},
    EnumText{"AddressType", "Other", "Other", "Diğer"},
    EnumText{"AddressType", "HeadOffice", "Head office", "Genel merkez"},
    EnumText{"AddressType", "Branch", "Branch", "Şube"},

    EnumText{"CommunicationType", "Email", "E-mail", "E-posta"},
    EnumText{"CommunicationType", "MobilePhone", "Mobile phone", "Cep telefonu"},
    EnumText{"CommunicationType", "WorkPhone", "Work phone", "İş telefonu"},
    EnumText{"CommunicationType", "HomePhone", "Home phone", "Ev telefonu"},

    EnumText{"IdentificationType", "NationalIdentityNo", "National identity number", "T.C. kimlik numarası"},
    EnumText{"IdentificationType", "PassportNo", "Passport number", "Pasaport numarası"},
    EnumText{"IdentificationType", "DriverLicenceNo", "Driving licence number", "Sürücü belgesi numarası"},
    EnumText{"IdentificationType", "TaxpayerReferenceNo", "Taxpayer number", "Vergi kimlik numarası"},
    EnumText{"IdentificationType", "BusinessNo", "Business number", "Ticaret sicil numarası"},

    EnumText{"WebhookEvent", "CustomerCreated", "Customer created", "Müşteri oluşturuldu"},
    EnumText{"WebhookEvent", "CardCreated", "Card created", "Kart oluşturuldu"},
    EnumText{"WebhookEvent", "CardStatusChanged", "Card status changed", "Kart durumu değişti"},
    EnumText{"WebhookEvent", "CardLinkedToCustomer", "Card linked to a customer", "Kart müşteriye bağlandı"},
    EnumText{"WebhookEvent", "CardUnLinkedFromCustomer", "Card unlinked from its customer", "Kartın müşteri bağı kaldırıldı"},
    EnumText{"WebhookEvent", "PersoCreated", "Personalisation ordered", "Kişiselleştirme istendi"},
    EnumText{"WebhookEvent", "PersoStatusChanged", "Personalisation status changed", "Kişiselleştirme durumu değişti"},
    EnumText{"WebhookEvent", "DeliveryCreated", "Delivery created", "Teslimat oluşturuldu"},
    EnumText{"WebhookEvent", "DeliveryStatusChanged", "Delivery status changed", "Teslimat durumu değişti"},
    EnumText{"WebhookEvent", "SuccessfulTransaction", "Successful transaction", "Başarılı işlem"},
    EnumText{"WebhookEvent", "UnsuccessfulTransaction", "Unsuccessful transaction", "Başarısız işlem"},
    EnumText{"WebhookEvent", "TransactionTransition", "Transaction transition", "İşlem durum geçişi"},
    EnumText{"WebhookEvent", "ThreeDSecureTransition", "3-D Secure transition", "3-D Secure durum geçişi"},
    EnumText{"WebhookEvent", "DisputeTransition", "Dispute transition", "İtiraz durum geçişi"},
    EnumText{"WebhookEvent", "PinSet", "PIN set", "PIN belirlendi"},
    EnumText{"WebhookEvent", "PinChanged", "PIN changed", "PIN değişti"},
    EnumText{"WebhookEvent", "PinBlocked", "PIN blocked", "PIN bloke oldu"},
    EnumText{"WebhookEvent", "Cvv2Blocked", "CVV2 blocked", "CVV2 bloke oldu"},
    EnumText{"WebhookEvent", "CardFeeCharged", "Card fee charged", "Kart ücreti alındı"},

    EnumText{"EntryKind", "Posting", "Posting", "Muhasebe kaydı"},
    EnumText{"EntryKind", "Hold", "Hold", "Bloke"},
    EnumText{"EntryKind", "HoldRelease", "Hold released", "Bloke çözümü"},

    EnumText{"ContraAccount", "None", "None", "Yok"},
    EnumText{"ContraAccount", "Funding", "Funding", "Fonlama"},
    EnumText{"ContraAccount", "NetworkSettlement", "Network settlement", "Ağ mutabakatı"},
    EnumText{"ContraAccount", "FeeIncome", "Fee income", "Ücret geliri"},
    EnumText{"ContraAccount", "TaxPayable", "Tax payable", "Ödenecek vergi"},

    EnumText{"EntityType", "Customer", "Customer", "Müşteri"},
    EnumText{"EntityType", "Card", "Card", "Kart"},
    EnumText{"EntityType", "Merchant", "Merchant", "Üye işyeri"},

    EnumText{"WebhookAuthenticationType", "None", "None", "Yok"},
    EnumText{"WebhookAuthenticationType", "Basic", "User and password", "Kullanıcı adı ve şifre"},
    EnumText{"WebhookAuthenticationType", "Bearer", "Bearer token", "Taşıyıcı belirteci"},
    EnumText{"WebhookAuthenticationType", "ApiKey", "API key", "API anahtarı"},
    EnumText{"WebhookAuthenticationType", "OAuth2ClientCredentials", "OAuth 2.0 client credentials", "OAuth 2.0 istemci kimliği"},

    EnumText{"WebhookSwitchedOff", "No", "No", "Hayır"},
    EnumText{"WebhookSwitchedOff", "ByInstitution", "By the institution", "Kurum tarafından"},
    EnumText{"WebhookSwitchedOff", "ReceiverGone", "The receiver is gone", "Alıcı artık yok"},
    EnumText{"WebhookSwitchedOff", "Failing", "Failing for five days", "Beş gündür başarısız"},

    EnumText{"WebhookDeliveryState", "Pending", "Pending", "Bekliyor"},
    EnumText{"WebhookDeliveryState", "Queued", "Queued", "Kuyrukta"},
    EnumText{"WebhookDeliveryState", "Delivered", "Delivered", "Teslim edildi"},
    EnumText{"WebhookDeliveryState", "Dead", "Given up", "Vazgeçildi"},

    EnumText{"VaultMerchantState", "Active", "Active", "Aktif"},
    EnumText{"VaultMerchantState", "Suspended", "Suspended", "Askıda"},
    EnumText{"VaultMerchantState", "Erased", "Erased", "Silindi"},

    EnumText{"VaultCredentialKind", "Public", "Public pair", "Genel anahtar çifti"},
    EnumText{"VaultCredentialKind", "Private", "Private pair", "Özel anahtar çifti"},

    EnumText{"VaultCredentialScope", "TempToken", "Temporary tokens", "Geçici token"},
    EnumText{"VaultCredentialScope", "Bin", "BIN inquiry", "BIN sorgulama"},
    EnumText{"VaultCredentialScope", "Cards", "Stored cards", "Kayıtlı kartlar"},
    EnumText{"VaultCredentialScope", "Blacklist", "Blacklist", "Kara liste"},
    EnumText{"VaultCredentialScope", "Resolve", "Whole card numbers", "Tam kart numarası"},
    EnumText{"VaultCredentialScope", "Forward", "Sending cards on", "Kart iletme"},

    EnumText{"VaultKeyUse", "CardData", "Card data", "Kart verisi"},
    EnumText{"VaultKeyUse", "Lookup", "Look-up", "Arama"},
    EnumText{"VaultKeyUse", "UniqueCode", "Card handles", "Kart kodları"},
    EnumText{"VaultKeyUse", "Credential", "Credentials", "Erişim bilgileri"},

    EnumText{"VaultKeyState", "Active", "Active", "Aktif"},
    EnumText{"VaultKeyState", "DecryptOnly", "Decrypt only", "Yalnızca çözme"},
    EnumText{"VaultKeyState", "Destroyed", "Destroyed", "İmha edildi"},
};
// clang-format on

}  // namespace

std::span<const EnumText> texts_of_others() { return rows; }

}  // namespace takas::api::language
